//! What history proves about IDs, as pure values: every ID ever published with everything it meant, and
//! every step that broke a meaning.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Told;
use crate::model::{Id, Kind, ModelId};

/// The account of one repository, looked at from its published refs.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The refs it was read from, in their order.
    pub published: Vec<Published>,
    /// Commits that were walked to get here.
    pub commits: usize,
    /// Why this is not the whole history; empty = complete.
    pub gaps: Vec<Gap>,
    /// Folders of models that published settings named once and today's do not.
    pub former: Vec<String>,
    /// What a reader of the answer should know beside the verdict.
    pub notes: Vec<Gap>,
    pub models: BTreeMap<ModelId, Account>,
    /// Words that only the candidate's own commits have: nobody owes them, and no number is taken by them.
    pub drafts: BTreeMap<(ModelId, Id), Vec<Arc<Told>>>,
    pub breaks: Vec<Break>,
    /// Versions that could not be read.
    pub unread: Vec<(Sighting, String)>,
}

/// A published ref.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// `origin/main`, `v1.2`.
    pub name: String,
    /// Full commit id.
    pub commit: String,
    /// A tag: the tagged tree is owed, and not what led to it.
    pub tag: bool,
    /// Of a remote's branch as it was last fetched, the day of its newest commit, in UTC.
    pub fetched: Option<Date>,
}

/// Something missing or in the way, and the command that puts it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub why: String,
    pub command: String,
}

/// Everything about one model.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Where the model was last seen on a published line that the candidate descends from.
    pub owed: Option<Sighting>,
    pub entities: BTreeMap<Id, Known>,
}

/// Everything about one ID.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Every meaning it had in a commit that is reachable from a published ref: spoken for.
    pub meanings: Vec<Meaning>,
    /// Set when the candidate owes it: it stood on a published line that the candidate descends from.
    pub owed: Option<Owed>,
}

/// One meaning.
#[derive(Debug, Clone)]
pub struct Meaning {
    pub told: Arc<Told>,
    /// The first sighting.
    pub at: Sighting,
}

/// What a published line said last about an ID.
#[derive(Debug, Clone)]
pub struct Owed {
    /// `None` when no version of it could be read.
    pub told: Option<Arc<Told>>,
    pub at: Sighting,
    /// It is there at the tip of the line.
    pub present: bool,
}

/// Where in history something stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Full commit id.
    pub commit: Arc<str>,
    pub path: Arc<str>,
    /// From 1; 0 when the whole file is meant.
    pub line: u32,
}

/// A step that published something it may not.
#[derive(Debug, Clone)]
pub struct Break {
    pub breach: Breach,
    pub model: ModelId,
    /// `None` when the whole model is meant.
    pub id: Option<Id>,
    pub from: Arc<Told>,
    pub to: Arc<Told>,
    /// Why, in words.
    pub why: String,
    /// Where the step arrived.
    pub at: Sighting,
    /// Where the earlier meaning was seen.
    pub before: Sighting,
    /// A published ref has it; otherwise only the candidate's own commits do.
    pub published: bool,
}

/// The ways to break a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breach {
    Rewritten,
    Reused,
    Collided,
    ModelReused,
    Tombstone,
    Rating,
    Rows,
}

impl Ledger {
    pub fn complete(&self) -> bool {
        self.gaps.is_empty()
    }

    /// The highest number ever used for a kind in a model.
    pub fn highest(&self, model: &ModelId, kind: Kind) -> Option<u32> {
        let entities = &self.models.get(model)?.entities;
        entities.keys().filter(|id| id.kind == kind).filter_map(|id| id.number()).max()
    }
}
