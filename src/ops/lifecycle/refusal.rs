//! Why an act is not planned, and what to do instead.

use std::fmt;

use super::command::{self, BLANK};
use super::sentence::{self, short};
use crate::model::{Entity, Id, Kind, Model, Value};
use crate::text::nearest;

/// An act that the rules do not allow. Nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub why: Why,
    /// What is wrong, naming the entity.
    pub message: String,
    /// What to do instead, one exact command or argument each.
    pub hints: Vec<String>,
}

/// The kind of refusal, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// No such field, or another act sets it.
    Field,
    /// A text or value that the field cannot hold.
    Value,
    /// Something that must be given is not.
    Missing,
    /// The reason is empty.
    Reason,
    /// No entity has this ID.
    Unknown,
    /// The entity is of a kind that the act does not know.
    Kind,
    /// A reference to something that is not there, or removed.
    Reference,
    /// The entity or the model is removed.
    Removed,
    /// The entity or the model is live already.
    Live,
    /// The last live asset or attacker.
    LastLive,
    /// A live entity says the same.
    Duplicate,
    /// The judge cannot tell whether it is an entity that is there, or was.
    Unsure,
    /// The ID would mean something else.
    Identity,
    /// Factors change by `rate` only.
    Rating,
    /// The revision would change nothing.
    NoEffect,
    /// A pattern that matches no live objective, or none was given.
    Pattern,
    /// A control would cover nothing.
    Empty,
    /// The mitigation group has to be said.
    Group,
    /// The control does not cover the objective.
    NotCovered,
    /// Another model has the name.
    NameTaken,
    /// A published ID keeps its number.
    Published,
    /// The last number of a kind is in use.
    NumbersSpent,
}

impl Why {
    /// Whether the command was typed wrongly, rather than refused by a rule.
    pub fn usage(self) -> bool {
        matches!(self, Why::Field | Why::Value | Why::Missing | Why::Kind)
    }
}

impl Refusal {
    pub(in crate::ops) fn new(why: Why, message: impl Into<String>) -> Refusal {
        Refusal { why, message: message.into(), hints: Vec::new() }
    }

    /// The same, said of a place in a file.
    #[must_use]
    pub(super) fn at(mut self, place: &str) -> Refusal {
        self.message.insert_str(0, &format!("{place}: "));
        self
    }

    #[must_use]
    pub(in crate::ops) fn hint(mut self, command: impl Into<String>) -> Refusal {
        self.hints.push(command.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// No entity has this ID: the nearest of its kind are named.
pub(super) fn unknown(model: &Model, id: Id) -> Refusal {
    let all: Vec<String> = model.of_kind(id.kind).map(|entity| entity.id.to_string()).collect();
    let message = match all.as_slice() {
        [] => format!("{id} does not exist: {} has no {}", model.id, id.kind.table()),
        _ => format!("{id} does not exist: {} has {}", model.id, sentence::list(&all)),
    };
    let refusal = Refusal::new(Why::Unknown, message);
    match nearest(&id.to_string(), all.iter().map(String::as_str)) {
        Some(near) => refusal.hint(command::bare(&["show", &format!("{}/{near}", model.id)])),
        None => refusal.hint(command::bare(&["show", model.id.as_str()])),
    }
}

/// The entity is removed and the act needs a live one.
pub(super) fn removed(model: &Model, entity: &Entity) -> Refusal {
    let message = format!("{} ({}) {}: restore {} first", entity.id, short(entity.title()), when(entity), entity.id);
    Refusal::new(Why::Removed, message).hint(command::restore(model, entity.id))
}

/// `was removed on 2026-11-02 by ada@example.org: the acquirer now pulls it`.
pub(super) fn when(entity: &Entity) -> String {
    let tombstone = entity.life.removed.clone().unwrap_or_default();
    let mut text = "was removed".to_owned();
    if let Some(at) = tombstone.at {
        text.push_str(&format!(" on {}", at.day()));
    }
    if !tombstone.by.is_empty() {
        text.push_str(&format!(" by {}", tombstone.by));
    }
    if !tombstone.reason.is_empty() {
        text.push_str(&format!(" ({})", short(&tombstone.reason)));
    }
    text
}

/// The reason, without white space around it, or a refusal that shows the whole command.
pub(super) fn reason<'r>(model: &Model, words: &[&str], reason: &'r str) -> Result<&'r str, Refusal> {
    match reason.trim() {
        "" => {
            let words = [words, &["--reason", BLANK]].concat();
            let message = "the reason is missing: it is written beside the change for whoever reads it later";
            Err(Refusal::new(Why::Reason, message).hint(command::on(&model.id, &words)))
        }
        reason => Ok(reason),
    }
}

/// The act is for another kind of entity.
pub(super) fn wrong_kind(id: Id, wanted: &str) -> Refusal {
    Refusal::new(Why::Kind, format!("{id} is {}, and this is for {wanted}", sentence::a(id.kind.noun())))
}

/// The field cannot hold the value.
pub(super) fn misfit(kind: Kind, field: &str, value: &Value) -> Refusal {
    let message = format!("{field} of {} cannot hold `{}`", sentence::a(kind.noun()), short(&value.to_string()));
    Refusal::new(Why::Value, message)
}
