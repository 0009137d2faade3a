//! Keys as they are spelled: bare, quoted, dotted.

use std::ops::Range;

/// One part of a dotted key.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) text: String,
    /// With its quotes.
    pub(super) span: Range<usize>,
}

/// The parts of the key that stands at `at`, or after blanks.
pub(super) fn names(text: &str, at: usize) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = at;
    loop {
        let start = super::text::skip(text, at, false);
        let end = start + width(&text[start..]);
        if end == start {
            return names;
        }
        names.push(Name { text: read(&text[start..end]), span: start..end });
        at = super::text::skip(text, end, false);
        if !text[at..].starts_with('.') {
            return names;
        }
        at += 1;
    }
}

/// How many bytes the key at the start of `text` takes.
fn width(text: &str) -> usize {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(text, quote),
        _ => text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len()),
    }
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn read(spelled: &str) -> String {
    if !spelled.starts_with(['"', '\'']) {
        return spelled.to_owned();
    }
    let key = spelled.parse::<toml_edit::Key>();
    key.map_or_else(|_| spelled.to_owned(), |key| key.get().to_owned())
}

/// How a key is written: bare where TOML allows it.
pub(super) fn spell(key: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    match !key.is_empty() && key.bytes().all(bare) {
        true => key.to_owned(),
        false => super::value::quoted(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        let read = |text: &str| names(text, 0).into_iter().map(|name| name.text).collect::<Vec<_>>();
        assert_eq!(read("assets . \"A1\".'x.y' = 1"), ["assets", "A1", "x.y"]);
        assert_eq!(read("\"a\\\"]b\" ]"), ["a\"]b"]);
        assert_eq!(spell("asvs@5.0.0"), "\"asvs@5.0.0\"");
    }
}
