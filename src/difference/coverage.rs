//! Where a model stands to the frameworks it selects, before and after. Whoever compares counts it: what a pack asks
//! for is not known here.

use std::collections::BTreeSet;

/// A framework with what differs about it; `None` = not selected on that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// `asvs@5.0.0`.
    pub framework: String,
    pub from: Option<Standing>,
    pub to: Option<Standing>,
}

/// One side of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The target level or profile; `None` = everything.
    pub level: Option<String>,
    /// Everything that is asked for.
    pub total: usize,
    pub partial: usize,
    pub uncovered: usize,
    pub unmapped: usize,
    pub excluded: usize,
    /// Numbers of the covered ones.
    pub covered: Vec<String>,
}

impl Standing {
    /// Covered of what nothing excludes, in thousandths, rounded down; where nothing is left, nothing is covered.
    pub fn thousandths(&self) -> usize {
        (self.covered.len() * 1000).checked_div(self.total - self.excluded.min(self.total)).unwrap_or(0)
    }
}

impl Coverage {
    /// Numbers that are covered now and were not, in the order of the framework.
    pub fn gained(&self) -> Vec<&str> {
        missing(self.to.as_ref(), self.from.as_ref())
    }

    /// Numbers that were covered and are not.
    pub fn lost(&self) -> Vec<&str> {
        missing(self.from.as_ref(), self.to.as_ref())
    }
}

/// Covered on the first side and not on the other; nothing where a side is not there.
fn missing<'s>(one: Option<&'s Standing>, other: Option<&Standing>) -> Vec<&'s str> {
    let (Some(one), Some(other)) = (one, other) else { return Vec::new() };
    let known: BTreeSet<&String> = other.covered.iter().collect();
    one.covered.iter().filter(|id| !known.contains(id)).map(String::as_str).collect()
}
