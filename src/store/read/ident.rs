//! IDs that are not spelled the one way IDs are spelled.

use std::ops::Range;

use super::walk::Said;
use super::words::shown;
use crate::finding::Fix;
use crate::model::{Id, Kind};
use crate::text::lookalike;

/// The ID that a text spells canonically, where one of these kinds is expected.
pub(super) fn read(kinds: &[Kind], text: &str) -> Option<Id> {
    match kinds {
        [kind] => Id::within(*kind, text),
        _ => Id::parse(text),
    }
}

/// The ID a person most likely meant: case, leading zeros, separators and letters that only look like ASCII.
pub(super) fn canonical(kinds: &[Kind], text: &str) -> Option<Id> {
    if text.len() > 64 {
        return None;
    }
    let seen = if text.is_ascii() { text.to_owned() } else { lookalike(text)? };
    let plain = seen.trim();
    if let Some((_, word)) = plain.split_at_checked(4).filter(|(new, _)| new.eq_ignore_ascii_case("new-")) {
        return read(kinds, &format!("NEW-{}", word.to_ascii_lowercase().replace(['_', ' ', '.'], "-")));
    }
    let upper: String = plain.to_ascii_uppercase().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let digits = upper.find(|c: char| c.is_ascii_digit())?;
    let (prefix, number) = upper.split_at(digits);
    read(kinds, &format!("{prefix}{}", number.trim_start_matches('0')))
}

/// What is wrong with an ID where one of these kinds is expected; `repair` makes the fix for its canonical spelling.
pub(super) fn said(kinds: &[Kind], text: &str, repair: impl FnOnce(Id) -> Option<Fix>) -> Said {
    if let Some(other) = Id::parse(text) {
        let message =
            format!("{other} is the ID of {} {}, and {} belongs here", article(other.kind), other.kind, wanted(kinds));
        return Said::new(message);
    }
    match canonical(kinds, text) {
        Some(id) => {
            let message = format!("`{}` is not how an ID is spelled: write {id}", shown(text));
            let said = Said::new(message).fix(repair(id));
            match text.chars().find(|c| !c.is_ascii()) {
                Some(c) => said.help(format!("it holds U+{:04X}, which is not the letter it looks like", u32::from(c))),
                None => said,
            }
        }
        None => Said::new(format!("`{}` is no ID: {} belongs here", shown(text), wanted(kinds))),
    }
}

/// `the ID of a component, such as CMP1`.
pub(super) fn wanted(kinds: &[Kind]) -> String {
    match kinds {
        [kind] => format!("the ID of {} {kind}, such as {}1,", article(*kind), kind.prefix()),
        _ => "the ID of an entity, such as A1,".to_owned(),
    }
}

fn article(kind: Kind) -> &'static str {
    if kind.noun().starts_with('a') { "an" } else { "a" }
}

/// Renames a key wherever a header or a table spells it, unless the right spelling is taken.
pub(super) fn rename(file: &super::file::File<'_>, kind: Kind, wrong: &str, key: &Range<usize>, id: Id) -> Option<Fix> {
    let right = id.to_string();
    if !file.section(kind.table(), &right).is_empty() {
        return None;
    }
    let section = file.section(kind.table(), wrong).iter();
    let mut spans: Vec<Range<usize>> = section.map(|&index| file.headers()[index].keys[1].span.clone()).collect();
    if spans.is_empty() {
        spans.push(key.clone());
    }
    Some(Fix::patch(format!("write {right}"), spans.iter().map(|span| file.patch(span, right.clone())).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_have_a_canonical_spelling() {
        let spelled = |text: &str| canonical(&[Kind::Asset], text).map(|id| id.to_string());
        for text in ["a1", "A01", "\u{410}1", "A\u{301}1", "\u{ff21}1", "A-1", " A1", "A\u{200b}1"] {
            assert_eq!(spelled(text).as_deref(), Some("A1"), "{text:?}");
        }
        assert_eq!(spelled("new-Refunds").as_deref(), Some("NEW-refunds"));
        for text in ["A0", "A", "1", "", "T1", "token", "資1"] {
            assert_eq!(spelled(text), None, "{text:?}");
        }
    }
}
