//! Another name for an entity or the model.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, a, one, titled};
use super::nouns::{after, parted, parted_last, starts};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Id, Kind};

const INTO: &[&str] = &["to", "as", "into", "to be", "->", "→"];
pub(super) const SAID: &[&str] = &[
    "should be called",
    "should be named",
    "is now called",
    "is called",
    "is now named",
    "will be called",
    "must be called",
    "shall be called",
    "is better called",
    "goes by the name of",
];

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    match frame.verb {
        Verb::Rename => Some(renamed(frame)),
        Verb::None => parted(words, SAID)
            .filter(|(what, name)| !what.is_empty() && !name.is_empty())
            .map(|(what, name)| to(frame, what, name)),
        Verb::Set => {
            let named = after(words, &["the name of", "name of", "the title of"])?;
            let (what, name) = parted(named, INTO)?;
            Some(to(frame, what, name))
        }
        _ => None,
    }
}

fn renamed(frame: &Frame<'_>) -> Result<Act, Stop> {
    let words = frame.words;
    if let Some((what, name)) = pair(words) {
        return to(frame, what, name);
    }
    // `call the model Payments`: the name is what follows the entity.
    if let Some(name) = after(words, &["the model", "this model", "our model", "model"]).filter(|name| !name.is_empty())
    {
        return to(frame, &words[..words.len() - name.len()], name);
    }
    let quoted = words.iter().position(|word| word.quoted).filter(|at| *at > 0 && at + 1 == words.len());
    match (quoted, words) {
        (Some(at), _) => to(frame, &words[..at], &words[at..]),
        (None, [first, rest @ ..]) if super::name::id(first).is_some() && !rest.is_empty() => {
            to(frame, &words[..1], rest)
        }
        _ => Err(Stop::unclear("rename what, and to what?").example("Rename A9 to \"Settlement batches\"")),
    }
}

fn pair(words: &[Token]) -> Option<(&[Token], &[Token])> {
    // The name may hold `to` itself; what is renamed is named in few words, so the first one parts them.
    let found = parted(words, &["to", "->", "→", "into"]).or_else(|| parted_last(words, &["as"]));
    found.filter(|(what, name)| !what.is_empty() && !name.is_empty())
}

fn to(frame: &Frame<'_>, what: &[Token], name: &[Token]) -> Result<Act, Stop> {
    let text = frame.text(name).trim_matches('"').to_owned();
    if text.is_empty() {
        return Err(Stop::unclear("what is the new name?"));
    }
    let model = ["the model", "this model", "our model", "model", "the threat model", "it", "this threat model"];
    if model.iter().any(|noun| starts(what, noun) && what.len() == noun.split(' ').count()) {
        return Ok(Act::Rename { name: text });
    }
    let id = one(frame.model, what, &[], Among::Live)?;
    Ok(Act::Edit { id, sets: vec![(field(frame, id)?.to_owned(), text)] })
}

fn field(frame: &Frame<'_>, id: Id) -> Result<&'static str, Stop> {
    match id.kind {
        Kind::Asset | Kind::Boundary | Kind::Component => Ok("name"),
        Kind::Attacker | Kind::Assumption | Kind::Control => {
            let noun = id.kind.noun();
            let field = if id.kind == Kind::Attacker { "capability" } else { "description" };
            Err(Stop::unclear(format!("{} is {} and has a {field} for a name", titled(frame.model, id), a(noun)))
                .example(format!("Change the {field} of {id} to \"…\"")))
        }
    }
}
