//! New lines, new headers, and where they go.

use super::Stuck;
use super::editor::{Editor, Found, Line};
use super::form::{Form, Layout};
use super::keys::spell;
use super::text::{line_start, next_line};
use super::tree::{Section, Seg};
use super::value::spread;
use crate::model::Value;

impl<'t> Editor<'t> {
    /// Writes `value` where nothing stands yet; no inline value is on the way to it.
    pub(super) fn insert(&mut self, at: &[Seg], value: &Value) -> Result<(), Stuck> {
        let Some((last, parent)) = at.split_last() else { return Err(Stuck::TANGLED) };
        let row = matches!(last, Seg::Row(_));
        if row || self.layout(at, value) != Layout::Line {
            let text = self.sections(at, value);
            self.insert_sections(at, &text);
            return Ok(());
        }
        let host = self.tree.sections.iter().find(|section| section.path == parent);
        match (host, self.dotted(parent).last()) {
            (Some(section), _) => self.insert_line(section, at, value),
            (None, Some(line)) => self.insert_dotted(line, at, value),
            (None, None) => return self.insert_header(parent, at, value),
        }
        Ok(())
    }

    /// New groups and frameworks follow the way their siblings are written.
    fn layout(&self, at: &[Seg], value: &Value) -> Layout {
        let parent = &at[..at.len() - 1];
        let alike = matches!(self.form(at), Form::Each(_));
        let headers = self.below(parent).any(|section| section.path.len() > parent.len());
        match alike && !headers && matches!(self.find(parent), Found::Spread) {
            true => Layout::Line,
            false => self.form(at).layout(value),
        }
    }

    fn insert_line(&mut self, section: &'t Section, at: &[Seg], value: &Value) {
        let text = self.tree.text;
        let parent = self.form(&at[..at.len() - 1]);
        let key = &at[at.len() - 1];
        let depth = section.path.len();
        let place = |line: &super::tree::Entry| parent.rank(&section.full(line)[depth]);
        let before =
            section.entries.iter().filter(|line| place(line) <= parent.rank(key)).max_by_key(|line| place(line));
        let (end, indent) = match before {
            Some(line) => (next_line(text, line.value.span.end), self.indent(line.start())),
            None if section.is_root() => (self.top(section), ""),
            None => (next_line(text, section.header.end), ""),
        };
        let line = self.line(indent, &spell(key.as_key()), at, value);
        self.insert_text(end, &line);
    }

    fn insert_dotted(&mut self, like: Line<'t>, at: &[Seg], value: &Value) {
        let text = self.tree.text;
        let shared = at.len() - 1 - like.section.path.len();
        let prefix = like.entry.start()..like.entry.names[shared - 1].span.end;
        let key = format!("{}.{}", &text[prefix], spell(at[at.len() - 1].as_key()));
        let line = self.line(self.indent(like.entry.start()), &key, at, value);
        self.insert_text(next_line(text, like.entry.value.span.end), &line);
    }

    /// A table that so far only has tables below it gets a header of its own above them.
    fn insert_header(&mut self, parent: &[Seg], at: &[Seg], value: &Value) -> Result<(), Stuck> {
        let line = self.line("", &spell(at[at.len() - 1].as_key()), at, value);
        if let Some((_, made)) = self.headers.iter().find(|(path, _)| path == parent) {
            let text = &mut self.splices[*made].text;
            let end = text.len() - self.eol.len();
            text.insert_str(end, &line.replace('\n', self.eol));
            return Ok(());
        }
        let first = self.below(parent).next().ok_or(Stuck::TANGLED)?;
        self.headers.push((parent.to_vec(), self.splices.len()));
        self.splice_headed(self.above(first), &format!("{}\n{line}\n", header(parent)));
        Ok(())
    }

    fn line(&self, indent: &str, key: &str, at: &[Seg], value: &Value) -> String {
        let column = indent.chars().count() + key.chars().count() + 3;
        format!("{indent}{key} = {}\n", spread(value, self.form(at), column))
    }

    fn insert_text(&mut self, at: usize, line: &str) {
        let open = at > 0 && !self.tree.text[..at].ends_with('\n');
        self.splice(at..at, &format!("{}{line}", if open { "\n" } else { "" }));
    }

