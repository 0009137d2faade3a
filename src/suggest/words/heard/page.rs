//! The words of a sentence, each with a mark when it has its place in the act.

use std::collections::BTreeSet;
use std::ops::Range;

use super::free::doubtful;
use crate::model::{Entity, Id, Kind};
use crate::suggest::words::name::{id, keys, more};
use crate::suggest::words::nouns::{ARTICLES, kind, starts};
use crate::suggest::words::token::{Gap, Token};
use crate::text::{normal, stem, words};

pub(in crate::suggest::words) struct Page<'p> {
    pub(super) words: &'p [Token],
    read: Vec<bool>,
    /// Every word as texts are compared, with the token that it belongs to.
    flat: Vec<(usize, String)>,
}

impl<'p> Page<'p> {
    pub(in crate::suggest::words) fn new(tokens: &'p [Token]) -> Page<'p> {
        let parts = |(at, token): (usize, &Token)| words(&token.text).into_iter().map(move |word| (at, word.text));
        let flat = tokens.iter().enumerate().flat_map(parts).collect();
        Page { words: tokens, read: vec![false; tokens.len()], flat }
    }

    /// Reads every one of these words, wherever it stands.
    pub(in crate::suggest::words) fn small(&mut self, small: &[&str]) {
        for (read, token) in self.read.iter_mut().zip(self.words) {
            *read |= token.any(small);
        }
    }

    /// Reads every token of which this is true.
    pub(in crate::suggest::words) fn each(&mut self, reads: impl Fn(&Token) -> bool) {
        for (read, token) in self.read.iter_mut().zip(self.words) {
            *read |= reads(token);
        }
    }

    /// Reads one of the phrases, once: the longest that stands there.
    pub(in crate::suggest::words) fn once(&mut self, phrases: &[&str]) {
        let places = (0..self.words.len()).flat_map(|at| {
            let here = &self.words[at..];
            phrases.iter().filter(move |phrase| starts(here, phrase)).map(move |phrase| (at, phrase.split(' ').count()))
        });
        // Where it stands apart from what is read already.
        let open = |at: usize, length: usize| self.read[at..at + length].iter().any(|read| !read);
        let longest = places.max_by_key(|(at, length)| (open(*at, *length), *length, std::cmp::Reverse(*at)));
        if let Some((at, length)) = longest {
            self.read[at..at + length].fill(true);
        }
    }

    /// Reads the first token of which this is true.
    pub(in crate::suggest::words) fn first(&mut self, reads: impl Fn(&Token) -> bool) {
        if let Some(at) = self.words.iter().position(reads) {
            self.read[at] = true;
        }
    }

    /// Reads one of the words where it stands beside a token of which this is true.
    pub(in crate::suggest::words) fn beside(&mut self, small: &[&str], of: impl Fn(&Token) -> bool) {
        for at in 0..self.words.len() {
            let near =
                [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| self.words.get(at)).any(&of);
            self.read[at] |= near && self.words[at].any(small);
        }
    }

    /// Whether the sentence begins with one of the phrases.
    pub(in crate::suggest::words) fn opens(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| starts(self.words, phrase))
    }

    /// Whether one of the phrases stands anywhere.
    pub(in crate::suggest::words) fn holds(&self, phrases: &[&str]) -> bool {
        (0..self.words.len()).any(|at| phrases.iter().any(|phrase| starts(&self.words[at..], phrase)))
    }

    /// Reads the nouns of a kind.
    pub(in crate::suggest::words) fn noun(&mut self, of: Kind) {
        for at in 0..self.words.len() {
            if let Some((_, length)) = kind(&self.words[at..]).filter(|(kind, _)| *kind == of) {
                self.read[at..at + length].fill(true);
            }
        }
    }

