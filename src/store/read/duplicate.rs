//! One ID, two tables: the parser calls it a duplicate key, the ledger calls it a collision.

use std::ops::Range;

use toml::de::Error;

use super::file::{File, Report};
use crate::finding::{Finding, codes};
use crate::model::{Id, Kind};

/// Entities whose table stands in a file twice.
pub(super) struct Duplicates {
    found: Vec<Duplicate>,
    /// Bytes of the second tables, in order: the parser's complaints there are this one once more.
    bodies: Vec<Range<usize>>,
}

struct Duplicate {
    id: Id,
    first: Option<Range<usize>>,
    second: Range<usize>,
}

pub(super) fn find(file: &File<'_>, errors: &[Error]) -> Duplicates {
    let mut duplicates = Duplicates { found: Vec::new(), bodies: Vec::new() };
    let mut spans: Vec<_> = errors.iter().filter(|e| e.message() == "duplicate key").filter_map(Error::span).collect();
    spans.sort_unstable_by_key(|span| span.start);
    for span in spans {
        if !duplicates.covers(span.start) {
            duplicates.see(file, span);
        }
    }
    duplicates
}

impl Duplicates {
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether the error is said already.
    pub fn explain(&self, error: &Error) -> bool {
        error.message() == "duplicate key" && error.span().is_some_and(|span| self.covers(span.start))
    }

    fn covers(&self, at: usize) -> bool {
        let before = self.bodies.partition_point(|body| body.start <= at);
        before > 0 && self.bodies[before - 1].contains(&at)
    }

    fn see(&mut self, file: &File<'_>, span: Range<usize>) {
        let headers = file.headers();
        let Some(index) = file.header(span.start) else { return };
        let path = headers[index].path();
        let Some(kind) = path.first().and_then(|table| Kind::of_table(table)) else { return };
        let word = file.text[span.clone()].trim_matches(['"', '\'']);
        let Some(id) = Id::within(kind, word) else { return };
        if path.len() == 1 {
            self.bodies.push(span.clone());
            self.found.push(Duplicate { id, first: None, second: span });
        } else if path[1] == word && headers[index].span.contains(&span.start) {
            let entity = &path[..2];
            let section = file.section(path[0], word);
            let first = section.iter().find(|&&first| headers[first].is(entity)).or(section.first());
            let first = first.filter(|&&first| first < index).map(|&first| &headers[first]);
            let rest = headers[index..].iter().position(|header| !header.starts_with(entity));
            let end = rest.map_or(file.text.len(), |next| headers[index + next].span.start);
            self.bodies.push(span.start..end);
            self.found.push(Duplicate {
                id,
                first: first.map(|h| h.span.clone()),
                second: headers[index].span.clone(),
            });
        }
    }

    pub fn tell(&self, file: &File<'_>, report: &mut Report) {
        for Duplicate { id, first, second } in &self.found {
            let message = format!("{id} stands here a second time: one ID cannot be two {}", id.kind.table());
            let finding = Finding::new(&codes::ID_DUPLICATE, file.place(second), message)
                .help(format!("give one of the two a fresh ID: [{}.NEW-<word>], then `redan fix`", id.kind.table()));
            let finding = match first {
                Some(first) => finding.also(file.place(first), format!("{id} stands here first")),
                None => finding,
            };
            report.add(second.start, finding);
        }
    }
}