    fn indent(&self, start: usize) -> &'t str {
        &self.tree.text[line_start(self.tree.text, start)..start]
    }

    /// Sections for `value` at `at`, with a blank line between them.
    pub(super) fn sections(&self, at: &[Seg], value: &Value) -> String {
        let mut parts = Vec::new();
        match (self.form(at).layout(value), value) {
            (Layout::Tables, Value::Table(table)) => {
                for (key, value) in self.form(at).sorted(table) {
                    parts.push(self.sections(&below(at, key), value));
                }
            }
            (Layout::Rows, Value::List(rows)) => {
                for (number, row) in rows.iter().enumerate() {
                    parts.push(self.sections(&[at, &[Seg::Row(number)]].concat(), row));
                }
            }
            (_, Value::Table(table)) => {
                let mut own = format!("{}\n", header(at));
                for (key, value) in self.form(at).sorted(table) {
                    let at = below(at, key);
                    match self.form(&at).layout(value) {
                        Layout::Line => own += &self.line("", &spell(key), &at, value),
                        _ => parts.push(self.sections(&at, value)),
                    }
                }
                parts.insert(0, own);
            }
            _ => {}
        }
        parts.join("\n")
    }

    /// Puts sections after what comes before `at` in the order of the file.
    pub(super) fn insert_sections(&mut self, at: &[Seg], sections: &str) {
        let end = self.anchor(at).map_or_else(|| self.top(&self.tree.sections[0]), |section| self.end(section));
        self.insert_at(end, sections);
    }

    /// Puts a row after the row at `after`, or before it.
    pub(super) fn insert_row(&mut self, after: &[Seg], before: bool, value: &Value) {
        let sections = self.sections(after, value);
        let neighbour = if before { self.below(after).next() } else { self.below(after).last() };
        match neighbour {
            Some(first) if before => {
                self.splice_headed(self.above(first), &format!("{sections}\n"));
            }
            Some(last) => self.insert_at(self.end(last), &sections),
            None => self.insert_sections(after, &sections),
        }
    }

    fn insert_at(&mut self, end: usize, sections: &str) {
        let (head, rest) = self.tree.text.split_at(end);
        let open = if head.is_empty() || head.ends_with('\n') { "" } else { "\n" };
        let apart = if head.is_empty() { "" } else { "\n" };
        let blank = rest.is_empty() || rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
        self.splice_headed(end, &format!("{open}{apart}{sections}{}", if blank { "" } else { "\n" }));
    }

    /// The section new ones at `at` follow: the last sibling that does not come after it, else the
    /// same question one level up.
    fn anchor(&self, at: &[Seg]) -> Option<&'t Section> {
        (0..at.len()).rev().find_map(|level| {
            let (parent, key) = (&at[..level], &at[level]);
            let form = self.form(parent);
            let limit = form.rank(key);
            let siblings = self.below(parent).filter(|section| section.path.len() > level);
            let ranked = siblings.map(|section| (form.rank(&section.path[level]), section));
            let fits = ranked.filter(|(rank, _)| if level + 1 == at.len() { *rank <= limit } else { *rank < limit });
            let own = self.tree.sections.iter().find(|section| level > 0 && section.path == parent);
            fits.max_by_key(|(rank, _)| *rank).map(|(_, section)| section).or(own)
        })
    }

    /// Where a section ends, with the comments that follow it directly and do not head the next one.
    pub(super) fn end(&self, section: &Section) -> usize {
        let text = self.tree.text;
        let end = section.end(text);
        let after = comments(text, end);
        let next = text[after..].trim_start_matches([' ', '\t']);
        if next.starts_with('[') { end } else { after }
    }

    /// Where the text of a section begins: its header, or the comments directly above.
    pub(super) fn above(&self, section: &Section) -> usize {
        let text = self.tree.text;
        let mut start = line_start(text, section.header.start);
        while start > 0 {
            let line = line_start(text, start - 1);
            if !text[line..start].trim_start().starts_with('#') || text[line..].starts_with("#:") {
                break;
            }
            start = line;
        }
        start
    }

    /// Where the first line of the file can go: after the comments it opens with.
    fn top(&self, root: &Section) -> usize {
        let text = self.tree.text;
        let mut marks = 0;
        while text[marks..].starts_with("#:") {
            marks = next_line(text, marks);
        }
        if root.entries.is_empty() { self.opening(marks) } else { self.end(root) }
    }

    fn opening(&self, marks: usize) -> usize {
        let text = self.tree.text;
        let after = comments(text, marks);
        let next = text[after..].trim_start_matches([' ', '\t']);
        if next.starts_with('[') { marks } else { after }
    }
}

/// The end of the comment lines that begin at `at`.
fn comments(text: &str, mut at: usize) -> usize {
    while text[at..].trim_start_matches([' ', '\t']).starts_with('#') {
        at = next_line(text, at);
    }
    at
}

fn below(at: &[Seg], key: &str) -> Vec<Seg> {
    [at, &[Seg::key(key)]].concat()
}

/// `[a.b]`, or `[[a.b]]` when the path ends in a row.
fn header(at: &[Seg]) -> String {
    let keys: Vec<String> = at.iter().filter(|seg| matches!(seg, Seg::Key(_))).map(|seg| spell(seg.as_key())).collect();
    let path = keys.join(".");
    match at.last() {
        Some(Seg::Row(_)) => format!("[[{path}]]"),
        _ => format!("[{path}]"),
    }
}
