//! Where things stand: attackers and components in boundaries, assets and controls in components.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, a, named, one, titled};
use super::nouns::{after, parted, parted_last, starts};
use super::phrases::phrases;
use super::stop::Stop;
use super::token::Token;
use crate::model::{Id, Kind, Value, Vector};

/// What becomes of a place.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    /// It is one more.
    In,
    /// It is one less.
    Out,
    /// It is the only one from now on.
    Over,
}

pub(super) const INTO: &[&str] =
    &["at", "in", "into", "on", "onto", "behind", "inside", "within", "to", "under", "with", "near"];
pub(super) const OUT: &[&str] = &["away from", "out of", "from", "off"];

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    match frame.verb {
        Verb::Move => Some(moved(frame)),
        Verb::Place => {
            if let Some((what, from)) = sides(frame, words, OUT).filter(|_| !starts(words, "out") || words.len() > 2) {
                return Some(place(frame, what, from, Turn::Out));
            }
            let (what, to) = sides(frame, words, INTO)?;
            Some(place(frame, what, also(to), Turn::In))
        }
        Verb::Add => {
            parted_last(words, &["to", "into", "in", "onto"]).and_then(|(what, to)| joined(frame, what, to, Turn::In))
        }
        Verb::Remove => parted_last(words, OUT).and_then(|(what, from)| joined(frame, what, from, Turn::Out)),
        Verb::None => {
            if let Some(held) = holds(frame) {
                return Some(held);
            }
            let off = parted(words, phrases("stands not")).map(|parts| (parts, Turn::Out));
            let ((what, to), turn) = off.or_else(|| parted(words, phrases("stands")).map(|parts| (parts, Turn::In)))?;
            (!what.is_empty() && !to.is_empty()).then(|| place(frame, what, still(to), turn))
        }
        _ => None,
    }
}

/// `CMP16 handles payment instructions`: the asset is in the component.
fn holds(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let (component, asset) = parted(frame.words, phrases("holds"))?;
    let find = |tokens: &[Token], kind: Kind| match named(frame.model, tokens, &[kind], Among::Live) {
        Named::One(id) if id.kind == kind => Some(id),
        _ => None,
    };
    let (component, asset) = (find(component, Kind::Component)?, find(still(asset), Kind::Asset)?);
    Some(change(frame, asset, &[component], Turn::In))
}

/// The words on both sides of where something stands: a name may hold such a word too, so the first place counts where
/// both sides are known, else the first of all.
fn sides<'t>(frame: &Frame<'_>, words: &'t [Token], at: &[&str]) -> Option<(&'t [Token], &'t [Token])> {
    let known = |tokens: &[Token]| matches!(named(frame.model, tokens, &[], Among::Live), Named::One(_));
    let places = (1..words.len()).filter_map(|here| Some((&words[..here], after(&words[here..], at)?)));
    let places: Vec<_> = places.filter(|(_, to)| !to.is_empty()).collect();
    let sure = places.iter().find(|(what, to)| known(what) && known(also(to)));
    sure.or(places.first()).copied()
}

/// Without `any more` at the end.
pub(super) fn still(words: &[Token]) -> &[Token] {
    let ends = [&["any", "more"][..], &["anymore"], &["any", "longer"], &["too"], &["also"], &["as", "well"]];
    let end = ends.iter().find(|end| {
        words.len() > end.len()
            && words[words.len() - end.len()..].iter().zip(**end).all(|(token, word)| token.is(word))
    });
    end.map_or(words, |end| &words[..words.len() - end.len()])
}

fn also(words: &[Token]) -> &[Token] {
    after(words, &["also", "too"]).unwrap_or(words)
}

fn moved(frame: &Frame<'_>) -> Result<Act, Stop> {
    let words = frame.words;
    let Some((what, to)) = sides(frame, words, &["to", "into", "behind", "inside", "in", "onto", "under", "within"])
    else {
        let stop = match named(frame.model, words, &[], Among::Live) {
            Named::One(id) => Stop::unclear(format!("where does {} go?", titled(frame.model, id))),
            _ => Stop::unclear("what is moved, and where to?"),
        };
        return Err(stop.example("Move CMP9 into TB4"));
    };
    let (what, from) = parted(what, &["from", "out of"]).map_or((what, None), |(what, from)| (what, Some(from)));
    match from {
        // Only what was named is left.
        Some(from) => {
            let subject = one(frame.model, what, &[], Among::Live)?;
            let (left, came) = (target(frame, subject, from)?, target(frame, subject, to)?);
            let kept: Vec<Id> =
                held(frame, subject).into_iter().filter(|id| *id != left && *id != came).chain([came]).collect();
            Ok(set(subject, &kept))
        }
        None => place(frame, what, to, Turn::Over),
    }
}

fn place(frame: &Frame<'_>, what: &[Token], to: &[Token], turn: Turn) -> Result<Act, Stop> {
    let (to, _) = frame.with_reason(to);
    let subject = one(frame.model, what, &[], Among::Live)?;
    if home(subject.kind).is_none() {
        let message = format!("{} is {}, and stands nowhere", titled(frame.model, subject), a(subject.kind.noun()));
        return Err(Stop::unclear(message)
            .hint("attackers and components stand in boundaries, assets and controls in components"));
    }
    let places = targets(frame, subject, to)?;
    change(frame, subject, &places, turn)
}

