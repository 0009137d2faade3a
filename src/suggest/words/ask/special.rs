//! Questions that are more than a filter.

use super::Asking;
use crate::assess::query::Row;
use crate::model::{DecisionKind, Id, Kind, Objective};
use crate::suggest::words::frame::Frame;
use crate::suggest::words::name::{self, Among, Named, named, one};
use crate::suggest::words::nouns::{after, parted, starts};
use crate::suggest::words::stop::Stop;
use crate::suggest::words::token::Token;

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    changed(frame)
        .or_else(|| pair(frame))
        .or_else(|| decisions(frame))
        .or_else(|| reach(frame))
        .or_else(|| of_entity(frame))
}

fn has(frame: &Frame<'_>, words: &[&str]) -> bool {
    frame.words.iter().any(|token| token.any(words))
}

/// `what changed since v1`.
fn changed(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    let asks = has(frame, &["changed", "changes", "change", "differs", "different"]);
    let since = parted(frame.words, &["since", "after", "from"]).map(|(_, since)| since);
    (asks && (starts(frame.words, "what") || since.is_some())).then(|| {
        let since = since.and_then(|since| {
            let since = after(since, &["version", "the version", "commit", "the commit", "the"]).unwrap_or(since);
            // A day, a version or a commit; what is none is no point in time that a model has.
            let point = |token: &&Token| {
                token.text.starts_with(|c: char| c.is_ascii_digit())
                    || token.text.contains(char::is_numeric)
                    || token.is("last")
            };
            since.first().filter(point).map(|token| token.text.clone())
        });
        // The last commit is where a comparison begins by itself.
        Ok(Asking::Changed(since.filter(|since| !matches!(since.as_str(), "last" | "commit"))))
    })
}

/// A pair of asset and attacker: by its ID, or `is A5 protected against T7`.
fn pair(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    if let Some(objective) =
        frame.words.iter().find_map(name::objective).filter(|_| !has(frame, &["controls", "control"]))
    {
        return Some(match frame.model.is_open(objective) {
            true => Ok(Asking::Pair(objective)),
            false => Err(Stop::unclear(format!("{objective} is no live objective"))),
        });
    }
    let (asset, attacker) = parted(
        frame.words,
        &[
            "protected against",
            "protected from",
            "safe from",
            "secure against",
            "at risk from",
            "in scope of",
            "in scope for",
            "against",
            "from",
        ],
    )?;
    let asset = after(asset, &["is", "are", "how is", "how are", "why is", "how well is"]).unwrap_or(asset);
    let found = |tokens: &[Token], kind: Kind| match named(frame.model, tokens, &[kind], Among::Live) {
        Named::One(id) => Some(id),
        _ => None,
    };
    let objective = Objective { asset: found(asset, Kind::Asset)?, attacker: found(attacker, Kind::Attacker)? };
    Some(Ok(Asking::Pair(objective)))
}

/// `show the decisions about A2`, `which risks were accepted`.
fn decisions(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    let risks = has(frame, &["risks", "risk"]) && has(frame, &["accepted", "accept", "acceptances"]);
    if !has(frame, &["decisions", "decision", "acceptances"]) && !risks {
        return None;
    }
    let kind = match () {
        () if risks || has(frame, &["accepted", "acceptances"]) => Some(DecisionKind::RiskAccepted),
        () if has(frame, &["applicable", "not_applicable"]) => Some(DecisionKind::NotApplicable),
        () => None,
    };
    let about = parted(frame.words, &["about", "on", "for", "of", "concerning"]).map(|(_, about)| about);
    Some(match about {
        Some(about) if !about.is_empty() => {
            one(frame.model, about, &[], Among::Live).map(|id| Asking::Decisions { kind, about: Some(id) })
        }
        _ => Ok(Asking::Decisions { kind, about: None }),
    })
}

const REACHES: &[&str] = &[
    "can reach",
    "could reach",
    "reach",
    "reaches",
    "have access to",
    "has access to",
    "can access",
    "access to",
    "can get to",
    "can get at",
    "get to",
    "gets to",
    "can attack",
    "can touch",
    "reaching",
];

