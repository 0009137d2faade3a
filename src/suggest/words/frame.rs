//! A sentence without its politeness, with the reason it gives set apart, and its verb found.

use super::nouns::{after, starts};
use super::phrases::phrases;
use super::token::{Gap, Token};
use crate::model::{Intent, Model};

/// What a sentence wants done, by the word it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Remove,
    Restore,
    Rename,
    Set,
    Rate,
    Place,
    Move,
    Mark,
    Cover,
    Attest,
    Assume,
    /// The sentence says how something is.
    None,
}

/// A sentence taken apart.
pub(super) struct Frame<'a> {
    pub(super) model: &'a Model,
    pub(super) sentence: &'a str,
    pub(super) verb: Verb,
    /// The verb as it was said.
    pub(super) said: &'a [Token],
    /// Everything after the verb and before the reason.
    pub(super) words: &'a [Token],
    /// The reason that was given, as written.
    pub(super) reason: Option<String>,
}

const VERBS: [(Verb, &str); 12] = [
    (Verb::Add, "verb add"),
    (Verb::Remove, "verb remove"),
    (Verb::Restore, "verb restore"),
    (Verb::Rename, "verb rename"),
    (Verb::Set, "verb set"),
    (Verb::Rate, "verb rate"),
    (Verb::Move, "verb move"),
    (Verb::Place, "verb place"),
    (Verb::Mark, "verb mark"),
    (Verb::Cover, "verb cover"),
    (Verb::Attest, "verb attest"),
    (Verb::Assume, "verb assume"),
];

impl<'a> Frame<'a> {
    pub(super) fn new(model: &'a Model, sentence: &'a str, tokens: &'a [Token]) -> Frame<'a> {
        let bare = bare(tokens);
        let (body, reason) = reasoned(sentence, bare);
        let (verb, words) = verb(body);
        let said = &body[..body.len() - words.len()];
        Frame { model, sentence, verb, said, words: tail(words), reason }
    }

    /// A question: without courtesy, and with everything else.
    pub(super) fn asked(model: &'a Model, sentence: &'a str, tokens: &'a [Token]) -> Frame<'a> {
        let rest = after(tokens, &["please tell me", "tell me", "can you tell me", "could you tell me", "do you know"])
            .unwrap_or(tokens);
        Frame { model, sentence, verb: Verb::None, said: &[], words: tail(bare(rest)), reason: None }
    }

    /// The words as they were written, with everything between the first and the last.
    pub(super) fn text(&self, words: &[Token]) -> String {
        match words {
            [] => String::new(),
            [one] => one.text.clone(),
            [first, .., last] => {
                let (text, rest) = (&self.sentence[first.at.start..last.at.end], &self.sentence[last.at.end..]);
                // A bracket that opened within the text closes in it.
                let open = text.matches('(').count() > text.matches(')').count() && rest.starts_with(')');
                let text = if open { &self.sentence[first.at.start..=last.at.end] } else { text };
                text.trim().to_owned()
            }
        }
    }

    /// The words up to the first comma, colon or full stop, and as a reason what stands after it; for acts that need one.
    pub(super) fn with_reason(&self, words: &'a [Token]) -> (&'a [Token], Option<String>) {
        let ends = |at: &usize| {
            let apart = matches!(words[*at].before, Gap::Comma | Gap::Colon | Gap::Stop);
            apart && words.len() - at >= 2 && super::heard::opens(&words[*at..])
        };
        match ((1..words.len()).find(ends), &self.reason) {
            (Some(at), None) => (&words[..at], Some(plain_reason(self.text(&words[at..])))),
            // `…, we build elsewhere because of the merger` is one reason.
            (Some(at), Some(_)) => (&words[..at], Some(plain_reason(self.sentence[words[at].at.start..].to_owned()))),
            (None, reason) => (words, reason.clone()),
        }
    }
}

/// Without what only opens or closes the sentence.
fn bare(tokens: &[Token]) -> &[Token] {
    let mut rest = tokens;
    while let Some(next) = after(rest, phrases("lead")).filter(|next| !next.is_empty()) {
        rest = next;
    }
    rest
}

fn tail(tokens: &[Token]) -> &[Token] {
    let mut rest = tokens;
    while let Some(shorter) = phrases("tail").iter().find_map(|tail| without(rest, tail)) {
        rest = shorter;
    }
    rest
}

fn without<'t>(tokens: &'t [Token], tail: &str) -> Option<&'t [Token]> {
    let from = tokens.len().checked_sub(tail.split(' ').count())?;
    (from > 0 && starts(&tokens[from..], tail)).then(|| &tokens[..from])
}

fn verb(tokens: &[Token]) -> (Verb, &[Token]) {
    let found = VERBS.iter().filter_map(|(verb, section)| after(tokens, phrases(section)).map(|rest| (*verb, rest)));
    found.min_by_key(|(_, rest)| rest.len()).unwrap_or((Verb::None, tokens))
}

/// Whether words begin with a verb that asks for something.
pub(super) fn verbs(words: &[Token]) -> bool {
    verb(words).0 != Verb::None
}

fn reasoned<'t>(sentence: &str, tokens: &'t [Token]) -> (&'t [Token], Option<String>) {
    let opens = |at: usize| {
        let here = &tokens[at..];
        let as_they =
            here[0].is("as") && here.get(1).is_some_and(|next| next.any(phrases("after as"))) && here.len() > 3;
        match after(here, phrases("reason")) {
            Some(rest) => Some(rest),
            None if as_they => Some(&here[1..]),
            None => None,
        }
    };
    let found = (1..tokens.len()).find_map(|at| opens(at).filter(|rest| !rest.is_empty()).map(|rest| (at, rest)));
    match found {
        Some((at, [first, ..])) => {
            let text = sentence[first.at.start..].trim().to_owned();
            (&tokens[..at], Some(plain_reason(text)))
        }
        _ => (tokens, None),
    }
}

/// Without the full stop, and without quotes around all of it.
fn plain_reason(text: String) -> String {
    let text = text.trim().trim_end_matches(['.', '!', ';', ',']).trim();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).filter(|inner| !inner.contains('"'));
    inner.unwrap_or(text).to_owned()
}

/// The words of an instruction without those that only tell it from what was said before.
pub(super) fn sifted(sentence: &str) -> Vec<Token> {
    let mut tokens = super::token::tokens(sentence);
    tokens.retain(|token| !token.any(&["also", "additionally", "furthermore"]));
    tokens
}

/// What a sentence is about, before anybody looks at a model.
pub(super) fn intent(sentence: &str) -> Intent {
    let tokens = &sifted(sentence);
    let bare = bare(tokens);
    let asks = sentence.trim_end().ends_with('?') && verb(bare).0 == Verb::None;
    let greets =
        phrases("greet").iter().any(|phrase| starts(tokens, phrase) && tokens.len() <= phrase.split(' ').count() + 1);
    match () {
        () if tokens.is_empty() || greets => Intent::General,
        () if after(bare, phrases("generate")).is_some() => Intent::Generate,
        () if asks || after(bare, phrases("ask")).is_some() => Intent::Query,
        () => Intent::Refine,
    }
}
