//! One text says all that the other says, and more: does the rest tell of the subject, or choose another one?

use super::compare::Pair;
use super::lexicon::Traits;
use super::reading::{Opening, Reading, Term};

/// What the text is to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// The only words the entity has: one more thing said is another thing.
    Main,
    /// What an attacker can do: any means added is another attacker.
    Ability,
    /// It stands beside a name.
    Side,
}

/// Why the extra words may have turned or narrowed the subject; nothing when they only say more about it.
pub(super) fn narrows(pair: &Pair, weight: Weight) -> Option<String> {
    let (rich, extra, verb) = match (pair.gone.as_slice(), pair.come.as_slice()) {
        ([], come) => (&pair.new, come, "was added"),
        (gone, _) => (&pair.old, gone, "is gone"),
    };
    let (term, reason) = extra.iter().find_map(|term| Some((term, doubt(rich, extra, term, weight)?)))?;
    let marker = rich.phrase_of(term).marker.as_str();
    let gap = if marker.is_empty() { "" } else { " " };
    Some(format!("`{marker}{gap}{}` {verb}, which may {reason}", term.shown))
}

fn doubt(rich: &Reading, extra: &[Term], term: &Term, weight: Weight) -> Option<&'static str> {
    const NARROW: Option<&str> = Some("narrow or widen the subject");
    const MORE: Option<&str> = Some("say a second thing");
    let phrase = rich.phrase_of(term);
    if term.cited || term.traits.any(Traits::SOFT.or(Traits::REFERENCE)) {
        return None;
    }
    if term.traits.any(Traits::ACTOR) {
        return NARROW;
    }
    match phrase.opening {
        Opening::Elaborating if chooses(&phrase.marker, weight) => NARROW,
        Opening::Elaborating => None,
        Opening::Lead => NARROW,
        Opening::Scoping if phrase.inside => None,
        Opening::Scoping => NARROW,
        Opening::Stop if weight == Weight::Side => None,
        Opening::Comma if weight == Weight::Side && apposed(rich, term) => None,
        Opening::Joining if weight == Weight::Side && follows_addition(rich, extra, term) => None,
        Opening::Joining | Opening::Comma if continues(rich, extra, term) => None,
        Opening::Joining | Opening::Comma | Opening::Stop => MORE,
    }
}

/// Whether what an elaborating word opens may choose: `requests that carry a cookie are checked` is not about all requests.
fn chooses(marker: &str, weight: Weight) -> bool {
    let relative = matches!(marker, "that" | "which" | "who" | "whose" | "whom");
    let means = matches!(marker, "with" | "by" | "via" | "through" | "using" | "including" | "include" | "includes");
    (weight != Weight::Side && relative) || (weight == Weight::Ability && means)
}

/// `used for receipts and resets`: the list item goes on with an addition, it is none to the text as it was.
fn follows_addition(rich: &Reading, extra: &[Term], term: &Term) -> bool {
    let before: Vec<&Term> = rich.terms.iter().filter(|other| other.phrase + 1 == term.phrase).collect();
    let inside = before.first().is_some_and(|first| rich.phrase_of(first).inside);
    inside && before.iter().all(|other| extra.iter().any(|added| added.concept == other.concept))
}

/// `, kept encrypted in the vault`: a participle tells more of the same, a noun is one more thing.
fn apposed(rich: &Reading, term: &Term) -> bool {
    let opener = rich.terms.iter().find(|other| other.phrase == term.phrase);
    opener.is_some_and(|first| {
        let ending = ["ed", "ing"].iter().any(|end| first.shown.ends_with(end));
        ending || matches!(first.shown.as_str(), "kept" | "held" | "sent" | "built" | "made" | "written" | "valid")
    })
}

/// Whether a list item is no statement of its own: `hashed and salted`, `with a slow, salted function`.
fn continues(rich: &Reading, extra: &[Term], term: &Term) -> bool {
    let item: Vec<&Term> = rich.terms.iter().filter(|other| other.phrase == term.phrase).collect();
    let done = item.first().is_some_and(|first| first.shown.ends_with("ed"));
    let elaborated = extra
        .iter()
        .any(|other| other.phrase + 1 == term.phrase && rich.phrases[other.phrase].opening == Opening::Elaborating);
    match item.len() {
        1 => done || elaborated,
        2 => done && elaborated,
        _ => false,
    }
}
