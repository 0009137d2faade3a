//! Words that are taken as they are, such as names and reasons: what may stand in them without quotes.

use std::ops::Range;

use crate::suggest::words::nouns::starts;
use crate::suggest::words::phrases::phrases;
use crate::suggest::words::token::{self, Gap, Token};

/// How free a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freedom {
    /// What something is called: nouns and what belongs to them.
    Name,
    /// What somebody can do, or a text without a sign where it begins.
    Clause,
    /// What stands behind a colon or a `that`: everything, once it has begun.
    Open,
}

/// Whether the words begin with one that turns, weakens, puts off or hangs on something what is said. These words of English
/// are few and get no new ones; adverbs in -ly are made at will, and known by their ending.
pub(in crate::suggest::words) fn doubtful(words: &[Token]) -> bool {
    let [first, ..] = words else { return false };
    let adverb = first.low.len() > 4 && first.low.ends_with("ly") && !first.any(phrases("no adverb"));
    !first.quoted
        && (adverb || first.low.ends_with("n't") || phrases("doubt").iter().any(|phrase| starts(words, phrase)))
}

/// The first word of a text, which stands in a sentence from here to there, that may not stand in it.
pub(super) fn odd<'w>(sentence: &'w [Token], text: &Range<usize>, freedom: Freedom) -> Option<&'w Token> {
    let words = &sentence[text.clone()];
    let doubt = |at: usize| doubtful(&sentence[text.start + at..]);
    let courtesy = |at: usize| words[at].any(&["please", "kindly", "now"]);
    let odd = |at: &usize| match freedom {
        Freedom::Name => doubt(*at) || out_of_name(words, *at) || courtesy(*at),
        Freedom::Clause => (doubt(*at) && !lacking(words, *at)) || courtesy(*at),
        Freedom::Open => {
            let opens = *at == 0 && ((doubt(0) && !begins(words)) || courtesy(0));
            opens || (*at == 1 && words[1].is("that"))
        }
    };
    (0..words.len()).find(odd).map(|at| &words[at])
}

/// Whether a word has no place in a name: it belongs to a sentence, opens a phrase, is an article by itself, or an address.
fn out_of_name(words: &[Token], at: usize) -> bool {
    let token = &words[at];
    let before = at.checked_sub(1).map(|at| &words[at]);
    let opens = at == 0 && token.any(phrases("preposition"));
    let article = token.any(&["a", "an", "the", "our", "another", "this"])
        && before.is_some_and(|before| !before.any(phrases("preposition")));
    let address = !token.quoted && token.text.contains('/') && !token.text.contains(char::is_uppercase);
    opens || article || address || token.quoted || token.any(phrases("no name"))
}

/// `with no credentials`: what somebody does not have is part of what they are.
fn lacking(words: &[Token], at: usize) -> bool {
    let has = ["with", "has", "have", "having", "holding", "and", "or", "without", "needs"];
    let before = at.checked_sub(1).is_some_and(|at| words[at].any(&has));
    words[at].is("without")
        || (words[at].is("no") && before && !words.get(at + 1).is_some_and(|next| next.is("longer")))
}

/// `no browser holds a token`, `only admins have access`: such a sentence may begin like that.
fn begins(words: &[Token]) -> bool {
    let next = words.get(1).is_some_and(|next| !doubtful(&words[1..]) && !next.any(phrases("no name")));
    words[0].any(&["no", "only"]) && next
}

/// Why a reason is none: it hangs on something, or nobody knows.
pub(super) fn hangs(reason: &str) -> Option<String> {
    let words = token::tokens(reason);
    // A second sentence behind the reason may be an instruction: `…, please mark it as implemented`.
    let again = |at: &usize| {
        let next = &words[*at..];
        let next = if next[0].any(&["please", "so", "and", "then"]) { &next[1..] } else { next };
        *at > 0
            && words[*at].before >= Gap::Comma
            && next.first().is_some_and(|first| first.any(phrases("another act")))
    };
    let hangs = |at: &usize| phrases("condition").iter().any(|phrase| starts(&words[*at..], phrase));
    let at = (0..words.len()).find(|at| hangs(at) || again(at))?;
    Some(words[at].text.clone())
}

/// A reason behind a comma begins like a sentence of its own.
pub(in crate::suggest::words) fn opens(reason: &[Token]) -> bool {
    let first = reason.first().is_some_and(|first| !first.any(phrases("opens nothing")) && !doubtful(reason));
    let verb =
        crate::suggest::words::frame::verbs(reason) && !reason.iter().take(2).any(|token| token.any(&["we", "there"]));
    first && !verb
}

/// Why a statement vouches for nothing: it says too little, doubts or denies.
pub(super) fn vague(statement: &str) -> Option<String> {
    let words = token::tokens(statement);
    let says = |at: usize| {
        let all = phrases("vague").iter().chain(phrases("condition"));
        all.filter(|phrase| starts(&words[at..], phrase)).max_by_key(|phrase| phrase.len())
    };
    if let Some(phrase) = (0..words.len()).find_map(says) {
        return Some((*phrase).to_owned());
    }
    let doubts = |at: &usize| {
        let token = &words[*at];
        let denies =
            token.any(&["not", "never", "cannot", "nobody", "nothing", "without"]) || token.low.ends_with("n't");
        let weak = doubtful(&words[*at..]) && !token.any(phrases("firm"));
        !token.quoted && (denies || weak)
    };
    if let Some(at) = (0..words.len()).find(doubts) {
        return Some(words[at].text.clone());
    }
    let few = words.iter().map(|token| token.text.split_whitespace().count()).sum::<usize>() < 2;
    few.then(|| statement.trim().to_owned())
}

/// Whether the words stand behind a sign that opens a text: quotes, a colon, `that`.
pub(super) fn opened(words: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &words[at]);
    words[at].before == Gap::Colon || before.is_some_and(|before| before.any(&["that", "says", "saying"]))
}
