//! Factors: which entity, which factor, which level, and why.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, a, named, one, titled};
use super::nouns::{ARTICLES, factor, level, lone_level, property};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Body, Factor, Id, Kind, Property};

/// What a sentence says about a factor.
struct Said<'t> {
    factor: Factor,
    level: Option<&'static str>,
    /// What stands where a level belongs and is none.
    odd: Option<&'t Token>,
    /// The words that name the entity.
    entity: Vec<Token>,
}

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let rates = matches!(frame.verb, Verb::Rate | Verb::Set | Verb::Mark);
    let says = frame.verb == Verb::None;
    if !rates && !says {
        return None;
    }
    let (words, reason) = match frame.verb {
        // A comma in what only says how something is may part the topic from the rest.
        Verb::None => (frame.words, frame.reason.clone()),
        _ => frame.with_reason(frame.words),
    };
    let Some(said) = said(words) else {
        return (frame.verb == Verb::Rate).then(|| Err(nothing(frame, words)));
    };
    let property = Property::ALL.iter().any(|property| property.factor() == said.factor);
    if said.level.is_none() && (says || property && frame.verb != Verb::Rate) {
        return None;
    }
    Some(rate(frame, &said, reason))
}

fn rate(frame: &Frame<'_>, said: &Said<'_>, reason: Option<String>) -> Result<Act, Stop> {
    let kind = if Factor::LIKELIHOOD.contains(&said.factor) { Kind::Attacker } else { Kind::Asset };
    let id = one(frame.model, &said.entity, &[kind], Among::Live)?;
    let (name, levels) = (said.factor.name(), said.factor.levels());
    let listed: Vec<&str> = levels.iter().map(|level| level.name).collect();
    let Some(level) = said.level else {
        let odd = said.odd.map(|odd| format!("`{}` is no level of {name}", odd.text));
        let none = said.odd.is_some_and(|odd| odd.is("none"));
        if none {
            let message = format!("{name}=none is not a rating: a property that does not matter is not listed");
            return Err(Stop::refused(message).example(format!("Remove {name} from {id}")));
        }
        return Err(Stop::unclear(odd.unwrap_or_else(|| format!("which level of {name}?"))).hint(listed.join(", ")));
    };
    let Some(reason) = reason else {
        let sets = vec![(name.to_owned(), level.to_owned())];
        if let Some(stop) = super::heard::unread(frame, &Act::Rate { id, sets, reason: String::new() }) {
            return Err(stop);
        }
        let title = titled(frame.model, id);
        return Err(Stop::unclear(format!("why is {name} of {title} {level} now? The reason stays with the rating"))
            .example(format!("{} because …", frame.sentence.trim().trim_end_matches(['.', '!']))));
    };
    Ok(Act::Rate { id, sets: vec![(name.to_owned(), level.to_owned())], reason })
}

/// Finds the factor, its level, and what is left as the name of the entity.
fn said(words: &[Token]) -> Option<Said<'_>> {
    if let Some((at, (factor, length))) = (0..words.len()).find_map(|at| Some((at, factor(&words[at..])?))) {
        let after = &words[at + length..];
        let before = &words[..at];
        let here = |tokens: &[Token]| tokens.iter().position(|token| level(factor, token).is_some());
        // `high privileges` and `privileges … high`.
        let ahead = here(after);
        let behind = before.last().and_then(|token| level(factor, token)).filter(|_| ahead.is_none());
        let found = ahead.map(|found| level(factor, &after[found])).unwrap_or(behind);
        let odd = if found.is_none() { after.iter().rev().find(|token| !token.any(LINKS)) } else { None };
        let odd = odd.filter(|token| super::name::id(token).is_none());
        let after = ahead.map_or(after, |found| &after[..found]);
        let before = if behind.is_some() { &before[..before.len() - 1] } else { before };
        let mut entity: Vec<Token> = before.iter().chain(after).filter(|token| !token.any(LINKS)).cloned().collect();
        if let Some(odd) = odd {
            entity.retain(|token| token != odd);
        }
        return Some(Said { factor, level: found, odd, entity });
    }
    // `T7 is rare`: a word that is a level of one factor only.
    let (at, (factor, level)) = words.iter().enumerate().find_map(|(at, token)| {
        let all: &'static [Factor] = &Factor::LIKELIHOOD;
        let assets: &'static [Factor] = &Factor::IMPACT;
        Some((at, lone_level(token, all).or_else(|| lone_level(token, assets))?))
    })?;
    let entity: Vec<Token> = words[..at].iter().filter(|token| !token.any(LINKS)).cloned().collect();
    (at + 1 == words.len() && !entity.is_empty()).then_some(Said { factor, level: Some(level), odd: None, entity })
}

