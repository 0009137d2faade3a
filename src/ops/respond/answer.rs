//! What is answered.

use crate::render::{Line, Page, Tone, markdown};

/// A command that was run, or refused before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// As it was typed.
    pub line: String,
    /// The exit code.
    pub code: u8,
    /// What it printed.
    pub text: String,
    /// Whether it could have changed something: no help, no question, no trial.
    pub writes: bool,
}

/// An answer to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was tried, and why.
    Refused(String),
    /// All went through; `commit` is there when something changed.
    Done { ran: Vec<Ran>, commit: Option<String> },
    /// The last one did not go through, so nothing was committed.
    Failed { ran: Vec<Ran> },
    /// It was done before, when the event came the first time.
    Already { commit: String },
}

/// Bytes that a command and its output take in an answer, at most.
const SHOWN: usize = 6_000;
/// Bytes for all of them: GitHub takes 65,536 characters, and around a text of backticks alone the fences are longer
/// than the text.
const ROOM: usize = 24_000;

/// What the answer to a comment starts with; it keeps the comment from being answered twice.
pub fn marker(comment: u64) -> String {
    format!("<!-- redan:reply comment={comment} -->")
}

impl Answer {
    /// Whether what was asked is done.
    pub fn good(&self) -> bool {
        matches!(self, Answer::Done { .. } | Answer::Already { .. })
    }

    /// The answer as the body of a comment.
    pub fn body(&self, comment: u64) -> String {
        let (head, ran) = match self {
            Answer::Refused(why) => (Line::plain(why.as_str()), &[][..]),
            Answer::Already { commit } => {
                (Line::plain("This was done already: ").and(Tone::Id, short(commit)), &[][..])
            }
            Answer::Done { ran, commit: None } if ran.iter().all(|ran| !ran.writes) => {
                (Line::default(), ran.as_slice())
            }
            Answer::Done { ran, commit: None } => (Line::plain("Nothing had to be changed."), ran.as_slice()),
            Answer::Done { ran, commit: Some(commit) } => {
                (Line::plain("Done: ").and(Tone::Id, short(commit)), ran.as_slice())
            }
            Answer::Failed { ran } => (Line::plain("Not done: nothing was committed."), ran.as_slice()),
        };
        let mut page = Page::default();
        page.text(head);
        let room = SHOWN.min(ROOM / ran.len().max(1));
        let shown: String = ran.iter().map(|ran| format!("\n{}", block(ran, room))).collect();
        format!("{}\n{}{shown}", marker(comment), markdown(&page))
    }
}

/// A command and its output, in a fence that nothing in it can close. A long command leaves room for what it printed.
fn block(ran: &Ran, room: usize) -> String {
    let line = cut(crate::text::plain(&ran.line).into_owned(), room / 3);
    let said = cut(crate::text::plain(ran.text.trim_end()).into_owned(), room - line.len());
    let text = format!("{line}\n{said}");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

fn cut(mut text: String, room: usize) -> String {
    if text.len() > room {
        text.truncate(text.floor_char_boundary(room));
        text.push_str(" …");
    }
    text
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_gets_out_of_its_fence() {
        let ran =
            Ran { line: "/redan `` ````` x".to_owned(), code: 2, text: "```\n@ada <b> -->".to_owned(), writes: true };
        let body = Answer::Failed { ran: vec![ran] }.body(5);
        let lines: Vec<&str> = body.lines().collect();
        assert_eq!(lines[0], "<!-- redan:reply comment=5 -->");
        assert_eq!(&lines[3..], ["``````text", "/redan `` ````` x", "```", "@ada <b> -->", "``````"]);
    }

    #[test]
    fn an_answer_stays_short() {
        for (line, text) in
            [("/redan fix".to_owned(), "ä".repeat(50_000)), ("`".repeat(4_000), "\u{202e}".repeat(9_000))]
        {
            let ran = Ran { line, code: 0, text, writes: true };
            let body = Answer::Done { ran: vec![ran; crate::ops::respond::admit::MOST], commit: None }.body(5);
            assert!(body.chars().count() < 60_000, "{}", body.chars().count());
        }
    }
}
