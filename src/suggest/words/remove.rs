//! Removing an entity.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, one, titled};
use super::nouns::{parted, starts};
use super::stop::Stop;
use super::token::Token;

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let takes_out = frame.verb == Verb::Place && starts(frame.words, "out");
    (frame.verb == Verb::Remove || takes_out || gone(frame)).then(|| remove(frame))
}

/// `A13 is gone because …`, `the sandbox no longer exists`.
fn gone(frame: &Frame<'_>) -> bool {
    frame.verb == Verb::None
        && parted(frame.words, GONE).is_some_and(|(before, after)| !before.is_empty() && after.is_empty())
}

pub(super) const GONE: &[&str] = &[
    "is gone",
    "no longer exists",
    "is no longer relevant",
    "is not relevant any more",
    "is irrelevant",
    "no longer applies",
    "no longer matters",
    "is history",
    "was decommissioned",
    "was shut down",
    "was switched off",
    "has gone",
    "does not exist any more",
    "does not exist anymore",
    "is no longer there",
    "is obsolete",
    "can go",
    "is not needed any more",
    "is no longer needed",
    "was removed",
    "has been removed",
    "should be removed",
    "must go",
];
pub(super) const INSTEAD: &[&str] =
    &["replaced by", "in favour of", "in favor of", "which is replaced by", "superseded by"];

fn remove(frame: &Frame<'_>) -> Result<Act, Stop> {
    let gone = parted(frame.words, GONE).filter(|_| frame.verb == Verb::None);
    let words = gone.map_or(frame.words, |(before, _)| before);
    let (words, replaced_by) = match parted(words, INSTEAD) {
        Some((what, by)) => (what, Some(one(frame.model, by, &[], Among::Live)?)),
        None => (words, None),
    };
    let (words, reason) = frame.with_reason(words);
    let id = one(frame.model, words, &[], Among::Live)?;
    several(frame, words)?;
    let reason = reason.or_else(|| replaced_by.map(|by| format!("replaced by {}", titled(frame.model, by))));
    let Some(reason) = reason else {
        let unread = super::heard::unread(frame, &Act::Remove { id, reason: String::new(), replaced_by: None });
        if let Some(stop) = unread {
            return Err(stop);
        }
        let title = titled(frame.model, id);
        return Err(Stop::unclear(format!("why is {title} removed? The reason stays with it"))
            .example(format!("{} because …", frame.sentence.trim().trim_end_matches(['.', '!']))));
    };
    Ok(Act::Remove { id, reason, replaced_by: replaced_by.map(|by| by.to_string()) })
}

/// One at a time.
pub(super) fn several(frame: &Frame<'_>, words: &[Token]) -> Result<(), Stop> {
    let ids: Vec<String> = words.iter().filter_map(super::name::id).map(|id| id.to_string()).collect();
    match ids.len() {
        0 | 1 => Ok(()),
        _ => Err(Stop::unclear(format!("this names {}: say it for one at a time", ids.join(" and ")))
            .hint(format!("or all at once, all or nothing: redan changeset FILE -m {}", frame.model.id))),
    }
}
