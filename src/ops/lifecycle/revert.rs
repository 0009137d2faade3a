//! Going back: an old state as a new one. Nothing is deleted on the way, and nothing that people decided
//! since is touched.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::restore::wake;
use super::{Note, Plan, Stage, refusal, same};
use crate::identity::{Verdict, compare};
use crate::model::{Asset, Body, Entity, Id, Model, Properties, Removed, Renamed, Role, When};

/// Gives every entity that was live in `old` the structure it had there, and every other one a tombstone.
/// Rows, statuses, notes and factors stay; `name` is what people call the old state.
pub fn revert(stage: &Stage<'_>, old: &Model, name: &str, reason: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let reason = refusal::reason(&draft.model, &["revert", name], reason)?;
    draft.model.head.description = old.head.description.clone();
    let ids: BTreeSet<Id> = old.entities.keys().chain(stage.model.entities.keys()).copied().collect();
    for id in ids {
        match (old.entities.get(&id), stage.model.entities.get(&id)) {
            (Some(was), None) => draft.insert(was.clone()),
            (Some(was), Some(is)) if was.live() => back(&mut draft, was, is, reason),
            (was, Some(is)) if is.live() => bury(&mut draft, was, is, reason),
            _ => {}
        }
    }
    if draft.model != *stage.model {
        draft.note(Note::Reverted { to: name.to_owned() });
    }
    Ok(draft.finish())
}

fn back(draft: &mut Draft<'_>, was: &Entity, is: &Entity, reason: &str) {
    let stage = draft.stage;
    let mut entity = is.clone();
    if !is.live() {
        wake(&mut entity, stage.now).into_iter().for_each(|note| draft.note(note));
    }
    let structure = |role: Role| matches!(role, Role::Identity | Role::Structural);
    for field in is.id.kind.own_fields().iter().filter(|field| structure(field.role)) {
        entity.set(field.name, was.value(field.name).as_ref());
    }
    if let (Body::Asset(asset), Body::Asset(before)) = (&mut entity.body, &was.body) {
        asset.properties = properties(stage, is.id, asset, before);
    }
    stand_up(stage, &mut entity, reason);
    draft.insert(entity);
}

/// The properties that were listed, with the subscores they have now; one that comes back brings the
/// subscore it was published with.
fn properties(stage: &Stage<'_>, id: Id, now: &Asset, before: &Asset) -> Properties {
    let published = stage.published.iter().filter_map(|model| model.entities.get(&id));
    let published = published.filter_map(|entity| match &entity.body {
        Body::Asset(asset) => Some(asset),
        _ => None,
    });
    let sources: Vec<&Asset> = std::iter::once(now).chain(published).chain([before]).collect();
    let level = |property| sources.iter().find_map(|asset| asset.properties.0.get(property).copied().flatten());
    Properties(before.properties.0.keys().map(|property| (*property, level(property))).collect())
}

/// Whoever reverts stands up for the old words: a row says so where the judge would not.
fn stand_up(stage: &Stage<'_>, entity: &mut Entity, reason: &str) {
    for published in stage.published {
        let Some(owed) = published.entities.get(&entity.id) else { continue };
        let from = same::reads(owed);
        let said = entity.life.renamed.iter().skip(owed.life.renamed.len()).any(|row| row.from == from);
        if owed.identity() != entity.identity() && compare(owed, entity).verdict != Verdict::Same && !said {
            let (at, by, reason) = (Some(stage.now.at), stage.now.by.clone(), reason.to_owned());
            entity.life.renamed.push(Renamed { from, at, by, reason, judge: String::new(), redacted: None });
        }
    }
}

/// A tombstone that was published already is put back as it was.
fn bury(draft: &mut Draft<'_>, was: Option<&Entity>, is: &Entity, reason: &str) {
    let stage = draft.stage;
    let published = stage.published.iter().filter_map(|model| model.entities.get(&is.id));
    let known = published.filter_map(|entity| entity.life.removed.clone()).next();
    let replaced_by = was.and_then(|was| was.life.removed.as_ref()).map(|removed| removed.replaced_by.clone());
    let fresh = || Removed {
        at: Some(When::Day(stage.now.at.day())),
        by: stage.now.by.clone(),
        reason: reason.to_owned(),
        replaced_by: replaced_by.unwrap_or_default(),
    };
    let mut entity = is.clone();
    entity.life.removed = Some(known.unwrap_or_else(fresh));
    draft.insert(entity);
}
