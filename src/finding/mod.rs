//! What a rule has to say: one code, one primary place, related places, evidence and a fix.
//! Never here: the rules themselves, bytes of files (a place is symbolic until the store resolves it),
//! printing.

mod catalog;
mod code;
mod fix;
mod place;

use crate::change::Subject;
use crate::model::ModelId;

pub use catalog::{CATALOG, codes};
pub use code::{Code, Severity};
pub use fix::{Choice, Fix, Patch, Safety};
pub use place::{Place, Step, Target};

/// One statement about a model or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static Code,
    pub severity: Severity,
    /// One sentence: what is wrong, naming the entity.
    pub message: String,
    /// What to do about it, where the message does not say so already.
    pub help: Option<String>,
    pub place: Place,
    /// Other places with a few words each.
    pub related: Vec<(Place, String)>,
    pub evidence: Vec<Evidence>,
    pub fix: Option<Fix>,
}

/// Where in history something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Full commit id.
    pub commit: String,
    pub path: String,
    /// From 1; 0 when the whole file is meant.
    pub line: u32,
}

impl Finding {
    /// A finding with the code's own severity.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Finding {
        Finding {
            code,
            severity: code.severity,
            message: message.into(),
            help: None,
            place,
            related: Vec::new(),
            evidence: Vec::new(),
            fix: None,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Finding {
        self.related.push((place, label.into()));
        self
    }

    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fix = Some(fix);
        self
    }

    /// The entity it is about, as JSON names it: `model/ID`.
    pub fn entity(&self) -> Option<String> {
        match &self.place.target {
            Target::Model { model, subject: Subject::Entity(id) } => Some(format!("{model}/{id}")),
            _ => None,
        }
    }

    /// The model it is about, when it is about one.
    pub fn model(&self) -> Option<&ModelId> {
        match &self.place.target {
            Target::Model { model, .. } => Some(model),
            Target::Bytes { .. } => None,
        }
    }
}
