//! Whether every word of an instruction has its place in the act that was read out of it. What an act reads are the entities it is
//! about, the values it writes and the words of its own kind (`roles`); a word that is none of these is quoted and asked about.
//! So no reader can pass over a word, whatever it looks for.

mod fields;
mod free;
mod page;
mod plain;
mod roles;
mod turn;

pub(super) use free::{doubtful, opens};
pub(super) use page::Page;
pub(super) use plain::newcomer;

use super::act::Act;
use super::frame::{Frame, verbs};
use super::name::{id, titled};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Entity, Value};

/// Why the act is not what was said, or not all of it.
pub(super) fn unread(frame: &Frame<'_>, act: &Act) -> Option<Stop> {
    let (page, texts) = roles::read(frame, act);
    if let [first, ..] = page.rest().as_slice() {
        return Some(left(frame, first).example(plain::sentence(frame.model, act)));
    }
    let strange = texts.iter().find_map(|text| text.wrong(page.words));
    if let Some(word) = strange {
        let quotes = "words that belong to a name or a text stand in quotes: \"…\"";
        return Some(unclear(&word).hint(quotes).example(plain::sentence(frame.model, act)));
    }
    let hangs = roles::reason(frame, act).and_then(|reason| free::hangs(&reason));
    if let Some(word) = hangs {
        return Some(
            unclear(&word)
                .hint("say what is to be done now; a reason that needs such a word stands in quotes: because \"…\""),
        );
    }
    vouched(frame, act).or_else(|| opposed(frame, act))
}

/// An attestation has to say what was seen; with an end that was not understood it would have none.
fn vouched(frame: &Frame<'_>, act: &Act) -> Option<Stop> {
    let Act::Attest { id, statement, expires, .. } = act else { return None };
    if let Some(word) = free::vague(statement) {
        let message = format!("`{word}` vouches for nothing: what was read or seen?");
        return Some(Stop::unclear(message).example(plain::sentence(frame.model, act)));
    }
    let ends = |token: &Token| token.any(&["until", "till", "expires", "expiring"]);
    let at = frame.words.iter().position(ends).filter(|_| expires.is_none())?;
    let said = frame.text(&frame.words[at..]);
    Some(
        Stop::unclear(format!("`{said}` is no day that is still to come"))
            .example(format!("Attest {id}: the provider's report was read, until 2999-12-31")),
    )
}

fn opposed(frame: &Frame<'_>, act: &Act) -> Option<Stop> {
    turn::against(frame, act).map(|message| Stop::unclear(message).hint("say which of the two it is"))
}

fn unclear(word: &str) -> Stop {
    Stop::unclear(format!("`{word}` changes what is meant, and I cannot follow it"))
}

/// What to say about words without a place.
fn left(frame: &Frame<'_>, run: &[Token]) -> Stop {
    let joined = run.iter().position(|token| !token.any(&["and", "&", "then"])).unwrap_or(0);
    if joined > 0 && verbs(&run[joined..]) {
        return Stop::unclear("this says two things, and I do one at a time").hint("say them one after the other");
    }
    if let Some(named) = run.iter().find_map(id).filter(|id| frame.model.entities.contains_key(id)) {
        let title = titled(frame.model, named);
        let message = format!("{title} is named too, and the rest of the sentence does nothing with it");
        return Stop::unclear(message).hint("say one thing at a time");
    }
    Stop::unclear(format!("I do not understand `{}` in this, and do nothing by halves", frame.text(run)))
}

/// The members of a list, as the command line calls them.
fn listed(entity: &Entity, field: &str) -> Vec<String> {
    match entity.value(field) {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        Some(Value::Table(table)) => table.keys().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
