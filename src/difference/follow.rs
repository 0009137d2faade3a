//! What followed from the changes: objectives that opened or closed, controls that lost or found one, tiers and
//! statuses before and after.

use std::collections::BTreeSet;

use super::Side;
use crate::assess::{Outcome, Status, Tier};
use crate::model::{Id, Model, Objective};

/// Objectives and controls that came and went between two states, by who is live alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Open now, and never heard of before: one of the pair is new.
    pub added: Vec<Objective>,
    /// Open now, and known before: one of the pair was removed, and is back.
    pub revived: Vec<Objective>,
    /// Closed with its asset or its attacker.
    pub tombstoned: Vec<Objective>,
    pub orphaned: Vec<Id>,
    pub reattached: Vec<Id>,
}

/// Compares who is live on both sides.
pub fn turnover(before: &Model, after: &Model) -> Turnover {
    let known = |id: Id| before.entities.contains_key(&id);
    let mut turnover = Turnover::default();
    join(before.objectives().map(|one| (one, ())), after.objectives().map(|one| (one, ())), |one, was, is| {
        match (was, is) {
            (Some(()), None) => turnover.tombstoned.push(one),
            (None, Some(())) if known(one.asset) && known(one.attacker) => turnover.revived.push(one),
            (None, Some(())) => turnover.added.push(one),
            _ => {}
        }
    });
    for (entity, control) in after.controls().filter(|(entity, _)| entity.live()) {
        let was = before.entities.get(&entity.id).is_some_and(|old| before.is_orphaned(old));
        match (was, after.is_orphaned(entity)) {
            (false, true) => turnover.orphaned.push(entity.id),
            (true, false) if !control.covers.is_empty() => turnover.reattached.push(entity.id),
            _ => {}
        }
    }
    turnover
}

/// An objective with its bearing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearing {
    pub objective: Objective,
    /// None = not rated.
    pub tier: Option<Tier>,
    pub status: Status,
}

/// An objective that is open on both sides, with what is another one now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved<T> {
    pub objective: Objective,
    pub from: T,
    pub to: T,
}

/// What became of objectives, each list by asset and attacker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objectives {
    pub added: Vec<Bearing>,
    pub revived: Vec<Bearing>,
    pub tombstoned: Vec<Objective>,
    pub tiers: Vec<Moved<Option<Tier>>>,
    pub statuses: Vec<Moved<Status>>,
}

/// What became of the objectives of a model.
pub(super) fn objectives(before: Option<Side<'_>>, after: Option<Side<'_>>, turnover: &Turnover) -> Objectives {
    let mut objectives = Objectives::default();
    let revived: BTreeSet<Objective> = turnover.revived.iter().copied().collect();
    join(outcomes(before), outcomes(after), |objective, was, is| match (was, is) {
        (Some(_), None) => objectives.tombstoned.push(objective),
        (None, Some(is)) => {
            let bearing = Bearing { objective, tier: is.tier, status: is.status };
            match revived.contains(&objective) {
                true => objectives.revived.push(bearing),
                false => objectives.added.push(bearing),
            }
        }
        (Some(was), Some(is)) => {
            if was.tier != is.tier {
                objectives.tiers.push(Moved { objective, from: was.tier, to: is.tier });
            }
            if was.status != is.status {
                objectives.statuses.push(Moved { objective, from: was.status, to: is.status });
            }
        }
        (None, None) => {}
    });
    objectives
}

/// Open objectives of one tier, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// None = not rated.
    pub tier: Option<Tier>,
    pub from: usize,
    pub to: usize,
}

/// Open objectives by tier, the worst first.
pub(super) fn open(before: Option<Side<'_>>, after: Option<Side<'_>>) -> Vec<Open> {
    let counts = |side: Option<Side<'_>>| {
        let mut counts = [0usize; 5];
        outcomes(side).filter(|(_, one)| one.status.open()).for_each(|(_, one)| counts[place(one.tier)] += 1);
        counts
    };
    let (before, after) = (counts(before), counts(after));
    let tiers = Tier::ALL.into_iter().map(Some).chain([None]);
    let open = tiers.map(|tier| Open { tier, from: before[place(tier)], to: after[place(tier)] });
    open.filter(|open| open.from + open.to > 0).collect()
}

fn place(tier: Option<Tier>) -> usize {
    tier.map_or(0, |tier| tier as usize + 1)
}

fn outcomes<'a>(side: Option<Side<'a>>) -> impl Iterator<Item = (Objective, &'a Outcome)> {
    side.into_iter().flat_map(|side| side.assessment.outcomes())
}

/// Walks two lists in ascending order together, one objective at a time.
fn join<T>(
    before: impl Iterator<Item = (Objective, T)>,
    after: impl Iterator<Item = (Objective, T)>,
    mut each: impl FnMut(Objective, Option<T>, Option<T>),
) {
    let (mut before, mut after) = (before.peekable(), after.peekable());
    loop {
        let next = before.peek().map(|(one, _)| *one).into_iter().chain(after.peek().map(|(one, _)| *one)).min();
        let Some(objective) = next else { return };
        let was = before.next_if(|(one, _)| *one == objective).map(|(_, was)| was);
        let is = after.next_if(|(one, _)| *one == objective).map(|(_, is)| is);
        each(objective, was, is);
    }
}
