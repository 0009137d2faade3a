//! The bytes of a file as text: byte-order mark, line ends, splices.

use std::ops::Range;

const BOM: &str = "\u{feff}";

/// Text of a file without its byte-order mark, which comes back when it is written.
#[derive(Debug, Clone)]
pub(super) struct Text {
    marked: bool,
    /// The line end that most lines had when it was read.
    pub(super) eol: &'static str,
    pub(super) body: String,
}

/// Bytes of the body replaced by other text.
#[derive(Debug, Clone)]
pub(super) struct Splice {
    pub(super) at: Range<usize>,
    pub(super) text: String,
    /// Whether it brings headers, which follow the lines inserted at the same place.
    pub(super) headed: bool,
}

impl Text {
    pub(super) fn new(body: String) -> Text {
        Text { marked: false, eol: "\n", body }
    }

    /// `None` when the bytes are not UTF-8.
    pub(super) fn of(bytes: &[u8]) -> Option<Text> {
        let text = std::str::from_utf8(bytes).ok()?;
        let body = text.strip_prefix(BOM);
        let all = text.matches('\n').count();
        let eol = if text.matches("\r\n").count() * 2 > all { "\r\n" } else { "\n" };
        Some(Text { marked: body.is_some(), eol, body: body.unwrap_or(text).to_owned() })
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mark = if self.marked { BOM } else { "" };
        [mark.as_bytes(), self.body.as_bytes()].concat()
    }
}

/// The body with every splice made; `None` when two of them touch the same bytes. Insertions at one
/// place keep their order, lines before headers.
pub(super) fn spliced(body: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|splice| (splice.at.start, splice.at.end, splice.headed));
    let mut text = String::with_capacity(body.len());
    let mut done = 0;
    for splice in splices {
        text.push_str(body.get(done..splice.at.start)?);
        text.push_str(&splice.text);
        done = splice.at.end;
    }
    text.push_str(body.get(done..)?);
    Some(text)
}

/// Where the line around `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line after the one around `at` begins: past its line end, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The first place from `at` on that is not blank; line ends and comments are stepped over when
/// `lines` says so, and so are commas.
pub(super) fn skip(text: &str, mut at: usize, lines: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' => at + 1,
            b'\r' | b'\n' | b',' if lines => at + 1,
            b'#' if lines => next_line(text, at),
            _ => break,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_keep_their_order_and_do_not_overlap() {
        let at = |at: Range<usize>, text: &str| Splice { at, text: text.to_owned(), headed: false };
        assert_eq!(spliced("abcd", vec![at(2..2, "1"), at(0..1, "x"), at(2..2, "2")]).as_deref(), Some("xb12cd"));
        assert_eq!(spliced("abcd", vec![at(0..3, ""), at(2..4, "")]), None);
    }

    #[test]
    fn a_mark_and_line_ends_are_seen() {
        let text = Text::of("\u{feff}a = 1\r\nb = 2\r\n".as_bytes()).expect("UTF-8");
        assert_eq!((text.body.as_str(), text.eol), ("a = 1\r\nb = 2\r\n", "\r\n"));
        assert_eq!(text.into_bytes(), "\u{feff}a = 1\r\nb = 2\r\n".as_bytes());
    }
}
