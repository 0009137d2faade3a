//! The spans of a file without its values: what is needed to find a place in it again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Source;
use super::read::spans;
use crate::finding::Step;

/// A value with its bytes in the file.
#[derive(Debug)]
pub(super) struct Node {
    pub span: Range<usize>,
    /// The key it stands under; empty for elements.
    key: Range<usize>,
    inner: Inner,
}

#[derive(Debug)]
enum Inner {
    Text(String),
    Plain,
    Table(BTreeMap<String, Node>),
    List(Vec<Node>),
}

/// The tree of a file; `None` when nothing of it can be parsed.
pub(super) fn tree(source: &Source) -> Option<Node> {
    let spare = OnceCell::new();
    let (start, root) = spans(source, &spare)?;
    Some(Node { span: 0..0, key: 0..0, inner: table(root, start) })
}

fn table(table: DeTable<'_>, start: usize) -> Inner {
    let entry = |(key, held): (Spanned<_>, _)| {
        let span = key.span();
        let name = std::borrow::Cow::<str>::into_owned(key.into_inner());
        (name, node(held, &span, start))
    };
    Inner::Table(table.into_iter().map(entry).collect())
}

fn node(held: Spanned<DeValue<'_>>, key: &Range<usize>, start: usize) -> Node {
    let span = held.span();
    let inner = match held.into_inner() {
        DeValue::String(text) => Inner::Text(text.into_owned()),
        DeValue::Table(inner) => table(inner, start),
        DeValue::Array(items) => Inner::List(items.into_iter().map(|item| node(item, &(0..0), start)).collect()),
        _ => Inner::Plain,
    };
    Node { span: span.start + start..span.end + start, key: key.start + start..key.end + start, inner }
}

impl Node {
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.inner {
            Inner::Table(table) => table.get(key),
            _ => None,
        }
    }

    /// Bytes of the first statement of a file.
    pub fn first(&self) -> Range<usize> {
        let Inner::Table(table) = &self.inner else { return self.span.clone() };
        table.values().min_by_key(|node| node.whole().start).map_or(0..0, Node::whole)
    }

    /// Key and value; of a table under a header, the header.
    pub fn whole(&self) -> Range<usize> {
        if self.key.start < self.span.start { self.key.start..self.span.end } else { self.span.clone() }
    }

    /// The bytes that the steps lead to, or as far as they lead; `bytes` are the file's.
    pub fn follow(&self, steps: &[Step], bytes: &[u8]) -> Option<Range<usize>> {
        let [step, rest @ ..] = steps else { return Some(self.span.clone()) };
        let next = match (step, &self.inner) {
            (Step::Key(key), Inner::Table(table)) => table.get(key),
            (Step::Name(key), Inner::Table(table)) => return table.get(key).map(|node| node.key.clone()),
            (Step::Row(row), Inner::List(items)) => items.get(*row),
            (Step::Item(item), Inner::List(items)) => items.iter().find(|node| node.reads(item, bytes)),
            _ => None,
        };
        let next = next?;
        Some(next.follow(rest, bytes).unwrap_or_else(|| next.span.clone()))
    }

    fn reads(&self, item: &str, bytes: &[u8]) -> bool {
        match &self.inner {
            Inner::Text(text) => text == item,
            _ => bytes.get(self.span.clone()) == Some(item.as_bytes()),
        }
    }
}
