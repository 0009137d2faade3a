//! Identifiers of entities: `A1`, `TB12`, or `NEW-<word>` until somebody numbers it.

use std::fmt;

use super::{Kind, Word};

/// An entity's ID. Numbered IDs sort before unnumbered ones of the same kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub kind: Kind,
    pub tag: Tag,
}

/// What follows the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// 1 or more; never reused within its model and kind.
    Number(u32),
    /// Written by hand as `NEW-<word>`, waiting for a number.
    New(Word),
}

impl Id {
    /// The numbered ID; `number` is at least 1.
    pub const fn new(kind: Kind, number: u32) -> Id {
        Id { kind, tag: Tag::Number(number) }
    }

    /// Reads the canonical spelling only: ASCII, upper case, no leading zero. An unnumbered ID does
    /// not say its kind, so it needs the table or field it stands in: see [`Id::within`].
    pub fn parse(text: &str) -> Option<Id> {
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let (prefix, number) = text.split_at(digits);
        let kind = Kind::of_prefix(prefix)?;
        if number.starts_with('0') || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        number.parse().ok().map(|number| Id::new(kind, number))
    }

    /// Reads an ID where one of `kind` is expected; accepts `NEW-<word>` as well.
    pub fn within(kind: Kind, text: &str) -> Option<Id> {
        match text.strip_prefix("NEW-") {
            Some(word) => Word::new(word).map(|word| Id { kind, tag: Tag::New(word) }),
            None => Id::parse(text).filter(|id| id.kind == kind),
        }
    }

    pub fn number(self) -> Option<u32> {
        match self.tag {
            Tag::Number(number) => Some(number),
            Tag::New(_) => None,
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.tag {
            Tag::Number(number) => format!("{}{number}", self.kind.prefix()),
            Tag::New(word) => format!("NEW-{}", word.as_str()),
        };
        f.pad(&text)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_parses() {
        for good in ["A1", "T12", "TB3", "CMP4", "AS5", "C6", "A4294967295"] {
            assert_eq!(Id::parse(good).map(|id| id.to_string()).as_deref(), Some(good));
        }
        for bad in ["a1", "A01", "A0", "\u{410}1", "A", "1", "", "A1 ", "A-1", "A1x", "AST1", "A4294967296"] {
            assert_eq!(Id::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn unnumbered_ids_take_the_kind_of_their_place() {
        let id = Id::within(Kind::Asset, "NEW-refunds").expect("legal word");
        assert_eq!((id.kind, id.number(), id.to_string().as_str()), (Kind::Asset, None, "NEW-refunds"));
        assert_eq!(Id::within(Kind::Asset, "NEW-Refunds"), None);
        assert_eq!(Id::within(Kind::Asset, "T1"), None);
    }
}
