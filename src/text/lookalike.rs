//! Text that only looks like ASCII.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The ASCII spelling a reader sees in `text`, when `text` is not that spelling: Cyrillic `А1`, full-width `Ａ１` and `A` with a zero-width
/// space after it all give `A1`. Nothing when `text` is ASCII already or does not look like it.
pub fn lookalike(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_ascii() {
            out.push(c);
        } else if !is_combining_mark(c) && !ignorable(c) {
            let mut buffer = [0; 4];
            let seen: String = unicode_security::skeleton(c.encode_utf8(&mut buffer)).collect();
            if !seen.is_ascii() {
                return None;
            }
            out.push_str(&seen);
        }
    }
    (!out.is_empty()).then_some(out)
}

fn ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_seen_through() {
        assert_eq!(lookalike("А1").as_deref(), Some("A1"));
        assert_eq!(lookalike("Ａ１").as_deref(), Some("A1"));
        assert_eq!(lookalike("A\u{200b}1").as_deref(), Some("A1"));
        assert_eq!(lookalike("A\u{301}1").as_deref(), Some("A1"));
        assert_eq!(lookalike("СО-А1-Т1").as_deref(), Some("CO-A1-T1"));
    }

    #[test]
    fn honest_text_is_left_alone() {
        assert_eq!(lookalike("A1"), None);
        assert_eq!(lookalike("資産"), None);
    }
}
