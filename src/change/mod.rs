//! The spine: one vocabulary for what a diff finds, a command performs, an engine proposes and a fix
//! contains. Pure values in, pure values out; never here: files, rules about what may be changed.
//!
//! Law, held by a property test: `apply(a, diff(a, b)) == b`.

mod apply;
mod diff;
mod renumber;

use std::fmt;

use crate::model::{Compliance, Decision, Entity, Head, Id, ModelId, Session, Tickets, Value};

pub use apply::{Misfit, apply};
pub use diff::diff;
pub use renumber::swapped;

/// One change of one thing in one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub model: ModelId,
    pub subject: Subject,
    pub act: Act,
}

/// The thing that changes: it has fields, and a place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Head,
    Entity(Id),
    Compliance,
    /// By file name without `.toml`.
    Decision(String),
    /// By file name without `.toml`.
    Session(String),
    Tickets,
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It comes to be; nothing with this ID was there. `Put` of a head makes the model.
    Put(Box<Thing>),
    /// Its table or file vanishes. Only ever found, never performed: the store refuses.
    Drop,
    /// A field is set, or cleared when `to` is absent. Removal and restoring set `removed`.
    Set { field: &'static str, from: Option<Value>, to: Option<Value> },
    /// A row is appended to append-only rows.
    Push { rows: &'static str, row: Value },
    /// The last row of append-only rows vanished. Only ever found; the store refuses.
    Lost { rows: &'static str, row: Value },
    /// An unpublished entity takes another ID, with every reference to it.
    Renumber { to: Id },
}

/// A whole thing, as [`Act::Put`] carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    Head(Head),
    Entity(Entity),
    Compliance(Compliance),
    Decision(Decision),
    Session(Session),
    Tickets(Tickets),
}

impl Change {
    pub fn new(model: &ModelId, subject: Subject, act: Act) -> Change {
        Change { model: model.clone(), subject, act }
    }

    /// Brings an entity to be.
    pub fn put(model: &ModelId, entity: Entity) -> Change {
        Change::new(model, Subject::Entity(entity.id), Act::Put(Box::new(Thing::Entity(entity))))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Head => f.write_str("model"),
            Subject::Entity(id) => write!(f, "{id}"),
            Subject::Compliance => f.write_str("compliance"),
            Subject::Decision(name) => write!(f, "decisions/{name}"),
            Subject::Session(name) => write!(f, "sessions/{name}"),
            Subject::Tickets => f.write_str("tickets"),
        }
    }
}
