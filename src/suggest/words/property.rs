//! Which security properties an asset lists, and which a control protects.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, a, one, titled};
use super::nouns::{after, parted, starts};
use super::place::still;
use super::rate::{listing, only_properties, properties};
use super::stop::Stop;
use super::token::{Gap, Token};
use crate::model::{Body, Id, Kind, Property};

/// What becomes of a property.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    On,
    Off,
}

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    match frame.verb {
        Verb::Place if parted(words, TAKEN).is_some_and(|(what, _)| only_properties(what)) => {
            split(words, TAKEN).map(|(what, of)| change(frame, what, of, Turn::Off))
        }
        Verb::Add | Verb::Place => {
            split(words, &["to", "on", "onto", "for"]).map(|(what, of)| change(frame, what, of, Turn::On))
        }
        Verb::Remove => split(words, &["from", "of", "on", "off", "out of", "for"])
            .map(|(what, of)| change(frame, what, of, Turn::Off)),
        Verb::Set | Verb::Mark => give(frame, words),
        Verb::None => stated(frame, words),
        _ => None,
    }
    .or_else(|| alone(frame))
}

const TAKEN: &[&str] = &["away from", "out of", "from", "off"];

/// The properties before one of the words, and the entity after it.
fn split<'t>(words: &'t [Token], at: &[&str]) -> Option<(&'t [Token], &'t [Token])> {
    parted(words, at).filter(|(what, _)| only_properties(what) || unknown_property(what).is_some())
}

/// `the freshness property`: a property there is not.
fn unknown_property(words: &[Token]) -> Option<&Token> {
    let [.., name, noun] = words else { return None };
    (noun.any(&["property", "properties"])
        && words.len() <= 3
        && !name.any(super::nouns::ARTICLES)
        && super::nouns::property(name).is_none())
    .then_some(name)
}

/// `give A5 availability`, `mark A5 as confidential`, `let A5 have usage`.
fn give<'t>(frame: &Frame<'_>, words: &'t [Token]) -> Option<Result<Act, Stop>> {
    let from = (1..words.len()).find(|from| only_properties(&words[*from..]))?;
    let of: &'t [Token] = &words[..from];
    let of = match of.last() {
        Some(last) if last.any(&["as", "have", "with"]) => &of[..of.len() - 1],
        _ => of,
    };
    // `Set the integrity of A5 to …` is a rating.
    (!of.is_empty() && parted(of, &["of", "to"]).is_none()).then(|| change(frame, &words[from..], of, Turn::On))
}

pub(super) const OFF: &[&str] = &[
    "no longer has",
    "no longer needs",
    "does not need",
    "do not need",
    "don't need",
    "do not have",
    "don't have",
    "doesn't need",
    "does not have",
    "doesn't have",
    "has no",
    "needs no",
    "no longer protects",
    "does not protect",
    "doesn't protect",
    "without",
    "loses",
    "remove",
    "drop",
    "delete",
    "minus",
    "no longer",
    "does not matter for",
    "is not about",
];
pub(super) const ON: &[&str] = &[
    "needs",
    "need",
    "has",
    "have",
    "requires",
    "require",
    "protects",
    "protect",
    "must have",
    "should have",
    "must be",
    "should be",
    "has to be",
    "also needs",
    "also has",
    "also protects",
    "add",
    "gets",
    "gains",
    "also matters for",
    "plus",
    "with",
    "wants",
    "should protect",
    "also helps",
    "helps",
    "should list",
    "lists",
];

pub(super) const MATTERS: &[&str] = &[
    "matters for",
    "is important for",
    "is needed for",
    "is required for",
    "counts for",
    "matters to",
    "is a must for",
];

/// `A15 no longer has confidentiality`, `release images: add availability`, `C9 protects availability`.
fn stated(frame: &Frame<'_>, words: &[Token]) -> Option<Result<Act, Stop>> {
    if let Some(said) = said_again(frame, words) {
        return Some(said);
    }
    if let Some((what, of)) = parted(words, MATTERS).filter(|(what, of)| only_properties(what) && !of.is_empty()) {
        return Some(change(frame, what, still(of), Turn::On));
    }
    for (phrases, turn) in [(OFF, Turn::Off), (ON, Turn::On)] {
        if let Some((of, what)) = parted(words, phrases)
            && !of.is_empty()
            && only_properties(what)
        {
            return Some(change(frame, what, of, turn));
        }
    }
    None
}

