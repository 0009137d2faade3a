//! Text from a file, safe to print.

use std::borrow::Cow;

/// `text` with every character that could steer a terminal or reorder what is read replaced by its name (`<U+202E>`). New lines and tabs stay.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if steers(c) {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The same for what must stay on its line, such as a path: a new line in it could pass for one of ours.
pub fn one_line(text: &str) -> String {
    plain(text).replace('\n', "<U+000A>").replace('\t', "<U+0009>")
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_show_their_names() {
        assert_eq!(plain("a\u{1b}[31mb"), "a<U+001B>[31mb");
        assert_eq!(plain("x\u{202e}y\r"), "x<U+202E>y<U+000D>");
        assert_eq!(one_line("a\n::error::b"), "a<U+000A>::error::b");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(plain("two lines\n\tand a tab, été, 資産"), Cow::Borrowed(_)));
    }
}
