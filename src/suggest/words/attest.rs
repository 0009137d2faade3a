//! Vouching for an assumption.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, keys, named, one, titled};
use super::nouns::{after, parted};
use super::stop::Stop;
use super::token::{Gap, Token};
use crate::model::{Id, Kind};

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let holds = frame.verb == Verb::None && parted(frame.words, HOLDS).is_some();
    (frame.verb == Verb::Attest).then(|| attest(frame)).or_else(|| holds.then(|| held(frame)).flatten())
}

pub(super) const HOLDS: &[&str] = &["still holds", "still stands", "is still true", "still applies"];

/// `AS7 still holds, the contract was renewed`.
fn held(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let (what, said) = parted(frame.words, HOLDS)?;
    let Named::One(id) = named(frame.model, what, &[Kind::Assumption], Among::Live) else { return None };
    let (said, expires) = until(said);
    let statement = match (said.is_empty(), &frame.reason) {
        (false, _) => frame.text(said),
        (true, Some(reason)) => reason.clone(),
        (true, None) => return None,
    };
    let act = Act::Attest { id, statement: capital(&statement), expires, evidence: None };
    (id.kind == Kind::Assumption).then_some(Ok(act))
}

fn attest(frame: &Frame<'_>) -> Result<Act, Stop> {
    let all = frame.words;
    let (all, expires) = until(all);
    let evidence = all.iter().find(|token| token.low.starts_with("https://") || token.low.starts_with("http://"));
    let evidence = evidence.map(|token| token.text.clone());
    if let Some(claim) = after(all, &["that", "for the fact that", "the fact that"]) {
        let statement = capital(&frame.text(claim));
        return Ok(Act::Attest { id: about(frame, claim)?, statement, expires, evidence });
    }
    let (what, said) = halves(all);
    let id = one(frame.model, what, &[Kind::Assumption], Among::Live)?;
    let statement = match (said.is_empty(), &frame.reason) {
        (false, None) => frame.text(said),
        (false, Some(reason)) => format!("{} because {reason}", frame.text(said)),
        (true, Some(reason)) => reason.clone(),
        (true, None) => {
            let message = format!("what exactly do you vouch for in {}?", titled(frame.model, id));
            return Err(
                Stop::unclear(message).example(format!("Attest {id}: the provider's report of this year was read"))
            );
        }
    };
    Ok(Act::Attest { id, statement: capital(&statement), expires, evidence })
}

/// The assumption that a sentence repeats in its own words: the one that shares most of them, when no other comes near.
fn about(frame: &Frame<'_>, claim: &[Token]) -> Result<Id, Stop> {
    let head = claim.iter().position(|token| token.before > Gap::Bracket).map_or(claim, |at| &claim[..at.max(1)]);
    if let Named::One(id) = named(frame.model, head, &[Kind::Assumption], Among::Live) {
        return Ok(id);
    }
    let said = keys(&frame.text(head));
    let live = frame.model.of_kind(Kind::Assumption).filter(|entity| entity.live());
    let mut shared: Vec<(usize, Id)> = live
        .map(|entity| {
            let held = keys(entity.title());
            (said.iter().filter(|word| held.contains(word)).count(), entity.id)
        })
        .collect();
    shared.sort_by_key(|(shared, id)| (std::cmp::Reverse(*shared), *id));
    match shared.as_slice() {
        [(most, id), rest @ ..] if *most * 2 > said.len() && rest.first().is_none_or(|(next, _)| next * 2 <= *most) => {
            Ok(*id)
        }
        _ => Err(Stop::unclear("which assumption is this about?")
            .example("Attest AS2: the provider's report of this year was read")),
    }
}

pub(super) const SAYS: &[&str] =
    &["saying that", "saying", "with the statement", "statement", "on the basis of", "based on"];

/// The assumption, and what is said about it: apart by a colon or a comma, or by a word.
fn halves(words: &[Token]) -> (&[Token], &[Token]) {
    let gap = (1..words.len()).find(|at| words[*at].before > Gap::Bracket);
    let word = parted(words, SAYS);
    match (gap, word) {
        (Some(at), _) => words.split_at(at),
        (None, Some(halves)) => halves,
        (None, None) if words.len() > 1 && super::name::id(&words[0]).is_some() => words.split_at(1),
        (None, None) => (words, &[]),
    }
}

/// `until 2027-01-01` at the end or anywhere.
fn until(words: &[Token]) -> (&[Token], Option<String>) {
    let day = |token: &Token| token.low.parse::<jiff::civil::Date>().is_ok();
    let at = (0..words.len().saturating_sub(1)).find(|at| {
        words[*at].any(&["until", "till", "expires", "expiring"]) && words[*at + 1..].iter().take(2).any(day)
    });
    match at {
        Some(at) => {
            let date = words[at + 1..].iter().find(|token| day(token)).map(|token| token.low.clone());
            (&words[..at], date)
        }
        None => (words, None),
    }
}

fn capital(text: &str) -> String {
    let text = text.trim().trim_matches('"').trim_end_matches('.');
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
