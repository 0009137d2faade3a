//! Who else than the words of a control brought a requirement up, and why.

use std::fmt;

/// Where a proposal comes from: a bridge, or a language model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// `opencre@2026-11-27`, `openai/gpt-5`.
    pub source: String,
    /// In a few words: what links the two, or what the model says.
    pub rationale: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.rationale)
    }
}
