//! What keeps a use case from answering; the command line turns it into words and an exit code.

use std::fmt;

use crate::comply::Lost;
use crate::finding::Finding;
use crate::history::GitError;
use crate::remote::RemoteError;
use crate::store::{DiskError, Refused};
use crate::suggest::EngineError;

/// An environment, a setting or a question that cannot be answered. A wrong model is never trouble: it is
/// findings.
#[derive(Debug)]
pub enum Trouble {
    Git(GitError),
    Disk(DiskError),
    /// Another host.
    Remote(RemoteError),
    /// A language model.
    Engine(EngineError),
    /// redan.toml is wrong; the findings say where.
    Settings {
        path: String,
        text: String,
        findings: Vec<Finding>,
    },
    /// No model here at all.
    NoModel {
        roots: Vec<String>,
        /// Submodules among them, which are looked at on their own.
        apart: Vec<String>,
    },
    /// A model was asked for that is not here.
    UnknownModel {
        asked: String,
        known: Vec<String>,
    },
    /// Several models, and the question does not say which.
    WhichModel {
        known: Vec<String>,
    },
    /// The text of the files does not allow the change.
    Refused(Refused),
    /// The files of this model have mistakes that an edit would lose sight of.
    Unsound {
        model: String,
        findings: usize,
    },
    /// The name of a new model is in use.
    Taken {
        name: String,
        model: String,
    },
    /// The model selects no framework.
    NoFramework {
        model: String,
    },
    /// No pack says what became of one version of a framework in another.
    NoWay {
        message: String,
        hint: String,
    },
    /// The pack of a framework was locked, and is not there.
    Lost {
        lost: Box<Lost>,
        /// Its folder in HEAD, where that has it.
        kept: Option<String>,
    },
    /// Nothing of this name.
    Unknown {
        what: &'static str,
        asked: String,
        known: Vec<String>,
    },
}

impl From<GitError> for Trouble {
    fn from(error: GitError) -> Trouble {
        Trouble::Git(error)
    }
}

impl From<DiskError> for Trouble {
    fn from(error: DiskError) -> Trouble {
        Trouble::Disk(error)
    }
}

impl From<RemoteError> for Trouble {
    fn from(error: RemoteError) -> Trouble {
        Trouble::Remote(error)
    }
}

impl From<EngineError> for Trouble {
    fn from(error: EngineError) -> Trouble {
        Trouble::Engine(error)
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Trouble {
        Trouble::Refused(refused)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Git(error) => error.fmt(f),
            Trouble::Disk(error) => error.fmt(f),
            Trouble::Remote(error) => error.fmt(f),
            Trouble::Engine(error) => error.fmt(f),
            Trouble::Settings { path, findings, .. } => write!(f, "{path} is wrong in {} place(s)", findings.len()),
            Trouble::NoModel { roots, .. } => write!(f, "there is no threat model under {}", roots.join(", ")),
            Trouble::UnknownModel { asked, .. } => write!(f, "there is no model `{asked}` here"),
            Trouble::WhichModel { .. } => {
                f.write_str("there are several models here, and it is not clear which one is meant")
            }
            Trouble::Refused(refused) => refused.fmt(f),
            Trouble::Unsound { model, findings } => {
                write!(f, "the files of {model} have {findings} mistake(s) that an edit could make worse")
            }
            Trouble::Taken { name, model } => write!(f, "the name `{name}` belongs to {model} already"),
            Trouble::NoFramework { model } => write!(f, "{model} selects no framework"),
            Trouble::NoWay { message, .. } => f.write_str(message),
            Trouble::Lost { lost, .. } => lost.fmt(f),
            Trouble::Unknown { what, asked, .. } => write!(f, "there is no {what} `{asked}`"),
        }
    }
}

impl std::error::Error for Trouble {}