/// Both sides are there already, and one of them lists the other.
fn joined(frame: &Frame<'_>, what: &[Token], to: &[Token], turn: Turn) -> Option<Result<Act, Stop>> {
    let fresh = turn == Turn::In && what.first().is_some_and(|token| token.any(&["a", "an", "another", "new"]));
    let listed = after(
        to,
        &["the components of", "the boundaries of", "components of", "boundaries of", "the trust boundaries of"],
    )
    .unwrap_or(to);
    let find = |tokens: &[Token]| match named(frame.model, tokens, &[], Among::Live) {
        Named::One(id) => Some(id),
        _ => None,
    };
    let (first, second) = (find(what)?, find(listed)?);
    let (subject, place) = match () {
        () if home(second.kind) == Some(first.kind) => (second, first),
        () if home(first.kind) == Some(second.kind) => (first, second),
        () => return None,
    };
    (!fresh).then(|| change(frame, subject, &[place], turn))
}

/// The kind that entities of a kind stand in.
const fn home(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Attacker | Kind::Component => Some(Kind::Boundary),
        Kind::Asset | Kind::Control => Some(Kind::Component),
        Kind::Boundary | Kind::Assumption => None,
    }
}

fn target(frame: &Frame<'_>, subject: Id, to: &[Token]) -> Result<Id, Stop> {
    let kind = home(subject.kind).unwrap_or(Kind::Boundary);
    one(frame.model, to, &[kind], Among::Live)
}

/// One place, or several that are listed by ID.
fn targets(frame: &Frame<'_>, subject: Id, to: &[Token]) -> Result<Vec<Id>, Stop> {
    let ids: Vec<Id> = to.iter().filter_map(super::name::id).collect();
    match ids.len() {
        0 | 1 => Ok(vec![target(frame, subject, to)?]),
        _ => ids
            .iter()
            .map(|id| to.iter().find(|token| super::name::id(token) == Some(*id)))
            .map(|token| target(frame, subject, token.map_or(&[][..], std::slice::from_ref)))
            .collect(),
    }
}

fn held(frame: &Frame<'_>, subject: Id) -> Vec<Id> {
    let field = field(subject.kind);
    let value = frame.model.entities.get(&subject).and_then(|entity| entity.value(field));
    let texts = value.as_ref().and_then(Value::as_list).unwrap_or_default().iter().filter_map(Value::as_text);
    texts.filter_map(Id::parse).collect()
}

const fn field(kind: Kind) -> &'static str {
    match kind {
        Kind::Attacker | Kind::Component => "boundaries",
        _ => "components",
    }
}

fn change(frame: &Frame<'_>, subject: Id, places: &[Id], turn: Turn) -> Result<Act, Stop> {
    let before = held(frame, subject);
    let title = titled(frame.model, subject);
    let missing = places.iter().find(|place| !before.contains(place));
    let after: Vec<Id> = match (turn, missing) {
        (Turn::Out, Some(place)) => {
            return Err(Stop::unclear(format!("{title} does not stand in {}", titled(frame.model, *place))));
        }
        (Turn::In, None) => {
            return Err(Stop::unclear(format!("{title} stands in {} already", titled(frame.model, places[0]))));
        }
        (Turn::In, _) => before.iter().chain(places.iter().filter(|place| !before.contains(place))).copied().collect(),
        (Turn::Out, _) => before.iter().filter(|place| !places.contains(place)).copied().collect(),
        (Turn::Over, _) => places.to_vec(),
    };
    Ok(set(subject, &after))
}

fn set(subject: Id, places: &[Id]) -> Act {
    let list: Vec<String> = places.iter().map(Id::to_string).collect();
    Act::Edit { id: subject, sets: vec![(field(subject.kind).to_owned(), list.join(","))] }
}

/// A list of IDs or words as the command line writes it, each looked up.
pub(super) fn list(frame: &Frame<'_>, id: Id, name: &str, value: &[Token]) -> Result<String, Stop> {
    if matches!(name, "boundaries" | "components") {
        let parts = value.split(|token| token.any(&["and", "&"]));
        let places: Vec<Id> = parts
            .filter(|part| !part.is_empty())
            .map(|part| targets(frame, id, part))
            .collect::<Result<Vec<_>, _>>()?
            .concat();
        return Ok(places.iter().map(Id::to_string).collect::<Vec<_>>().join(","));
    }
    if name == "protects" {
        let letters: Vec<&str> = super::rate::properties(value).iter().map(|(property, _)| property.word()).collect();
        return Ok(letters.join(","));
    }
    if name == "passes" {
        return super::wall::vectors(value)
            .ok_or_else(|| Stop::unclear("passes which vectors?").hint(Vector::WORDS.join(", ")));
    }
    Ok(frame.text(value))
}
