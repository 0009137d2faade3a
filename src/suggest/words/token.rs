//! A sentence as words that remember how they were written.

use std::ops::Range;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Bracket,
    Comma,
    Colon,
    Stop,
}

/// A word, or everything between two quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As written, without the marks around it.
    pub(super) text: String,
    /// In lower case, without a possessive ending.
    pub(super) low: String,
    pub(super) quoted: bool,
    pub(super) before: Gap,
    /// The bytes of the sentence that it stands at, marks included.
    pub(super) at: Range<usize>,
}

impl Token {
    pub(super) fn is(&self, word: &str) -> bool {
        !self.quoted && self.low == word
    }

    pub(super) fn any(&self, words: &[&str]) -> bool {
        !self.quoted && words.contains(&self.low.as_str())
    }
}

const QUOTES: [(char, char); 6] =
    [('"', '"'), ('\u{201c}', '\u{201d}'), ('\u{201e}', '\u{201c}'), ('«', '»'), ('`', '`'), ('\u{2018}', '\u{2019}')];

pub(super) fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = Gap::None;
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let rest = &sentence[at..];
        let (token, length) = match (quoted(rest), word(rest)) {
            (Some((text, length)), _) => (Some((text.to_owned(), true)), length),
            (None, Some(length)) => (Some((rest[..length].to_owned(), false)), length),
            (None, None) => (None, c.len_utf8()),
        };
        match token {
            Some((text, quoted)) => {
                let low = lower(&text);
                let before = if tokens.is_empty() { Gap::None } else { gap };
                tokens.push(Token { text, low, quoted, before, at: at..at + length });
                gap = Gap::None;
            }
            None => gap = gap.max(mark(c)),
        }
        at += length;
    }
    tokens
}

/// What stands in quotes at the start, and how long it is with them.
fn quoted(rest: &str) -> Option<(&str, usize)> {
    let first = rest.chars().next()?;
    // A plain apostrophe opens a quote only where it can also close one.
    let close = match first {
        '\'' => '\'',
        _ => QUOTES.iter().find(|(open, _)| *open == first)?.1,
    };
    let inner = &rest[first.len_utf8()..];
    let ends = |at: &usize| {
        let after = inner[at + close.len_utf8()..].chars().next();
        close != '\'' || after.is_none_or(|c| !c.is_alphanumeric())
    };
    let end = inner.match_indices(close).map(|(at, _)| at).find(ends)?;
    (end > 0).then(|| (inner[..end].trim(), first.len_utf8() + end + close.len_utf8()))
}

/// How long the word at the start is; marks at its end do not belong to it.
fn word(rest: &str) -> Option<usize> {
    let inside = |c: char| c.is_alphanumeric() || "_-/.@:=&+#'\u{2019}%*".contains(c);
    if !rest.starts_with(|c: char| c.is_alphanumeric() || "_@#&*/.".contains(c)) {
        return None;
    }
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches(['.', ':', '\'', '\u{2019}', '-', '=']);
    // A colon within a word parts it, but for addresses and references.
    let parted = word.find(':').filter(|at| !word[at + 1..].starts_with("//") && !word.contains('@'));
    let word = parted.map_or(word, |at| &word[..at]);
    (!word.is_empty() && word.chars().any(char::is_alphanumeric)).then_some(word.len())
}

fn lower(text: &str) -> String {
    let low = text.to_lowercase().replace('\u{2019}', "'");
    match low.as_str() {
        "let's" | "there's" => low,
        _ => low.strip_suffix("'s").unwrap_or(&low).to_owned(),
    }
}

fn mark(c: char) -> Gap {
    match c {
        // A hyphen within a word belongs to it; one by itself is a dash.
        ',' | '-' | '\u{2014}' | '\u{2013}' => Gap::Comma,
        ':' => Gap::Colon,
        '(' | ')' | '[' | ']' => Gap::Bracket,
        '.' | ';' | '!' | '?' => Gap::Stop,
        _ => Gap::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn low(sentence: &str) -> Vec<String> {
        tokens(sentence).into_iter().map(|token| token.low).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(low("Set T3's repo to acme/gate.way."), ["set", "t3", "repo", "to", "acme/gate.way"]);
        assert_eq!(low("Rename \"Old name\" to 'New one'!"), ["rename", "old name", "to", "new one"]);
        assert_eq!(low("A6: it's gone — CO-A1-T2"), ["a6", "it", "gone", "co-a1-t2"]);
        assert_eq!(low("merchants' keys (C, U)"), ["merchants", "keys", "c", "u"]);
        assert_eq!(
            low("see https://example.org/a.pdf, back-office"),
            ["see", "https://example.org/a.pdf", "back-office"]
        );
    }

    #[test]
    fn gaps_are_remembered() {
        let gaps: Vec<Gap> = tokens("a, b: c (d. e").into_iter().map(|token| token.before).collect();
        assert_eq!(gaps, [Gap::None, Gap::Comma, Gap::Colon, Gap::Bracket, Gap::Stop]);
    }
}
