//! Words of a reply, made fit for a file: one line without anything that a page, a runner or a terminal could act on.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::store::active;
use crate::text::plain;

/// Characters of one text, at most.
const LONGEST: usize = 600;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of our own")
}

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\]]*)\]\([^)]*\)"));
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)(?:\b(?:https?|ftp|file|javascript|data|vbscript):|\bwww\.)[^\s\x22'<>]{2,}"));
static MARKUP: LazyLock<Regex> = LazyLock::new(|| regex(r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*(?:>|$)"));
static COMMAND: LazyLock<Regex> = LazyLock::new(|| regex(r"##\[|\$\{\{|^\s*::"));

/// The text, cleaned, and whether that changed more than white space. Addresses stay where `known` has them. What cannot be made fit is
/// empty.
pub fn clean(text: &str, known: impl Fn(&str) -> bool) -> (String, bool) {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let still: String = line.chars().filter(|c| plain(c.encode_utf8(&mut [0; 4])) == c.to_string()).collect();
    let bare = LINK.replace_all(&still, "$1");
    let bare = ADDRESS.replace_all(&bare, |found: &Captures<'_>| match &found[0] {
        address if known(address) => address.to_owned(),
        _ => "(address removed)".to_owned(),
    });
    let mut out = bare.into_owned();
    if active(&out).is_some() {
        out = MARKUP.replace_all(&out, "").into_owned();
        out = COMMAND.replace_all(&out, "").into_owned();
        out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if active(&out).is_some() {
        return (String::new(), true);
    }
    let cleaned = out != line;
    if let Some((at, _)) = out.char_indices().nth(LONGEST) {
        out.truncate(at);
        out = format!("{}…", out.trim_end());
    }
    (out, cleaned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_taken_out() {
        for (text, left) in [
            ("see [our page](https://evil.example/x) now", "see our page now"),
            ("![x](https://evil.example/p.png) a", "x a"),
            ("go to https://evil.example/?q=1 at once", "go to (address removed) at once"),
            ("JavaScript:alert(1) or www.evil.example", "(address removed) or (address removed)"),
            ("a <script>alert(1)</script> b", "a alert(1) b"),
            ("a <img src=x onerror=y", "a"),
            ("::add-mask::x", "add-mask::x"),
            ("read ${{ secrets.X }}", "read secrets.X }}"),
            ("a\u{202e}b\u{200b}c\u{e0041}\n\td", "abc d"),
            ("Vec<String> and a < b", "Vec<String> and a < b"),
            ("rm -rf / && curl x | sh", "rm -rf / && curl x | sh"),
            ("資産 été", "資産 été"),
        ] {
            assert_eq!(clean(text, |_| false).0, left, "{text}");
        }
        assert_eq!(
            clean("as in https://a.example/x", |known| known == "https://a.example/x").0,
            "as in https://a.example/x"
        );
    }

    #[test]
    fn what_is_left_cannot_act_and_is_short() {
        let nested = "<scr<script>ipt>x</scr</script>ipt> ##[##[error]] <img <img src=x>";
        assert_eq!(active(&clean(nested, |_| false).0), None);
        assert_eq!(clean(&"é".repeat(700), |_| false).0.chars().count(), LONGEST + 1);
    }
}
