//! Keys that are not legal where they stand: misspelled, or unheard of.

use std::ops::Range;

use super::legal::{Doc, Legal};
use super::lower::{Held, Name};
use super::near::near;
use super::walk::{Said, Spot, Walk};
use super::words::shown;
use crate::finding::{Fix, codes};
use crate::model::Kind;

impl<'f> Walk<'f> {
    /// Reports a key that is no field here.
    pub(super) fn stranger(&mut self, legal: Legal, key: &'f Name<'f>, held: &'f Held<'f>) {
        let name = key.get_ref().as_ref();
        if matches!(legal, Legal::Top(doc) if doc.owns(name)) || self.misplaced(key, held) {
            return;
        }
        let guess = if self.report.full() { None } else { near(name, legal.names()) };
        self.meant.extend(guess.map(|near| near.word));
        self.lose(&codes::KEY_UNKNOWN, Spot::Name(name), &key.span(), |walk| {
            let said = Said::new(format!("`{}` is no key of {}", shown(name), owner(walk, legal)));
            match guess {
                Some(near) => {
                    let fix = if near.sure { walk.respell(key, held, near.word) } else { None };
                    said.help(format!("did you mean `{}`?", near.word)).fix(fix)
                }
                None => said.help(format!("keys here: {}", legal.names().join(", "))),
            }
        });
    }

    /// Writes a key anew, in every header that spells it; nothing when the right one is taken.
    pub(super) fn respell(&self, key: &Name<'f>, held: &Held<'f>, word: &str) -> Option<Fix> {
        let spans = self.spellings(&key.span(), held, word)?;
        let patches = spans.iter().map(|span| self.file.patch(span, word)).collect();
        Some(Fix::patch(format!("write `{word}`"), patches))
    }

    fn spellings(&self, key: &Range<usize>, held: &Held<'f>, word: &str) -> Option<Vec<Range<usize>>> {
        let headers = self.file.headers();
        let header = &headers[..].get(self.file.header(key.start).unwrap_or(usize::MAX));
        let above = header.map_or(Vec::new(), |header| header.path());
        let depth = header.and_then(|header| header.keys.iter().position(|segment| segment.span.start == key.start));
        let Some(depth) = depth else {
            let whole = held.span() != *key && self.statement(key.start);
            let taken = whole && self.file.reach(&above).is_some_and(|table| table.contains_key(word));
            return (!taken).then(|| vec![key.clone()]);
        };
        let wrong = &above[..=depth];
        let right: Vec<&str> = above[..depth].iter().copied().chain([word]).collect();
        if depth > 0 && headers.iter().any(|header| header.starts_with(&right)) {
            return None;
        }
        let all = headers.iter().filter(|header| header.starts_with(wrong));
        Some(all.map(|header| header.keys[depth].span.clone()).collect())
    }

    /// Whether a statement starts at this byte.
    pub(super) fn statement(&self, at: usize) -> bool {
        let line = self.file.lines().line(at);
        self.file.text[line.start..at].trim().is_empty()
    }
}

impl Doc {
    /// Keys at the top that are read apart from the fields.
    fn owns(self, name: &str) -> bool {
        name == "format" || (self == Doc::Model && name == "id") || Kind::of_table(name).is_some() && self.entities()
    }

    pub(super) fn entities(self) -> bool {
        matches!(self, Doc::Model | Doc::Controls)
    }
}

fn owner(walk: &Walk<'_>, legal: Legal) -> String {
    match legal {
        Legal::Top(doc) => doc.file().to_owned(),
        Legal::Entity(kind) if kind.noun().starts_with('a') => format!("an {kind} ({})", walk.who()),
        Legal::Entity(kind) => format!("a {kind} ({})", walk.who()),
        Legal::Fields(_) => walk.what(),
    }
}
