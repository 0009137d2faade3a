//! Questions: what is asked of a model, as a filter or as one of the few questions that a filter cannot say.

mod clause;
mod doubt;
mod special;

use super::frame::Frame;
use super::name::{Among, Named, named};
use super::nouns::{after, kind, starts};
use super::stop::{Halt, Stop};
use super::token::{self, Token};
use crate::assess::query::Row;
use crate::model::{DecisionKind, Id, Kind, Model, Objective};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// Everything that a query finds, or how many; of objectives also only their assets or attackers.
    Select { query: String, row: Row, count: bool, only: Option<Kind> },
    /// Where an objective stands, and why.
    Pair(Objective),
    /// What an entity is and how it is rated.
    Entity(Id),
    /// What changed since a version, a day or a commit; since the last commit where none is named.
    Changed(Option<String>),
    /// Everything that was removed.
    Removed,
    /// Decisions, all or of a kind, about everything or one entity.
    Decisions { kind: Option<DecisionKind>, about: Option<Id> },
}

/// Reads a question about a model.
pub fn ask(model: &Model, sentence: &str) -> Result<Asking, Stop> {
    let tokens = token::tokens(sentence);
    let frame = Frame::asked(model, sentence, &tokens);
    let words = frame.words;
    if words.is_empty() {
        return Err(unknown(&frame));
    }
    let asking = special::read(&frame).unwrap_or_else(|| {
        let count = starts(words, "how many") || starts(words, "count") || starts(words, "number of");
        match subject(words) {
            Some((row, rest)) => select(&frame, row, &rest, count),
            None => alone(&frame, words),
        }
    })?;
    match doubt::unread(&frame, &asking) {
        true => Err(unknown(&frame)),
        false => Ok(asking),
    }
}

/// The noun that says what is listed, and the words without it.
fn subject(words: &[Token]) -> Option<(Row, Vec<Token>)> {
    let objectives =
        ["control objectives", "control objective", "objectives", "objective", "risks", "pairs", "anything"];
    for at in 0..words.len() {
        if let Some(rest) = after(&words[at..], &objectives) {
            return Some((Row::Objective, [&words[..at], rest].concat()));
        }
        if let Some((kind, length)) = kind(&words[at..]) {
            return Some((Row::Entity(kind), [&words[..at], &words[at + length..]].concat()));
        }
        if words[at].any(&["who", "whom"]) {
            return Some((Row::Entity(Kind::Attacker), [&words[..at], &words[at + 1..]].concat()));
        }
    }
    None
}

/// Without a noun: an entity by itself is told about.
fn alone(frame: &Frame<'_>, words: &[Token]) -> Result<Asking, Stop> {
    let bare = after(
        words,
        &[
            "what is",
            "what's",
            "what are",
            "where is",
            "where are",
            "how is",
            "how are",
            "tell me about",
            "describe",
            "explain",
            "show me",
            "show",
            "what about",
            "who is",
        ],
    );
    let bare = bare.unwrap_or(words);
    let bare = match bare {
        [rest @ .., last] if last.any(&["rated", "about", "mean", "protected", "doing"]) => rest,
        _ => bare,
    };
    match named(frame.model, bare, &[], Among::Live) {
        Named::One(id) => Ok(Asking::Entity(id)),
        _ => Err(unknown(frame)),
    }
}

fn select(frame: &Frame<'_>, row: Row, words: &[Token], count: bool) -> Result<Asking, Stop> {
    let (clauses, strange) = clause::clauses(frame, row, words);
    match strange.first() {
        None => Ok(Asking::Select { query: clauses.join(" and "), row, count, only: None }),
        Some(word) => {
            let stop = unknown(frame);
            Err(Stop { message: format!("I do not know what `{}` asks of {}", word.text, row.plural()), ..stop })
        }
    }
}

pub(super) fn unknown(frame: &Frame<'_>) -> Stop {
    Stop::of(Halt::Broad, "no grammar here reads this question: that needs a language model")
        .example("Which assets have the Usage property?")
        .example("Which attackers can reach A5?")
        .hint(format!("or as a filter: redan list {} --where 'tier >= high and status = at_risk'", frame.model.id))
}
