//! Command-line text into values: `name=…`, `properties=C,I`, `blast_radius=cascading`.

use super::command::{self, BLANK};
use super::literal::Literal;
use super::near::did_you_mean;
use super::{Refusal, Sets, Why, fields};
use crate::model::{Factor, Id, Kind, Level, Levels, Model, Shape, Value};

/// `key=value` words for `add` and `edit`. Factor keys such as `blast_radius` are read as well: `add`
/// takes them as base factors, `edit` refuses them with the command that changes them.
pub fn parse_sets<S: AsRef<str>>(model: &Model, kind: Kind, words: &[S]) -> Result<Sets, Refusal> {
    let mut sets = Sets::new();
    for word in words {
        let (name, text) = split(word.as_ref())?;
        let value = parse_field(model, kind, name, text)?;
        if sets.insert(name.to_owned(), value).is_some() {
            return Err(Refusal::new(Why::Value, format!("{name} is set twice")));
        }
    }
    Ok(sets)
}

/// One field. Empty text clears it (`None`), except for a boundary's `passes`: empty = it lets nothing
/// through, `*` = it lets everything through, which the file says by leaving the key out.
pub fn parse_field(model: &Model, kind: Kind, name: &str, text: &str) -> Result<Option<Value>, Refusal> {
    let text = text.trim();
    if let Some(factor) = factor(kind, name) {
        return level(kind, factor, text).map(|level| Some(Value::text(level.name)));
    }
    let field = fields::find(kind, name)?;
    fields::guarded(kind, name)?;
    match (kind, field.name, text) {
        (Kind::Boundary, "passes", "") => return Ok(Some(Value::List(Vec::new()))),
        (Kind::Boundary, "passes", "*") | (_, _, "") => return Ok(None),
        _ => {}
    }
    let value = Literal { model, field: field.name }.read(field.shape, text).map_err(|refusal| match field.name {
        "impact" | "likelihood" if !text.contains('=') => rated(model, kind, field.name),
        _ => refusal,
    })?;
    match (field.shape, value) {
        (Shape::Flag, Value::Flag(false)) => Ok(None),
        (_, value) => fields::canonical(kind, field.name, &value).map(Some),
    }
}

/// `factor=level` words for `rate`.
pub fn parse_factors<S: AsRef<str>>(kind: Kind, words: &[S]) -> Result<Levels, Refusal> {
    let mut levels = Levels::new();
    for word in words {
        let (name, text) = split(word.as_ref())?;
        let factor = factor(kind, name).ok_or_else(|| unknown(kind, name))?;
        if levels.insert(factor, level(kind, factor, text.trim())?).is_some() {
            return Err(Refusal::new(Why::Value, format!("{name} is set twice")));
        }
    }
    Ok(levels)
}

/// The factor of this name that entities of the kind are rated by.
pub(super) fn factor(kind: Kind, name: &str) -> Option<Factor> {
    Factor::of(factors(kind), name)
}

/// What entities of the kind are rated by.
pub(super) fn factors(kind: Kind) -> &'static [Factor] {
    match kind {
        Kind::Asset => &Factor::OF_ASSET,
        Kind::Attacker => &Factor::LIKELIHOOD,
        _ => &[],
    }
}

/// A whole rating in one word: there is none, it is made of factors.
fn rated(model: &Model, kind: Kind, name: &str) -> Refusal {
    let own = |factor: &&Factor| super::overlay::property(**factor).is_none();
    let sets =
        factors(kind).iter().filter(own).flat_map(|factor| ["--set".to_owned(), format!("{}={BLANK}", factor.name())]);
    let words: Vec<String> = ["rate", BLANK]
        .map(str::to_owned)
        .into_iter()
        .chain(sets)
        .chain(["--reason", BLANK].map(str::to_owned))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let message = format!("{name} is made of factors, and changes by a revision with a reason");
    Refusal::new(Why::Rating, message).hint(command::on(&model.id, &words))
}

fn unknown(kind: Kind, name: &str) -> Refusal {
    let names: Vec<&str> = factors(kind).iter().map(|factor| factor.name()).collect();
    let message = match names.as_slice() {
        [] => format!("only assets and attackers are rated, and this is {}", super::sentence::a(kind.noun())),
        _ => {
            format!("`{name}` is no factor of {}{}", super::sentence::a(kind.noun()), did_you_mean(name, names.clone()))
        }
    };
    let refusal = Refusal::new(Why::Field, message);
    if names.is_empty() { refusal } else { refusal.hint(names.join(", ")) }
}

/// The level of a factor by its name.
pub(super) fn level(kind: Kind, factor: Factor, text: &str) -> Result<Level, Refusal> {
    if let Some(level) = factor.level(text) {
        return Ok(level);
    }
    let names: Vec<&str> = factor.levels().iter().map(|level| level.name).collect();
    let letter = factor.name();
    let message = match text {
        "none" if kind == Kind::Asset => {
            format!("{letter}=none is not a rating: a property that does not matter is left out of `properties`")
        }
        _ if text.contains(',') => {
            format!("`{text}` is more than a level of {letter}: write --set once for each factor")
        }
        _ => format!("`{text}` is no level of {letter}{}", did_you_mean(text, names.clone())),
    };
    Err(Refusal::new(Why::Value, message).hint(format!("{letter}={}", names.join("|"))))
}

fn split(word: &str) -> Result<(&str, &str), Refusal> {
    let malformed = || Refusal::new(Why::Value, format!("`{word}` is not `field=value`"));
    let (name, text) = word.split_once('=').ok_or_else(malformed)?;
    if name.trim().is_empty() { Err(malformed()) } else { Ok((name.trim(), text)) }
}

/// `NEW-…` aside, an ID as people mistype it: `a1`, `A01`.
pub(super) fn mistyped(text: &str) -> Option<Id> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = upper.split_at(digits);
    Id::parse(&format!("{prefix}{}", number.trim_start_matches('0')))
}
