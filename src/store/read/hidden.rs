//! Characters that nobody sees and that can make a text say something else than it shows.

/// Direction marks, zero-width characters, tags and controls. Newline and tab are plain text.
pub(super) fn hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The first hidden character of a text. Joiners are fine where scripts and emoji need them.
pub(super) fn first(text: &str) -> Option<char> {
    let mut before = '\0';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joiner = matches!(c, '\u{200c}' | '\u{200d}');
        let joins = |c: char| c >= '\u{530}' && !hidden(c);
        if hidden(c) && !(joiner && joins(before) && chars.peek().copied().is_some_and(joins)) {
            return Some(c);
        }
        before = c;
    }
    None
}

/// What people call it.
pub(super) fn name(c: char) -> &'static str {
    match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a direction mark",
        '\u{e0000}'..='\u{e007f}' => "a tag character",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => "a control character",
        _ => "an invisible character",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_found() {
        for (text, c) in [
            ("pay\u{202e}oll", '\u{202e}'),
            ("to\u{200b}ken", '\u{200b}'),
            ("x\u{200d}y", '\u{200d}'),
            ("bell\u{7}", '\u{7}'),
            ("c1\u{85}", '\u{85}'),
            ("tag\u{e0041}", '\u{e0041}'),
        ] {
            assert_eq!(first(text), Some(c), "{text:?}");
        }
    }

    #[test]
    fn honest_text_passes() {
        let family = "\u{1f469}\u{200d}\u{1f4bb} tab\there\nnext";
        let persian = "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}";
        for text in ["", "plain", family, persian, "naïve – “quoted” 資産"] {
            assert_eq!(first(text), None, "{text:?}");
        }
    }
}
