//! One line of spans between our own marks.

use crate::render::{Line, Span, Tone};
use crate::text::plain;

/// Where the line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// At the beginning of a paragraph, a heading or an item.
    Block,
    Cell,
    /// Between HTML tags, where Markdown means nothing.
    Tags,
}

/// The line, without a new line in it. Spans that no mark parts are read together, as they will be.
pub(super) fn line(line: &Line, around: Around) -> String {
    let bare = |span: &Span| span.address.is_none() && matches!(span.tone, Tone::Plain | Tone::Dim);
    let mut out = String::new();
    for run in line.0.chunk_by(|a, b| bare(a) && bare(b)) {
        let text: String = run.iter().map(|span| plain(&span.text)).collect();
        if let Some(address) = run.first().and_then(|span| span.address.as_ref()).filter(|_| !text.is_empty()) {
            leading(&mut out, &text, address);
            continue;
        }
        match run.first().map(|span| span.tone) {
            _ if text.is_empty() => {}
            Some(Tone::Id | Tone::Command) => code(&mut out, &text, around),
            Some(Tone::Strong | Tone::Good | Tone::Warning | Tone::Bad) => tagged(&mut out, "b", &text),
            Some(Tone::Added | Tone::Inserted) => tagged(&mut out, "ins", &text),
            Some(Tone::Removed | Tone::Deleted) => tagged(&mut out, "del", &text),
            Some(Tone::Plain | Tone::Dim) | None => escaped(&mut out, &text, around == Around::Block),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn leading(out: &mut String, text: &str, address: &str) {
    let address = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    out.push_str(&format!("<a href=\"{address}\">"));
    escaped(out, text, false);
    out.push_str("</a>");
}

fn tagged(out: &mut String, tag: &str, text: &str) {
    out.push_str(&format!("<{tag}>"));
    escaped(out, text, false);
    out.push_str(&format!("</{tag}>"));
}

fn code(out: &mut String, text: &str, around: Around) {
    let simple = |c: char| !c.is_control() && !matches!(c, '`' | '|' | '\\');
    let trimmed = text.trim() == text && !text.is_empty();
    match around != Around::Tags && trimmed && text.chars().all(simple) {
        true => out.push_str(&format!("`{text}`")),
        false => {
            out.push_str("<code>");
            written(out, text, (false, true));
            out.push_str("</code>");
        }
    }
}

/// An invisible space: it parts what a host would otherwise read as one word of its own.
const APART: &str = "&#8203;";
/// Fewer hex digits than this are no commit to a host.
const COMMIT: usize = 7;

/// Text that stays text. A host looks for mentions, references and addresses once more after Markdown is done, so an
/// entity alone does not keep it from them. `start`: it begins a block, where more than punctuation means something.
fn escaped(out: &mut String, text: &str, start: bool) {
    written(out, text, (start, false));
}

/// The same for text that may stand in code already, where a host looks for nothing. What could be a commit is code, so that it can be
/// copied as it is.
fn written(out: &mut String, text: &str, (start, code): (bool, bool)) {
    let first = start && out.is_empty();
    let text = if first { text.trim_start() } else { text };
    let chars: Vec<char> = text.trim_end_matches('\n').chars().collect();
    let mut rest = 0;
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let next = chars.get(at + 1).copied();
        if rest == 0 && !code {
            rest = commit(&chars[at..]);
            out.push_str(if rest > 0 { "<code>" } else { "" });
        }
        if rest > 0 {
            out.push(c);
            rest -= 1;
            out.push_str(if rest == 0 { "</code>" } else { "" });
            continue;
        }
        match c {
            '\n' => out.push_str("<br>"),
            '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' | '#' | '^' => entity(out, c),
            '=' if next == Some('=') || before == Some('=') => entity(out, c),
            '_' if !(word(before) && word(next)) => entity(out, c),
            '+' | '-' | '=' if first && at == 0 => entity(out, c),
            '.' | ')' if first && chars[..at].iter().all(char::is_ascii_digit) => entity(out, c),
            c => out.push(c),
        }
        if parted(&chars[..=at], next) {
            out.push_str(APART);
        }
    }
}

/// How many hex digits begin here, where they are enough for a commit.
fn commit(chars: &[char]) -> usize {
    let digits = chars.iter().take_while(|c| c.is_ascii_hexdigit()).count();
    if digits < COMMIT { 0 } else { digits }
}

fn entity(out: &mut String, c: char) {
    out.push_str(&format!("&#{};", u32::from(c)));
}

fn word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether what follows must not be read together with the text so far: `@name`, `#12`, `##[`, `GH-12`, `:name:`, `::`,
/// `https://`, `www.`. What ends a text may be followed by anything.
fn parted(so_far: &[char], next: Option<char>) -> bool {
    let before = |back: usize| so_far.len().checked_sub(back + 1).map(|at| so_far[at].to_ascii_lowercase());
    let joins = next.is_none_or(|next| next.is_alphanumeric());
    match before(0) {
        Some('@') => true,
        Some('#') => joins || next.is_some_and(|next| "#[".contains(next)),
        Some(':') => {
            let time = before(1).is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
            !time && (joins || next.is_some_and(|next| "/:+-_".contains(next)))
        }
        Some('-') => (before(1), before(2)) == (Some('h'), Some('g')) && joins,
        Some('w') => next.is_none_or(|next| next == '.') && before(1) == Some('w') && before(2) == Some('w'),
        _ => false,
    }
}