/// `Webhooks need availability too: add it to A7`: what follows the colon says of which.
fn said_again(frame: &Frame<'_>, words: &[Token]) -> Option<Result<Act, Stop>> {
    let (before, again) = words.iter().position(|token| token.before == Gap::Colon).map(|at| words.split_at(at))?;
    let (to, turn) = match (after(again, &["add it to"]), after(again, &["remove it from", "drop it from"])) {
        (Some(to), _) => (to, Turn::On),
        (None, Some(to)) => (to, Turn::Off),
        (None, None) => return None,
    };
    let property = before.iter().find(|token| super::nouns::property(token).is_some())?;
    Some(change(frame, std::slice::from_ref(property), to, turn))
}

/// A property that is to go or to come, and no word of which asset.
fn alone(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let acts = matches!(frame.verb, Verb::Add | Verb::Remove);
    let named =
        only_properties(frame.words) || unknown_property(frame.words).is_some() || starts(frame.words, "the property");
    let lone = named || frame.words.iter().all(|token| token.any(&["the", "a", "property", "properties"]));
    (acts && lone && !frame.words.is_empty()).then(|| {
        Err(Stop::unclear("of which asset, and which property?").example("Remove the availability property from A6"))
    })
}

fn change(frame: &Frame<'_>, what: &[Token], of: &[Token], turn: Turn) -> Result<Act, Stop> {
    let (of, _) = frame.with_reason(of);
    let asset = one(frame.model, of, &[Kind::Asset], Among::Live);
    let id = asset.or_else(|stop| one(frame.model, of, &[Kind::Control], Among::Live).map_err(|_| stop))?;
    super::remove::several(frame, of)?;
    let said = properties(what);
    if said.is_empty() {
        let name = unknown_property(what).map(|name| name.text.clone()).unwrap_or_default();
        return Err(Stop::unclear(format!("`{name}` is no property"))
            .hint("confidentiality (C), integrity (I), availability (A), usage (U)"));
    }
    match id.kind {
        Kind::Control => protects(frame, id, &said, turn),
        _ => {
            has(frame, id, &said, turn)?;
            Ok(Act::Edit { id, sets: vec![("properties".to_owned(), listing(frame, id, &said, turn == Turn::On)?)] })
        }
    }
}

/// What is so already is said, not written.
fn has(frame: &Frame<'_>, id: Id, said: &[(Property, Option<&str>)], turn: Turn) -> Result<(), Stop> {
    let entity = frame.model.entities.get(&id);
    let Some(Body::Asset(asset)) = entity.map(|entity| &entity.body) else { return Ok(()) };
    let listed =
        |(property, _): &&(Property, Option<&str>)| asset.properties.0.contains_key(property) == (turn == Turn::On);
    match said.iter().find(listed) {
        Some((property, _)) if said.len() == 1 => {
            let title = titled(frame.model, id);
            let message = match turn {
                Turn::On => format!("{title} lists {} already", property.meaning()),
                Turn::Off => format!("{title} does not list {}", property.meaning()),
            };
            let listed: Vec<&str> = asset.properties.0.keys().map(|property| property.meaning()).collect();
            Err(Stop::unclear(message).hint(format!("it lists: {}", listed.join(", "))))
        }
        _ => Ok(()),
    }
}

fn protects(frame: &Frame<'_>, id: Id, said: &[(Property, Option<&str>)], turn: Turn) -> Result<Act, Stop> {
    let entity = frame.model.entities.get(&id);
    let Some(Body::Control(control)) = entity.map(|entity| &entity.body) else {
        return Err(Stop::unclear(format!("{id} is {}", a(id.kind.noun()))));
    };
    if control.protects.is_empty() && turn == Turn::On {
        let title = titled(frame.model, id);
        return Err(Stop::unclear(format!("{title} protects every property of what it covers already"))
            .example(format!("Set the protects of {id} to availability")));
    }
    let touched = |property: &Property| said.iter().any(|(one, _)| one == property);
    let all: Vec<Property> = match control.protects.is_empty() && turn == Turn::Off {
        true => Property::ALL.to_vec(),
        false => control.protects.iter().copied().collect(),
    };
    let kept = Property::ALL.iter().filter(|property| match turn {
        Turn::On => all.contains(property) || touched(property),
        Turn::Off => all.contains(property) && !touched(property),
    });
    let letters: Vec<&str> = kept.map(|property| property.word()).collect();
    Ok(Act::Edit { id, sets: vec![("protects".to_owned(), letters.join(","))] })
}
