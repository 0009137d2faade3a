//! Which entity somebody means: by its ID, also mistyped, or by words of its name.

use std::collections::BTreeSet;

use super::nouns::{ARTICLES, kind, last_kind};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Body, Entity, Id, Kind, Model, Objective};
use crate::text::{nearest, stem, words};

/// Which of the entities count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// Live ones; removed ones only where no live one fits, so that the refusal can say what became of it.
    Live,
    /// The other way round.
    Removed,
}

/// What words come to.
pub(super) enum Named {
    One(Id),
    Many(Vec<Id>),
    /// Nothing of that name; what is near.
    None(Vec<Id>),
    /// An ID that nothing has.
    Unknown(String),
    /// The words only say a kind, or nothing.
    Bare,
}

/// Words that say nothing about which entity it is.
const EMPTY: &[&str] = &[
    "of", "for", "to", "in", "on", "at", "and", "or", "who", "that", "which", "with", "from", "by", "called", "named",
    "is",
];

/// The entity that the words mean, of one of these kinds; of any where none is given.
pub(super) fn named(model: &Model, tokens: &[Token], kinds: &[Kind], among: Among) -> Named {
    if let [only] = tokens
        && let Some(id) = id(only)
    {
        return known(model, id, &only.text);
    }
    let (inner, said) = stripped(tokens);
    if let [only] = inner
        && let Some(id) = id(only)
    {
        return known(model, id, &only.text);
    }
    // `A6 (Audit logging)`, `component CMP3 card vault`: the ID decides.
    if let Some(id) = inner.first().and_then(id).filter(|_| inner.len() > 1) {
        return known(model, id, &inner[0].text);
    }
    let of = said.map_or(kinds.to_vec(), |kind| vec![kind]);
    let found = by_words(model, inner, &of, among);
    match (&found, said) {
        // The noun may be part of the name: `access control`.
        (Named::None(_) | Named::Bare, Some(_)) => match by_words(model, trimmed(tokens), kinds, among) {
            Named::One(id) => Named::One(id),
            _ => found,
        },
        _ => found,
    }
}

/// The same as an answer or a question back. `what` says what is asked for: `which asset`.
pub(super) fn one(model: &Model, tokens: &[Token], kinds: &[Kind], among: Among) -> Result<Id, Stop> {
    let said = tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
    let noun = match kinds {
        [one] => one.noun(),
        _ => stripped(tokens).1.map_or("entity", Kind::noun),
    };
    match named(model, tokens, kinds, among) {
        Named::One(id) if kinds.is_empty() || kinds.contains(&id.kind) => Ok(id),
        Named::One(id) => {
            let wanted: Vec<&str> = kinds.iter().map(|kind| kind.noun()).collect();
            Err(Stop::unclear(format!(
                "{} is {}, and this is about {}",
                titled(model, id),
                a(id.kind.noun()),
                wanted.join(" or ")
            )))
        }
        Named::Many(ids) => {
            let stop = Stop::unclear(format!("`{said}` may be {} of them: which?", ids.len()));
            Err(ids.iter().take(6).fold(stop, |stop, id| stop.hint(titled(model, *id))))
        }
        Named::Unknown(id) => {
            Err(Stop::unclear(format!("{id} is not in the model"))
                .hint(format!("redan show {} lists what is", model.id)))
        }
        Named::Bare => Err(Stop::unclear(format!("which {noun}?")).hint("name it by its ID or by words of its name")),
        Named::None(near) => {
            let stop = Stop::unclear(format!("no {noun} here is called `{said}`"));
            Err(near.iter().fold(stop, |stop, id| stop.hint(format!("did you mean {}?", titled(model, *id)))))
        }
    }
}

/// `A6 (Audit logging)`.
pub(super) fn titled(model: &Model, id: Id) -> String {
    let title = model.entities.get(&id).map(|entity| entity.title().trim()).unwrap_or_default();
    let short: String = title.chars().take(60).collect();
    match short.len() < title.len() {
        true => format!("{id} ({}…)", short.trim_end()),
        false => format!("{id} ({title})"),
    }
}

pub(super) fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// An ID as people type it: `a6`, `A06`; letters by themselves and words with a number in them are none.
pub(super) fn id(token: &Token) -> Option<Id> {
    let upper = token.low.to_ascii_uppercase();
    let digits = upper.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = upper.split_at(digits);
    Id::parse(&format!("{prefix}{}", number.trim_start_matches('0')))
}

/// A pair of asset and attacker as people type it.
pub(super) fn objective(token: &Token) -> Option<Objective> {
    Objective::parse(&token.low.to_ascii_uppercase())
}

fn known(model: &Model, id: Id, text: &str) -> Named {
    match model.entities.contains_key(&id) {
        true => Named::One(id),
        false => Named::Unknown(if id.to_string() == text { text.to_owned() } else { format!("{id} (`{text}`)") }),
    }
}

