//! Why an edit is not made.

use std::fmt;

use crate::change::{Misfit, Subject};
use crate::model::ModelId;

/// An edit that is not made; then nothing of the act is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The workspace has no such model, and the change does not make it.
    NoModel(ModelId),
    /// A new model has no folder to go to: every root holds a `*`.
    NoRoot,
    /// The change does not fit the model as it is.
    Misfit { model: ModelId, misfit: Misfit },
    /// Things and rows never vanish from files: entities are removed by a tombstone.
    Vanishing { model: ModelId, subject: Subject },
    /// The file could not be taken apart, in the words of the system or the parser.
    Unreadable { path: String, why: String },
    /// The model has it and the file has not: the file changed, or it stands in another one.
    Absent { path: String, subject: Subject },
    /// Something is where the new file, folder or table belongs.
    Taken { path: String },
    /// No name for a file or folder.
    Name { name: String },
    /// The file spells it in a way that cannot be edited in place.
    Stuck { path: String, subject: Subject, why: &'static str },
    /// Two patches touch the same bytes, or one reaches past the end or into a character.
    Patch { path: String },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NoModel(model) => write!(f, "there is no model `{model}`"),
            Refused::NoRoot => f.write_str("no root of redan.toml says where new models go: each holds a `*`"),
            Refused::Misfit { model, misfit } => write!(f, "{model}: {misfit}"),
            Refused::Vanishing { model, subject } => {
                write!(f, "{model}: {subject}: nothing vanishes from the files; remove it with a reason instead")
            }
            Refused::Unreadable { path, why } => write!(f, "{path} cannot be edited: {why}"),
            Refused::Absent { path, subject } => write!(f, "{path} has no {subject} to edit"),
            Refused::Taken { path } => write!(f, "{path} is there already"),
            Refused::Name { name } => write!(f, "`{name}` is no name for a file"),
            Refused::Stuck { path, subject, why } => write!(f, "{path}: {subject}: {why}"),
            Refused::Patch { path } => write!(f, "{path}: the repairs of this file do not fit together"),
        }
    }
}

impl std::error::Error for Refused {}

/// Why a place in a file cannot be edited as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stuck(pub(super) &'static str);

impl Stuck {
    /// Reported as [`Refused::Absent`].
    pub(super) const ABSENT: Stuck = Stuck("it is not in the file");
    pub(super) const THERE: Stuck = Stuck("there is one in the file already");
    pub(super) const UNREAD_ROWS: Stuck = Stuck("some of its rows could not be read; repair them first");
    pub(super) const TANGLED: Stuck = Stuck("it is spread over the file in a way that cannot be edited in place");
}
