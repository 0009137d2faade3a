//! Bringing a removed entity back.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, one};
use super::nouns::{after, parted, starts};
use super::stop::Stop;

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    let ends_back = words.len() > 1 && words.last().is_some_and(|word| word.is("back"));
    // `put … back`, `bring … back`, `take … back in`.
    let put = matches!(frame.verb, Verb::Place | Verb::Set | Verb::Add) && ends_back;
    let bring = frame.verb == Verb::None && after(words, WANTS).is_some() && ends_back;
    let is_back = frame.verb == Verb::None
        && parted(words, BACK).is_some_and(|(before, after)| !before.is_empty() && after.is_empty());
    let again = frame.verb == Verb::Restore;
    let words = match () {
        () if again => words,
        () if put => &words[..words.len() - 1],
        () if bring => after(&words[..words.len() - 1], &["bring", "get", "we want", "we need"])?,
        () if is_back => parted(words, BACK)?.0,
        () => return None,
    };
    let words = if starts(words, "back") { &words[1..] } else { words };
    let (words, _) = frame.with_reason(words);
    Some(one(frame.model, words, &[], Among::Removed).and_then(|id| {
        super::remove::several(frame, words)?;
        Ok(Act::Restore { id })
    }))
}

pub(super) const WANTS: &[&str] = &["bring", "get", "take", "have"];
pub(super) const BACK: &[&str] =
    &["is back", "is there again", "exists again", "is live again", "should come back", "should be restored"];
