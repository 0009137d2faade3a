//! What has to be closed: objective by objective, the ways that lead there.

use jiff::civil::Date;

use super::cast::Cast;
use super::foes::ways;
use crate::assess::{Tier, Verdict, View, assess};
use crate::model::{Control, Model, Objective};
use crate::suggest::{Knowledge, Way};

/// An objective with the ways that have to be closed.
pub struct Need<'k> {
    pub objective: Objective,
    /// Positions in the cast.
    pub stake: usize,
    pub foe: usize,
    pub ways: Vec<&'k Way>,
    pub tier: Tier,
}

impl Need<'_> {
    /// How much it counts when mechanisms are chosen.
    pub fn weight(&self) -> usize {
        match self.tier {
            Tier::Critical => 8,
            Tier::High => 4,
            Tier::Medium => 2,
            Tier::Low => 1,
        }
    }
}

/// Every objective that can be reached. An attacker whose ways threaten nothing of an asset still stands before it: whatever
/// it does has to be closed.
pub fn needs<'k>(all: &'k Knowledge, cast: &Cast<'k>, model: &Model) -> Vec<Need<'k>> {
    let assessment = assess(model, View::on(Date::ZERO));
    let mut needs = Vec::new();
    for (at, stake) in cast.stakes.iter().enumerate() {
        for (foe, one) in cast.foes.iter().enumerate() {
            let objective = Objective { asset: stake.id, attacker: one.id };
            let outcome = assessment.outcome(objective);
            let Some(outcome) = outcome.filter(|outcome| outcome.reach.verdict != Verdict::Unreachable) else {
                continue;
            };
            let mut ways: Vec<&Way> = ways(all, one.kind, stake.properties).collect();
            if ways.is_empty() {
                ways = one.kind.ways.iter().filter_map(|key| all.way(key)).collect();
            }
            let tier = outcome.tier.unwrap_or(Tier::Medium);
            needs.push(Need { objective, stake: at, foe, ways, tier });
        }
    }
    needs
}

/// The same, as far as no control covers them yet.
pub fn bare<'k>(all: &'k Knowledge, cast: &Cast<'k>, model: &Model) -> Vec<Need<'k>> {
    let covers = |control: &Control, objective| control.covers.group(objective).is_some();
    let mut needs = needs(all, cast, model);
    let live = || model.controls().filter(|(entity, _)| entity.live());
    needs.retain(|need| !live().any(|(_, control)| covers(control, need.objective)));
    needs
}
