//! A new boundary between two components.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, one};
use super::nouns::{kind, parted, parted_last};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Id, Kind};

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    let mentions = (0..words.len()).any(|at| kind(&words[at..]).is_some_and(|(kind, _)| kind == Kind::Boundary));
    let draws = matches!(frame.verb, Verb::Add | Verb::Place | Verb::Set | Verb::None);
    if draws
        && mentions
        && let Some((_, pair)) = parted(words, &["between"])
    {
        return Some(sides(frame, pair));
    }
    let parts = super::nouns::after(words, &["separate", "isolate", "divide", "segregate"]).filter(|_| mentions)?;
    let parts =
        parted_last(parts, &["with a", "by a", "using a", "through a", "with", "by"]).map_or(parts, |(parts, _)| parts);
    Some(sides(frame, parts))
}

/// Two components, joined by a word that may be part of a name as well.
fn sides(frame: &Frame<'_>, words: &[Token]) -> Result<Act, Stop> {
    let words = parted(words, &["called", "named"]).map_or(words, |(words, _)| words);
    let joints = (1..words.len().saturating_sub(1)).filter(|at| words[*at].any(&["and", "from", "&"]));
    let component = |tokens: &[Token]| one(frame.model, tokens, &[Kind::Component], Among::Live);
    let mut wrong = None;
    for at in joints {
        match (component(&words[..at]), component(&words[at + 1..])) {
            (Ok(outer), Ok(inner)) if outer != inner => return Ok(between(frame, outer, inner)),
            (Ok(_), Ok(_)) => wrong = Some(Stop::unclear("both sides are the same component")),
            (Err(stop), _) | (_, Err(stop)) => wrong = Some(wrong.unwrap_or(stop)),
        }
    }
    Err(wrong.unwrap_or_else(|| {
        Stop::unclear("between which two components?").example("Add a trust boundary between CMP1 and CMP5")
    }))
}

fn between(frame: &Frame<'_>, outer: Id, inner: Id) -> Act {
    let title = |id: Id| frame.model.entities.get(&id).map(|entity| entity.title()).unwrap_or_default();
    let called =
        parted(frame.words, &["called", "named"]).map(|(_, name)| frame.text(name)).filter(|name| !name.is_empty());
    let name = called.unwrap_or_else(|| format!("Between {} and {}", title(outer), title(inner)));
    Act::Between { name, outer, inner }
}
