//! What a model says about itself.

use super::choice::choice;
use super::record::record;
use super::{Removed, Shape};

choice! {
    /// What a model was made from.
    pub enum Origin {
        Code = "code",
        Document = "document",
        Ticket = "ticket",
        Manual = "manual",
        Mixed = "mixed",
    }
}

record! {
    /// Where a model came from.
    pub struct Provenance {
        /// code, document, ticket, manual or mixed.
        kind: Option<Origin>, Note;
        /// The file or link it was made from.
        source: String, Note;
        /// What made it: `offline`, or the name of an engine.
        engine: String, Note;
    }
}

record! {
    /// The top of model.toml.
    pub struct Head {
        /// What people call the model; may change freely, unique in the workspace whatever the case.
        name: String, Note;
        /// What the system is and does.
        description: String, Structural, Shape::Prose;
        /// Where the model came from.
        provenance: Option<Provenance>, Note;
        /// Present = the whole model is retired.
        removed: Option<Removed>, Note;
    }
}
