//! Our block within a text that is anybody's: two lines around it, the second with the memory of the ticket.

use super::Mark;

/// How a host hides what is not for people, as far as it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// Markdown on GitHub: HTML comments do not show.
    Markdown,
    /// Jira: nothing hides, so the lines say what they are.
    Plain,
}

const BEGIN: &str = "redan:begin";
const END: &str = "redan:end";

impl Dress {
    /// The line before our block.
    pub fn begin(self, mark: &Mark) -> String {
        match self {
            Dress::Markdown => format!("<!-- {BEGIN} {} -->", mark.key),
            Dress::Plain => format!("{BEGIN} {}", mark.key),
        }
    }

    /// The line behind it.
    pub fn end(self, mark: &Mark) -> String {
        match self {
            Dress::Markdown => format!("<!-- {END} {mark} -->"),
            Dress::Plain => format!("{END} {mark}"),
        }
    }

    /// A text with `ours` between its lines: where our block for this control stands already, else at the end.
    /// Everything outside stays as it is, to the byte, also a block for another control that somebody pasted.
    pub fn put(self, text: &str, mark: &Mark, ours: &str) -> String {
        let block = format!("{}\n{}\n{}", self.begin(mark), ours.trim_end(), self.end(mark));
        match lines::find(text, &mark.key) {
            Some(found) => format!("{}{block}{}", &text[..found.start], &text[found.end..]),
            None if text.trim().is_empty() => block,
            None => format!("{}\n\n{block}", text.trim_end()),
        }
    }
}

/// What is read of any line, however it is dressed.
pub mod lines {
    use std::ops::Range;

    use super::{BEGIN, END, Mark};
    use crate::track::Key;

    /// The memory in a line that ends a block.
    pub fn ends(line: &str) -> Option<Mark> {
        Mark::parse(bare(line).strip_prefix(END)?.strip_prefix(' ')?)
    }

    /// Whether a line begins the block that ends with this memory.
    pub fn begins(line: &str, mark: &Mark) -> bool {
        bare(line).strip_prefix(BEGIN).is_some_and(|rest| rest.trim() == mark.key.to_string())
    }

    /// Whether a text reads like a line of ours, for whichever control.
    pub fn is_one(text: &str) -> bool {
        let bare = bare(text);
        bare.starts_with(BEGIN) || bare.starts_with(END)
    }

    /// What a line says without its dress, and without characters of no width, which editors leave behind.
    fn bare(line: &str) -> String {
        let line: String =
            line.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')).collect();
        let line = line.trim();
        line.strip_prefix("<!--").and_then(|line| line.strip_suffix("-->")).map_or(line, str::trim).to_owned()
    }

    /// The memories of the ticket: of the whole blocks in its text, the first of each control.
    pub fn marks(text: &str) -> Vec<Mark> {
        firsts(whole(text).into_iter().map(|(mark, _)| mark))
    }

    /// Of memories in order, the first of each control.
    pub fn firsts(marks: impl Iterator<Item = Mark>) -> Vec<Mark> {
        let mut firsts: Vec<Mark> = Vec::new();
        for mark in marks {
            if firsts.iter().all(|first| first.key != mark.key) {
                firsts.push(mark);
            }
        }
        firsts
    }

    /// The bytes of the first whole block for a control, without the end of its last line.
    pub fn find(text: &str, key: &Key) -> Option<Range<usize>> {
        whole(text).into_iter().find_map(|(mark, range)| (mark.key == *key).then_some(range))
    }

