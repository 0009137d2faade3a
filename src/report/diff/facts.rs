//! What `diff/1` says about a model as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::Tier;
use crate::difference::{Arrival, Coverage, Fate, Mapping, Open, Reopening, Standing};
use crate::model::ModelId;

/// A model that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Model {
    pub id: String,
    pub name: String,
    /// added, gone, retired, restored or stays.
    pub fate: &'static str,
    /// Structural digest before, 12 hex digits; equal = no new version, absent = not there.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Mitigated objectives that are open again, by the controls that opened them.
    pub reopened: Vec<Reopened>,
    /// Assets and attackers that came to be, or came back.
    pub arrivals: Vec<Arrived>,
    /// Open objectives by tier; tiers without any are left out.
    pub open: Vec<Opened>,
    /// Frameworks with other counts of mapped requirements.
    pub mappings: Vec<Mapped>,
    /// Selected frameworks to which it stands otherwise.
    pub coverage: Vec<Covered>,
    /// Files that read the same and are written differently: comments, order, spelling.
    pub rewritten: Vec<String>,
    /// Some of its files could not be read, so there may be more.
    pub unread: bool,
}

/// Mitigated objectives that are open again.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Reopened {
    /// Empty = no control did it: an assumption or a decision.
    pub controls: Vec<String>,
    pub objectives: Vec<String>,
}

/// An asset with the attackers it meets, or the other way round.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Arrived {
    pub entity: String,
    /// By tier of the pair: critical, high, medium, low, `not rated`.
    pub tiers: BTreeMap<&'static str, Vec<String>>,
    /// How many pairs have which status.
    pub statuses: BTreeMap<&'static str, usize>,
    /// An asset that resembles it and is covered: `redan cover A13 --like A1`.
    pub like: Option<Likeness>,
}

/// An asset that shows how to cover another one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Likeness {
    pub asset: String,
    pub controls: Vec<String>,
}

/// Open objectives of a tier.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Opened {
    /// critical, high, medium, low or `not rated`.
    pub tier: &'static str,
    pub from: usize,
    pub to: usize,
}

/// Requirements of a framework that live controls are mapped to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mapped {
    pub framework: String,
    pub accepted: Count,
    /// Requirements with nothing but proposals.
    pub proposed: Count,
}

/// Where it stands to a framework that it selects.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Covered {
    pub framework: String,
    /// Absent = not selected there.
    pub from: Option<Stand>,
    pub to: Option<Stand>,
    /// Requirements that are covered now and were not.
    pub gained: Vec<String>,
    /// Requirements that were covered and are not.
    pub lost: Vec<String>,
}

/// One side of it, in numbers of requirements.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stand {
    /// Absent where everything is asked for.
    pub level: Option<String>,
    pub total: usize,
    pub covered: usize,
    pub partial: usize,
    pub uncovered: usize,
    pub unmapped: usize,
    pub excluded: usize,
    /// Covered of what nothing excludes, in thousandths, rounded down.
    pub of_applicable: usize,
}

/// A number on both sides.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Count {
    pub from: usize,
    pub to: usize,
}

impl Reopened {
    pub(super) fn new(model: &ModelId, reopening: &Reopening) -> Reopened {
        Reopened {
            controls: reopening.controls.iter().map(|id| format!("{model}/{id}")).collect(),
            objectives: reopening.objectives.iter().map(|one| format!("{model}/{one}")).collect(),
        }
    }
}

impl Arrived {
    pub(super) fn new(model: &ModelId, arrival: &Arrival) -> Arrived {
        let named = |id: &crate::model::Id| format!("{model}/{id}");
        let tiers = arrival.tiers.iter().map(|(tier, ids)| (rated(*tier), ids.iter().map(named).collect()));
        Arrived {
            entity: named(&arrival.id),
            tiers: tiers.collect(),
            statuses: arrival.statuses.iter().map(|(status, count)| (status.word(), *count)).collect(),
            like: arrival.like.as_ref().map(|like| Likeness {
                asset: named(&like.asset),
                controls: like.controls.iter().map(named).collect(),
            }),
        }
    }
}

impl Opened {
    pub(super) fn new(open: &Open) -> Opened {
        Opened { tier: rated(open.tier), from: open.from, to: open.to }
    }
}

impl Mapped {
    pub(super) fn new(mapping: &Mapping) -> Mapped {
        let count = |(from, to)| Count { from, to };
        Mapped {
            framework: mapping.framework.clone(),
            accepted: count(mapping.accepted),
            proposed: count(mapping.proposed),
        }
    }
}

impl Covered {
    pub(super) fn new(coverage: &Coverage) -> Covered {
        let stand = |standing: &Standing| Stand {
            level: standing.level.clone(),
            total: standing.total,
            covered: standing.covered.len(),
            partial: standing.partial,
            uncovered: standing.uncovered,
            unmapped: standing.unmapped,
            excluded: standing.excluded,
            of_applicable: standing.thousandths(),
        };
        let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        Covered {
            framework: coverage.framework.clone(),
            from: coverage.from.as_ref().map(stand),
            to: coverage.to.as_ref().map(stand),
            gained: owned(coverage.gained()),
            lost: owned(coverage.lost()),
        }
    }
}

pub(super) fn rated(tier: Option<Tier>) -> &'static str {
    tier.map_or("not rated", Tier::word)
}

pub(super) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Gone => "gone",
        Fate::Retired => "retired",
        Fate::Restored => "restored",
        Fate::Stays => "stays",
    }
}
