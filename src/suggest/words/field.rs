//! Setting a field to a value.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, a, named, one, titled};
use super::nouns::{after, field, parted};
use super::stop::Stop;
use super::token::Token;
use crate::model::{AssumptionKind, Id, Kind, Shape};
use crate::text::nearest;

pub(super) const TO: &[&str] = &[
    "to",
    "as",
    "to be",
    "is",
    "=",
    "into",
    "with",
    "should be",
    "should read",
    "reads",
    "to read",
    "now reads",
    "are",
];

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    match frame.verb {
        Verb::Set => set(frame, frame.words),
        Verb::Add => {
            after(frame.words, &["a description", "the description", "description", "a rationale", "rationale"])
                .and_then(|rest| described(frame, frame.words, rest))
        }
        Verb::None => repo(frame).or_else(|| stated(frame)).or_else(|| owned(frame)),
        Verb::Remove => cleared(frame),
        _ => None,
    }
}

/// `the description of A10 to "…"`, `CMP5 path to services`, `C3 to "…"`.
fn set(frame: &Frame<'_>, words: &[Token]) -> Option<Result<Act, Stop>> {
    let of = after(words, &["the", "a"]).unwrap_or(words);
    if let Some((name, length)) = field(of)
        && let Some(rest) = after(&of[length..], &["of", "for", "on"])
    {
        let (what, value) = parted(rest, TO).map_or((rest, None), |(what, value)| (what, Some(value)));
        return Some(one(frame.model, what, &[], Among::Live).and_then(|id| write(frame, id, name, value)));
    }
    let (what, value) = parted(words, TO)?;
    // The field stands last before the value; what is before it names the entity.
    if let Some((name, at)) = (1..what.len()).find_map(|at| {
        let (name, length) = field(&what[at..])?;
        (at + length == what.len()).then_some((name, at))
    }) {
        return Some(
            one(frame.model, &what[..at], &[], Among::Live).and_then(|id| write(frame, id, name, Some(value))),
        );
    }
    match named(frame.model, what, &[], Among::Live) {
        Named::One(id) => Some(title(frame, id, value)),
        _ => strange(frame, what)
            .or_else(|| Some(one(frame.model, what, &[], Among::Live).and_then(|id| title(frame, id, value)))),
    }
}

/// `set A5 colour to blue`: the entity is known and the field is not.
fn strange(frame: &Frame<'_>, what: &[Token]) -> Option<Result<Act, Stop>> {
    let (id, said) = match what {
        [first, rest @ ..] if super::name::id(first).is_some() && !rest.is_empty() => {
            (super::name::id(first)?, rest.to_vec())
        }
        _ => {
            let (field, of) = parted(what, &["of", "for"])?;
            let Named::One(id) = named(frame.model, of, &[], Among::Live) else { return None };
            (id, field.to_vec())
        }
    };
    let said: Vec<&str> = said.iter().filter(|token| !token.is("the")).map(|token| token.low.as_str()).collect();
    Some(Err(no_field(id.kind, &said.join("_"))))
}

fn no_field(kind: Kind, said: &str) -> Stop {
    let names: Vec<&str> =
        kind.fields().filter(|field| !matches!(field.shape, Shape::Rows(_))).map(|field| field.name).collect();
    let stop = Stop::unclear(format!("{} has no `{said}`", a(kind.noun())));
    match nearest(said, names.iter().copied()) {
        Some(near) => stop.hint(format!("did you mean `{near}`?")),
        None => stop.hint(names.join(", ")),
    }
}

/// A value right after an entity is its words.
fn title(frame: &Frame<'_>, id: Id, value: &[Token]) -> Result<Act, Stop> {
    let field = match id.kind {
        Kind::Control | Kind::Assumption => "description",
        Kind::Attacker => "capability",
        Kind::Asset | Kind::Boundary | Kind::Component => "name",
    };
    if !value.iter().any(|token| token.quoted) {
        let message = format!("which field of {} is to read `{}`?", titled(frame.model, id), frame.text(value));
        return Err(Stop::unclear(message).example(format!("Set the {field} of {id} to \"{}\"", frame.text(value))));
    }
    write(frame, id, field, Some(value))
}

