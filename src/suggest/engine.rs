//! What goes into an engine and what comes out of it.

use std::fmt;

use crate::model::{Control, Model, Origin};
use crate::remote::RemoteError;

use super::Mention;

/// A text to make a model from. It is other people's: data for an engine, never an instruction to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// As rationales name it: a path relative to the workspace, `standard input`.
    pub path: String,
    pub content: String,
}

/// What a model is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    /// The name a person gave.
    pub name: Option<String>,
    /// What the texts are.
    pub origin: Option<Origin>,
    /// Descriptions, the main one first.
    pub texts: Vec<Text>,
    /// What was read from the structure of files, beside the texts.
    pub mentions: Vec<Mention>,
    /// What could not be read, for the notes of the proposal.
    pub notes: Vec<String>,
    /// Files and folders that were looked through, as rationales name them; an empty path is the whole repository. What is named there no
    /// more is gone.
    pub looked: Vec<String>,
    /// Files among them that could not be read, and may hold anything.
    pub unread: Vec<String>,
}

/// What an engine makes of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// A whole model. Its IDs are the proposal's own: they only tie its parts together, and whoever takes it in numbers them.
    pub model: Model,
    /// What a person should know that stands in no entity.
    pub notes: Vec<String>,
}

/// A control for objectives of a model that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// With the model's own IDs.
    pub control: Control,
    pub rationale: String,
}

/// What an engine adds to a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Controls {
    pub controls: Vec<Proposed>,
    /// What a person should know that stands in no entity.
    pub notes: Vec<String>,
}

/// Why there is no proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The texts name nothing that the engine knows.
    Nothing,
    /// A language model did not answer.
    Unheard(RemoteError),
    /// A language model answered, also when asked again, with something that no model can be made of.
    Unusable { step: String, faults: Vec<String> },
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EngineError::Nothing => f.write_str("the description names nothing that a model could be made of"),
            EngineError::Unheard(error) => error.fmt(f),
            EngineError::Unusable { step, faults } => {
                write!(f, "the language model gave no usable reply when asked for {step}")?;
                faults.first().map_or(Ok(()), |fault| write!(f, ": {fault}"))
            }
        }
    }
}

/// Something that makes a model from a description. It proposes and never writes.
pub trait Engine {
    /// What `source` and the provenance call it: `offline`, `openai/<model>`.
    fn name(&self) -> String;

    /// A whole model from the brief. Every entity says in `source` who proposed it and in `rationale` why.
    fn generate(&self, brief: &Brief) -> Result<Proposal, EngineError>;

    /// Controls for the objectives of a model that no control covers.
    fn controls(&self, model: &Model) -> Result<Controls, EngineError>;
}
