//! Errors of syntax in words for people who do not know the grammar of TOML by heart.

use std::ops::Range;

use toml::de::Error;

use super::hidden::hidden;
use super::outline::Lines;

/// An error of syntax.
#[derive(Debug)]
pub(super) struct Fault {
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    /// Title, bytes and text of a repair.
    pub patch: Option<(String, Range<usize>, String)>,
}

impl Fault {
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault { span, message: message.into(), help: None, patch: None }
    }

    pub fn help(mut self, help: &str) -> Fault {
        self.help = Some(help.to_owned());
        self
    }

    fn patch(mut self, title: &str, span: Range<usize>, text: String) -> Fault {
        self.patch = Some((title.to_owned(), span, text));
        self
    }
}

/// The parser's error in words of our own. The text is the one that was parsed.
pub(super) fn fault(error: &Error, text: &str, lines: &Lines) -> Fault {
    let span = error.span().filter(|span| text.get(span.clone()).is_some()).unwrap_or(text.len()..text.len());
    let said = error.message();
    let (what, expected) = said.split_once(", expected ").unwrap_or((said, ""));
    let found = &text[span.clone()];
    match what {
        "string values must be quoted" | "invalid float" | "invalid boolean" if !found.is_empty() => {
            unquoted(span.clone(), found)
        }
        "string values must be quoted" => Fault::new(span, "there is no value behind the `=`"),
        "key with no value" => stray(text, lines.line(span.start)),
        "duplicate key" => Fault::new(span.clone(), format!("`{}` stands here a second time", shown(found)))
            .help("a table has each key once; delete one of the two"),
        "invalid basic string" | "invalid literal string" => broken_text(span, text, expected),
        "missing escaped value" => Fault::new(span, "`\\` starts an escape that TOML does not have")
            .help("write `\\\\` for a backslash, or put the text in single quotes"),
        "unexpected key or value" => Fault::new(span, "something stands behind the end of the value or header")
            .help("one key and its value a line; a quote inside a text in double quotes is written `\\\"`"),
        "unclosed table" | "unclosed array table" => {
            Fault::new(span, format!("the header is not closed: {expected} is missing"))
        }
        "unquoted keys cannot be empty" => Fault::new(span, "a key is missing here"),
        "invalid unquoted key" => Fault::new(span.clone(), format!("a key cannot hold `{}`", shown(found)))
            .help("a key is letters, digits, `-` and `_`; anything else stands in quotes"),
        "invalid comment character" => Fault::new(span, "a control character stands in this comment").help("delete it"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            Fault::new(span, "a comma is missing before this")
        }
        "missing table open" | "missing array opening" | "missing inline table opening" => {
            Fault::new(span, "a bracket closes here that nothing opened")
        }
        "extra comma in array" => Fault::new(span, "there is a comma too many"),
        "carriage return must be followed by newline" => {
            Fault::new(span, "a carriage return stands alone").help("end lines with a newline")
        }
        _ => Fault::new(span, said.to_owned()),
    }
}

/// `high` where `"high"` was meant; bare words that begin like `true`, `nan` or `inf` come here too.
fn unquoted(span: Range<usize>, found: &str) -> Fault {
    let lower = found.to_ascii_lowercase();
    if lower == found && (lower == "true" || lower == "false") {
        return Fault::new(span, format!("`{lower}` cannot stand here"));
    }
    if lower == "true" || lower == "false" {
        let message = format!("`{found}` is written `{lower}`");
        return Fault::new(span.clone(), message).patch("write it in lower case", span, lower);
    }
    let curly = |c: char| matches!(c, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    if found.starts_with(curly) {
        let inner = found.trim_matches(curly);
        let fault = Fault::new(span.clone(), "the quotes are curly ones; TOML wants straight ones");
        let plain = !inner.contains(['"', '\\']) && !inner.contains(curly);
        return if plain { fault.patch("write straight quotes", span, format!("\"{inner}\"")) } else { fault };
    }
    let message = format!("the text `{}` needs quotes", shown(found));
    let word = found.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '@' | '.' | '/' | ':'));
    let fault = Fault::new(span.clone(), message);
    if word { fault.patch("put it in quotes", span, format!("\"{found}\"")) } else { fault }
}

fn stray(text: &str, line: Range<usize>) -> Fault {
    let shown = text[line.clone()].trim();
    let start = line.end - text[line].trim_start().len();
    let span = start..start + shown.len();
    let key = shown.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default();
    if !key.is_empty() && shown[key.len()..].trim_start().starts_with(':') {
        let message = format!("this is not how TOML writes it: `{key} = …`, not `{key}: …`");
        return Fault::new(span, message);
    }
    let fault = Fault::new(span, "this line is neither `key = value` nor a `[header]`");
    if shown.starts_with(['<', '=', '>', '|']) {
        fault.help("it looks like what is left of a merge conflict")
    } else {
        fault
    }
}

/// A piece of a file as a message may hold it: short, and without anything that hides.
pub(in crate::store) fn shown(text: &str) -> String {
    let visible = |c: char| if c.is_control() || hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
    let mut short: String = text.chars().take(SHOWN).map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}

/// Characters of a file that a message repeats.
const SHOWN: usize = 60;

fn broken_text(span: Range<usize>, text: &str, expected: &str) -> Fault {
    if expected == "`\"`" || expected == "`'`" || expected == "'" {
        return Fault::new(span, "the text is not closed on its line: a quote is missing")
            .help("a text of several lines stands between \"\"\" and \"\"\"");
    }
    match text[span.clone()].chars().next() {
        Some(c) => {
            Fault::new(span, format!("the text holds the control character U+{:04X}", u32::from(c))).help("delete it")
        }
        None => Fault::new(span, "the text is broken here"),
    }
}