/// Words between the entity, the factor and the level.
const LINKS: &[&str] = &[
    "of", "to", "is", "are", "as", "at", "for", "in", "on", "needs", "need", "has", "have", "requires", "should", "be",
    "must", "now", "from", "level", "factor", "with", "becomes", "become", "only", "really", "very", "a", "an", "the",
];

fn nothing(frame: &Frame<'_>, words: &[Token]) -> Stop {
    match named(frame.model, words, &[Kind::Asset, Kind::Attacker], Among::Live) {
        Named::One(id) => {
            let factors: &[Factor] = if id.kind == Kind::Asset { &Factor::IMPACT } else { &Factor::LIKELIHOOD };
            let names: Vec<&str> = factors.iter().map(|factor| factor.name()).collect();
            Stop::unclear(format!("which factor of {}?", titled(frame.model, id)))
                .hint(names.join(", "))
                .example(format!("Rate {id} {} {} because …", factors[0].name(), factors[0].levels()[0].name))
        }
        _ => Stop::unclear("rate what, and which factor?")
            .example("Rate A7 recoverability permanent because lost events never come back"),
    }
}

/// The properties that an asset lists, as the command line writes them, with one more or one less; a property of a rated
/// asset brings its subscore.
pub(super) fn listing(
    frame: &Frame<'_>,
    id: Id,
    change: &[(Property, Option<&str>)],
    add: bool,
) -> Result<String, Stop> {
    let entity = frame.model.entities.get(&id);
    let Some(Body::Asset(asset)) = entity.map(|entity| &entity.body) else {
        return Err(Stop::unclear(format!(
            "{} is {}, and only assets have properties",
            titled(frame.model, id),
            a(id.kind.noun())
        )));
    };
    let touched = |property: &Property| change.iter().any(|(one, _)| one == property);
    let rated = asset.properties.0.values().any(Option::is_some) || !asset.impact.0.is_empty();
    let mut letters: Vec<String> =
        asset.properties.0.keys().filter(|property| !touched(property)).map(|p| p.word().to_owned()).collect();
    for (property, level) in change.iter().filter(|_| add) {
        if asset.properties.0.contains_key(property) {
            letters.push(property.word().to_owned());
        } else if rated {
            // What nobody said is the cautious guess, and shown with the change.
            letters.push(format!("{property}={}", level.unwrap_or("high")));
        } else {
            letters.push(property.word().to_owned());
        }
    }
    letters.sort_by_key(|letter| Property::ALL.iter().position(|property| letter.starts_with(property.word())));
    Ok(letters.join(","))
}

/// The properties that words name, each with the level beside it: `high confidentiality and low integrity`.
pub(super) fn properties(words: &[Token]) -> Vec<(Property, Option<&'static str>)> {
    let mut found = Vec::new();
    for (at, token) in words.iter().enumerate() {
        let Some(property) = property(token) else { continue };
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| words.get(at));
        let level = beside.filter_map(|token| level(property.factor(), token)).next();
        if !found.iter().any(|(one, _)| *one == property) {
            found.push((property, level));
        }
    }
    found
}

/// Whether the words are nothing but properties and what joins them.
pub(super) fn only_properties(words: &[Token]) -> bool {
    const BESIDE: &[&str] = &[
        "and",
        "or",
        "property",
        "properties",
        "as",
        "well",
        "too",
        "also",
        "only",
        "high",
        "low",
        "its",
        "plus",
        "both",
        "security",
        "subscore",
    ];
    let plain = |token: &Token| property(token).is_some() || token.any(ARTICLES) || token.any(BESIDE);
    words.iter().any(|token| property(token).is_some()) && words.iter().all(plain)
}
