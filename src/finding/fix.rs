//! Fixes: changes that a person, the editor or a pull-request suggestion can take over.

use std::ops::Range;

use crate::change::Change;

/// A way to make a finding go away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: `number the asset A13`.
    pub title: String,
    pub safety: Safety,
    /// One choice is the plain case; with several a person picks.
    pub options: Vec<Choice>,
    /// What only a person can supply before it can be applied, such as a reason.
    pub needs: Option<String>,
}

/// Whether `redan fix` applies it without being asked about this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    Safe,
    Unsafe,
}

/// One of the ways a fix can be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    pub changes: Vec<Change>,
    /// Repairs of the text itself, where the value cannot say it: a key under the wrong header.
    pub patches: Vec<Patch>,
}

/// Bytes of a file replaced by other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// Relative to the repository.
    pub path: String,
    pub span: Range<usize>,
    pub text: String,
}

impl Fix {
    /// The plain case: safe, one choice, changes of the model.
    pub fn safe(title: impl Into<String>, changes: Vec<Change>) -> Fix {
        Fix::one(title, Safety::Safe, Choice { changes, ..Choice::default() })
    }

    /// As [`Fix::safe`], but applied only when asked for by rule.
    pub fn risky(title: impl Into<String>, changes: Vec<Change>) -> Fix {
        Fix::one(title, Safety::Unsafe, Choice { changes, ..Choice::default() })
    }

    /// Safe, one choice, a repair of the text.
    pub fn patch(title: impl Into<String>, patches: Vec<Patch>) -> Fix {
        Fix::one(title, Safety::Safe, Choice { patches, ..Choice::default() })
    }

    fn one(title: impl Into<String>, safety: Safety, mut choice: Choice) -> Fix {
        let title = title.into();
        choice.label.clone_from(&title);
        Fix { title, safety, options: vec![choice], needs: None }
    }
}
