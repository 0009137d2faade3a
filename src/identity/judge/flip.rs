//! Small words that turn a meaning: negations, opposites, numbers, words that choose.

use super::compare::{Pair, quote};
use super::lexicon::{Traits, lexicon};
use super::reading::{Reading, Term};
use super::{Judgement, Verdict};

const PREFIXES: [&str; 10] = ["un", "in", "im", "ir", "il", "non", "dis", "de", "mis", "anti"];

/// The meaning turned: a negation came or went, or a word gave way to its opposite.
pub(super) fn turned(pair: &Pair) -> Option<Judgement> {
    negation(pair).or_else(|| opposite(pair)).map(|why| Judgement::new(Verdict::Different, why))
}

/// Something that may choose another subject changed: a number, a word of scope, the opposite of a word that stayed.
pub(super) fn doubtful(pair: &Pair) -> Option<Judgement> {
    number(pair)
        .or_else(|| scope(pair))
        .or_else(|| beside_its_opposite(pair))
        .map(|why| Judgement::new(Verdict::Unsure, why))
}

fn negation(pair: &Pair) -> Option<String> {
    let flips = |a: &Reading, b: &Reading| {
        let term = a.terms.iter().find(|term| {
            let of = |reading: &Reading, negated| {
                reading.terms.iter().any(|t| t.concept == term.concept && t.negated == negated)
            };
            term.negated && b.has(&term.concept) && !of(b, true) && !of(a, false)
        })?;
        Some(term.shown.clone())
    };
    let came = flips(&pair.new, &pair.old).map(|word| format!("a negation was added before `{word}`"));
    came.or_else(|| flips(&pair.old, &pair.new).map(|word| format!("the negation before `{word}` is gone")))
}

fn opposite(pair: &Pair) -> Option<String> {
    let (gone, come) =
        pair.gone.iter().find_map(|gone| Some((gone, pair.come.iter().find(|come| excludes(gone, come))?)))?;
    Some(format!("the meaning turned: `{}` became `{}`", gone.shown, come.shown))
}

/// Whether two terms exclude each other, by the list or by a prefix (`trusted`, `untrusted`).
pub(super) fn excludes(one: &Term, other: &Term) -> bool {
    lexicon().opposed(&one.concept, &other.concept)
        || prefixed(&one.shown, &other.shown)
        || prefixed(&other.shown, &one.shown)
}

fn prefixed(long: &str, short: &str) -> bool {
    let tail = |prefix: &str| long.strip_prefix(prefix).map(|rest| rest.trim_start());
    short.len() >= 4 && PREFIXES.iter().any(|prefix| tail(prefix) == Some(short))
}

fn number(pair: &Pair) -> Option<String> {
    let telling = |terms: &[Term]| -> Vec<Term> { terms.iter().filter(|term| term.is_number()).cloned().collect() };
    let (gone, come) = (telling(&pair.gone), telling(&pair.come));
    let cited = |terms: &[Term]| terms.iter().all(|term| term.cited);
    match (gone.as_slice(), come.as_slice()) {
        ([], come) if cited(come) => None,
        (gone, []) if cited(gone) => None,
        ([], come) => Some(format!("a number was added: {}", quote(come))),
        (gone, []) => Some(format!("a number is gone: {}", quote(gone))),
        (gone, come) => Some(format!("a number changed: {} became {}", quote(gone), quote(come))),
    }
}

fn scope(pair: &Pair) -> Option<String> {
    let chooses = |term: &&Term| term.traits.any(Traits::SCOPE);
    let came = pair
        .come
        .iter()
        .find(chooses)
        .map(|term| format!("`{}` was added, which may choose another subject", term.shown));
    came.or_else(|| {
        let term = pair.gone.iter().find(chooses)?;
        Some(format!("`{}` is gone, which may choose another subject", term.shown))
    })
}

fn beside_its_opposite(pair: &Pair) -> Option<String> {
    let contrary = |one: &Term, other: &Term| {
        lexicon().contrary(&one.concept, &other.concept)
            || prefixed(&one.shown, &other.shown)
            || prefixed(&other.shown, &one.shown)
    };
    let beside = |extra: &[Term], all: &Reading| {
        extra.iter().find_map(|term| {
            let kept = |kept: &&Term| pair.is_kept(&kept.concept) && contrary(term, kept);
            let other = all.terms.iter().find(kept)?;
            Some(format!("`{}` stands on one side only, beside its opposite `{}`", term.shown, other.shown))
        })
    };
    beside(&pair.come, &pair.new).or_else(|| beside(&pair.gone, &pair.old))
}
