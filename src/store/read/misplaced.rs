//! Keys that slipped under the wrong table header. In TOML everything below a header belongs to it, so a
//! line added at the end of an entity lands in its last sub-table.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::file::File;
use super::legal::Legal;
use super::lower::{Held, Name};
use super::outline::Header;
use super::walk::{Said, Spot, Walk};
use super::words::shown;
use crate::finding::{Choice, Fix, Safety, codes};
use crate::model::Kind;

/// Where a key belongs.
struct Home<'h> {
    /// The table's path from the top of the file.
    path: Vec<&'h str>,
    /// The key stands in a table of it.
    encloses: bool,
    /// Nothing else can be meant.
    sure: bool,
}

impl<'f> Walk<'f> {
    /// Reports a key that is legal in an enclosing table, or in the one before, and not set there.
    pub(super) fn misplaced(&mut self, key: &'f Name<'f>, held: &'f Held<'f>) -> bool {
        if self.report.full() || self.file.damaged(key.span().start) {
            return false;
        }
        let name = key.get_ref().as_ref();
        let Some(home) = self.home(name, &key.span()) else { return false };
        if home.encloses {
            self.meant
                .extend(Legal::at(self.doc, &home.path).and_then(|legal| legal.field(name)).map(|field| field.name));
        }
        self.lose(&codes::KEY_MISPLACED, Spot::Name(name), &key.span(), |walk| {
            let belongs = format!("`{}` belongs to {}", shown(name), label(&home.path));
            let file = walk.file;
            if !walk.statement(key.span().start) {
                return Said::new(format!("{belongs}: move it out of these braces"));
            }
            let Some((line, to)) = target(file, &home.path, key.span().start) else { return Said::new(belongs) };
            Said::new(format!("{belongs}: move it above line {line}")).fix(shift(file, key, held, to, home.sure))
        });
        true
    }

    fn home(&self, name: &str, key: &Range<usize>) -> Option<Home<'f>> {
        let headers = self.file.headers();
        let index = self.file.header(key.start)?;
        let own = headers[index].path();
        if headers[index].span.contains(&key.start) {
            return None;
        }
        let braces = !self.statement(key.start);
        let levels = own.len() + usize::from(braces);
        let enclosing = (0..levels).rev().map(|level| &own[..level]).find(|path| self.misses(path, name));
        if let Some(path) = enclosing {
            let sure = !path.is_empty() || own == ["provenance"];
            return Some(Home { path: path.to_vec(), encloses: true, sure });
        }
        let before = headers[..index].last().filter(|_| !braces)?.path();
        self.misses(&before, name).then_some(Home { path: before, encloses: false, sure: false })
    }

    /// Whether the table would take the key and does not have it.
    fn misses(&self, path: &[&str], name: &str) -> bool {
        let legal = Legal::at(self.doc, path).is_some_and(|legal| legal.field(name).is_some());
        legal && self.file.reach(path).is_some_and(|table| !table.contains_key(name))
    }
}

impl<'a> File<'a> {
    /// The table under a path; of rows, the last one.
    pub(super) fn reach(&self, path: &[&str]) -> Option<&DeTable<'a>> {
        path.iter().try_fold(&self.root, |table, part| match table.get(*part)?.get_ref() {
            DeValue::Table(table) => Some(table),
            DeValue::Array(rows) => rows.last()?.get_ref().as_table(),
            _ => None,
        })
    }
}

/// The line of the header above which the key belongs, and the byte where it goes.
fn target(file: &File<'_>, path: &[&str], key: usize) -> Option<(usize, usize)> {
    let headers = file.headers();
    let own = file.header(key)?;
    let (start, next): (usize, &Header) = if path.is_empty() {
        (0, headers.first()?)
    } else {
        let home = headers[..own].iter().rposition(|header| header.is(path))?;
        (headers[home].span.end, &headers[home + 1])
    };
    let next_line = file.lines().line(next.span.start).start;
    let body = file.text.get(start..next_line)?;
    let mut to = if start == 0 { next_line } else { file.lines().line(start - 1).end };
    let mut at = start;
    for line in body.split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            to = at;
        }
    }
    Some((file.lines().number(next.span.start), to))
}

/// Moves the whole lines of key and value.
fn shift(file: &File<'_>, key: &Name<'_>, held: &Held<'_>, to: usize, sure: bool) -> Option<Fix> {
    let (key, value) = (key.span(), held.span());
    if value.start < key.end {
        return None;
    }
    let from = file.lines().lines(&(key.start..value.end));
    let mut moved = file.text.get(from.clone())?.to_owned();
    if !moved.ends_with('\n') {
        moved.push_str(if file.text.contains("\r\n") { "\r\n" } else { "\n" });
    }
    let title = "move it there".to_owned();
    let patches = vec![file.patch(&(to..to), moved), file.patch(&from, "")];
    let option = Choice { label: title.clone(), changes: Vec::new(), patches };
    let safety = if sure { Safety::Safe } else { Safety::Unsafe };
    Some(Fix { title, safety, options: vec![option], needs: None })
}

fn label(path: &[&str]) -> String {
    match path {
        [] => "the top of the file".to_owned(),
        [table, id] if Kind::of_table(table).is_some() => shown(id),
        path => format!("[{}]", shown(&path.join("."))),
    }
}
