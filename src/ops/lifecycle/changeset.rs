//! Several acts as one: all of them or none, judged on what they leave behind.

use super::draft::Draft;
use super::{Note, Plan, Refusal, Stage, Why, command, cover, grouping, sentence};
use crate::model::{DecisionKind, Id, Model, Objective};

/// One act of a changeset.
pub struct Deed<'a> {
    /// Where it is written: `line 3`.
    pub place: String,
    pub plan: Box<dyn FnOnce(&Stage<'_>) -> Plan + 'a>,
}

/// Plans each act on what the one before left. What only the end can tell is judged there: whether an asset and an attacker are
/// left is the rules' question; that controls let go of objectives which nothing covers any more needs a reason.
pub fn changeset(stage: &Stage<'_>, deeds: Vec<Deed<'_>>, why: Option<&str>) -> Plan {
    let mut draft = Draft::open(stage)?;
    if deeds.is_empty() {
        return Err(Refusal::new(Why::Missing, "the changeset has no line"));
    }
    for Deed { place, plan } in deeds {
        let step = Stage { model: &draft.model, unfinished: true, ..*stage };
        let outcome = plan(&step).map_err(|refusal| refusal.at(&place))?;
        draft.model = outcome.model;
        outcome.notes.into_iter().filter(|note| *note != Note::Nothing).for_each(|note| draft.note(note));
    }
    let (bare, controls) = let_go(stage.model, &draft.model);
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    match why {
        None if !bare.is_empty() => {
            let message = format!("nothing covers {} any more: that needs a reason", sentence::list(&bare));
            let words = ["changeset", command::BLANK, "--reason", command::BLANK];
            return Err(Refusal::new(Why::Reason, message).hint(command::on(&stage.model.id, &words)));
        }
        Some(why) if draft.model.entities != stage.model.entities => {
            let objectives = if bare.is_empty() { regrouped(stage.model, &draft.model) } else { bare };
            if !objectives.is_empty() {
                grouping::record(&mut draft, &objectives, &controls, why);
            }
        }
        _ => {}
    }
    Ok(draft.finish())
}

/// Objectives that live controls covered before and none covers now, without a word why; and the controls that did. A control
/// that was removed has its reason in its tombstone.
fn let_go(before: &Model, after: &Model) -> (Vec<Objective>, Vec<Id>) {
    let told = |objective: Objective| {
        let new = after.decisions.iter().filter(|(name, _)| !before.decisions.contains_key(*name));
        let mut grouped = new.filter(|(_, decision)| decision.kind == Some(DecisionKind::Grouping));
        grouped.any(|(_, decision)| decision.objectives.contains(objective))
    };
    let (mut bare, mut controls) = (Vec::new(), Vec::new());
    for objective in before.objectives().filter(|one| after.is_open(*one) && !told(*one)) {
        if cover::covering(after, objective).next().is_some() {
            continue;
        }
        let let_go = cover::covering(before, objective).map(|entity| entity.id).filter(|id| after.is_live(*id));
        let let_go: Vec<Id> = let_go.collect();
        if !let_go.is_empty() {
            bare.push(objective);
            controls.extend(let_go);
        }
    }
    controls.sort_unstable();
    controls.dedup();
    (bare, controls)
}

/// Live objectives whose controls or groups are others now.
fn regrouped(before: &Model, after: &Model) -> Vec<Objective> {
    let groups = |model: &Model, one: Objective| {
        let live = model.controls().filter(|(entity, _)| entity.live());
        live.filter_map(|(entity, control)| Some((entity.id, control.covers.group(one)?))).collect::<Vec<_>>()
    };
    after.objectives().filter(|one| before.is_open(*one) && groups(before, *one) != groups(after, *one)).collect()
}
