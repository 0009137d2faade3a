//! Mitigation groups: what a control counts for, and what a group of them amounts to.

use super::mask::Mask;
use super::standing::{Ledger, State};
use crate::model::{Control, Group, Id, Model};

/// What a control, a group or an assumption gives an objective, from the best to the worst. Within a
/// group the worst decides, across groups the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// Implemented.
    Implemented,
    /// Assumptions stand in.
    Upheld,
    /// It would hold, had an attestation not run out.
    Expired,
    /// It would hold, were an assumption attested.
    Pending,
    /// Something has to be built.
    Missing,
}

impl Hold {
    pub const fn counts(self) -> bool {
        matches!(self, Hold::Implemented | Hold::Upheld)
    }

    /// What one assumption gives to what leans on it.
    pub(super) const fn of(state: State) -> Hold {
        match state {
            State::Active => Hold::Upheld,
            State::Expired => Hold::Expired,
            State::Pending | State::Void => Hold::Pending,
            State::Violated | State::Retired => Hold::Missing,
        }
    }
}

/// A live control as groups see it.
pub(super) struct ControlFacts {
    pub id: Id,
    pub hold: Hold,
    /// The properties it helps.
    pub protects: Mask,
}

impl ControlFacts {
    pub(super) fn new(model: &Model, ledger: &Ledger<'_>, id: Id, control: &Control) -> ControlFacts {
        let protects = if control.protects.is_empty() { Mask::ALL } else { Mask::of(&control.protects) };
        ControlFacts { id, hold: hold(model, ledger, control), protects }
    }
}

/// An empty list stands in for nothing.
fn hold(model: &Model, ledger: &Ledger<'_>, control: &Control) -> Hold {
    if control.implemented() {
        return Hold::Implemented;
    }
    let state = |id: &Id| model.entities.get(id).map_or(State::Retired, |entity| ledger.state(entity));
    let lists = control.upheld_by.iter();
    let list = lists.filter_map(|list| list.iter().map(|id| Hold::of(state(&id.0))).max());
    list.min().unwrap_or(Hold::Missing)
}

/// One control's part in one objective.
#[derive(Debug, Clone, Copy)]
pub(super) struct Covering {
    /// Position among the live controls.
    pub control: u32,
    pub group: Group,
}

/// What all groups of an objective amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// The best numbered group; `None` = no control stands in one.
    pub best: Option<Hold>,
    /// Properties that the complete groups together address.
    pub addressed: Mask,
}

/// `scratch` is room for the groups, so that a hundred thousand objectives share one.
pub(super) fn weigh(covering: &[Covering], controls: &[ControlFacts], scratch: &mut Vec<(u32, Hold, Mask)>) -> Verdict {
    scratch.clear();
    for covering in covering {
        let Group::Number(number) = covering.group else { continue };
        let control = &controls[covering.control as usize];
        match scratch.iter_mut().find(|(group, ..)| *group == number) {
            Some((_, hold, protects)) => {
                *hold = (*hold).max(control.hold);
                *protects = protects.with(control.protects);
            }
            None => scratch.push((number, control.hold, control.protects)),
        }
    }
    let complete = scratch.iter().filter(|(_, hold, _)| hold.counts());
    let addressed = complete.fold(Mask::NONE, |all, (.., protects)| all.with(*protects));
    Verdict { best: scratch.iter().map(|(_, hold, _)| *hold).min(), addressed }
}
