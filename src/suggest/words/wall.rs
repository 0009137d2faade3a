//! What a boundary lets through: whether it is sealed, and which vectors pass.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, named, one, titled};
use super::nouns::{ARTICLES, after, parted};
use super::stop::Stop;
use super::token::{Gap, Token};
use crate::model::{Id, Kind, Value, Vector};

/// The vectors that words name; everything and nothing are words too.
pub(super) fn vectors(words: &[Token]) -> Option<String> {
    let known = |token: &Token| Vector::WORDS.iter().copied().find(|word| token.is(word));
    let filler = |token: &Token| {
        token.any(&["only", "and", "or", "attacks", "traffic", "vectors", "vector", "through", "but", "also", "just"])
            || token.any(ARTICLES)
    };
    match words {
        [word] if word.any(&["nothing", "none"]) => Some(String::new()),
        [word] if word.any(&["everything", "anything", "all"]) => Some("*".to_owned()),
        _ => {
            let found: Vec<&str> = words.iter().filter_map(known).collect();
            let whole = words.iter().all(|token| known(token).is_some() || filler(token));
            (whole && !found.is_empty()).then(|| found.join(","))
        }
    }
}

/// `TB2 passes network only` is all that it passes; `TB2 passes physical` is one more.
fn passed(frame: &Frame<'_>, id: Id, said: String) -> Result<Act, Stop> {
    let only = frame.words.iter().any(|token| token.any(&["only", "just"]));
    let held = frame.model.entities.get(&id).and_then(|entity| entity.value("passes"));
    let mut all: Vec<String> =
        held.iter().filter_map(Value::as_list).flatten().filter_map(Value::as_text).map(str::to_owned).collect();
    if only || said.is_empty() || said == "*" || all.is_empty() {
        return Ok(Act::Edit { id, sets: vec![("passes".to_owned(), said)] });
    }
    let new: Vec<String> =
        said.split(',').filter(|one| !all.iter().any(|held| held == one)).map(str::to_owned).collect();
    if new.is_empty() {
        let message = format!("{} passes {} already", titled(frame.model, id), said.replace(',', " and "));
        return Err(Stop::unclear(message).example(format!("{id} passes only {}", said.replace(',', " and "))));
    }
    all.extend(new);
    Ok(Act::Edit { id, sets: vec![("passes".to_owned(), all.join(","))] })
}

/// What says that a boundary is not sealed.
pub(super) const OPEN: &[&str] =
    &["is not sealed", "is no longer sealed", "isn't sealed", "as not sealed", "as unsealed", "is unsealed"];
pub(super) const LETS: &[&str] = &[
    "passes only",
    "only passes",
    "passes",
    "pass only",
    "pass",
    "lets through",
    "lets only",
    "lets",
    "only lets through",
    "should pass",
    "should only pass",
    "lets through only",
];

/// `Seal TB5`, `TB8 is not sealed`, `TB2 passes network only`.
pub(super) fn boundary(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    let sealed = |what: &[Token], sealed: bool| {
        let id = one(frame.model, what, &[Kind::Boundary], Among::Live);
        Some(id.map(|id| Act::Edit { id, sets: vec![("sealed".to_owned(), sealed.to_string())] }))
    };
    if frame.verb == Verb::None
        && let Some(what) = after(words, &["seal", "seal off"])
    {
        return sealed(what, true);
    }
    if frame.verb == Verb::None
        && let Some(what) = after(words, &["unseal"])
    {
        return sealed(what, false);
    }
    let made = words
        .split_last()
        .filter(|(last, what)| frame.verb == Verb::Set && !what.is_empty() && last.any(&["sealed", "unsealed"]));
    if let Some((last, what)) = made {
        return sealed(what, last.is("sealed"));
    }
    if !matches!(frame.verb, Verb::None | Verb::Mark | Verb::Cover) {
        return None;
    }
    let shut = ["is sealed", "as sealed", "is now sealed", "should be sealed", "must be sealed"];
    if let Some((what, _)) = parted(words, OPEN) {
        return sealed(what, false);
    }
    if let Some((what, _)) = parted(words, &shut) {
        return sealed(what, true);
    }
    passes(frame, words)
}

fn passes(frame: &Frame<'_>, words: &[Token]) -> Option<Result<Act, Stop>> {
    let (what, value) = parted(words, LETS).filter(|(what, _)| !what.is_empty())?;
    let Named::One(id) = named(frame.model, what, &[Kind::Boundary], Among::Live) else { return None };
    let value = match value {
        [rest @ .., last] if last.is("through") => rest,
        _ => value,
    };
    let end = value.iter().position(|token| {
        token.before >= Gap::Comma && !token.is("and") && Vector::WORDS.iter().all(|word| !token.is(word))
    });
    let value = end.map_or(value, |end| &value[..end]);
    Some(match vectors(value) {
        Some(vectors) => passed(frame, id, vectors),
        None => Err(Stop::unclear(format!("what does {} let through?", titled(frame.model, id)))
            .hint(format!("{}, everything or nothing", Vector::WORDS.join(", ")))),
    })
}
