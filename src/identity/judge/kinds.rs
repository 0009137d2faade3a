//! How the fields of each kind are weighed together.

use super::compare::{Pair, quote};
use super::expand::{Weight, narrows};
use super::flip::{doubtful, excludes, turned};
use super::lexicon::Traits;
use super::order::exchanged;
use super::reading::{Reading, Term};
use super::{Fields, Judgement, Subject, Verdict, text};
use crate::text::normal;

/// Below this share of common words two sentences speak of different things.
const STRANGERS: f64 = 0.4;
/// Above this share of common words two names with the same head may be one.
const KIN: f64 = 0.6;
/// Texts of more bytes than this are not compared word by word, so that no file can keep the judge busy.
const LONGEST: usize = 6_000;

pub(super) fn judge(subject: Subject, old: Fields, new: Fields) -> Judgement {
    let read = |fields, name| Reading::of(text(fields, name));
    let endless = |fields| subject.fields().iter().any(|name| text(fields, name).len() > LONGEST);
    if subject != Subject::Model && (endless(old) || endless(new)) {
        return too_long(subject, old, new);
    }
    let pair = |name| Pair::of(read(old, name), read(new, name));
    match subject {
        Subject::Asset => asset(&read(old, "name"), &read(new, "name"), pair("description")),
        Subject::Attacker => {
            attacker(pair("capability"), pair("position"), text(old, "archetype"), text(new, "archetype"))
        }
        Subject::Boundary => label(pair("name"), Traits::TAIL_BOUNDARY),
        Subject::Component => label(pair("name"), Traits::TAIL_COMPONENT),
        Subject::Assumption | Subject::Control => prose(pair("description"), Weight::Main),
        Subject::Model => Judgement::new(Verdict::Different, "the id of a model never changes"),
    }
}

fn too_long(subject: Subject, old: Fields, new: Fields) -> Judgement {
    if subject.fields().iter().all(|name| normal(text(old, name)) == normal(text(new, name))) {
        return same("only case, spaces or punctuation changed");
    }
    unsure("a text is too long to be compared word by word")
}

/// A name: a noun phrase with a head.
fn label(mut pair: Pair, tail: Traits) -> Judgement {
    if pair.is_equal() {
        return same("only case, spaces or punctuation changed");
    }
    if let Some(judgement) = turned(&pair) {
        return judgement;
    }
    let lost_tail = |terms: &[Term], head: Option<&Term>| matches!(terms, [one] if one.traits.any(tail) && head.is_some_and(|h| h.concept == one.concept));
    if (pair.come.is_empty() && lost_tail(&pair.gone, pair.old.head()) && pair.kept > 0)
        || (pair.gone.is_empty() && lost_tail(&pair.come, pair.new.head()) && pair.kept > 0)
    {
        return same("only a word that names the kind of thing came or went");
    }
    let soft = |term: &Term| !term.traits.any(Traits::SOFT);
    pair.gone.retain(soft);
    pair.come.retain(soft);
    heads(&pair).or_else(|| exchanged(&pair)).or_else(|| doubtful(&pair)).unwrap_or_else(|| modifiers(&pair))
}

/// A changed head noun is a changed subject.
fn heads(pair: &Pair) -> Option<Judgement> {
    let (Some(old), Some(new)) = (pair.old.head(), pair.new.head()) else {
        return Some(different("one of the two names says nothing"));
    };
    if old.concept == new.concept {
        return None;
    }
    let stuff = |term: &Term| term.traits.any(Traits::TAIL_ASSET);
    if stuff(old) || stuff(new) {
        return (!pair.gone.is_empty() || !pair.come.is_empty())
            .then(|| unsure(format!("the name now ends in `{}` instead of `{}`", new.shown, old.shown)));
    }
    Some(different(format!("the subject changed: `{}` became `{}`", old.shown, new.shown)))
}

fn modifiers(pair: &Pair) -> Judgement {
    match (pair.gone.as_slice(), pair.come.as_slice()) {
        ([], []) => same("the same words in another form"),
        ([], come) => unsure(format!("{} was added, which may narrow the subject", quote(come))),
        (gone, []) => unsure(format!("{} is gone, which may widen the subject", quote(gone))),
        (gone, come) => {
            let why = format!("{} became {}", quote(gone), quote(come));
            let verdict = if pair.overlap() >= KIN { Verdict::Unsure } else { Verdict::Different };
            Judgement::new(verdict, why)
        }
    }
}

