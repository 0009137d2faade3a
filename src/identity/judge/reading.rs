//! A text as the judge reads it: concepts in phrases.

use super::lexicon::{Traits, lexicon};
use crate::text::{self, Pause, Word};

/// What opened a phrase, and so how much what stands in it may change the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// The start of the text.
    Lead,
    /// `of`, `for`, `in` …: says which one.
    Scoping,
    /// `that`, `with`, `so that` …: says how or why.
    Elaborating,
    /// `and`, `or`: one more.
    Joining,
    /// A comma, a bracket, a colon.
    Comma,
    /// A new sentence.
    Stop,
}

#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) opening: Opening,
    /// The word that opened it (`of`); empty where a pause or the start did.
    pub(super) marker: String,
    /// Whether an elaboration has begun before it or with it.
    pub(super) inside: bool,
}

/// A concept that counts: fillers and markers are gone.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) concept: String,
    /// The words as written, lower case, for the sentence a person reads.
    pub(super) shown: String,
    pub(super) traits: Traits,
    pub(super) phrase: usize,
    /// The place of its first word, and of the word after it, in the text.
    pub(super) span: (usize, usize),
    /// Whether a negator stands before it in its phrase.
    pub(super) negated: bool,
    /// Whether the word before it cites a document (`RFC 8705`).
    pub(super) cited: bool,
}

impl Term {
    pub(super) fn is_number(&self) -> bool {
        let bare = self.concept.strip_prefix('v').unwrap_or(&self.concept);
        !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) normal: String,
    pub(super) terms: Vec<Term>,
    pub(super) phrases: Vec<Phrase>,
    /// `or` says another thing than `and`.
    pub(super) has_or: bool,
    negated: bool,
}

impl Reading {
    pub(super) fn of(text: &str) -> Reading {
        let mut words = text::words(text);
        drop_glosses(&mut words);
        let keys: Vec<String> = words.iter().map(|word| text::stem(&word.text)).collect();
        let mut reading = Reading::default();
        reading.open(Opening::Lead, "");
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if at > 0 && word.before != Pause::None {
                let stop = word.before == Pause::Stop;
                reading.settle_negation();
                reading.open(if stop { Opening::Stop } else { Opening::Comma }, "");
            }
            let breath = words[at + 1..].iter().take_while(|word| word.before == Pause::None).count();
            let (length, concept) = lexicon().find(&keys[at..=at + breath]).unwrap_or((1, keys[at].as_str()));
            reading.take(&words, at..at + length, concept);
            at += length;
        }
        reading.settle_negation();
        reading.normal = text::normal(text);
        reading
    }

    pub(super) fn is_empty(&self) -> bool {
        self.normal.is_empty()
    }

    pub(super) fn has(&self, concept: &str) -> bool {
        self.terms.iter().any(|term| term.concept == concept)
    }

    pub(super) fn phrase_of(&self, term: &Term) -> &Phrase {
        &self.phrases[term.phrase]
    }

    /// The noun a name is about: the last term of the leading phrase, before what is said about it.
    pub(super) fn head(&self) -> Option<&Term> {
        let first = self.terms.first()?.phrase;
        let lead: Vec<&Term> = self.terms.iter().take_while(|term| term.phrase == first).collect();
        let cut =
            lead.iter().skip(1).position(|term| term.traits.any(Traits::POSTMODIFIER) && term.shown.ends_with("ing"));
        let mut noun = &lead[..cut.map_or(lead.len(), |at| at + 1)];
        while let [start @ .., last] = noun {
            let trails = last.is_number() || (last.shown.ends_with("ed") && self.terms.len() > lead.len());
            if start.is_empty() || !trails {
                return Some(last);
            }
            noun = start;
        }
        None
    }

    /// `passwords are not`: with nothing after it, the negator speaks of what came before.
    fn settle_negation(&mut self) {
        if std::mem::take(&mut self.negated)
            && let Some(last) = self.terms.last_mut()
        {
            last.negated = true;
        }
    }

    fn take(&mut self, words: &[Word], range: std::ops::Range<usize>, concept: &str) {
        let traits = lexicon().traits(concept);
        let before = range.start.checked_sub(1).and_then(|at| words.get(at)).map_or("", |w| w.text.as_str());
        let marker = words[range.start].text.as_str();
        if traits.any(Traits::NEGATOR) {
            self.negated = true;
        } else if traits.any(Traits::JOINING) {
            self.settle_negation();
            self.has_or |= concept == "or";
            self.open(Opening::Joining, marker);
        } else if traits.any(Traits::ELABORATING) {
            self.open(Opening::Elaborating, marker);
        } else if traits.any(Traits::SCOPING) {
            let next = words.get(range.end).map_or("", |word| word.text.as_str());
            let purpose = matches!(before, "used" | "use" | "uses" | "able" | "needed")
                || (concept == "for" && next.ends_with("ing"));
            self.open(if purpose { Opening::Elaborating } else { Opening::Scoping }, marker);
        } else if !traits.any(Traits::FILLER) {
            let span = (range.start, range.end);
            let shown: Vec<&str> = words[range].iter().map(|word| word.text.as_str()).collect();
            self.push(concept, shown.join(" "), traits, span);
        }
    }

    fn push(&mut self, concept: &str, shown: String, traits: Traits, span: (usize, usize)) {
        let cited = self.terms.last().is_some_and(|last| last.traits.any(Traits::REFERENCE));
        self.terms.push(Term {
            concept: concept.to_owned(),
            shown,
            traits,
            phrase: self.phrases.len() - 1,
            span,
            negated: std::mem::take(&mut self.negated),
            cited,
        });
    }

    /// Begins a phrase; one that has no term yet is replaced, so that `, so that` elaborates.
    fn open(&mut self, opening: Opening, marker: &str) {
        let filled = self.terms.last().is_some_and(|term| term.phrase + 1 == self.phrases.len());
        let purpose = self.phrases.last().is_some_and(|phrase| phrase.marker == "so");
        if !filled && purpose && marker == "that" {
            return;
        }
        if !filled && !self.phrases.is_empty() {
            let dropped = self.phrases.pop();
            // A bare comma before `of` is still a break: what follows is said on the side.
            let aside = dropped.is_some_and(|phrase| phrase.inside);
            self.phrases.push(self.phrase(opening, marker, aside));
        } else {
            let inside = self.phrases.last().is_some_and(|phrase| phrase.inside);
            self.phrases.push(self.phrase(opening, marker, inside));
        }
    }

    fn phrase(&self, opening: Opening, marker: &str, inside: bool) -> Phrase {
        let aside = matches!(opening, Opening::Elaborating | Opening::Comma | Opening::Stop);
        Phrase { opening, marker: marker.to_owned(), inside: inside || aside }
    }
}

