//! What a snippet shows of a file: its lines, hidden characters made visible, and of a line too long for any screen
//! the part around the mark.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan, SpanContents};

use crate::text::{one_line, plain};

/// Bytes of a line that are shown, at most.
const WIDEST: usize = 240;
/// Of them before the mark.
const LEAD: usize = 80;
const CUT: char = '…';
/// Lines above the first and below the last mark that miette gets to see: at least as many as it shows.
const AROUND: usize = 2;

/// The part of a text around its marks for miette, which goes through all that it is given again and again.
pub(super) struct Excerpt {
    source: NamedSource<String>,
    pub(super) labels: Vec<LabeledSpan>,
    /// Line and column of the first mark in the whole text, from 0.
    first: (usize, usize),
    /// Lines of the text above the part.
    above: usize,
}

impl Excerpt {
    /// Marks are byte ranges of `text`, the first one primary.
    pub(super) fn new(path: &str, text: &str, span: Range<usize>, related: &[(Range<usize>, String)]) -> Excerpt {
        let start = span.start.min(text.len());
        let line = lines(&text[..text.floor_char_boundary(start)]);
        let column = start - text[..text.floor_char_boundary(start)].rfind('\n').map_or(0, |at| at + 1);
        let mut marks: Vec<Range<usize>> =
            std::iter::once(span).chain(related.iter().map(|(span, _)| span.clone())).collect();
        let part = around(text, &marks);
        let above = lines(&text[..part.start]);
        for mark in &mut marks {
            *mark = mark.start - part.start..mark.end - part.start;
        }
        let text = narrow(&text[part], &mut marks);
        let mut places = marks.into_iter().map(|mark| (mark.start, mark.len()));
        let primary = places.next().map(|place| LabeledSpan::new_primary_with_span(None, place));
        let labels = related.iter().map(|(_, label)| Some(plain(label).into_owned()));
        let others = labels.zip(places).map(|(label, place)| LabeledSpan::new_with_span(label, place));
        let source = NamedSource::new(one_line(path), same_bytes(&text));
        Excerpt { source, labels: primary.into_iter().chain(others).collect(), first: (line, column), above }
    }
}

impl SourceCode for Excerpt {
    /// As the part says, with lines and columns of the whole text.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.source.read_span(span, before, after)?;
        let heading = self.labels.first().is_some_and(|label| label.inner() == span) && (before, after) == (0, 0);
        let (line, column) = match heading {
            true => self.first,
            false => (contents.line() + self.above, contents.column()),
        };
        let (data, at, count) = (contents.data(), *contents.span(), contents.line_count());
        let name = contents.name().unwrap_or_default().to_owned();
        Ok(Box::new(MietteSpanContents::new_named(name, data, at, line, column, count)))
    }
}

/// Whole lines: those of the marks, and [`AROUND`] on either side.
fn around(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    let first = marks.iter().map(|mark| mark.start).min().unwrap_or_default().min(text.len());
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or_default().min(text.len());
    let above = text.as_bytes()[..first].iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    let start = above.map(|(at, _)| at + 1).nth(AROUND).unwrap_or(0);
    let below = text.as_bytes()[last..].iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let end = below.map(|(at, _)| last + at + 1).nth(AROUND).unwrap_or(text.len());
    start..end
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

/// The text with every line that is longer than [`WIDEST`] cut around the first mark in it; the marks go along.
fn narrow(text: &str, marks: &mut [Range<usize>]) -> String {
    if text.lines().all(|line| line.len() <= WIDEST) {
        return text.to_owned();
    }
    let old = marks.to_vec();
    let mut out = String::with_capacity(text.len().min(1 << 20));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let here = |place: usize| (at..end).contains(&place);
        let shown = window(line, old.iter().map(|mark| mark.start).find(|&start| here(start)).map(|start| start - at));
        if shown.start > 0 {
            out.push(CUT);
        }
        let base = out.len();
        let moved = |place: usize| base + (place - at).clamp(shown.start, shown.end) - shown.start;
        for (mark, old) in marks.iter_mut().zip(&old) {
            if here(old.start) {
                mark.start = moved(old.start);
            }
            if (at + 1..=end).contains(&old.end) || (old.is_empty() && here(old.end)) {
                mark.end = moved(old.end);
            }
        }
        out.push_str(&line[shown.clone()]);
        if shown.end < line.len() {
            out.push(CUT);
            out.push('\n');
        }
        at = end;
    }
    for (mark, old) in marks.iter_mut().zip(&old).filter(|(_, old)| old.start >= at) {
        *mark = out.len()..out.len() + old.len().min(1);
    }
    out
}

/// The bytes of a line to show: all of it with its end, or a part around `mark` without.
fn window(line: &str, mark: Option<usize>) -> Range<usize> {
    let length = line.trim_end_matches(['\n', '\r']).len();
    if length <= WIDEST {
        return 0..line.len();
    }
    let start = line.floor_char_boundary(mark.unwrap_or(0).saturating_sub(LEAD));
    let end = line.floor_char_boundary((start + WIDEST).min(length));
    if end == length { start..line.len() } else { start..end }
}

/// Hidden characters become visible ones of the same length in bytes, so that places stay right.
fn same_bytes(text: &str) -> String {
    let visible =
        |c: char| if c == '\n' || c == '\t' || plain(c.encode_utf8(&mut [0; 4])) == c.to_string() { c } else { '\0' };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match visible(c) {
            '\0' => out.extend(std::iter::repeat_n('?', c.len_utf8())),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, mark: Range<usize>) -> (String, String) {
        let mut marks = [mark];
        let out = narrow(text, &mut marks);
        let [mark] = marks;
        (out[mark].to_owned(), out)
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("a = 1\nb = \"{}NEEDLE{}\"\nc = 3\n", "é".repeat(1000), "x".repeat(1000));
        let at = text.find("NEEDLE").unwrap();
        let (mark, out) = marked(&text, at..at + 6);
        assert_eq!(mark, "NEEDLE");
        assert!(out.lines().all(|line| line.len() <= WIDEST + 2 * CUT.len_utf8()), "{out}");
        assert_eq!(out.lines().count(), 3);
        assert_eq!((out.lines().next(), out.lines().last()), (Some("a = 1"), Some("c = 3")));
    }

    #[test]
    fn only_the_lines_around_the_marks_are_looked_at() {
        let text = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let part = |marks: &[(usize, usize)]| {
            let marks: Vec<Range<usize>> = marks.iter().map(|&(start, end)| start..end).collect();
            &text[around(text, &marks)]
        };
        assert_eq!(part(&[(8, 9)]), "2\n3\n4\n5\n6\n");
        assert_eq!(part(&[(8, 9), (12, 13)]), "2\n3\n4\n5\n6\n7\n8\n");
        assert_eq!([part(&[(0, 1)]), part(&[(20, 20)]), part(&[(30, 31)])], ["0\n1\n2\n", "8\n9\n", "8\n9\n"]);
    }

    #[test]
    fn what_goes_on_beyond_the_cut_ends_there() {
        let text = format!("{}\nend\n", "x".repeat(1000));
        let (mark, _) = marked(&text, 500..1003);
        assert!(mark.starts_with('x') && mark.ends_with("\nen"), "{mark}");
        assert_eq!(marked(&text, 1004..1004).0, "");
        assert_eq!(marked("short\n", 0..5), ("short".to_owned(), "short\n".to_owned()));
    }
}
