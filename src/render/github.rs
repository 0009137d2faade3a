//! Annotations: workflow commands of GitHub Actions.
//! Source: docs.github.com, "Workflow commands for GitHub Actions", escaping as in the toolkit's `command.ts`.

use std::borrow::Cow;

use super::{Mark, Region};
use crate::finding::Severity;
use crate::text::plain;

/// Annotations of a kind that are kept: GitHub shows ten a step, and one of them says how many are left out.
const SHOWN: usize = 9;

/// A message of 64 KiB is the most GitHub takes; this is more than anybody reads.
const LONGEST: usize = 4_000;

/// The marks as annotations, nine of each kind, then how many more there are `elsewhere`.
pub fn annotations(marks: &[Mark<'_>], elsewhere: &str) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let mut of_kind = marks.iter().filter(|mark| mark.finding.severity == severity);
        for mark in of_kind.by_ref().take(SHOWN) {
            out.push_str(&annotation(severity, mark.finding.code.name, place(mark).as_deref(), &mark.told()));
        }
        let rest = of_kind.count();
        if rest > 0 {
            out.push_str(&annotation(severity, "redan", None, &format!("{rest} more in {elsewhere}")));
        }
    }
    out
}

/// A remark of the run itself, which is about no file.
pub fn notice(message: &str) -> String {
    annotation(Severity::Info, "redan", None, &plain(message))
}

/// What kept the run from an answer.
pub fn problem(message: &str) -> String {
    annotation(Severity::Error, "redan", None, &plain(message.trim_end()))
}

/// Text for people as a runner's log takes it: none of its lines is a command. Runners know two spellings, one at the
/// start of a line and an older one anywhere in it.
pub fn inert(text: &str) -> Cow<'_, str> {
    let command = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.lines().any(command) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| match command(line) {
        true => line.replacen("::", "<U+003A>:", 1),
        false => line.to_owned(),
    });
    Cow::Owned(lines.collect::<String>().replace("##[", "##<U+005B>"))
}

/// One line. `place` are properties that are escaped already.
fn annotation(severity: Severity, title: &str, place: Option<&str>, message: &str) -> String {
    let level = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "notice",
    };
    let place = place.map(|place| format!("{place},")).unwrap_or_default();
    format!("::{level} {place}title={}::{}\n", property(title), data(cut(message)))
}

fn place(mark: &Mark<'_>) -> Option<String> {
    let Region { path, line, column, end_line, end_column, .. } = mark.place.as_ref()?;
    // GitHub takes columns only where the range is on one line.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    Some(format!("file={},line={line},endLine={end_line}{columns}", property(path)))
}

fn cut(message: &str) -> &str {
    message.char_indices().nth(LONGEST).map_or(message, |(end, _)| &message[..end])
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&plain(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Place, codes};

    fn finding(message: &str) -> Finding {
        Finding::new(&codes::ID_GONE, Place::bytes("x", 0..0), message)
    }

    fn mark<'f>(finding: &'f Finding, path: &str) -> Mark<'f> {
        let place = Region { path: path.to_owned(), line: 3, column: 1, end_line: 3, end_column: 4, bytes: (1, 4) };
        Mark { finding, place: Some(place), related: Vec::new(), edits: Vec::new(), fingerprint: "", stock: false }
    }

    #[test]
    fn nothing_of_a_model_becomes_a_command() {
        let finding = finding("50% \r\n::set-output name=x::y\u{202e}");
        assert_eq!(
            annotations(&[mark(&finding, "x,y:\n::error::z.toml")], "the summary"),
            "::error file=x%2Cy%3A%0A%3A%3Aerror%3A%3Az.toml,line=3,endLine=3,col=1,endColumn=4,title=id_gone\
             ::50%25 <U+000D>%0A::set-output name=x::y<U+202E>\n"
        );
    }

    #[test]
    fn text_for_people_is_no_command() {
        for plain in ["pass: 1 model\n", "a::b\n", "## [x]\n", ""] {
            assert!(matches!(inert(plain), Cow::Borrowed(same) if same == plain), "{plain}");
        }
        assert_eq!(
            inert("a ##[error]x\n  ::add-mask::y\nb\n::error::"),
            "a ##<U+005B>error]x\n  <U+003A>:add-mask::y\nb\n<U+003A>:error::"
        );
    }

    #[test]
    fn nine_are_shown_and_the_rest_is_counted() {
        let finding = finding("gone");
        for (many, last) in [(9, "id_gone::gone"), (10, "redan::1 more in the log"), (40, "redan::31 more in the log")]
        {
            let marks: Vec<Mark<'_>> = (0..many).map(|_| mark(&finding, "a")).collect();
            let text = annotations(&marks, "the log");
            assert_eq!(text.lines().count(), many.min(10));
            assert!(text.ends_with(&format!("title={last}\n")), "{text}");
        }
    }

    #[test]
    fn a_message_is_cut_between_characters() {
        let finding = finding(&"é".repeat(LONGEST + 1));
        let text = annotations(&[mark(&finding, "a")], "the log");
        assert_eq!(text.matches('é').count(), LONGEST);
    }
}