fn write(frame: &Frame<'_>, id: Id, name: &str, value: Option<&[Token]>) -> Result<Act, Stop> {
    let legal = id.kind.field(name);
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Err(Stop::unclear(format!("what is the {name} of {} to be?", titled(frame.model, id))));
    };
    // People say description of what has a capability, and name of what has none.
    let name = match (legal, id.kind, name) {
        (None, Kind::Attacker, "description" | "name") => "capability",
        (None, Kind::Control | Kind::Assumption, "name") => "description",
        (None, ..) => return Err(no_field(id.kind, name)),
        _ => name,
    };
    if name == "status" && id.kind == Kind::Control {
        return super::control::state(frame, id, value);
    }
    let text = frame.text(value).trim_matches('"').to_owned();
    let shape = id.kind.field(name).map(|field| field.shape);
    let text = match shape {
        Some(Shape::Choice(words)) => choice(name, words, &text)?,
        Some(Shape::Flag) => flag(name, &text)?,
        Some(Shape::Set(_)) => super::place::list(frame, id, name, value)?,
        Some(Shape::Line | Shape::Prose) => text,
        Some(Shape::Properties) => {
            let letters: Vec<&str> =
                super::rate::properties(value).iter().map(|(property, _)| property.word()).collect();
            letters.join(",")
        }
        _ => {
            return Err(Stop::unclear(format!("{name} of {id} is not set in a sentence"))
                .hint(format!("redan edit {id} --set {name}=…")));
        }
    };
    Ok(Act::Edit { id, sets: vec![(name.to_owned(), text)] })
}

fn choice(name: &str, words: &[&str], text: &str) -> Result<String, Stop> {
    let said = text.to_lowercase().replace([' ', '-'], "_");
    match words.iter().find(|word| **word == said) {
        Some(word) => Ok((*word).to_owned()),
        None => Err(Stop::unclear(format!("{name} cannot be `{text}`")).hint(words.join(", "))),
    }
}

fn flag(name: &str, text: &str) -> Result<String, Stop> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" => Ok("true".to_owned()),
        "false" | "no" | "off" => Ok("false".to_owned()),
        _ => Err(Stop::unclear(format!("{name} is true or false, not `{text}`"))),
    }
}

/// `Add a description to A5: …`.
fn described(frame: &Frame<'_>, words: &[Token], rest: &[Token]) -> Option<Result<Act, Stop>> {
    let named = if words.iter().take(2).any(|token| token.is("rationale")) { "rationale" } else { "description" };
    let of = after(rest, &["to", "for", "of"])?;
    let at = (1..of.len()).find(|at| of[*at].quoted || of[*at].before == super::token::Gap::Colon)?;
    Some(one(frame.model, &of[..at], &[], Among::Live).and_then(|id| write(frame, id, named, Some(&of[at..]))))
}

pub(super) const KEPT: &[&str] =
    &["lives in", "is in", "comes from", "is kept in", "is at", "is found in", "code is in", "source is in"];

/// `the audit log pipeline lives in repo acme/audit`.
fn repo(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let (what, value) = parted(frame.words, KEPT)?;
    let value = after(value, &["the repository", "the repo", "repository", "repo", "git repository"])?;
    Some(one(frame.model, what, &[Kind::Component], Among::Live).and_then(|id| write(frame, id, "repo", Some(value))))
}

/// `the path of CMP5 is services`.
fn stated(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let of = after(frame.words, &["the"]).unwrap_or(frame.words);
    let (_, length) = field(of)?;
    after(&of[length..], &["of", "for"])?;
    set(frame, frame.words)
}

/// `CMP7's repo is acme/ledger`.
fn owned(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let (what, value) = parted(frame.words, &["is now", "is", "should be", "must be", "=", "reads"])?;
    let (name, at) = (1..what.len()).find_map(|at| {
        let (name, length) = field(&what[at..])?;
        (at + length == what.len()).then_some((name, at))
    })?;
    Some(one(frame.model, &what[..at], &[], Among::Live).and_then(|id| write(frame, id, name, Some(value))))
}

/// `Remove the description of A5`.
fn cleared(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let of = after(frame.words, &["the"]).unwrap_or(frame.words);
    let (name, length) = field(of)?;
    let rest = after(&of[length..], &["of", "from"])?;
    if matches!(name, "properties" | "components" | "boundaries") {
        return None;
    }
    Some(one(frame.model, rest, &[], Among::Live).and_then(|id| match id.kind.field(name) {
        Some(_) => Ok(Act::Edit { id, sets: vec![(name.to_owned(), String::new())] }),
        None => Err(no_field(id.kind, name)),
    }))
}

/// Kinds of assumptions, as the field has them.
pub(super) const EXTERNAL: &str = AssumptionKind::External.word();
