//! The same words in another order: a new sentence, or exchanged roles?

use super::compare::Pair;
use super::reading::{Opening, Reading, Term};
use super::{Judgement, Verdict};
use std::collections::HashMap;

/// Words that place what follows; each says another thing than the others of its line.
const PLACES: [&[&str]; 8] = [
    &["from", "to", "by", "into"],
    &["from", "for"],
    &["from", "on"],
    &["by", "for"],
    &["for", "against"],
    &["before", "after", "until", "during"],
    &["in", "inside", "within", "outside", "beyond", "behind"],
    &["above", "below", "under", "over"],
];

/// Words that speak of the very next word: `only admins read` is not `admins read only`.
const POINTING: [&str; 12] =
    ["only", "sole", "exclus", "some", "most", "mani", "few", "sever", "certain", "at_least", "at_most", "part"];

/// What the order of words and the words between them give away; nothing when they say the same.
pub(super) fn exchanged(pair: &Pair) -> Option<Judgement> {
    let doubt = |why| Judgement::new(Verdict::Unsure, why);
    replaced(pair).or_else(|| pointed(pair).or_else(|| roles(pair)).or_else(|| small(pair)).map(doubt))
}

/// `before deployment` became `after deployment`, `from the gateway` became `to the gateway`.
fn replaced(pair: &Pair) -> Option<Judgement> {
    let before = places(&pair.old);
    let after: HashMap<&str, (&str, &str)> = places(&pair.new).into_iter().rev().collect();
    for (concept, (old, shown)) in before {
        let Some((new, _)) = after.get(concept) else { continue };
        let exclude = |line: &&[&str]| line.contains(&old) && line.contains(new);
        if old != *new && PLACES.iter().any(exclude) {
            let why = format!("`{old} {shown}` became `{new} {shown}`");
            return Some(Judgement::new(Verdict::Different, why));
        }
    }
    None
}

/// The first term of every phrase a placing word opens: its concept, the word and the term as written.
fn places(reading: &Reading) -> Vec<(&str, (&str, &str))> {
    let first = |at: &usize| *at == 0 || reading.terms[*at].phrase != reading.terms[at - 1].phrase;
    let placed = (0..reading.terms.len()).filter(first).map(|at| &reading.terms[at]);
    placed
        .map(|term| (term.concept.as_str(), (role(reading, term), term.shown.as_str())))
        .filter(|(_, (marker, _))| PLACES.iter().any(|line| line.contains(marker)))
        .collect()
}

/// A number, or a word like `only`, that now speaks of another word.
fn pointed(pair: &Pair) -> Option<String> {
    let moved = |term: &&Term| {
        let number = term.is_number();
        let points = number || POINTING.contains(&term.concept.as_str());
        let (old_before, old_after) = neighbours(&pair.old, &term.concept);
        let (new_before, new_after) = neighbours(&pair.new, &term.concept);
        let stays = old_after == new_after || (number && old_before.is_some() && old_before == new_before);
        points && pair.new.has(&term.concept) && !stays
    };
    let term = pair.old.terms.iter().find(moved)?;
    Some(format!("`{}` now speaks of another word", term.shown))
}

fn neighbours<'a>(reading: &'a Reading, concept: &str) -> (Option<&'a str>, Option<&'a str>) {
    let at = reading.terms.iter().position(|term| term.concept == concept).unwrap_or(usize::MAX - 1);
    let name = |at: Option<usize>| Some(reading.terms.get(at?)?.concept.as_str());
    (name(at.checked_sub(1)), name(at.checked_add(1)))
}

/// Two words that took each other's part in the sentence.
fn roles(pair: &Pair) -> Option<String> {
    let old = sequence(&pair.old, &pair.new);
    let new = sequence(&pair.new, &pair.old);
    let swap = |(x, y): (&Term, &Term)| format!("`{}` and `{}` changed places", x.shown, y.shown);
    crossed(pair, &old, &new)
        .or_else(|| owners(&pair.old, &pair.new))
        .or_else(|| compounds(&pair.old, &pair.new))
        .map(swap)
        .or_else(|| sooner(pair))
        .or_else(|| agent(&pair.old, &pair.new))
        .or_else(|| agent(&pair.new, &pair.old))
}

/// A pair of words that stands round a third and changed sides, each taking the marker of the other: `users read messages of admins`. A
/// passive (`by`), or a list in another order, takes other markers and is no exchange.
fn crossed<'a>(pair: &Pair, old: &[&'a Term], new: &[&Term]) -> Option<(&'a Term, &'a Term)> {
    let at: HashMap<&str, (usize, &Term)> =
        new.iter().enumerate().map(|(at, term)| (term.concept.as_str(), (at, *term))).collect();
    for (from, x) in old.iter().enumerate() {
        for (to, y) in old.iter().enumerate().skip(from + 2) {
            let ((x_at, x_new), (y_at, y_new)) = (at[x.concept.as_str()], at[y.concept.as_str()]);
            let exchanged =
                role(&pair.old, x) == role(&pair.new, y_new) && role(&pair.old, y) == role(&pair.new, x_new);
            if y_at >= x_at || !exchanged || listed(&pair.old, x, y) {
                continue;
            }
            let between = |term: &&Term| (y_at..x_at).contains(&at[term.concept.as_str()].0);
            if old[from + 1..to].iter().any(between) {
                return Some((x, y));
            }
        }
    }
    None
}

