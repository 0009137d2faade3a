//! What people accepted for controls like this one.

use std::collections::{BTreeMap, BTreeSet};

use super::terms;
use crate::comply::Clause;

/// A control with the requirements that somebody accepted for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbour {
    pub terms: BTreeSet<String>,
    /// Numbers within the framework.
    pub requirements: BTreeSet<String>,
}

/// The controls of a workspace that have accepted mappings.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    all: Vec<Neighbour>,
    own: String,
}

/// Shared words of all words, in thousandths, from which a control is near.
const NEAR: usize = 300;
/// A requirement is told from this many controls on.
const FEWEST: usize = 2;

impl Neighbours {
    /// From the words of controls and what was accepted for each; in whatever order they come.
    pub fn new<'a>(controls: impl Iterator<Item = (&'a str, BTreeSet<String>)>) -> Neighbours {
        let neighbour = |(text, requirements): (&str, BTreeSet<String>)| Neighbour {
            terms: terms(text).into_iter().collect(),
            requirements,
        };
        let mut all: Vec<Neighbour> = controls.map(neighbour).filter(|one| !one.requirements.is_empty()).collect();
        all.sort();
        Neighbours { all, own: String::new() }
    }

    /// The same without the control of this text, which is no neighbour of itself.
    #[must_use]
    pub fn but(&self, text: &str) -> Neighbours {
        Neighbours { own: text.to_owned(), ..self.clone() }
    }

    /// Positions with the number of near controls that have each, the most first.
    pub(super) fn votes(&self, text: &str, clauses: &[&Clause]) -> Vec<(usize, usize)> {
        let own: BTreeSet<String> = terms(&self.own).into_iter().collect();
        let asked: BTreeSet<String> = terms(text).into_iter().collect();
        let near = self.all.iter().filter(|other| other.terms != own && alike(&asked, &other.terms) >= NEAR);
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        near.flat_map(|other| &other.requirements).for_each(|id| *votes.entry(id.as_str()).or_default() += 1);
        let position = |(id, count): (&str, usize)| Some((clauses.iter().position(|clause| clause.id == id)?, count));
        let mut found: Vec<(usize, usize)> =
            votes.into_iter().filter(|(_, count)| *count >= FEWEST).filter_map(position).collect();
        found.sort_by_key(|&(at, count)| (std::cmp::Reverse(count), at));
        found
    }
}

/// Shared of all, in thousandths.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    if all == 0 { 0 } else { shared * 1000 / all }
}
