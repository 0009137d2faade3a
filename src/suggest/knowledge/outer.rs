//! What a text says about the outside: what somebody else runs, and what is not reached from there.

use std::ops::Range;

use super::spot::Token;
use crate::text::Pause;

/// `an external payment provider`, `a third-party gateway`.
const OTHERS: &[&str] = &["external", "outsourced", "party", "outside"];
/// Words between the adjective and the noun that show that it is about somebody else: `external users call the API`.
const PEOPLE: &[&str] = &["users", "people", "partners", "customers", "clients", "parties", "auditors", "and", "or"];
const RUN: &[&str] = &["run", "hosted", "operated", "provided", "managed", "offered", "of", "from", "by"];
const BY: &[&str] = &["by", "a", "an", "the", "some", "our"];
const THEM: &[&str] = &["external", "third", "another", "outside", "supplier", "vendor", "partner"];

/// Whether the words from `start` to `end` name something that somebody else runs, as the text says.
pub fn outside(tokens: &[Token], start: usize, end: usize) -> bool {
    before(&tokens[..start + 1]) || after(&tokens[end..])
}

fn before(tokens: &[Token]) -> bool {
    let at = tokens.len() - 1;
    let close = |back: usize| (at + 1 - back..=at).all(|at| tokens[at].before < Pause::Comma);
    let word = |back: usize| at.checked_sub(back).filter(|_| close(back)).map_or("", |at| &tokens[at].raw);
    let party = |back: usize| word(back) != "party" || word(back + 1) == "third";
    let says = |back: usize| OTHERS.contains(&word(back)) && party(back) && word(back) != "outside";
    says(1) || (says(2) && !PEOPLE.contains(&word(1)))
}

/// `(external)`, `, a third-party service`, `is run by a partner`, `of an external provider`.
fn after(rest: &[Token]) -> bool {
    let apart = rest.first().is_some_and(|token| matches!(token.before, Pause::Bracket | Pause::Comma));
    let inner = rest.iter().enumerate().take_while(|(at, token)| *at == 0 || token.before < Pause::Comma).take(7);
    let words: Vec<&str> = inner.map(|(_, token)| token.raw.as_str()).collect();
    if rest.first().is_none_or(|token| token.before == Pause::Stop) {
        return false;
    }
    let them = |words: &[&str]| {
        let rest = words.iter().skip_while(|word| BY.contains(word));
        rest.clone().next().is_some_and(|word| THEM.contains(word))
    };
    match words.as_slice() {
        ["external", ..] | ["third", "party", ..] => apart,
        ["a" | "an", rest @ ..] if apart => matches!(rest, ["external", ..] | ["third", "party", ..]),
        ["is" | "are", "a" | "an", rest @ ..] | ["is" | "are", rest @ ..]
            if matches!(rest, ["external", ..] | ["third", "party", ..]) =>
        {
            true
        }
        ["is" | "are", run, rest @ ..] | [run, rest @ ..] if RUN.contains(run) => them(rest),
        _ => false,
    }
}

/// A place that says that something is not reached from outside.
pub struct Shut {
    /// The words that say it.
    pub words: Range<usize>,
    /// The words of the sentence before them: what it is about.
    pub about: Range<usize>,
    /// Where these name no component, it is about the whole system.
    pub whole: bool,
}

const REACHED: &[&str] = &[
    "reachable",
    "accessible",
    "exposed",
    "available",
    "connected",
    "open",
    "visible",
    "published",
    "publicly",
    "routable",
    "reached",
    "accessed",
    "facing",
];
const WORLD: &[&str] = &["internet", "outside", "publicly", "public", "world"];
const INSIDE: &[&str] = &["internal", "corporate", "office", "company", "intranet", "vpn", "lan", "premises"];
const WAYS: &[&str] = &["access", "connection", "endpoint", "endpoints", "exposure", "ip", "address", "connectivity"];
/// What a sentence is about that is about everything.
const WHOLE: &[&str] = &[
    "it",
    "this",
    "system",
    "service",
    "tool",
    "application",
    "app",
    "site",
    "everything",
    "nothing",
    "none",
    "platform",
    "whole",
    "network",
    "server",
    "servers",
    "they",
    "all",
    "these",
    "software",
    "product",
    "there",
    "runs",
];
/// Words that say nothing of what a sentence is about.
const LITTLE: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "and",
    "is",
    "are",
    "be",
    "can",
    "will",
    "has",
    "have",
    "been",
    "does",
    "do",
    "of",
    "itself",
    "entire",
    "so",
    "but",
    "therefore",
    "also",
];

/// Every such place.
pub fn shut(tokens: &[Token]) -> Vec<Shut> {
    let mut found = Vec::new();
    let mut first = 0;
    for at in 0..tokens.len() {
        if tokens[at].before == Pause::Stop {
            first = at;
        }
        let Some(length) = says(&tokens[at..]) else { continue };
        let turn = |before: &usize| tokens[*before].before >= Pause::Comma || tokens[*before].raw == "and";
        let clause = (first..at).rev().find(turn).unwrap_or(first);
        let says = |range: Range<usize>| {
            tokens[range].iter().map(|token| &token.raw).filter(|raw| !LITTLE.contains(&raw.as_str()))
        };
        let bare = says(clause..at).next().is_none();
        let about = if bare { first..at } else { clause..at };
        let subject: Vec<&String> = says(about.clone()).take(if bare { 1 } else { usize::MAX }).collect();
        let whole = subject.iter().all(|raw| WHOLE.contains(&raw.as_str()));
        found.push(Shut { words: at..at + length, about, whole });
    }
    found
}

/// How many words say it, when they begin here.
fn says(tokens: &[Token]) -> Option<usize> {
    let clause = tokens.iter().enumerate().take_while(|(at, token)| *at == 0 || token.before < Pause::Comma).take(9);
    let words: Vec<&str> = clause.map(|(_, token)| token.raw.as_str()).collect();
    let until =
        |from: usize, all: &[&str]| words[from..].iter().position(|word| all.contains(word)).map(|at| from + at + 1);
    let negative = words[1..].iter().any(|word| ["not", "only", "except", "without"].contains(word));
    let next = words.get(1).copied().unwrap_or_default();
    match words[0] {
        "not" | "never" | "nothing" | "none" if !negative => {
            let verb = until(1, REACHED).filter(|at| *at <= 5)?;
            let same = if WORLD.contains(&words[verb - 1]) { verb - 1 } else { verb };
            until(same, WORLD)
        }
        "no" | "without" if ["internet", "public", "external", "inbound"].contains(&next) => {
            until(2, WAYS).filter(|at| *at <= 4)
        }
        "only" if until(1, REACHED).is_some_and(|at| at <= 3) => until(1, INSIDE),
        "air" if next == "gapped" => Some(2),
        "airgapped" => Some(1),
        _ => None,
    }
}
