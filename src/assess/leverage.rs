//! What would help most: controls by the objectives they would close, and what could be designed away.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::assessment::Assessment;
use super::group::Hold;
use super::outcome::Status;
use super::rating::Tier;
use crate::model::{Group, Id};

/// Objectives by tier, compared from the worst tier down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    pub critical: u32,
    pub high: u32,
    pub medium: u32,
    pub low: u32,
    pub unrated: u32,
}

/// A control that does not count yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leverage {
    pub control: Id,
    pub hold: Hold,
    /// At-risk objectives that close by this control alone.
    pub closes: Weight,
    /// At-risk objectives it is needed for together with others.
    pub helps: Weight,
}

/// An asset or attacker that could be designed away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignLeverage {
    pub id: Id,
    /// At-risk objectives that would go with it.
    pub at_risk: Weight,
    /// Unassessed ones that would go with it.
    pub unassessed: Weight,
}

impl Weight {
    pub(super) fn add(&mut self, tier: Option<Tier>) {
        *self.of(tier) += 1;
    }

    /// Takes out what was added before.
    pub(super) fn take(&mut self, tier: Option<Tier>) {
        *self.of(tier) -= 1;
    }

    fn of(&mut self, tier: Option<Tier>) -> &mut u32 {
        match tier {
            Some(Tier::Critical) => &mut self.critical,
            Some(Tier::High) => &mut self.high,
            Some(Tier::Medium) => &mut self.medium,
            Some(Tier::Low) => &mut self.low,
            None => &mut self.unrated,
        }
    }

    pub const fn total(self) -> u32 {
        self.critical + self.high + self.medium + self.low + self.unrated
    }

    pub const fn severe(self) -> u32 {
        self.critical + self.high
    }
}

impl Assessment<'_> {
    /// Controls that would close something or help to, most first.
    pub fn leverage(&self) -> Vec<Leverage> {
        let mut found: BTreeMap<u32, (Weight, Weight)> = BTreeMap::new();
        for (objective, groups) in self.lacking() {
            let tier = self.tier_at(objective);
            let mut seen: BTreeMap<u32, bool> = BTreeMap::new();
            for lacks in groups {
                lacks.iter().for_each(|&control| *seen.entry(control).or_default() |= lacks.len() == 1);
            }
            for (control, alone) in seen {
                let (closes, helps) = found.entry(control).or_default();
                if alone { closes.add(tier) } else { helps.add(tier) }
            }
        }
        let entry = |(control, (closes, helps)): (u32, (Weight, Weight))| {
            let facts = &self.controls[control as usize];
            Leverage { control: facts.id, hold: facts.hold, closes, helps }
        };
        let mut all: Vec<Leverage> = found.into_iter().map(entry).collect();
        all.sort_by_key(|one| (Reverse(one.closes), Reverse(one.helps), one.control));
        all
    }

    /// Assets and attackers with at-risk or unassessed objectives, most critical and high first.
    pub fn design_leverage(&self) -> Vec<DesignLeverage> {
        let mut found: BTreeMap<Id, DesignLeverage> = BTreeMap::new();
        for (objective, outcome) in self.outcomes().filter(|(_, outcome)| outcome.status.open()) {
            for id in [objective.asset, objective.attacker] {
                let none = DesignLeverage { id, at_risk: Weight::default(), unassessed: Weight::default() };
                let one = found.entry(id).or_insert(none);
                let weight = if outcome.status == Status::AtRisk { &mut one.at_risk } else { &mut one.unassessed };
                weight.add(outcome.tier);
            }
        }
        let mut all: Vec<DesignLeverage> = found.into_values().collect();
        all.sort_by_key(|one| {
            let severe = one.at_risk.severe();
            (Reverse(severe), Reverse(one.at_risk), Reverse(one.unassessed), one.id)
        });
        all
    }

    /// At-risk objectives that have numbered groups, with the controls each group lacks.
    pub(super) fn lacking(&self) -> Vec<(usize, Vec<Vec<u32>>)> {
        let at_risk = self.outcomes().enumerate().filter(|(_, (_, outcome))| outcome.status == Status::AtRisk);
        let with = at_risk.map(|(at, _)| (at, self.lacks(at)));
        with.filter(|(_, groups)| !groups.is_empty()).collect()
    }

    fn lacks(&self, at: usize) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for covering in self.grid.covering(at) {
            if let Group::Number(number) = covering.group {
                let lacks = groups.entry(number).or_default();
                if !self.controls[covering.control as usize].hold.counts() {
                    lacks.push(covering.control);
                }
            }
        }
        groups.into_values().collect()
    }

    pub(super) fn tier_at(&self, at: usize) -> Option<Tier> {
        self.outcome(self.objective(at)).and_then(|outcome| outcome.tier)
    }
}
