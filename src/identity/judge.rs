//! Whether two descriptions mean the same thing.

use crate::model::Kind;

/// What the judge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Same,
    Unsure,
    Different,
}

/// A verdict with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub why: String,
}

/// Compares two identities of one kind, field by field.
pub fn judge(_kind: Kind, old: &[(&'static str, String)], new: &[(&'static str, String)]) -> Judgement {
    match old == new {
        true => Judgement { verdict: Verdict::Same, why: "the words are equal".into() },
        false => Judgement { verdict: Verdict::Different, why: "the words differ".into() },
    }
}
