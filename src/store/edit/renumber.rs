//! Another ID for an entity, in place: its headers and keys, and every reference to it.

use std::ops::Range;

use super::form::{File, Form};
use super::keys::{Name, spell};
use super::text::Splice;
use super::tree::{Entry, Node, Section, Seg, Tree, What};
use super::value::quoted;
use crate::model::{Id, Kind, Shape, Value};

/// The splices that give `from` the ID `to` in one file.
pub(super) fn renumber(tree: &Tree<'_>, file: File, from: Id, to: Id) -> Vec<Splice> {
    let mut walk = Walk {
        text: tree.text,
        form: Form::File(file),
        kind: from.kind,
        from: from.to_string(),
        to: to.to_string(),
        splices: Vec::new(),
    };
    tree.sections.iter().for_each(|section| walk.section(section));
    walk.splices
}

struct Walk<'t> {
    text: &'t str,
    form: Form,
    kind: Kind,
    from: String,
    to: String,
    splices: Vec<Splice>,
}

impl Walk<'_> {
    fn section(&mut self, section: &Section) {
        let mut names = section.names.iter();
        for (level, seg) in section.path.iter().enumerate() {
            if matches!(seg, Seg::Key(_))
                && let Some(name) = names.next()
            {
                self.key(&section.path[..level], name);
            }
        }
        let mut path = section.path.clone();
        section.entries.iter().for_each(|entry| self.entry(&mut path, entry));
    }

    fn entry(&mut self, path: &mut Vec<Seg>, entry: &Entry) {
        let depth = path.len();
        for name in &entry.names {
            self.key(path, name);
            path.push(Seg::key(&name.text));
        }
        self.node(path, &entry.value);
        path.truncate(depth);
    }

    fn node(&mut self, path: &mut Vec<Seg>, node: &Node) {
        match &node.what {
            What::Leaf(Some(Value::Text(text))) if *text == self.from && self.refers(path) => {
                self.swap(&node.span, quoted);
            }
            What::Leaf(_) => {}
            What::List(nodes) => {
                for (row, node) in nodes.iter().enumerate() {
                    path.push(Seg::Row(row));
                    self.node(path, node);
                    path.pop();
                }
            }
            What::Table(members) => members.iter().for_each(|member| self.entry(path, member)),
        }
    }

    fn key(&mut self, parent: &[Seg], name: &Name) {
        let form = self.form.at(parent);
        let names_it = match form {
            Form::Entities(kind) => kind == self.kind,
            _ => self.kind == Kind::Asset && matches!(form.shape(), Some(Shape::Pairs)),
        };
        if names_it && name.text == self.from {
            self.swap(&name.span, spell);
        }
    }

    /// Whether text at this path is the ID of an entity of the kind.
    fn refers(&self, path: &[Seg]) -> bool {
        if let [_, _, Seg::Key(removed), Seg::Key(key)] = path
            && (removed.as_str(), key.as_str()) == ("removed", "replaced_by")
        {
            return true;
        }
        self.form.at(path).shape().is_some_and(|shape| reference(shape).contains(&self.kind))
    }

    /// Puts the new ID in place of the old, in the same quotes.
    fn swap(&mut self, span: &Range<usize>, anew: fn(&str) -> String) {
        let spelled = &self.text[span.clone()];
        let text = match spelled.split_once(self.from.as_str()) {
            Some((open, close)) => format!("{open}{}{close}", self.to),
            None => anew(&self.to),
        };
        self.splices.push(Splice { at: span.clone(), text, headed: false });
    }
}

fn reference(shape: Shape) -> &'static [Kind] {
    match shape {
        Shape::Reference(kinds) => kinds,
        Shape::Wild(inner) | Shape::Set(inner) => reference(*inner),
        _ => &[],
    }
}
