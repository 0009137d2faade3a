//! Taking in what an engine reads anew of a system: what is new comes in, what is gone goes, and whatever is there stays as people left it.

mod moved;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::fresh::next_id;
use super::remove::tombstone;
use super::same::{Likeness, likeness};
use super::sentence::short;
use super::{Note, Plan, Refusal, Stage};
use crate::model::{Body, BoundaryRef, ComponentRef, Entity, Id, Kind, Model};
use twins::twins;

/// Kinds in the order in which they lean on each other. Controls are taken in by [`super::fold`].
const KINDS: [Kind; 5] = [Kind::Boundary, Kind::Component, Kind::Asset, Kind::Attacker, Kind::Assumption];
/// Components that prose names, at most: past them an engine leaves some out, and what is left out is not gone.
const PROSE: usize = 14;

/// Takes in a model that was read anew. `looked` says whether a place was looked through: what was named there once and is named there
/// no more is gone. What a person removed is not brought back, and nothing that is there is edited.
pub fn grow(stage: &Stage<'_>, proposed: &Model, looked: &dyn Fn(&str) -> bool) -> Plan {
    let mut draft = Draft::open(stage)?;
    let mut growth = Growth { proposed, known: twins(stage.model, proposed), news: BTreeSet::new() };
    for kind in KINDS {
        for one in proposed.of_kind(kind) {
            growth.take(&mut draft, one)?;
        }
    }
    growth.drop_gone(&mut draft, looked);
    Ok(draft.finish())
}

/// What a proposed entity is in the model that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Twin {
    Live(Id),
    /// Somebody removed it.
    Removed(Id),
}

struct Growth<'m> {
    proposed: &'m Model,
    known: BTreeMap<Id, Twin>,
    /// Entities that came in.
    news: BTreeSet<Id>,
}

