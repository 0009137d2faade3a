//! What is known about a newcomer beside what was said: position, factors, boundaries, from the knowledge base.

use std::collections::BTreeSet;

use super::Act;
use super::act::Sets;
use super::frame::Frame;
use super::nouns::starts;
use super::phrases::phrases;
use super::stop::Stop;
use super::token::Token;
use crate::model::{BoundaryRef, Kind, Levels, Model, Property};
use crate::suggest::knowledge::{AttackerKind, knowledge};
use crate::text::normal;

/// The kind of what was named without one: somebody who acts is an attacker, a kind of component or asset that is known
/// by its name is one.
pub(super) fn guess(frame: &Frame<'_>, words: &[Token]) -> Option<Kind> {
    let head = words
        .iter()
        .position(|token| token.any(&["who", "that", "which", "with", "on", "in", "from", "at", "to"]))
        .unwrap_or(words.len());
    let acts = |at: usize| {
        phrases("actor").iter().any(|actor| starts(&words[at..], actor) && at + actor.split(' ').count() == head)
    };
    let somebody = (0..head).any(acts) || words.get(head).is_some_and(|token| token.is("who"));
    if somebody || phrases("actor").iter().any(|actor| starts(words, actor) && actor.contains(' ')) {
        return Some(Kind::Attacker);
    }
    let said = frame.text(words);
    let base = knowledge();
    let sure = [
        (Kind::Attacker, base.find_attackers(&said).iter().any(|found| found.sure)),
        (Kind::Component, base.find_components(&said).iter().any(|found| found.sure)),
        (Kind::Asset, base.find_assets(&said).iter().any(|found| found.sure)),
    ];
    let mut kinds = sure.into_iter().filter(|(_, sure)| *sure).map(|(kind, _)| kind);
    kinds.next().filter(|_| kinds.next().is_none())
}

/// An attacker: what was said, and what is known of such attackers.
pub(super) fn attacker(frame: &Frame<'_>, words: &[Token], said: &str) -> Result<Act, Stop> {
    let opening = words.first().is_some_and(|token| token.any(&["who", "that", "with", "which"]));
    let said = said.trim().trim_matches('"').trim_end_matches(['.', ',']);
    let said = if opening { format!("somebody {said}") } else { said.to_owned() };
    let kind = archetype(&said, words, frame);
    let told = match kind {
        // The person's own sentence says it all; two words need what they stand for.
        Some(kind) if words.len() < 9 => format!("{said}: {}", kind.capability),
        _ => said,
    };
    let mut sets: Sets = vec![("capability".to_owned(), told)];
    if let Some(kind) = kind {
        sets.push(("position".to_owned(), kind.position.to_owned()));
        sets.push(("archetype".to_owned(), kind.archetype.word().to_owned()));
        sets.push(("likelihood".to_owned(), levels(&kind.likelihood.0)));
        sets.push(offline());
        sets.extend(stands(frame.model, kind).map(|boundaries| ("boundaries".to_owned(), boundaries)));
    }
    let why = frame.reason.as_deref().map(super::add::capital).or_else(|| kind.map(AttackerKind::reason));
    sets.extend(why.map(|why| ("rationale".to_owned(), why)));
    Ok(Act::Add { kind: Kind::Attacker, sets })
}

/// The closest kind of attacker, when the words name one. Where they are says little about who they are.
fn archetype(said: &str, words: &[Token], frame: &Frame<'_>) -> Option<&'static AttackerKind> {
    let sure =
        |text: &str| knowledge().find_attackers(text).into_iter().find(|found| found.sure).map(|found| found.kind);
    let place = words.iter().skip(1).position(|token| token.any(&["on", "at", "from"])).map(|at| at + 1);
    let head = place.and_then(|at| sure(&frame.text(&words[..at])));
    head.or_else(|| sure(said))
}

/// What was not said comes from the knowledge base, and the file says so.
fn offline() -> (String, String) {
    ("source".to_owned(), "offline".to_owned())
}

fn levels(levels: &Levels) -> String {
    let pairs: Vec<String> = levels.iter().map(|(factor, level)| format!("{}={}", factor.name(), level.name)).collect();
    pairs.join(",")
}

/// The boundaries that everybody stands in who has the same position in this model.
fn stands(model: &Model, kind: &AttackerKind) -> Option<String> {
    let like = |position: &str| normal(position) == normal(kind.position);
    let mut sets = model
        .attackers()
        .filter(|(entity, attacker)| entity.live() && like(&attacker.position))
        .map(|(_, attacker)| attacker.boundaries.clone());
    let first = sets.next()?;
    let shared: BTreeSet<BoundaryRef> = sets.fold(first, |all, one| all.intersection(&one).copied().collect());
    let live: Vec<String> = shared.iter().filter(|id| model.is_live(id.0)).map(|id| id.0.to_string()).collect();
    (!live.is_empty()).then(|| live.join(","))
}

/// Adds what is known of an asset by its name: factors and a reason for them, where every property that was said is one
/// that such assets have.
pub(super) fn known(kind: Kind, name: &str, mut sets: Sets) -> Sets {
    if kind != Kind::Asset {
        return sets;
    }
    let Some(found) = knowledge().find_assets(name).into_iter().find(|found| found.sure) else { return sets };
    let said = sets.iter().position(|(field, _)| field == "properties");
    let letters: Vec<Property> = match said {
        Some(at) => Property::ALL
            .iter()
            .copied()
            .filter(|property| sets[at].1.split(',').any(|letter| letter == property.word()))
            .collect(),
        None => found.kind.properties.0.keys().copied().collect(),
    };
    let level = |property: &Property| Some(format!("{property}={}", (*found.kind.properties.0.get(property)?)?.name));
    let Some(rated) = letters.iter().map(level).collect::<Option<Vec<String>>>() else { return sets };
    let properties = ("properties".to_owned(), rated.join(","));
    match said {
        Some(at) => sets[at] = properties,
        None => sets.push(properties),
    }
    sets.push(("impact".to_owned(), levels(&found.kind.impact.0)));
    sets.push(offline());
    if !sets.iter().any(|(field, _)| field == "rationale") {
        sets.push(("rationale".to_owned(), found.kind.reason()));
    }
    sets
}