/// A sentence, or what describes a name.
fn prose(mut pair: Pair, weight: Weight) -> Judgement {
    if pair.is_equal() {
        return same("only case, spaces or punctuation changed");
    }
    if let Some(judgement) = turned(&pair).or_else(|| exchanged(&pair)) {
        return judgement;
    }
    if pair.old.is_empty() || pair.new.is_empty() {
        return match weight {
            Weight::Side => doubtful(&pair).unwrap_or_else(|| same("the description was filled in or left out")),
            _ => unsure("one of the two texts is empty"),
        };
    }
    pair.forget_light();
    if pair.gone.is_empty() && pair.come.is_empty() {
        return same("the same words in another form");
    }
    if !pair.gone.is_empty() && !pair.come.is_empty() && pair.overlap() < STRANGERS {
        return different(format!(
            "the text speaks of something else: {} became {}",
            quote(&pair.gone),
            quote(&pair.come)
        ));
    }
    if let Some(judgement) = doubtful(&pair) {
        return judgement;
    }
    if !pair.gone.is_empty() && !pair.come.is_empty() {
        return unsure(format!("{} became {}, which may be another subject", quote(&pair.gone), quote(&pair.come)));
    }
    match narrows(&pair, weight) {
        Some(why) => unsure(why),
        None => same("the same subject with more or fewer words"),
    }
}

fn asset(old_name: &Reading, new_name: &Reading, mut description: Pair) -> Judgement {
    let mut names = Pair::of(old_name.clone(), new_name.clone());
    lift(&mut names, &description);
    let name = label(names, Traits::default());
    if contradicts(old_name, &description.new) || contradicts(new_name, &description.old) {
        return unsure("name and description speak of opposites").max(name);
    }
    let told = description.old.terms.len().min(description.new.terms.len());
    description.forget(old_name, new_name);
    let about = prose(description, Weight::Side);
    match (name.verdict, about.verdict) {
        (Verdict::Same, Verdict::Same) if name.why.starts_with("only") => about,
        (Verdict::Same, Verdict::Same) => name,
        (Verdict::Same, _) => Judgement { verdict: Verdict::Unsure, why: format!("in the description, {}", about.why) },
        (Verdict::Different, Verdict::Same) if told >= 4 && !name.why.contains("turned") => {
            unsure(format!("{}, but the description stayed", name.why))
        }
        _ => name,
    }
}

/// A name may take up words with which the description of the other side begins: `Tokens | OAuth access tokens` names what
/// `OAuth access tokens` names.
fn lift(names: &mut Pair, description: &Pair) {
    let opens = |reading: &Reading, head: Option<&Term>, term: &Term| {
        let lead = reading.terms.first().map(|first| first.phrase);
        let names_it = head.is_some_and(|head| reading.head().is_some_and(|h| h.concept == head.concept));
        names_it && reading.terms.iter().any(|t| Some(t.phrase) == lead && t.concept == term.concept)
    };
    let (old_head, new_head) = (names.old.head().cloned(), names.new.head().cloned());
    names.come.retain(|term| !opens(&description.old, old_head.as_ref(), term));
    names.gone.retain(|term| !opens(&description.new, new_head.as_ref(), term));
}

/// A description that has the opposite of a word of the name, and not the word.
fn contradicts(name: &Reading, description: &Reading) -> bool {
    name.terms.iter().any(|term| {
        let opposite = |other: &Term| other.traits.any(Traits::SCOPE) && excludes(term, other);
        !description.has(&term.concept) && description.terms.iter().any(opposite)
    })
}

fn attacker(capability: Pair, position: Pair, old_type: &str, new_type: &str) -> Judgement {
    let able = prose(capability, Weight::Ability);
    let place = place(position);
    let kind = archetype(old_type, new_type);
    let parts = [&able, &place, &kind];
    let changed = parts.iter().filter(|part| part.verdict != Verdict::Same).count();
    let worst = parts.into_iter().max_by_key(|part| part.verdict).unwrap_or(&able);
    match changed {
        0 => able,
        1 => worst.clone(),
        _ if place.verdict != Verdict::Same && kind.verdict != Verdict::Same => {
            different(format!("{}; {}", place.why, kind.why))
        }
        _ => worst.clone(),
    }
}

fn place(position: Pair) -> Judgement {
    if position.is_equal() || position.old.is_empty() || position.new.is_empty() {
        return same("the position stayed or was filled in");
    }
    let mut judgement = label(position, Traits::TAIL_BOUNDARY);
    judgement.why = format!("in the position, {}", judgement.why);
    judgement
}

fn archetype(old: &str, new: &str) -> Judgement {
    const WITHIN: [&str; 2] = ["insider", "operator"];
    let (old, new) = (normal(old), normal(new));
    if old == new || old.is_empty() || new.is_empty() {
        return same("the archetype stayed or was filled in");
    }
    let why = format!("the archetype changed: `{old}` became `{new}`");
    let crosses = |a: &str, b: &str| WITHIN.contains(&a) && b == "external";
    if crosses(&old, &new) || crosses(&new, &old) { different(why) } else { unsure(why) }
}

fn same(why: &str) -> Judgement {
    Judgement::new(Verdict::Same, why)
}

fn unsure(why: impl Into<String>) -> Judgement {
    Judgement::new(Verdict::Unsure, why)
}

fn different(why: impl Into<String>) -> Judgement {
    Judgement::new(Verdict::Different, why)
}

impl Judgement {
    /// The answer further from `same`.
    fn max(self, other: Judgement) -> Judgement {
        if other.verdict > self.verdict { other } else { self }
    }
}
