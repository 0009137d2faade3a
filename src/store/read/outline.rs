//! The headers of a file, in order: what stands under what. Made only when there is something to say.

use std::ops::Range;

/// `[assets.A1]` or `[[assets.A1.revisions]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// From the first bracket to behind the last.
    pub span: Range<usize>,
    pub keys: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub text: String,
    /// With its quotes.
    pub span: Range<usize>,
}

impl Header {
    pub fn path(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.text.as_str()).collect()
    }

    pub fn is(&self, path: &[&str]) -> bool {
        self.keys.len() == path.len() && self.starts_with(path)
    }

    pub fn starts_with(&self, path: &[&str]) -> bool {
        self.keys.len() >= path.len() && self.keys.iter().zip(path).all(|(key, part)| key.text == *part)
    }
}

/// Headers that start at these bytes; a broken one reads as far as it goes.
pub(super) fn outline(text: &str, starts: &[usize]) -> Vec<Header> {
    starts.iter().map(|&start| header(text, start)).collect()
}

fn header(text: &str, start: usize) -> Header {
    let line = &text[start..];
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    let mut at = line.len() - line.trim_start_matches('[').len();
    let mut keys = Vec::new();
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        let Some(length) = key_length(&line[at..]) else { break };
        let span = start + at..start + at + length;
        keys.push(Segment { text: line[at..at + length].trim_matches(['"', '\'']).to_owned(), span });
        at += length;
        at += line[at..].len() - line[at..].trim_start().len();
        match line[at..].strip_prefix('.') {
            Some(_) => at += 1,
            None => break,
        }
    }
    at += line[at..].len() - line[at..].trim_start_matches(']').len();
    Header { span: start..start + at, keys }
}

/// Bytes of the key at the start of `rest`, with its quotes.
fn key_length(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    if quote == '"' || quote == '\'' {
        return rest[1..].find(quote).map(|end| end + 2);
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '.' | ']' | '[' | '#' | '='));
    Some(end.unwrap_or(rest.len())).filter(|&length| length > 0)
}

/// Where lines start. Finding the line of a byte must not depend on how long lines are.
#[derive(Debug, Default)]
pub(super) struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    pub fn new(text: &str) -> Lines {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        Lines { starts, length: text.len() }
    }

    /// Line of a byte, from 1.
    pub fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// The line of a byte with its newline.
    pub fn line(&self, at: usize) -> Range<usize> {
        let number = self.number(at);
        self.starts[number - 1]..self.starts.get(number).copied().unwrap_or(self.length)
    }

    /// The whole lines that hold these bytes, with the last newline.
    pub fn lines(&self, span: &Range<usize>) -> Range<usize> {
        let last = if span.end > span.start { span.end - 1 } else { span.start };
        self.line(span.start).start..self.line(last).end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<(String, String)> {
        let headers = outline(text, &crate::store::read::scan::scan(text).headers);
        headers.iter().map(|h| (h.path().join("/"), text[h.span.clone()].to_owned())).collect()
    }

    #[test]
    fn headers_read_as_far_as_they_go() {
        let text = "[assets.A1]\n[[ a . \"b.c\" ]] # x\n[assets.A2\nx = 1\n[]\n['d']\r\n";
        let found = paths(text);
        let expected = [
            ("assets/A1", "[assets.A1]"),
            ("a/b.c", "[[ a . \"b.c\" ]]"),
            ("assets/A2", "[assets.A2"),
            ("", "[]"),
            ("d", "['d']"),
        ];
        assert_eq!(found, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn lines_are_whole() {
        let lines = Lines::new("a\nb = 1\nc");
        assert_eq!(lines.lines(&(2..3)), 2..8);
        assert_eq!(lines.lines(&(0..3)), 0..8);
        assert_eq!(lines.lines(&(7..8)), 2..8);
        assert_eq!(lines.lines(&(9..9)), 8..9);
        assert_eq!((lines.number(0), lines.number(1), lines.number(2)), (1, 1, 2));
    }
}
