//! How keys and other short strings are spelled, as regular expressions.

use crate::model::{Kind, Word};

/// A string that is nothing but one of these.
fn whole(alternatives: &[String]) -> String {
    match alternatives {
        [one] => format!("^{one}$"),
        many => format!("^({})$", many.join("|")),
    }
}

fn numbered(kind: Kind) -> String {
    format!("{}[1-9][0-9]{{0,9}}", kind.prefix())
}

fn unnumbered() -> String {
    format!("NEW-[a-z0-9][a-z0-9-]{{0,{}}}", Word::MAX - 1)
}

/// The keys of a table of entities: numbered ones, and those that wait for a number.
pub(super) fn entities(kind: Kind) -> [String; 2] {
    [whole(&[numbered(kind)]), whole(&[unnumbered()])]
}

/// A reference. Among several kinds an unnumbered ID would not say which one it means.
pub(super) fn reference(kinds: &[Kind]) -> String {
    match kinds {
        [kind] => whole(&[numbered(*kind), unnumbered()]),
        kinds => whole(&kinds.iter().map(|kind| numbered(*kind)).collect::<Vec<String>>()),
    }
}

/// A mitigation group.
pub(super) const GROUP: &str = "^([1-9][0-9]{0,9}|depth)$";
/// What stands in a cache may be anything.
pub(super) const ANY: &str = ".";
/// `framework@version`.
pub(super) const FRAMEWORK: &str = "^[^@]+@[^@]+$";
pub(super) const DIGEST: &str = "^[0-9a-f]{12}$";
/// A model's ID; 64 characters at most.
pub(super) const MODEL: &str = "^[a-z]([a-z0-9-]{0,62}[a-z0-9])?$";
