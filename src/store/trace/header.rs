//! The tables of a file, found by their headers, without parsing it.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr_iter;
use toml::de::{DeTable, DeValue};

use super::starts::Starts;
use crate::model::{Id, Kind, ModelId};

/// The tables of entities in a file.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Bytes before the first header.
    pub head: usize,
    pub tables: Vec<Table>,
    /// Every entity has headers of its own, in the usual spelling.
    pub plain: bool,
    /// What is still open at the end; then headers were taken line by line.
    pub open: Option<String>,
}

/// One entity: its own table, and the tables and rows under it.
#[derive(Debug)]
pub(super) struct Table {
    pub id: Id,
    pub line: u32,
    pub spans: Vec<Range<usize>>,
}

/// What stands before the first header.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    /// `None` also where the head has a mistake.
    pub model: Option<ModelId>,
    pub retired: bool,
    /// Entities are written in braces or with dots.
    pub nested: bool,
    pub flaw: Option<String>,
}

pub(super) fn outline(text: &str, known: &mut Starts) -> Outline {
    let (starts, open) = known.find(text.as_bytes());
    let (starts, open) = match open {
        None => (starts, None),
        Some(line) => (by_line(text), Some(format!("what line {line} opens is never closed"))),
    };
    let head = starts.first().copied().unwrap_or(text.len());
    let mut outline = Outline { head, plain: true, open, ..Outline::default() };
    let mut at: HashMap<Id, usize> = HashMap::with_capacity(starts.len());
    let (mut line, mut counted) = (1, 0);
    for (nth, &start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(text.len());
        match owner(&text[start..end]) {
            Owner::Entity(id) => {
                line += newlines(&text[counted..start]);
                counted = start;
                let known = *at.entry(id).or_insert(outline.tables.len());
                match outline.tables.get_mut(known) {
                    Some(table) => table.extend(start..end),
                    None => outline.tables.push(Table::new(id, line, start..end)),
                }
            }
            Owner::Nobody => {}
            Owner::Unclear => outline.plain = outline.open.is_some() && outline.plain,
        }
    }
    outline
}

impl Table {
    fn new(id: Id, line: u32, span: Range<usize>) -> Table {
        Table { id, line, spans: std::iter::once(span).collect() }
    }

    fn extend(&mut self, span: Range<usize>) {
        match self.spans.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => self.spans.push(span),
        }
    }
}

fn newlines(text: &str) -> u32 {
    u32::try_from(memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

enum Owner {
    Entity(Id),
    Nobody,
    /// A header that only a parser understands.
    Unclear,
}

fn owner(section: &str) -> Owner {
    let line = section.split('\n').next().unwrap_or_default();
    let inner = line.trim_start_matches('[');
    let Some(end) = inner.find(']') else { return Owner::Unclear };
    let keys = &inner[..end];
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !keys.chars().all(bare) {
        return Owner::Unclear;
    }
    let mut keys = keys.split('.');
    match (keys.next().and_then(Kind::of_table), keys.next()) {
        (None, _) => Owner::Nobody,
        (Some(_), None) => Owner::Unclear,
        (Some(kind), Some(id)) => match Id::parse(id).filter(|id| id.kind == kind) {
            Some(id) => Owner::Entity(id),
            None => Owner::Nobody,
        },
    }
}

/// Every line that starts like a header, whatever it stands in.
fn by_line(text: &str) -> Vec<usize> {
    let mut at = 0;
    let starts = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    starts.filter(|(_, line)| line.starts_with('[')).map(|(start, _)| start).collect()
}

/// Reads the lines before the first header.
pub(super) fn head(text: &str) -> Head {
    let (root, errors) = DeTable::parse_recoverable(text);
    let root = root.get_ref();
    let flaw = errors.first().map(|error| format!("the top of the file: {}", error.message()));
    let id = root.get("id").and_then(|id| id.get_ref().as_str()).and_then(ModelId::parse);
    Head {
        // A name that was only made out of a mistake is nobody's.
        model: id.filter(|_| flaw.is_none()),
        retired: matches!(root.get("removed").map(|value| value.get_ref()), Some(DeValue::Table(_))),
        nested: Kind::ALL.iter().any(|kind| root.contains_key(kind.table())),
        flaw,
    }
}
