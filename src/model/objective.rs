//! Control objectives: one per pair of asset and attacker, computed, never stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Id, Kind};

/// A pair of asset and attacker. Its ID is a pure function of the pair: `CO-A1-T1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Objective {
    pub asset: Id,
    pub attacker: Id,
}

impl Objective {
    /// Reads `CO-A1-T1`, and `A1-T1` as people type it.
    pub fn parse(text: &str) -> Option<Objective> {
        let (asset, attacker) = text.strip_prefix("CO-").unwrap_or(text).split_once('-')?;
        let asset = Id::parse(asset).filter(|id| id.kind == Kind::Asset)?;
        let attacker = Id::parse(attacker).filter(|id| id.kind == Kind::Attacker)?;
        Some(Objective { asset, attacker })
    }
}

impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("CO-{}-{}", self.asset, self.attacker))
    }
}

impl fmt::Debug for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Objectives the way files write them: asset = its attackers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(pub BTreeMap<Id, BTreeSet<Id>>);

impl Pairs {
    pub fn iter(&self) -> impl Iterator<Item = Objective> + '_ {
        self.0
            .iter()
            .flat_map(|(&asset, attackers)| attackers.iter().map(move |&attacker| Objective { asset, attacker }))
    }

    pub fn contains(&self, objective: Objective) -> bool {
        self.0.get(&objective.asset).is_some_and(|attackers| attackers.contains(&objective.attacker))
    }

    pub fn insert(&mut self, objective: Objective) {
        self.0.entry(objective.asset).or_default().insert(objective.attacker);
    }

    /// Takes one out, and the asset's line with its last attacker.
    pub fn remove(&mut self, objective: Objective) {
        if let Some(attackers) = self.0.get_mut(&objective.asset) {
            attackers.remove(&objective.attacker);
            if attackers.is_empty() {
                self.0.remove(&objective.asset);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Objective> for Pairs {
    fn from_iter<I: IntoIterator<Item = Objective>>(objectives: I) -> Pairs {
        let mut pairs = Pairs::default();
        objectives.into_iter().for_each(|objective| pairs.insert(objective));
        pairs
    }
}