/// Without articles at the start.
fn trimmed(tokens: &[Token]) -> &[Token] {
    let from = tokens.iter().position(|token| !token.any(ARTICLES)).unwrap_or(tokens.len());
    &tokens[from..]
}

/// Without articles, and without the noun of a kind at either end; the kind that it said.
pub(super) fn stripped(tokens: &[Token]) -> (&[Token], Option<Kind>) {
    let mut rest = trimmed(tokens);
    let mut said = None;
    if let Some((kind, length)) = last_kind(rest) {
        rest = &rest[..rest.len() - length];
        said = Some(kind);
    } else if let Some((kind, length)) = kind(rest) {
        rest = &rest[length..];
        said = Some(kind);
    }
    if let Some(called) = super::nouns::after(rest, &["called", "named", "for", "of"]) {
        rest = called;
    }
    (trimmed(rest), said)
}

fn by_words(model: &Model, tokens: &[Token], kinds: &[Kind], among: Among) -> Named {
    let text = tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
    let wanted = keys(&text);
    if wanted.is_empty() {
        return Named::Bare;
    }
    let all = || model.entities.values().filter(|entity| kinds.is_empty() || kinds.contains(&entity.id.kind));
    let first = |entity: &&Entity| entity.live() == (among == Among::Live);
    let (one, other): (Vec<&Entity>, Vec<&Entity>) = all().partition(first);
    for group in [one, other] {
        match closest(&group, &wanted).as_slice() {
            [] => {}
            [only] => return Named::One(*only),
            several => return Named::Many(several.to_vec()),
        }
    }
    Named::None(near(&all().collect::<Vec<_>>(), &text, &wanted))
}

/// The entities whose name is these words; else those whose name holds them all; else those that hold them all in
/// what else they say.
fn closest(entities: &[&Entity], wanted: &[String]) -> Vec<Id> {
    // A stem keeps how its word begins: most texts are out before they are taken apart.
    let heads: Vec<String> = wanted.iter().map(|word| word.chars().take(3).collect()).collect();
    let near = |text: &str| {
        let text = text.to_lowercase();
        heads.iter().all(|head| !head.is_ascii() || text.contains(head.as_str()))
    };
    let ids = |fits: &dyn Fn(&Entity) -> bool| -> Vec<Id> {
        entities.iter().filter(|entity| fits(entity)).map(|entity| entity.id).collect()
    };
    let same = ids(&|entity| near(entity.title()) && keys(entity.title()) == wanted);
    if !same.is_empty() {
        return same;
    }
    let holds = |text: &str| {
        if !near(text) {
            return false;
        }
        let held: BTreeSet<String> = keys(text).into_iter().collect();
        wanted.iter().all(|word| held.contains(word))
    };
    let named = ids(&|entity| holds(entity.title()));
    if !named.is_empty() {
        return named;
    }
    ids(&|entity| holds(&more(entity)))
}

/// Everything by which people may know an entity.
pub(super) fn more(entity: &Entity) -> String {
    let title = entity.title();
    match &entity.body {
        Body::Asset(asset) => format!("{title} {}", asset.description),
        Body::Attacker(attacker) => {
            let archetype = attacker.archetype.map(|archetype| archetype.word()).unwrap_or_default();
            format!("{title} {} {archetype}", attacker.position)
        }
        Body::Boundary(boundary) => format!("{title} {}", boundary.description),
        Body::Component(component) => format!("{title} {}", component.description),
        Body::Assumption(_) | Body::Control(_) => title.to_owned(),
    }
}

fn near(entities: &[&Entity], text: &str, wanted: &[String]) -> Vec<Id> {
    let titles = entities.iter().map(|entity| entity.title());
    let typo = nearest(text, titles).and_then(|title| entities.iter().find(|entity| entity.title() == title));
    let shared = |entity: &Entity| {
        let held = keys(entity.title());
        let close = |word: &String| held.iter().any(|other| other == word || slip(word, other));
        wanted.iter().filter(|word| close(word)).count()
    };
    let mut some: Vec<(usize, Id)> = entities.iter().map(|entity| (shared(entity), entity.id)).collect();
    some.retain(|(shared, _)| *shared > 0);
    some.sort_by_key(|(shared, id)| (std::cmp::Reverse(*shared), *id));
    let best = some.first().map_or(0, |(shared, _)| *shared);
    let close = some.into_iter().filter(|(shared, _)| *shared == best).map(|(_, id)| id).take(3);
    let mut ids: Vec<Id> = typo.map(|entity| entity.id).into_iter().chain(close).collect();
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.truncate(3);
    ids
}

/// Whether two words of some length differ by one slip.
fn slip(a: &str, b: &str) -> bool {
    a.len() > 3 && nearest(a, [b]).is_some()
}

/// The words of a text in one form each, without those that say nothing.
pub(super) fn keys(text: &str) -> Vec<String> {
    let kept = words(text).into_iter().map(|word| word.text);
    let kept = kept.filter(|word| !EMPTY.contains(&word.as_str()) && !ARTICLES.contains(&word.as_str()));
    kept.map(|word| stem(&word)).collect()
}