    /// Reads what names an entity: its ID and the words of what it says. A word that could turn the sentence around is part of
    /// a name only beside a word that it stands beside there.
    pub(in crate::suggest::words) fn entity(&mut self, entity: &Entity) {
        self.id(entity.id);
        let text = more(entity);
        let held: Vec<String> = normal(&text).split(' ').map(str::to_owned).collect();
        let stems: BTreeSet<String> = held.iter().map(|word| stem(word)).collect();
        let beside = |a: Option<&Token>, b: Option<&Token>| {
            a.zip(b).is_some_and(|(a, b)| held.windows(2).any(|two| two[0] == a.low && two[1] == b.low))
        };
        let named: Vec<bool> = (0..self.words.len())
            .map(|at| {
                let token = &self.words[at];
                let own = keys(&token.text);
                let before = at.checked_sub(1).and_then(|at| self.words.get(at));
                let sure = !doubtful(&self.words[at..])
                    || beside(before, Some(token))
                    || beside(Some(token), self.words.get(at + 1));
                let joins =
                    own.is_empty() && (beside(before, Some(token)) || beside(Some(token), self.words.get(at + 1)));
                joins || (!own.is_empty() && own.iter().all(|word| stems.contains(word)) && sure)
            })
            .collect();
        for at in 0..named.len() {
            // What joins two words of a name: `the right to ask`.
            let within = at > 0
                && keys(&self.words[at].text).is_empty()
                && named[at - 1]
                && named[at..]
                    .iter()
                    .zip(&self.words[at..])
                    .find(|(_, token)| !keys(&token.text).is_empty())
                    .is_some_and(|(named, _)| *named);
            self.read[at] |= named[at] || within;
        }
    }

    pub(in crate::suggest::words) fn id(&mut self, of: Id) {
        self.each(|token| !token.quoted && id(token) == Some(of));
    }

    /// Reads a text that was written as it stands, whole and in one piece.
    pub(in crate::suggest::words) fn text(&mut self, value: &str) -> Option<Range<usize>> {
        let wanted = normal(value);
        let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let count = wanted.len();
        let last = self.flat.len().checked_sub(count).filter(|_| count > 0)?;
        let whole = |from: usize| {
            let (first, end) = (self.flat[from].0, self.flat[from + count - 1].0);
            let opens = from == 0 || self.flat[from - 1].0 != first;
            let closes = self.flat.get(from + count).is_none_or(|(token, _)| *token != end);
            opens && closes && self.flat[from..from + count].iter().zip(&wanted).all(|((_, word), want)| word == want)
        };
        let from = (0..=last).rev().find(|from| whole(*from))?;
        let range = self.flat[from].0..self.flat[from + count - 1].0 + 1;
        self.read[range.clone()].fill(true);
        Some(range)
    }

    /// Reads the words that a text begins with, in their order; between them something else may stand, which is not read.
    pub(in crate::suggest::words) fn pieces(&mut self, value: &str) -> Vec<Range<usize>> {
        let wanted = normal(value);
        let mut wanted = wanted.split(' ').peekable();
        let said = |word: &str| self.flat.iter().any(|(_, one)| one == word);
        // `somebody who …` where nobody was named.
        wanted.next_if(|word| *word == "somebody" && !said(word));
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, word) in &self.flat {
            if wanted.next_if(|want| want == word).is_some() {
                self.read[*at] = true;
                match ranges.last_mut().filter(|range| *at <= range.end) {
                    Some(range) => range.end = at + 1,
                    None => ranges.push(*at..at + 1),
                }
            }
        }
        ranges
    }

    /// Reads the end of the sentence behind a comma or colon, where a text begins with it.
    pub(in crate::suggest::words) fn tail(&mut self, value: &str) {
        let wanted = normal(value);
        let begins = |at: &usize| {
            let end: Vec<&str> =
                self.flat.iter().filter(|(token, _)| token >= at).map(|(_, word)| word.as_str()).collect();
            self.words[*at].before >= Gap::Comma && wanted.starts_with(&end.join(" "))
        };
        if let Some(at) = (1..self.words.len()).find(begins) {
            self.read[at..].fill(true);
        }
    }

    /// The words that have no place, in runs.
    pub(in crate::suggest::words) fn rest(&self) -> Vec<&'p [Token]> {
        let open: Vec<usize> = (0..self.words.len()).filter(|at| !self.read[*at]).collect();
        // An article within the run belongs to it: `after the audit`.
        let joins = |a: &usize, b: &usize| a + 1 == *b || (a + 2 == *b && self.words[a + 1].any(ARTICLES));
        open.chunk_by(joins).map(|run| &self.words[run[0]..=run[run.len() - 1]]).collect()
    }
}