    /// A line that begins a block and has lost its end belongs to a person: the nearest beginning before an end counts.
    fn whole(text: &str) -> Vec<(Mark, Range<usize>)> {
        let mut at = 0;
        let mut lines: Vec<Range<usize>> = Vec::new();
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            lines.push(at..end);
            at += line.len();
        }
        let quoted = quoted(lines.iter().map(|line| &text[line.clone()]));
        let ours: Vec<Range<usize>> =
            lines.into_iter().zip(quoted).filter(|(_, quoted)| !quoted).map(|(line, _)| line).collect();
        let block = |(nth, line): (usize, &Range<usize>)| {
            let mark = ends(&text[line.clone()])?;
            let first = ours[..nth].iter().rev().find(|line| begins(&text[(*line).clone()], &mark))?;
            Some((mark, first.start..line.end))
        };
        ours.iter().enumerate().filter_map(block).collect()
    }

    /// Which lines stand in a fence, where people quote. One that nothing closes is none.
    fn quoted<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<bool> {
        let (mut quoted, mut open) = (Vec::new(), None);
        for (nth, line) in lines.enumerate() {
            quoted.push(false);
            match (fence(line), open) {
                (Some((with, size, _)), None) => open = Some((nth, with, size)),
                (Some((with, size, true)), Some((from, first, least))) if with == first && size >= least => {
                    quoted[from..].fill(true);
                    open = None;
                }
                _ => {}
            }
        }
        quoted
    }

    /// The character of a fence, how often it stands there, and whether nothing else does.
    fn fence(line: &str) -> Option<(char, usize, bool)> {
        let inner = line.trim_start_matches(' ');
        let with = inner.chars().next().filter(|first| matches!(first, '`' | '~'))?;
        let rest = inner.trim_start_matches(with);
        let size = inner.len() - rest.len();
        let fits = size >= 3 && line.len() - inner.len() <= 3 && !(with == '`' && rest.contains('`'));
        fits.then(|| (with, size, rest.trim().is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::{Key, Shown, print};

    fn mark(round: u32) -> Mark {
        let [of, text, title] = ["a", "b", "c"].map(print);
        Mark { key: Key::parse("pay/C1").unwrap(), of, text, title, shown: Shown::Open, round, left: false, repo: None }
    }

    #[test]
    fn a_block_is_put_read_and_replaced() {
        for dress in [Dress::Markdown, Dress::Plain] {
            let text = dress.put("", &mark(0), "one\n");
            assert_eq!(lines::marks(&text), [mark(0)]);
            let theirs = format!("before\r\n\r\n{text}\r\n\r\nafter  \n");
            let again = dress.put(&theirs, &mark(1), "two");
            assert_eq!(again, theirs.replace(&text, &dress.put("", &mark(1), "two")));
            assert_eq!(lines::marks(&again), [mark(1)]);
        }
    }

    #[test]
    fn a_pasted_block_of_another_control_stays() {
        let other = Mark { key: Key::parse("pay/C2").unwrap(), ..mark(4) };
        let pasted = Dress::Markdown.put("", &other, "theirs");
        let text = format!("{pasted}\n\n{}", Dress::Markdown.put("", &mark(0), "one"));
        assert_eq!(lines::marks(&text), [other, mark(0)]);
        let put = Dress::Markdown.put(&text, &mark(1), "two");
        assert!(put.starts_with(&pasted) && put.contains("two") && !put.contains("one"), "{put}");
    }

    #[test]
    fn what_somebody_quotes_or_broke_stays_theirs() {
        let ours = Dress::Markdown.put("", &mark(0), "one");
        let quoted: String = ours.lines().map(|line| format!("> {line}\n")).collect();
        assert_eq!(lines::marks(&quoted), []);
        for (open, close) in [("```", "```"), ("~~~ text", "~~~~"), ("  ````", "````")] {
            let fenced = format!("It says:\n{open}\n{ours}\n{close}\nThat is wrong.");
            assert_eq!(lines::marks(&fenced), [], "{open}");
            let put = Dress::Markdown.put(&fenced, &mark(1), "two");
            assert!(put.starts_with(&fenced) && lines::marks(&put) == [mark(1)], "{put}");
        }
        // Behind a fence that nothing closes, and behind what is none, our block is ours.
        for before in ["```", "``", "```\n~~~", "    ```\n```\na\n```"] {
            assert_eq!(lines::marks(&format!("{before}\n{ours}")), [mark(0)], "{before}");
        }
        let (begin, rest) = ours.split_once('\n').unwrap();
        assert_eq!((lines::marks(rest), lines::marks(begin)), (vec![], vec![]));
        // The end was deleted, and words of a person stand behind: a new block takes none of them along.
        let broken = format!("{begin}\none\nmine");
        let put = Dress::Markdown.put(&broken, &mark(1), "two");
        let again = Dress::Markdown.put(&put, &mark(2), "three");
        assert!(again.starts_with(&broken) && again.contains("three") && !again.contains("two"), "{again}");
    }
}
