//! What one look at the files gave.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Engine, Source, Tracking};
use crate::assess::Gate;
use crate::comply::Library;
use crate::finding::{Finding, Severity};
use crate::model::{Id, ModelId, Models};

/// Every model of one state (working tree, index or commit) with the files it was read from.
#[derive(Debug, Default)]
pub struct Workspace {
    pub models: Models,
    /// The folder of each model, relative to the repository: `threat-models/payments`.
    pub folders: BTreeMap<ModelId, String>,
    pub sources: BTreeMap<String, Source>,
    /// The packs of frameworks: built in, and imported into this workspace.
    pub library: Library,
    /// What could not be read, with exact places.
    pub findings: Vec<Finding>,
    /// IDs that stand in files of a model but could not be read: nobody may say that they are gone.
    pub salvaged: BTreeMap<ModelId, BTreeSet<Id>>,
    /// Models of which something is in the files that is not in the values: commands do not edit those.
    pub lossy: BTreeSet<ModelId>,
}

/// A resolved place in a file. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// Bytes of the file.
    pub span: Range<usize>,
}

/// redan.toml. Every key is optional.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Roots of models, each a path whose first part is literal; the rest may hold `*`.
    pub models: Vec<String>,
    /// Version of the offline identity judge.
    pub identity: u32,
    /// Severities by code.
    pub rules: BTreeMap<String, Severity>,
    /// The refs whose commits burn IDs, each a ref or a pattern with one `*`; empty = found by rule.
    pub published: Vec<String>,
    /// Folders that held models once, as [`Settings::models`].
    pub former: Vec<String>,
    /// The language model that may be asked.
    pub engine: Engine,
    /// What may pass.
    pub gate: Gate,
    /// What is kept of conversations.
    pub recording: Recording,
    /// Where tickets of controls go, and what they look like.
    pub track: Tracking,
}

/// What sessions keep of a turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recording {
    /// Words, answer and what changed.
    #[default]
    Full,
    /// Hashes in the place of words, and what changed.
    Redacted,
    /// Nothing.
    Off,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            models: vec!["threat-models".to_owned()],
            identity: 1,
            rules: BTreeMap::new(),
            published: Vec::new(),
            former: Vec::new(),
            engine: Engine::default(),
            gate: Gate::default(),
            recording: Recording::default(),
            track: Tracking::default(),
        }
    }
}

/// A file as an edit leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Relative to the repository.
    pub path: String,
    /// What the edit was planned on; `None` = the file was not there.
    pub before: Option<Vec<u8>>,
    pub after: Vec<u8>,
}
