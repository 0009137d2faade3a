//! Pieces of sentences that notes and refusals share.

use std::fmt::Display;

/// Lists longer than this end in "and N more"; programs read the list itself.
const SHOWN: usize = 8;

/// `C1, C2 and 3 more`.
pub(super) fn list<T: Display>(items: &[T]) -> String {
    let shown = if items.len() > SHOWN + 1 { SHOWN } else { items.len() };
    let mut text = items[..shown].iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    if shown < items.len() {
        text.push_str(&format!(" and {} more", items.len() - shown));
    }
    text
}

/// `1 objective`, `12 objectives`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// `an asset`, `a control`.
pub(super) fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// At most about sixty characters of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        None => line,
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_and_long_texts_are_cut() {
        assert_eq!(list(&[1, 2]), "1, 2");
        assert_eq!(list(&(0..9).collect::<Vec<_>>()), "0, 1, 2, 3, 4, 5, 6, 7, 8");
        assert_eq!(list(&(0..12).collect::<Vec<_>>()), "0, 1, 2, 3, 4, 5, 6, 7 and 4 more");
        assert_eq!(short("a\n b"), "a b");
        assert_eq!(short(&"ä".repeat(70)), format!("{}…", "ä".repeat(60)));
    }
}
