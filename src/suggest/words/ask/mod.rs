//! Questions: what is asked of a model, as a filter or as one of the few questions that a filter cannot say.

mod clause;
mod heard;
mod special;
mod whether;

use super::frame::Frame;
use super::name::{Among, Named, named, titled};
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
    /// Whether a query is true of what is asked about.
    Whether { query: String, row: Row, about: Vec<Id> },
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
    if let Some(asking) = whether::read(&frame) {
        return Ok(asking);
    }
    match special::read(&frame).map(|read| read.and_then(|asking| whole(&frame, asking))) {
        Some(Ok(asking)) => Ok(asking),
        // What stops there may be read as a filter all the same.
        Some(Err(stop)) => listed(&frame).map_err(|_| stop),
        None => listed(&frame),
    }
}

/// A question of which every word was read.
fn whole(frame: &Frame<'_>, asking: Asking) -> Result<Asking, Stop> {
    match heard::unread(frame, &asking) {
        None => Ok(asking),
        Some(words) => Err(left(frame, words)),
    }
}

fn listed(frame: &Frame<'_>) -> Result<Asking, Stop> {
    let words = frame.words;
    if ASSUMED.iter().any(|phrase| starts(words, phrase) && phrase.split(' ').count() == words.len()) {
        let row = Row::Entity(Kind::Assumption);
        return Ok(Asking::Select { query: String::new(), row, count: false, only: None });
    }
    let count = ["how many", "count", "number of"].iter().any(|phrase| starts(words, phrase));
    let several = (0..words.len()).any(|at| kind(&words[at..]).is_some() && words[at].low.ends_with('s'));
    if !several && let Ok(asking) = alone(frame, words) {
        return Ok(asking);
    }
    match subject(words) {
        Some((row, rest)) => select(frame, row, &rest, count),
        None => alone(frame, words),
    }
}

const ASSUMED: &[&str] = &[
    "what do we assume",
    "what are we assuming",
    "what is assumed",
    "what did you assume",
    "what do you assume",
    "what is taken for granted",
];

/// The noun that says what is listed, and the words without it.
fn subject(words: &[Token]) -> Option<(Row, Vec<Token>)> {
    let objectives =
        ["control objectives", "control objective", "objectives", "objective", "risks", "pairs", "anything"];
    // `who are the attackers` asks of the noun.
    let words = after(words, &["who are", "who is"]).filter(|rest| rest.len() <= 2).unwrap_or(words);
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
    let pairs = TELLS.iter().filter_map(|(opens, ends)| Some((after(words, &[*opens])?, *ends, *opens)));
    let about = pairs.filter_map(|(rest, ends, opens)| {
        let at = rest.len().checked_sub(ends.split(' ').filter(|word| !word.is_empty()).count())?;
        let fits = at > 0 && (ends.is_empty() || starts(&rest[at..], ends));
        fits.then_some((&rest[..at], opens.len() + ends.len()))
    });
    let bare = about.max_by_key(|(_, said)| *said).map_or(words, |(bare, _)| bare);
    let gone = words.iter().any(|token| token.any(&["removed", "deleted", "retired"]));
    let among = if gone { Among::Removed } else { Among::Live };
    match named(frame.model, bare, &[], among) {
        Named::One(id) if gone && frame.model.is_live(id) => {
            Err(Stop::unclear(format!("{} is not removed", titled(frame.model, id))))
        }
        Named::One(id) => whole(frame, Asking::Entity(id)),
        _ => Err(unknown(frame)),
    }
}

/// How one asks about an entity: the words before it and behind it.
const TELLS: &[(&str, &str)] = &[
    ("what is", ""),
    ("what is", "about"),
    ("what is", "for"),
    ("what's", ""),
    ("what are", ""),
    ("what about", ""),
    ("what does", "mean"),
    ("what does", "say"),
    ("what is known about", ""),
    ("who is", ""),
    ("who are", ""),
    ("who attested", ""),
    ("who vouched for", ""),
    ("who removed", ""),
    ("where is", ""),
    ("where are", ""),
    ("where is", "stored"),
    ("where are", "stored"),
    ("where is", "kept"),
    ("where are", "kept"),
    ("where is", "held"),
    ("where does", "live"),
    ("where do", "live"),
    ("where does", "run"),
    ("where does", "stand"),
    ("where does", "sit"),
    ("how is", "rated"),
    ("how are", "rated"),
    ("how is", "doing"),
    ("how likely is", ""),
    ("how bad is", ""),
    ("when does", "expire"),
    ("when does", "run out"),
    ("when was", "attested"),
    ("when was", "removed"),
    ("why was", "removed"),
    ("why is", "removed"),
    ("why was", "deleted"),
    ("about", ""),
    ("more about", ""),
    ("describe", ""),
    ("explain", ""),
    ("show me", ""),
    ("show", ""),
];

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

/// What to say about words that no reader of questions knows.
fn left(frame: &Frame<'_>, words: &[Token]) -> Stop {
    let message = format!("I do not understand `{}` in this question, and answer none by halves", frame.text(words));
    Stop { message, ..unknown(frame) }
}

pub(super) fn unknown(frame: &Frame<'_>) -> Stop {
    Stop::of(Halt::Broad, "no grammar here reads this question: that needs a language model")
        .example("Which assets have the Usage property?")
        .example("Which attackers can reach A5?")
        .hint(format!("or as a filter: redan list {} --where 'tier >= high and status = at_risk'", frame.model.id))
}