/// Takes out the short form in brackets behind the long one: `OpenID Connect (OIDC) token`.
fn drop_glosses(words: &mut Vec<Word>) {
    let mut at = 1;
    while at < words.len() {
        let closed = words.get(at + 1).is_none_or(|next| next.before == Pause::Bracket);
        if words[at].before == Pause::Bracket && closed && is_gloss(&words[..at], &words[at].text) {
            words.remove(at);
            if let Some(next) = words.get_mut(at) {
                next.before = Pause::None;
            }
        } else {
            at += 1;
        }
    }
}

fn is_gloss(before: &[Word], short: &str) -> bool {
    let key = [text::stem(short)];
    let concept = lexicon().find(&key).map(|(_, concept)| concept);
    (1..=before.len().min(8)).any(|length| {
        let tail = &before[before.len() - length..];
        let keys: Vec<String> = tail.iter().map(|word| text::stem(&word.text)).collect();
        let spelled = lexicon().find(&keys).is_some_and(|(n, found)| n == length && concept == Some(found));
        let initials = tail.iter().filter_map(|word| word.text.chars().next());
        spelled || (concept.is_none() && length >= 2 && initials.eq(short.chars()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concepts(text: &str) -> Vec<String> {
        Reading::of(text).terms.into_iter().map(|term| term.concept).collect()
    }

    #[test]
    fn short_and_long_forms_read_alike() {
        assert_eq!(concepts("OIDC tokens"), concepts("The OpenID Connect token"));
        assert_eq!(concepts("a man-in-the-middle"), ["mitm"]);
    }

    #[test]
    fn the_head_is_the_noun_before_what_is_said_of_it() {
        let head = |text: &str| Reading::of(text).head().map(|term| term.shown.clone());
        assert_eq!(head("Access tokens of the admin console").as_deref(), Some("tokens"));
        assert_eq!(head("Database holding card numbers").as_deref(), Some("database"));
        assert_eq!(head("Tokens issued to tenants").as_deref(), Some("tokens"));
        assert_eq!(head("VLAN 10").as_deref(), Some("vlan"));
        assert_eq!(head(""), None);
    }

    #[test]
    fn negation_sticks_to_the_next_term() {
        let reading = Reading::of("Tokens are not logged");
        let negated: Vec<bool> = reading.terms.iter().map(|term| term.negated).collect();
        assert_eq!(negated, [false, true]);
    }
}
