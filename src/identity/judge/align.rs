//! Two readings brought to the same concepts: slips of the pen, joined words, acronyms made of initials.

use super::lexicon::{Traits, lexicon};
use super::reading::{Reading, Term};
use std::ops::Range;

/// Gives both readings one concept where two spellings are the same word.
pub(super) fn align(old: &mut Reading, new: &mut Reading) {
    forgive_slips(old, new);
    forgive_slips(new, old);
    for merged in [joined, initials] {
        merge(old, new, merged);
        merge(new, old, merged);
    }
}

/// Gives every misspelt word of `wrong` the concept of the word that `right` has in its place.
fn forgive_slips(wrong: &mut Reading, right: &Reading) {
    for term in wrong.terms.iter_mut().filter(|term| !right.has(&term.concept)) {
        if let Some(meant) = right.terms.iter().find(|meant| is_slip(&term.shown, &meant.shown)) {
            term.concept.clone_from(&meant.concept);
            term.traits = meant.traits;
        }
    }
}

/// Whether `wrong` is a slip of the pen for `right`: one letter missing or added or two neighbours exchanged, not at the start, in a long
/// word; `right` is a word and `wrong` is none. `contact` and `contract` are both words and so no slip.
fn is_slip(wrong: &str, right: &str) -> bool {
    let letters = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
    wrong.len().max(right.len()) >= 6
        && wrong.as_bytes()[0] == right.as_bytes()[0]
        && letters(wrong)
        && letters(right)
        && (lacks_one(wrong, right) || lacks_one(right, wrong) || exchanged(wrong, right))
        && lexicon().is_known(right)
        && !lexicon().is_word(wrong)
}

/// Whether `short` is `long` without one letter.
fn lacks_one(short: &str, long: &str) -> bool {
    let at = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    short.len() + 1 == long.len() && short.as_bytes()[at..] == long.as_bytes()[at + 1..]
}

/// Whether the words differ by two neighbouring letters in the other order.
fn exchanged(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let at = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    one.len() == other.len()
        && at + 1 < one.len()
        && one[at] == other[at + 1]
        && one[at + 1] == other[at]
        && one[at + 2..] == other[at + 2..]
}

/// Rewrites every run of terms of `long` that `matches` one term of `short` as that term.
fn merge(long: &mut Reading, short: &Reading, matches: fn(&[Term], &Term) -> bool) {
    let missing = |term: &&Term| !long.has(&term.concept);
    let wanted: Vec<Term> = short.terms.iter().filter(missing).cloned().collect();
    for term in wanted {
        if let Some(run) = find_run(&long.terms, short, &term, matches) {
            let shown: Vec<String> = long.terms[run.clone()].iter().map(|t| t.shown.clone()).collect();
            let place = long.terms[run.start].phrase;
            let span = (long.terms[run.start].span.0, long.terms[run.end - 1].span.1);
            let negated = long.terms[run.clone()].iter().any(|term| term.negated);
            let one = Term { shown: shown.join(" "), phrase: place, span, negated, ..term };
            long.terms.splice(run, [one]);
        }
    }
}

fn find_run(
    terms: &[Term],
    short: &Reading,
    wanted: &Term,
    matches: fn(&[Term], &Term) -> bool,
) -> Option<Range<usize>> {
    let starts = (0..terms.len()).filter(|at| !short.has(&terms[*at].concept));
    let runs = starts.flat_map(|from| (from + 1..=terms.len().min(from + 6)).map(move |to| from..to));
    runs.into_iter().find(|run| matches(&terms[run.clone()], wanted))
}

/// `web hook` and `webhook`, `10 MB` and `10MB`.
fn joined(run: &[Term], wanted: &Term) -> bool {
    let mut rest = wanted.shown.as_str();
    for term in run {
        for word in term.shown.split(' ') {
            match rest.strip_prefix(word) {
                Some(after) => rest = after.trim_start(),
                None => return false,
            }
        }
    }
    rest.is_empty() || (rest == "s" && run.len() > 1)
}

/// `MSF` and `merchant settlement file`; never for an acronym that the table gives another meaning.
fn initials(run: &[Term], wanted: &Term) -> bool {
    let acronym = wanted.shown.as_str();
    if !(3..=6).contains(&acronym.len()) || run.len() < 2 || lexicon().is_word(acronym) {
        return false;
    }
    if run.iter().any(|term| term.traits.any(Traits::SCOPE) || term.negated) {
        return false;
    }
    let words = run.iter().flat_map(|term| term.shown.split(' '));
    words.filter_map(|word| word.chars().next()).eq(acronym.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_word_and_one_that_is_none() {
        assert!(is_slip("databse", "database"));
        assert!(is_slip("certifcate", "certificate"));
        assert!(!is_slip("certificate", "certifcate"));
        assert!(is_slip("cutsomer", "customer") && is_slip("tokenn", "token") && !is_slip("tokem", "token"));
        assert!(!is_slip("contact", "contract"));
        assert!(!is_slip("employer", "employee"));
        assert!(!is_slip("foobarbaz", "foobarbax"));
        assert!(!is_slip("red", "rad"));
    }

    #[test]
    fn joined_words_and_initials_meet() {
        let mut old = Reading::of("Merchant settlement file and web hook");
        let mut new = Reading::of("MSF and webhook");
        align(&mut old, &mut new);
        let concepts = |r: &Reading| r.terms.iter().map(|t| t.concept.clone()).collect::<Vec<_>>();
        assert_eq!(concepts(&old), concepts(&new));
    }
}