/// `the key of the tenant` and `the tenant of the key`.
fn owners<'a>(old: &'a Reading, new: &Reading) -> Option<(&'a Term, &'a Term)> {
    let of = |reading: &Reading, pair: &[Term]| pair[0].phrase != pair[1].phrase && role(reading, &pair[1]) == "of";
    let found = old.terms.windows(2).filter(|pair| of(old, pair)).find(|a| {
        let reverse = |b: &[Term]| a[0].concept == b[1].concept && a[1].concept == b[0].concept;
        new.terms.windows(2).any(|b| of(new, b) && reverse(b))
    })?;
    Some((&found[0], &found[1]))
}

/// `the backup key` and `the key backup`; at the start of a text it may be a verb with its object and is let pass.
fn compounds<'a>(old: &'a Reading, new: &Reading) -> Option<(&'a Term, &'a Term)> {
    let joined =
        |pair: &[Term]| pair[0].span.0 > 0 && pair[0].span.1 == pair[1].span.0 && pair[0].phrase == pair[1].phrase;
    let bare = |term: &Term| term.shown.trim_end_matches('s').to_owned();
    let found = old.terms.windows(2).filter(|pair| joined(pair)).find(|a| {
        let reverse = |b: &[Term]| bare(&a[0]) == bare(&b[1]) && bare(&a[1]) == bare(&b[0]);
        new.terms.windows(2).any(|b| joined(b) && reverse(b))
    })?;
    Some((&found[0], &found[1]))
}

/// `the gateway is trusted by the ledger` and `the gateway trusts the ledger`: who stands after `by` on one side must stand before the
/// verb on the other.
fn agent(passive: &Reading, active: &Reading) -> Option<String> {
    let place = |concept: &str| active.terms.iter().position(|term| term.concept == concept);
    for pair in passive.terms.windows(2) {
        let (verb, doer) = (&pair[0], &pair[1]);
        if doer.phrase == verb.phrase || role(passive, doer) != "by" {
            continue;
        }
        let (Some(verb_at), Some(doer_at)) = (place(&verb.concept), place(&doer.concept)) else { continue };
        let means = ["by", "with", "using", "via", "through", "of", "from"];
        if doer_at > verb_at && !means.contains(&role(active, &active.terms[doer_at])) {
            return Some(format!("`{}` acts on one side and is acted on on the other", doer.shown));
        }
    }
    None
}

/// `scanned before they are stored` and `stored before they are scanned`.
fn sooner(pair: &Pair) -> Option<String> {
    let after = |reading: &Reading, marker: &str| -> Vec<String> {
        let placed = places(reading).into_iter().filter(|(_, (word, _))| *word == marker);
        placed.map(|(concept, _)| concept.to_owned()).collect()
    };
    ["before", "after", "until"].into_iter().find_map(|marker| {
        let (old, new) = (after(&pair.old, marker), after(&pair.new, marker));
        let moved = !old.is_empty() && !new.is_empty() && old != new;
        moved.then(|| format!("something else stands after `{marker}` now"))
    })
}

/// `and` became `or`.
fn small(pair: &Pair) -> Option<String> {
    let same_words = pair.gone.is_empty() && pair.come.is_empty();
    (same_words && pair.old.has_or != pair.new.has_or).then(|| "`or` and `and` changed places".to_owned())
}

/// The terms both readings have, each at its first place.
fn sequence<'a>(reading: &'a Reading, other: &Reading) -> Vec<&'a Term> {
    let mut out: Vec<&Term> = Vec::new();
    for term in reading.terms.iter().filter(|term| other.has(&term.concept)) {
        if !out.iter().any(|seen| seen.concept == term.concept) {
            out.push(term);
        }
    }
    out
}

fn role<'a>(reading: &'a Reading, term: &Term) -> &'a str {
    reading.phrase_of(term).marker.as_str()
}

/// Whether everything from `x` to `y` is a plain list, whose order says nothing.
fn listed(reading: &Reading, x: &Term, y: &Term) -> bool {
    (x.phrase + 1..=y.phrase).all(|phrase| {
        let item = reading.terms.iter().filter(|term| term.phrase == phrase).count() == 1;
        item && matches!(reading.phrases[phrase].opening, Opening::Joining | Opening::Comma)
    }) && x.phrase < y.phrase
}
