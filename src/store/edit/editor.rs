//! One edit of one file: what stands where, and the splices gathered so far.

use std::ops::Range;

use super::form::{File, Form};
use super::revise::Paper;
use super::text::Splice;
use super::tree::{Entry, Section, Seg, Tree};

pub(super) struct Editor<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) file: File,
    pub(super) eol: &'static str,
    pub(super) splices: Vec<Splice>,
    /// Tables that got a header in this edit, with the splice that brings it.
    pub(super) headers: Vec<(Vec<Seg>, usize)>,
}

/// What a path leads to.
#[derive(Clone, Copy)]
pub(super) enum Found<'t> {
    /// A key with its value.
    Entry(Line<'t>),
    /// Somewhere within the value of this key, present or not.
    Within(Line<'t>),
    /// A table, or rows, under headers or dotted keys.
    Spread,
    Absent,
}

/// A key line and the section it stands in.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) section: &'t Section,
    pub(super) entry: &'t Entry,
}

impl<'t> Editor<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, file: File, eol: &'static str) -> Editor<'t> {
        Editor { tree, file, eol, splices: Vec::new(), headers: Vec::new() }
    }

    pub(super) fn paper(&self) -> Paper<'t> {
        Paper { text: self.tree.text, eol: self.eol }
    }

    pub(super) fn form(&self, at: &[Seg]) -> Form {
        Form::File(self.file).at(at)
    }

    /// Text of our own, with the line ends of the file.
    pub(super) fn splice(&mut self, at: Range<usize>, text: &str) {
        let text = self.ended(text);
        self.splices.push(Splice { at, text, headed: false });
    }

    /// Sections of our own.
    pub(super) fn splice_headed(&mut self, at: usize, text: &str) {
        let text = self.ended(text);
        self.splices.push(Splice { at: at..at, text, headed: true });
    }

    /// Text cut from the file, as it is.
    pub(super) fn splice_raw(&mut self, at: Range<usize>, text: String) {
        self.splices.push(Splice { at, text, headed: false });
    }

    fn ended(&self, text: &str) -> String {
        if self.eol == "\n" { text.to_owned() } else { text.replace('\n', self.eol) }
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'t>> + use<'t> {
        self.tree.sections.iter().flat_map(|section| section.entries.iter().map(move |entry| Line { section, entry }))
    }

    pub(super) fn find(&self, at: &[Seg]) -> Found<'t> {
        let mut spread = at.is_empty() || self.tree.sections.iter().any(|section| section.path.starts_with(at));
        for line in self.lines() {
            let length = line.section.path.len() + line.entry.names.len();
            if !agree(line, at) {
                continue;
            }
            match length.cmp(&at.len()) {
                std::cmp::Ordering::Equal => return Found::Entry(line),
                std::cmp::Ordering::Less => return Found::Within(line),
                std::cmp::Ordering::Greater => spread = true,
            }
        }
        if spread { Found::Spread } else { Found::Absent }
    }

    /// Sections of this table or these rows, with everything below them.
    pub(super) fn below(&self, at: &[Seg]) -> impl Iterator<Item = &'t Section> {
        self.tree.sections.iter().filter(move |section| section.path.starts_with(at))
    }

    /// Key lines that reach below `at` by a dotted key.
    pub(super) fn dotted(&self, at: &[Seg]) -> impl Iterator<Item = Line<'t>> {
        self.lines().filter(move |line| {
            let depth = line.section.path.len();
            depth < at.len() && depth + line.entry.names.len() > at.len() && agree(*line, at)
        })
    }
}

/// Whether one of the two paths is the beginning of the other.
fn agree(line: Line<'_>, at: &[Seg]) -> bool {
    let path = &line.section.path;
    let shared = path.len().min(at.len());
    let own = line.entry.names.iter().zip(&at[shared..]);
    path[..shared] == at[..shared] && own.into_iter().all(|(name, seg)| seg.as_key() == name.text)
}
