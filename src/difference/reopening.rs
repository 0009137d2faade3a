//! Mitigated objectives that are open again, by the controls that opened them.

use std::collections::BTreeMap;

use super::follow::Moved;
use crate::assess::Status;
use crate::model::{Body, Control, Entity, Group, Id, Model, Objective};

/// Objectives that were mitigated and are open now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// The controls that changed what holds there; none = no control did: an assumption or a decision.
    pub controls: Vec<Id>,
    pub objectives: Vec<Objective>,
}

/// The largest first.
pub(super) fn reopenings(before: &Model, after: &Model, statuses: &[Moved<Status>]) -> Vec<Reopening> {
    let reopened = statuses.iter().filter(|moved| moved.from == Status::Mitigated && moved.to.open());
    let reopened: Vec<Objective> = reopened.map(|moved| moved.objective).collect();
    if reopened.is_empty() {
        return Vec::new();
    }
    let suspects = suspects(before, after);
    let mut found: BTreeMap<Vec<Id>, Vec<Objective>> = BTreeMap::new();
    for objective in reopened {
        let controls = suspects.iter().filter(|suspect| suspect.opens(objective)).map(|suspect| suspect.id).collect();
        found.entry(controls).or_default().push(objective);
    }
    let found = found.into_iter().map(|(controls, objectives)| Reopening { controls, objectives });
    let mut found: Vec<Reopening> = found.collect();
    found.sort_by(|a, b| b.objectives.len().cmp(&a.objectives.len()).then_with(|| a.controls.cmp(&b.controls)));
    found
}

/// A control that is not what it was.
struct Suspect<'a> {
    id: Id,
    before: Option<&'a Control>,
    after: Option<&'a Control>,
}

fn suspects<'a>(before: &'a Model, after: &'a Model) -> Vec<Suspect<'a>> {
    let changed = |id: &&Id| before.entities.get(id) != after.entities.get(id);
    let mut ids: Vec<Id> = after.controls().chain(before.controls()).map(|(entity, _)| entity.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let live = |model: &'a Model, id: &Id| model.entities.get(id).filter(|entity| entity.live()).and_then(control);
    ids.iter().filter(changed).map(|id| Suspect { id: *id, before: live(before, id), after: live(after, id) }).collect()
}

fn control(entity: &Entity) -> Option<&Control> {
    match &entity.body {
        Body::Control(control) => Some(control),
        _ => None,
    }
}

impl Suspect<'_> {
    /// Whether it is missing from a group it did not miss from before, or left one.
    fn opens(&self, objective: Objective) -> bool {
        let group = |control: Option<&Control>| {
            control.and_then(|control| control.covers.group(objective)).filter(|group| *group != Group::Depth)
        };
        let done = |control: Option<&Control>| control.is_some_and(Control::implemented);
        let (was, is) = (group(self.before), group(self.after));
        let lacks = is.is_some() && !done(self.after) && (was != is || done(self.before));
        let left = was.is_some() && done(self.before) && was != is;
        let leaned = self.before.map(|control| &control.upheld_by) != self.after.map(|control| &control.upheld_by);
        lacks || left || (is.is_some() && leaned && !done(self.after))
    }
}
