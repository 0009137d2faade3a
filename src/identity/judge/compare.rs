//! What one text has and the other lacks.

use super::align::align;
use super::lexicon::Traits;
use super::reading::{Reading, Term};

/// Two readings after alignment, with their difference as sets of concepts.
pub(super) struct Pair {
    pub(super) old: Reading,
    pub(super) new: Reading,
    /// Terms of `old` whose concept `new` lacks, and the other way round; each concept once.
    pub(super) gone: Vec<Term>,
    pub(super) come: Vec<Term>,
    /// How many concepts both have.
    pub(super) kept: usize,
}

impl Pair {
    pub(super) fn of(mut old: Reading, mut new: Reading) -> Pair {
        align(&mut old, &mut new);
        let gone = lacking(&old, &new);
        let come = lacking(&new, &old);
        let kept = distinct(&old) - gone.len();
        Pair { old, new, gone, come, kept }
    }

    /// Equal but for case, spaces, punctuation and word forms: not even a small word was changed.
    pub(super) fn is_equal(&self) -> bool {
        self.old.normal == self.new.normal
    }

    pub(super) fn is_kept(&self, concept: &str) -> bool {
        self.old.has(concept) && self.new.has(concept)
    }

    /// Leaves out of the difference what `known_old` and `known_new` (other fields of the same entity) say already.
    pub(super) fn forget(&mut self, known_old: &Reading, known_new: &Reading) {
        self.gone.retain(|term| !known_new.has(&term.concept));
        self.come.retain(|term| !known_old.has(&term.concept));
    }

    /// Leaves out the words that only say that something is done.
    pub(super) fn forget_light(&mut self) {
        let one_sided = self.gone.is_empty() || self.come.is_empty();
        let idle = if one_sided { Traits::LIGHT.or(Traits::BARE) } else { Traits::LIGHT };
        self.gone.retain(|term| !term.traits.any(idle));
        self.come.retain(|term| !term.traits.any(idle));
    }

    /// The share of concepts both have, 0 to 1; the same seen from either side.
    pub(super) fn overlap(&self) -> f64 {
        let all = 2 * self.kept + self.gone.len() + self.come.len();
        if all == 0 { 1.0 } else { 2.0 * self.kept as f64 / all as f64 }
    }
}

fn lacking(from: &Reading, other: &Reading) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    for term in &from.terms {
        if !other.has(&term.concept) && !out.iter().any(|seen| seen.concept == term.concept) {
            out.push(term.clone());
        }
    }
    out
}

fn distinct(reading: &Reading) -> usize {
    let mut concepts: Vec<&str> = reading.terms.iter().map(|term| term.concept.as_str()).collect();
    concepts.sort_unstable();
    concepts.dedup();
    concepts.len()
}

/// The terms as a person reads them in a reason: `` `a`, `b` ``.
pub(super) fn quote(terms: &[Term]) -> String {
    let shown: Vec<String> = terms.iter().take(4).map(|term| format!("`{}`", term.shown)).collect();
    shown.join(", ")
}
