//! Where everything of a TOML text stands: headers, key lines, values, each with its bytes.

use std::ops::Range;

use toml_edit::{Document, Item, Table};

use super::keys::{Name, names};
use super::text::{line_start, next_line, skip};
use crate::model::Value;

/// One step from the root of a file: a key, or a row of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seg {
    Key(String),
    Row(usize),
}

impl Seg {
    pub(super) fn key(text: impl Into<String>) -> Seg {
        Seg::Key(text.into())
    }

    pub(super) fn as_key(&self) -> &str {
        match self {
            Seg::Key(key) => key,
            Seg::Row(_) => "",
        }
    }
}

/// A text and its sections in the order of the file; the first is what stands above every header.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) sections: Vec<Section>,
}

/// A header and the key lines below it.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) path: Vec<Seg>,
    /// The header with its brackets; empty for what stands above every header.
    pub(super) header: Range<usize>,
    pub(super) names: Vec<Name>,
    pub(super) entries: Vec<Entry>,
}

/// A key and its value: a line of a section, or a member of an inline table.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) names: Vec<Name>,
    pub(super) value: Node,
}

/// A value where it is written.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// `None`: nothing a model can hold, such as a float.
    Leaf(Option<Value>),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

impl Entry {
    /// Where its key begins.
    pub(super) fn start(&self) -> usize {
        self.names.first().map_or(self.value.span.start, |name| name.span.start)
    }
}

impl Section {
    /// The path of one of its entries from the root of the file.
    pub(super) fn full(&self, entry: &Entry) -> Vec<Seg> {
        let own = entry.names.iter().map(|name| Seg::key(&name.text));
        self.path.iter().cloned().chain(own).collect()
    }

    /// Where the line of its header, or of its last entry, ends.
    pub(super) fn end(&self, text: &str) -> usize {
        let last = self.entries.last().map(|entry| entry.value.span.end);
        match last.unwrap_or(self.header.end) {
            0 => 0,
            at => next_line(text, at),
        }
    }

    pub(super) fn is_root(&self) -> bool {
        self.path.is_empty()
    }
}

impl<'t> Tree<'t> {
    /// The error is the parser's own words.
    pub(super) fn parse(text: &'t str) -> Result<Tree<'t>, String> {
        let document = Document::parse(text).map_err(|error| error.message().to_owned())?;
        let mut tree = Tree { text, sections: Vec::new() };
        tree.table(document.as_table(), &mut Vec::new());
        tree.sections.sort_by_key(|section| (!section.is_root(), section.header.start));
        Ok(tree)
    }

    fn table(&mut self, table: &Table, path: &mut Vec<Seg>) {
        let root = path.is_empty();
        if root || !(table.is_implicit() || table.is_dotted()) {
            let header = if root { 0..0 } else { table.span().unwrap_or_default() };
            let section = self.section(table, path.clone(), header);
            self.sections.push(section);
        }
        for (key, item) in table {
            path.push(Seg::key(key));
            self.below(item, path);
            path.pop();
        }
    }

    fn below(&mut self, item: &Item, path: &mut Vec<Seg>) {
        match item {
            Item::Table(table) => self.table(table, path),
            Item::ArrayOfTables(rows) => {
                for (row, table) in rows.iter().enumerate() {
                    path.push(Seg::Row(row));
                    self.table(table, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn section(&self, table: &Table, path: Vec<Seg>, header: Range<usize>) -> Section {
        let brackets = self.text[header.clone()].bytes().take_while(|&b| b == b'[').count();
        let names = if header.is_empty() { Vec::new() } else { names(self.text, header.start + brackets) };
        let values = table.get_values().into_iter();
        let entries = values.map(|(_, value)| {
            let node = self.node(value);
            let names = super::keys::names(self.text, line_start(self.text, node.span.start));
            Entry { names, value: node }
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by_key(|entry| entry.value.span.start);
        Section { path, header, names, entries }
    }

    fn node(&self, value: &toml_edit::Value) -> Node {
        let span = value.span().unwrap_or_default();
        let what = match value {
            toml_edit::Value::Array(array) => What::List(array.iter().map(|item| self.node(item)).collect()),
            toml_edit::Value::InlineTable(table) => {
                let mut nodes: Vec<Node> = table.get_values().into_iter().map(|(_, value)| self.node(value)).collect();
                nodes.sort_by_key(|node| node.span.start);
                What::Table(self.members(span.start + 1, nodes))
            }
            leaf => What::Leaf(plain(leaf)),
        };
        Node { span, what }
    }

    fn members(&self, mut at: usize, nodes: Vec<Node>) -> Vec<Entry> {
        let mut members = Vec::new();
        for value in nodes {
            let names = names(self.text, skip(self.text, at, true));
            at = value.span.end;
            members.push(Entry { names, value });
        }
        members
    }
}

/// The value of a leaf. Line ends of the file are none of the value's.
fn plain(value: &toml_edit::Value) -> Option<Value> {
    match value {
        toml_edit::Value::String(text) => Some(Value::text(text.value().replace("\r\n", "\n"))),
        toml_edit::Value::Integer(number) => Some(Value::Number(*number.value())),
        toml_edit::Value::Boolean(flag) => Some(Value::Flag(*flag.value())),
        toml_edit::Value::Datetime(when) => when.value().to_string().parse().ok().map(Value::When),
        _ => None,
    }
}
