//! A parsed file with everything that is needed to speak about its bytes.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use toml::de::DeTable;

use super::active::possible;
use super::outline::{Header, Lines, outline};
use super::scan::scan;
use crate::finding::{Finding, Patch, Place};

/// A file as far as it could be parsed. Spans count from `start`, behind a byte order mark.
pub(super) struct File<'a> {
    pub path: &'a str,
    /// What was parsed: the file's text, with blanks where nothing could be made of it.
    pub text: &'a str,
    pub start: usize,
    pub root: DeTable<'a>,
    /// Whole lines with an error of syntax, in order: nothing more is said about those.
    pub damage: Vec<Range<usize>>,
    /// Strings may hold something other than plain ASCII, or something that others could act on.
    pub foreign: bool,
    headers: OnceCell<Vec<Header>>,
    sections: OnceCell<Sections>,
    lines: OnceCell<Lines>,
}

/// By the first two keys: every header that starts with them, in order.
type Sections = HashMap<(String, String), Vec<usize>>;

impl<'a> File<'a> {
    pub fn new(path: &'a str, text: &'a str, start: usize, root: DeTable<'a>) -> File<'a> {
        let foreign = text.contains('\\') || text.contains('\r') || !text.is_ascii() || possible(text);
        let (headers, sections, lines) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        File { path, text, start, root, damage: Vec::new(), foreign, headers, sections, lines }
    }

    pub fn span(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.start..span.end + self.start
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        Place::bytes(self.path, self.span(span))
    }

    pub fn patch(&self, span: &Range<usize>, text: impl Into<String>) -> Patch {
        Patch { path: self.path.to_owned(), span: self.span(span), text: text.into() }
    }

    pub fn headers(&self) -> &[Header] {
        self.headers.get_or_init(|| outline(self.text, &scan(self.text).headers))
    }

    /// The headers of an entity and of its sub-tables.
    pub fn section(&self, table: &str, id: &str) -> &[usize] {
        let sections = self.sections.get_or_init(|| {
            let mut sections = Sections::new();
            for (index, header) in self.headers().iter().enumerate() {
                if let [table, id, ..] = &header.keys[..] {
                    sections.entry((table.text.clone(), id.text.clone())).or_default().push(index);
                }
            }
            sections
        });
        sections.get(&(table.to_owned(), id.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The header that the byte stands in or under.
    pub fn header(&self, at: usize) -> Option<usize> {
        self.headers().partition_point(|header| header.span.start <= at).checked_sub(1)
    }

    pub fn damaged(&self, at: usize) -> bool {
        self.damages(&(at..at + 1))
    }

    /// Whether an error of syntax stands somewhere in these bytes.
    pub fn damages(&self, span: &Range<usize>) -> bool {
        let before = self.damage.partition_point(|lines| lines.start < span.end);
        before > 0 && self.damage[before - 1].end > span.start
    }

    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(self.text))
    }
}

/// How many findings one file may have.
const MAX_FINDINGS: usize = 1000;

/// What reading a file gave beside its values.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// With the byte each is about, to sort by.
    list: Vec<(usize, Finding)>,
    more: usize,
    /// Something of the file is not in the model.
    pub lost: bool,
}

impl Report {
    pub fn add(&mut self, at: usize, finding: Finding) {
        if self.full() {
            self.more += 1;
        } else {
            self.list.push((at, finding));
        }
    }

    /// Nothing more will be listed; whoever asks may spare the work of wording.
    pub fn full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS
    }

    /// Counts a finding that nobody worded.
    pub fn skip(&mut self) {
        self.more += 1;
    }

    /// Everything in the order of the file.
    pub fn finish(mut self, path: &str, into: &mut Vec<Finding>) {
        self.list.sort_by_key(|(at, _)| *at);
        into.extend(self.list.into_iter().map(|(_, finding)| finding));
        if self.more > 0 {
            let message = format!("{path} has {} more findings than the {MAX_FINDINGS} listed", self.more);
            into.push(super::text::bounds(path, 0..0, message));
        }
    }
}