impl Growth<'_> {
    fn take(&mut self, draft: &mut Draft<'_>, one: &Entity) -> Result<(), Refusal> {
        let title = short(one.title());
        match self.known.get(&one.id) {
            Some(Twin::Live(_)) => return Ok(()),
            Some(Twin::Removed(id)) => {
                draft.note(Note::Remark(format!("left out: {title}, which was removed as {id}")));
                return Ok(());
            }
            None => {}
        }
        if !self.fresh(one) {
            return Ok(());
        }
        let so_far = Stage { model: &draft.model, ..*draft.stage };
        let mut newcomer = Entity { id: next_id(&so_far, one.id.kind)?, ..one.clone() };
        self.tie(&mut newcomer);
        let named = matches!(one.id.kind, Kind::Boundary | Kind::Component);
        if let (false, Likeness::Unsure(rivals)) = (named, likeness(&draft.model, &newcomer)) {
            let rival = rivals.first().map(|(rival, _)| rival.id.to_string()).unwrap_or_default();
            draft.note(Note::Remark(format!("left out: {title}, which may be {rival}; add it by hand if it is not")));
            return Ok(());
        }
        self.known.insert(one.id, Twin::Live(newcomer.id));
        self.news.insert(newcomer.id);
        draft.note(Note::Added { id: newcomer.id, title: newcomer.title().to_owned() });
        draft.insert(newcomer);
        Ok(())
    }

    /// Whether it comes with something new. An engine keeps a model small: what it left out the last time is no news.
    fn fresh(&self, one: &Entity) -> bool {
        let mut news = self.proposed.of_kind(Kind::Component).filter(|part| self.came(part.id));
        let said = || evidence(&one.life.rationale).is_some();
        match &one.body {
            Body::Boundary(_) => self.proposed.components().any(|(part, component)| {
                !self.known.contains_key(&part.id) && component.boundaries.contains(&BoundaryRef(one.id))
            }),
            Body::Asset(asset) => said() || asset.components.iter().any(|part| self.came(part.0)),
            Body::Attacker(_) | Body::Assumption(_) => {
                said() || news.any(|part| one.life.rationale.contains(part.title()))
            }
            _ => true,
        }
    }

    /// Whether a proposed entity came in.
    fn came(&self, id: Id) -> bool {
        matches!(self.known.get(&id), Some(Twin::Live(id)) if self.news.contains(id))
    }

    /// References as this model has them; to what was left out there are none.
    fn tie(&self, entity: &mut Entity) {
        let id = |id: Id| match self.known.get(&id) {
            Some(Twin::Live(id)) => Some(*id),
            _ => None,
        };
        let boundaries =
            |all: &BTreeSet<BoundaryRef>| all.iter().filter_map(|one| id(one.0).map(BoundaryRef)).collect();
        match &mut entity.body {
            Body::Component(component) => component.boundaries = boundaries(&component.boundaries),
            Body::Attacker(attacker) => attacker.boundaries = boundaries(&attacker.boundaries),
            Body::Asset(asset) => {
                asset.components = asset.components.iter().filter_map(|one| id(one.0).map(ComponentRef)).collect();
            }
            _ => {}
        }
    }

    /// Removes what a machine wrote and what is not there any more: components, then boundaries and assets that only they were in.
    fn drop_gone(&self, draft: &mut Draft<'_>, looked: &dyn Fn(&str) -> bool) {
        let crowded = self.proposed.of_kind(Kind::Component).count() >= PROSE;
        for entity in self.lost(draft, Kind::Component) {
            let Some((place, _)) = evidence(&entity.life.rationale) else { continue };
            let left_out = crowded && !structured(place);
            if looked(place) && !left_out {
                let reason = format!("no longer in {place}");
                let heir = self.heir(draft, &entity);
                bury(draft, entity.id, &reason, heir);
            }
        }
        self.move_assets(draft);
        for entity in self.lost(draft, Kind::Boundary) {
            let place = evidence(&entity.life.rationale).map(|(place, _)| place).filter(|place| looked(place));
            if place.is_some() && !inhabited(&draft.model, entity.id) {
                bury(draft, entity.id, "no component stands in it any more", None);
            }
        }
        for entity in self.lost(draft, Kind::Asset) {
            let lives = draft.model.assets().filter(|(entity, _)| entity.live()).count();
            if lives > 1 && emptied(draft, entity.id) {
                bury(draft, entity.id, "the components it lay in are gone", None);
            }
        }
        let live = draft.model.assets().filter(|(entity, _)| entity.live()).map(|(entity, _)| entity.id);
        let left: Vec<Id> = live.filter(|id| emptied(draft, *id)).collect();
        for id in left {
            let said = format!("{id} lies nowhere now: redan edit {id} --set components=CMP… says where it is");
            draft.note(Note::Remark(said));
        }
    }

    /// Live entities that a machine wrote and that nothing proposed is.
    fn lost(&self, draft: &Draft<'_>, kind: Kind) -> Vec<Entity> {
        let met: BTreeSet<Id> =
            self.known.values().filter_map(|twin| if let Twin::Live(id) = twin { Some(*id) } else { None }).collect();
        let lost = |entity: &&Entity| entity.live() && !entity.life.source.is_empty() && !met.contains(&entity.id);
        draft.model.of_kind(kind).filter(lost).cloned().collect()
    }
}

fn bury(draft: &mut Draft<'_>, id: Id, reason: &str, heir: Option<Id>) {
    let now = draft.stage.now;
    let replaced_by = heir.map(|heir| heir.to_string());
    let Some(entity) = draft.model.entities.get_mut(&id) else { return };
    entity.life.removed = Some(tombstone(now, reason, replaced_by.as_deref()));
    let title = entity.title().to_owned();
    draft.note(Note::Removed { id, title, replaced_by });
}

fn inhabited(model: &Model, boundary: Id) -> bool {
    let mut live = model.components().filter(|(entity, _)| entity.live());
    live.any(|(_, component)| component.boundaries.contains(&BoundaryRef(boundary)))
}

/// An asset that lay in components, each of which this act removed.
fn emptied(draft: &Draft<'_>, asset: Id) -> bool {
    let Some(Body::Asset(asset)) = draft.model.entities.get(&asset).map(|entity| &entity.body) else { return false };
    let here = asset.components.iter().any(|one| draft.model.is_live(one.0));
    let before = asset.components.iter().any(|one| draft.stage.model.is_live(one.0));
    before && !here
}

/// The place and the words in a rationale of ours: `compose.yaml:4 says “postgres”`.
fn evidence(rationale: &str) -> Option<(&str, &str)> {
    let (place, rest) = rationale.split_once(" says “")?;
    Some((place.rsplit_once(':')?.0, rest.split_once('”')?.0))
}

fn structured(path: &str) -> bool {
    crate::suggest::structure::format(path).is_some()
}
