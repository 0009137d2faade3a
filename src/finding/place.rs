//! Symbolic places: which file, and what in it. The store turns them into bytes, of today's file or of
//! any commit's.

use std::ops::Range;

use crate::change::Subject;
use crate::model::{Id, ModelId};

/// A place in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub target: Target,
    /// From the subject's table inwards; empty = the subject's header.
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Something of a model, wherever its files lie.
    Model { model: ModelId, subject: Subject },
    /// Bytes of a file, when no subject could be read from them. The path is relative to the repository.
    Bytes { path: String, span: Range<usize> },
}

/// One step towards a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a table. As the last step it stands for the value under the key.
    Key(String),
    /// As the last step: the key itself.
    Name(String),
    /// A row of an array, from 0.
    Row(usize),
    /// The element of a list that reads like this.
    Item(String),
}

impl Place {
    /// The header of a subject.
    pub fn of(model: &ModelId, subject: Subject) -> Place {
        Place { target: Target::Model { model: model.clone(), subject }, steps: Vec::new() }
    }

    pub fn entity(model: &ModelId, id: Id) -> Place {
        Place::of(model, Subject::Entity(id))
    }

    pub fn bytes(path: impl Into<String>, span: Range<usize>) -> Place {
        Place { target: Target::Bytes { path: path.into(), span }, steps: Vec::new() }
    }

    /// In no file: what is said concerns the history, or the clone.
    pub fn nowhere() -> Place {
        Place::bytes("", 0..0)
    }

    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Place {
        self.steps.push(Step::Key(key.into()));
        self
    }

    #[must_use]
    pub fn name(mut self, key: impl Into<String>) -> Place {
        self.steps.push(Step::Name(key.into()));
        self
    }

    #[must_use]
    pub fn row(mut self, row: usize) -> Place {
        self.steps.push(Step::Row(row));
        self
    }

    #[must_use]
    pub fn item(mut self, item: impl Into<String>) -> Place {
        self.steps.push(Step::Item(item.into()));
        self
    }
}