/// `who can reach the ledger`, `which assets has T5 access to`.
fn reach(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    if let Some(rest) = after(frame.words, &["can", "could", "does"])
        && let Some((attacker, asset)) = parted(rest, REACHES)
        && let Named::One(attacker) = named(frame.model, attacker, &[Kind::Attacker], Among::Live)
        && let Named::One(asset) = named(frame.model, asset, &[Kind::Asset], Among::Live)
        && (attacker.kind, asset.kind) == (Kind::Attacker, Kind::Asset)
    {
        return Some(Ok(Asking::Pair(Objective { asset, attacker })));
    }
    let (before, to) = parted(frame.words, REACHES).or_else(|| parted(frame.words, &["access"]))?;
    let pairs = |query: String, only: Kind| Asking::Select {
        query,
        row: Row::Objective,
        count: starts(frame.words, "how many"),
        only: Some(only),
    };
    let subject = before.iter().find_map(name::id).filter(|id| id.kind == Kind::Attacker);
    let attacker = subject.or_else(|| {
        let said = after(
            before,
            &[
                "which assets can",
                "what can",
                "which assets does",
                "what does",
                "which assets has",
                "what has",
                "where can",
                "what assets can",
            ],
        )?;
        match named(frame.model, said, &[Kind::Attacker], Among::Live) {
            Named::One(id) => Some(id),
            _ => None,
        }
    });
    if let Some(attacker) = attacker {
        return Some(Ok(pairs(format!("attacker.id = {attacker} and reach = reachable"), Kind::Asset)));
    }
    let kinds = [Kind::Asset, Kind::Component, Kind::Boundary];
    let target = |id: Id| pairs(format!("{}.id = {id} and reach = reachable", id.kind.noun()), Kind::Attacker);
    // A name that is all of the words is meant before a text that has them.
    let all = named(frame.model, to, &kinds, Among::Live);
    let whole = if let Named::One(id) = all { Some(id).filter(|id| kinds.contains(&id.kind)) } else { None };
    let exact = whole.or_else(|| {
        kinds.iter().find_map(|kind| match named(frame.model, to, &[*kind], Among::Live) {
            Named::One(id) => Some(id),
            _ => None,
        })
    });
    Some(exact.map_or_else(|| one(frame.model, to, &kinds, Among::Live), Ok).map(target))
}

/// `how is A1 rated`, `what does C9 cover`, `what protects A5`, `what was removed`.
fn of_entity(frame: &Frame<'_>) -> Option<Result<Asking, Stop>> {
    let words = frame.words;
    let removed = has(frame, &["removed", "deleted", "tombstones", "tombstoned"]);
    if removed
        && words.len() <= 4
        && (0..words.len()).all(|at| crate::suggest::words::nouns::kind(&words[at..]).is_none())
    {
        return Some(Ok(Asking::Removed));
    }
    let list = |query: String, row: Row| Some(Ok(Asking::Select { query, row, count: false, only: None }));
    let find = |tokens: &[Token], kind: Kind| one(frame.model, tokens, &[kind], Among::Live);
    if let Some((_, of)) = parted(
        words,
        &["the rating of", "rating of", "the factors of", "the tier of", "the impact of", "the likelihood of"],
    ) {
        return Some(one(frame.model, of, &[], Among::Live).map(Asking::Entity));
    }
    let covers = after(words, &["what does", "what do"])
        .and_then(|rest| parted(rest, &["cover", "mitigate", "help against"]))
        .map(|(control, _)| control);
    if let Some(control) = covers.filter(|control| !control.is_empty()) {
        return match find(control, Kind::Control) {
            Ok(id) => list(format!("control.id = {id}"), Row::Objective),
            Err(stop) => Some(Err(stop)),
        };
    }
    if let Some(of) = after(
        words,
        &["what protects", "what covers", "what mitigates", "how is", "how do we protect", "what do we do about"],
    ) {
        let of = match of {
            [rest @ .., last] if last.any(&["protected", "covered", "mitigated"]) => rest,
            _ if starts(words, "how is") => return None,
            _ => of,
        };
        return match one(frame.model, of, &[Kind::Asset, Kind::Attacker], Among::Live) {
            Ok(id) => list(format!("{}.id = {id}", id.kind.noun()), Row::Entity(Kind::Control)),
            Err(stop) => Some(Err(stop)),
        };
    }
    None
}
