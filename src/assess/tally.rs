//! How many objectives of which tier are in which class.

use std::collections::BTreeMap;

use super::outcome::{MitigatedBy, Outcome, Reason, Status};
use super::rating::Tier;

/// Counts of objectives; every objective is in exactly one status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub total: usize,
    /// By tier (`None` = not rated) and status; absent = none.
    pub cells: BTreeMap<(Option<Tier>, Status), usize>,
    pub reasons: BTreeMap<Reason, usize>,
    pub mitigated_by: BTreeMap<MitigatedBy, usize>,
    /// Mitigated objectives with a property that their groups leave unaddressed.
    pub gaps: usize,
}

pub fn tally<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Tally {
    let mut tally = Tally::default();
    for outcome in outcomes {
        tally.total += 1;
        *tally.cells.entry((outcome.tier, outcome.status)).or_default() += 1;
        outcome.reason.into_iter().for_each(|reason| *tally.reasons.entry(reason).or_default() += 1);
        outcome.mitigated_by.into_iter().for_each(|by| *tally.mitigated_by.entry(by).or_default() += 1);
        tally.gaps += usize::from(!outcome.gap.is_empty());
    }
    tally
}

impl Tally {
    pub fn status(&self, status: Status) -> usize {
        self.cells.iter().filter(|((_, is), _)| *is == status).map(|(_, count)| count).sum()
    }

    /// `None` = not rated.
    pub fn tier(&self, tier: Option<Tier>) -> usize {
        self.cells.iter().filter(|((is, _), _)| *is == tier).map(|(_, count)| count).sum()
    }

    pub fn cell(&self, tier: Option<Tier>, status: Status) -> usize {
        self.cells.get(&(tier, status)).copied().unwrap_or(0)
    }
}
