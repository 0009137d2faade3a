//! What follows from an act: objectives and controls that come, go or change their standing.

use std::collections::BTreeMap;
use std::fmt;

use super::Note;
use crate::assess::{Rating, Tier, impact, likelihood, tier};
use crate::difference::{Turnover, turnover};
use crate::model::{Group, Id, Model, Objective};

/// How an objective stands by the status of its controls alone: what assumptions, decisions and
/// reachability add to it is not looked at here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// No live control covers it.
    Unassessed,
    AtRisk,
    /// Every control of some numbered group is implemented.
    Mitigated,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Standing::Unassessed => "unassessed",
            Standing::AtRisk => "at risk",
            Standing::Mitigated => "mitigated",
        })
    }
}

/// Every live objective with its standing.
pub(super) fn standings(model: &Model) -> BTreeMap<Objective, Standing> {
    let mut groups: BTreeMap<Objective, BTreeMap<Group, bool>> = BTreeMap::new();
    for (_, control) in model.controls().filter(|(entity, _)| entity.live()) {
        for (group, objective) in control.covers.iter() {
            let complete = groups.entry(objective).or_default().entry(group).or_insert(true);
            *complete &= control.implemented();
        }
    }
    let standing = |objective| match groups.get(&objective) {
        None => Standing::Unassessed,
        Some(groups) if groups.iter().any(|(group, complete)| *group != Group::Depth && *complete) => {
            Standing::Mitigated
        }
        Some(_) => Standing::AtRisk,
    };
    model.objectives().map(|objective| (objective, standing(objective))).collect()
}

/// What to tell about the way from `before` to `after`.
pub(super) fn aftermath(before: &Model, after: &Model) -> Vec<Note> {
    if before.entities == after.entities {
        return Vec::new();
    }
    let (old, new) = (standings(before), standings(after));
    let mut notes = shifts(before, after, &old, &new);
    notes.extend(tier_changes(before, after));
    notes.extend(turned(before, after));
    notes
}

type Standings = BTreeMap<Objective, Standing>;

fn shifts(before: &Model, after: &Model, old: &Standings, new: &Standings) -> Vec<Note> {
    let mut shifts: BTreeMap<(Standing, Standing), Vec<Objective>> = BTreeMap::new();
    for (objective, from) in old {
        if let Some(to) = new.get(objective).filter(|to| *to != from) {
            shifts.entry((*from, *to)).or_default().push(*objective);
        }
    }
    let mut reopened = Vec::new();
    let mut notes = Vec::new();
    for ((from, to), objectives) in shifts {
        match from {
            Standing::Mitigated => reopened.extend(objectives),
            _ => notes.push(Note::StandingChanged { objectives, from, to }),
        }
    }
    if !reopened.is_empty() {
        reopened.sort_unstable();
        let controls = acting(before, after);
        notes.push(Note::Reopened { controls, objectives: reopened });
    }
    notes
}

/// Controls that the act added or changed.
fn acting(before: &Model, after: &Model) -> Vec<Id> {
    let changed = |id: &Id| before.entities.get(id) != after.entities.get(id);
    after.controls().map(|(entity, _)| entity.id).filter(changed).collect()
}

/// The tier of every live objective; `None` = not rated.
fn tiers(model: &Model) -> BTreeMap<Objective, Option<Tier>> {
    let impacts: BTreeMap<Id, Rating> =
        model.assets().map(|(entity, asset)| (entity.id, impact(asset, None))).collect();
    let attackers = model.attackers().map(|(entity, attacker)| (entity.id, likelihood(attacker, None)));
    let likelihoods: BTreeMap<Id, Rating> = attackers.collect();
    let of = |o: Objective| tier(impacts.get(&o.asset)?, likelihoods.get(&o.attacker)?);
    model.objectives().map(|objective| (objective, of(objective))).collect()
}

/// Objectives that are live on both sides and of another tier now.
fn tier_changes(before: &Model, after: &Model) -> Vec<Note> {
    let new = tiers(after);
    let mut changes: BTreeMap<(Option<Tier>, Option<Tier>), Vec<Objective>> = BTreeMap::new();
    for (objective, from) in tiers(before) {
        if let Some(&to) = new.get(&objective).filter(|to| **to != from) {
            changes.entry((from, to)).or_default().push(objective);
        }
    }
    let note = |((from, to), objectives)| Note::TierChanged { objectives, from, to };
    changes.into_iter().rev().map(note).collect()
}

/// Objectives and controls that came and went.
fn turned(before: &Model, after: &Model) -> Vec<Note> {
    let Turnover { added, revived, tombstoned, orphaned, reattached } = turnover(before, after);
    let notes = [
        Note::Tombstoned { objectives: tombstoned },
        Note::ObjectivesRevived { objectives: revived },
        Note::Opened { objectives: added },
        Note::Orphaned { controls: orphaned },
        Note::Reattached { controls: reattached },
    ];
    notes.into_iter().filter(|note| !note.is_empty()).collect()
}
