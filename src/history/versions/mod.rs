//! Models along a line: the first parents of a commit, oldest first, and what each of them made of each
//! model. Models are known by their `id`, so one that moved folder is still the same.
//! Never here: rules, and commits off the line; those are the audit's.

mod event;
mod follow;
mod label;
mod lines;
mod raw;
mod run;
mod summary;
#[cfg(test)]
mod tests;
mod track;

use std::sync::Arc;

use jiff::Timestamp;

use super::Commit;
use crate::model::{Decision, Model, ModelId};
use crate::store::Settings;

pub use event::{Event, events};
pub use label::{Draft, Label, Log};
pub use run::{Runs, Unread, Version};
pub use summary::Summary;
pub use track::{Boundary, Revision, Subject, Track};

/// What to read.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The commit looked from.
    pub tip: &'a Commit,
    /// Today's settings say where models lie, in old commits too.
    pub settings: &'a Settings,
    /// Only this model; none = every model.
    pub model: Option<&'a ModelId>,
}

/// A commit with who made it and when it came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Full hex id.
    pub commit: String,
    /// The author's name, as `.mailmap` has it.
    pub name: String,
    /// The author's address, as `.mailmap` has it.
    pub email: String,
    /// When the commit was made (the committer's date).
    pub at: Timestamp,
    pub subject: String,
}

/// What a commit made of one model that it touched.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    pub signed: &'a Signed,
    pub model: &'a ModelId,
    /// The last state before that could be read; none = the model was not there.
    pub before: Option<&'a Model>,
    pub now: &'a Sight,
    /// Decisions that came with this commit.
    pub decided: &'a [(String, Decision)],
}

/// A model as a commit left it, with no files but `model.toml` and `controls.toml`.
#[derive(Debug, Clone)]
pub enum Sight {
    Read(Arc<Model>),
    /// Some of what the files say is not in any value, so the state has no digest.
    Unreadable {
        path: String,
        why: String,
    },
    /// The model is not there any more.
    Gone,
}

impl Signed {
    /// `Ada <ada@example.org>`.
    pub fn author(&self) -> String {
        format!("{} <{}>", self.name, self.email)
    }

    /// The first ten digits, as every answer prints them.
    pub fn short(&self) -> &str {
        self.commit.get(..10).unwrap_or(&self.commit)
    }
}
