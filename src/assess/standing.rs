//! What people stood up for, on a day: attestations of assumptions, and decisions about objectives.

use std::collections::HashMap;

use jiff::civil::{DateTime, Time};

use super::view::{Row, View};
use crate::model::{
    Assumption, AssumptionKind, Attestation, Body, Decision, DecisionKind, Entity, Id, Model, Objective, When,
};

/// Where an assumption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Attested, and the attestation counts.
    Active,
    /// Was attested until a day that is over.
    Expired,
    /// Its words are no longer those that were attested.
    Void,
    /// Nobody attested it yet.
    Pending,
    /// Somebody withdrew it: it does not hold.
    Violated,
    /// Removed; counts nowhere.
    Retired,
}

/// Where a decision about an objective stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Active,
    /// Made after the day that is asked about.
    Future,
    /// Past its review day.
    Expired,
    /// Withdrawn since.
    Revoked,
    /// What it was decided about has changed since.
    Stale,
    /// Without owner, person, date, reason or review day; counts for nothing.
    Incomplete,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Active, State::Expired, State::Void, State::Pending, State::Violated, State::Retired];

    pub const fn word(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Expired => "expired",
            State::Void => "void",
            State::Pending => "pending",
            State::Violated => "violated",
            State::Retired => "retired",
        }
    }
}

impl Standing {
    pub const fn word(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Future => "future",
            Standing::Expired => "expired",
            Standing::Revoked => "revoked",
            Standing::Stale => "stale",
            Standing::Incomplete => "incomplete",
        }
    }
}

/// What was withdrawn, and the last moment each withdrawal reaches back over.
pub struct Ledger<'a> {
    view: View<'a>,
    entities: HashMap<Id, DateTime>,
    objectives: HashMap<Objective, DateTime>,
}

impl<'a> Ledger<'a> {
    pub fn new(model: &Model, view: View<'a>) -> Ledger<'a> {
        let mut ledger = Ledger { view, entities: HashMap::new(), objectives: HashMap::new() };
        let withdrawn = |decision: &&Decision| decision.kind == Some(DecisionKind::Withdrawn);
        for decision in model.decisions.values().filter(withdrawn) {
            if decision.at.is_some_and(|at| at.day() > view.today) {
                continue;
            }
            let end = decision.at.map_or(DateTime::MAX, end);
            decision.entities.iter().for_each(|&id| latest(&mut ledger.entities, id, end));
            decision.objectives.iter().for_each(|objective| latest(&mut ledger.objectives, objective, end));
        }
        ledger
    }

    /// The state of an assumption; anything else reads retired.
    pub fn state(&self, entity: &Entity) -> State {
        let Body::Assumption(assumption) = &entity.body else { return State::Retired };
        if !entity.live() {
            return State::Retired;
        }
        let rows = assumption.attestations.iter().filter_map(|row| self.row(entity, assumption, row));
        let none = if self.entities.contains_key(&entity.id) { State::Violated } else { State::Pending };
        rows.min().unwrap_or(none)
    }

    /// What one attestation amounts to; `None` = nothing at all.
    fn row(&self, entity: &Entity, assumption: &Assumption, row: &Attestation) -> Option<State> {
        let at = row.at.filter(|at| at.day() <= self.view.today)?;
        let withdrawn = self.entities.get(&entity.id).is_some_and(|end| at.moment() <= *end);
        let restored = entity.life.attest_after.is_some_and(|after| after.outdates(at));
        let proven = assumption.kind != Some(AssumptionKind::NonApplicability) || !row.evidence.is_empty();
        if withdrawn || restored || !proven || row.by.is_empty() || row.statement.is_empty() {
            return None;
        }
        Some(match row.expires {
            _ if (self.view.changed)(Row::Attestation(entity, row)) => State::Void,
            Some(expires) if expires.day() < self.view.today => State::Expired,
            _ => State::Active,
        })
    }

    /// Where an acceptance or a not-applicable stands for one of its objectives.
    pub fn standing(&self, name: &str, decision: &Decision, objective: Objective) -> Standing {
        let words = [&decision.owner, &decision.by, &decision.reason];
        let (Some(at), Some(review_by)) = (decision.at, decision.review_by) else { return Standing::Incomplete };
        match () {
            () if words.iter().any(|word| word.is_empty()) => Standing::Incomplete,
            () if at.day() > self.view.today => Standing::Future,
            () if self.objectives.get(&objective).is_some_and(|end| at.moment() <= *end) => Standing::Revoked,
            () if review_by.day() < self.view.today => Standing::Expired,
            () if (self.view.changed)(Row::Decision(name, decision)) => Standing::Stale,
            () => Standing::Active,
        }
    }
}

/// A day reaches to its end.
fn end(when: When) -> DateTime {
    match when {
        When::Day(day) => day.to_datetime(Time::MAX),
        When::Instant(_) => when.moment(),
    }
}

fn latest<K: std::hash::Hash + Eq>(map: &mut HashMap<K, DateTime>, key: K, end: DateTime) {
    let known = map.entry(key).or_insert(end);
    *known = end.max(*known);
}
