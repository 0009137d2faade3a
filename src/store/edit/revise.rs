//! A value that changes in part: only the part is written anew.

use super::Stuck;
use super::form::Form;
use super::sequence::Sequence;
use super::tree::{Entry, Node, What};
use super::value::{inline, pair};
use crate::model::Value;

/// The text values are cut from, and how its lines end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper<'t> {
    pub(super) text: &'t str,
    pub(super) eol: &'static str,
}

/// Tables and lists the reader understood, by key.
type Pairs = std::collections::BTreeMap<String, Value>;

impl Paper<'_> {
    /// The text of `node` once its value is `new`; `None` when nothing of it can stay. What `old` does
    /// not speak of was not understood, and stays.
    pub(super) fn revise(
        self,
        node: &Node,
        old: Option<&Value>,
        new: &Value,
        form: Form,
    ) -> Result<Option<String>, Stuck> {
        match (&node.what, old, new) {
            (What::Table(members), Some(Value::Table(old)), Value::Table(new)) if plain(members) => {
                self.table(node, members, (old, new), form).map(Some)
            }
            (What::List(nodes), Some(Value::List(old)), Value::List(new)) if form.is_set() => {
                Ok(Some(self.set(node, nodes, (old, new), form)))
            }
            (What::List(nodes), Some(Value::List(old)), Value::List(new)) => self.list(node, nodes, (old, new), form),
            _ => Ok(None),
        }
    }

    fn body(self, node: &Node, old: Option<&Value>, new: &Value, form: Form) -> Result<String, Stuck> {
        Ok(self.revise(node, old, new, form)?.unwrap_or_else(|| inline(new, form)))
    }

    fn table(self, node: &Node, members: &[Entry], (old, new): (&Pairs, &Pairs), form: Form) -> Result<String, Stuck> {
        let spans: Vec<_> = members.iter().map(|member| member.start()..member.value.span.end).collect();
        let mut sequence = Sequence::read(self.text, &node.span, &spans, self.eol);
        let mut keys: Vec<&str> = members.iter().map(|member| member.names[0].text.as_str()).collect();
        for (at, member) in members.iter().enumerate().rev() {
            match (old.get(keys[at]), new.get(keys[at])) {
                (from, Some(to)) if from != Some(to) => {
                    let child = form.child(&super::tree::Seg::key(keys[at]));
                    let value = self.body(&member.value, from, to, child)?;
                    sequence.replace(at, self.text[member.start()..member.value.span.start].to_owned() + &value);
                }
                (Some(_), None) => {
                    sequence.remove(at);
                    keys.remove(at);
                }
                _ => {}
            }
        }
        let mut before = None;
        for (key, value) in form.sorted(new) {
            let known = keys.iter().position(|name| name == key);
            let at = known.unwrap_or_else(|| {
                let at = before.map_or(0, |at| at + 1);
                sequence.insert(at, pair(key, value, form));
                keys.insert(at, key);
                at
            });
            before = Some(at);
        }
        Ok(sequence.into_text())
    }

    fn set(self, node: &Node, nodes: &[Node], (old, new): (&[Value], &[Value]), form: Form) -> String {
        let mut sequence = self.members(node, nodes);
        let mut present: Vec<Option<&Value>> = nodes.iter().map(leaf).collect();
        for at in (0..present.len()).rev() {
            let goes = present[at].is_some_and(|value| old.contains(value) && !new.contains(value));
            if goes {
                sequence.remove(at);
                present.remove(at);
            }
        }
        let mut before = None;
        for value in new {
            let known = present.iter().rposition(|item| *item == Some(value));
            let at = known.unwrap_or_else(|| {
                let at = before.map_or(0, |at| at + 1);
                sequence.insert(at, inline(value, form.item()));
                present.insert(at, Some(value));
                at
            });
            before = Some(at);
        }
        sequence.into_text()
    }

    fn list(
        self,
        node: &Node,
        nodes: &[Node],
        (old, new): (&[Value], &[Value]),
        form: Form,
    ) -> Result<Option<String>, Stuck> {
        let mut sequence = self.members(node, nodes);
        if new.starts_with(old) {
            for (count, value) in new[old.len()..].iter().enumerate() {
                sequence.insert(nodes.len() + count, inline(value, form.item()));
            }
            return Ok(Some(sequence.into_text()));
        }
        if nodes.len() != old.len() {
            return if has_rows(old) { Err(Stuck::UNREAD_ROWS) } else { Ok(None) };
        }
        let Middle { start, old_end, new_end } = Middle::of(old, new);
        let shared = old_end.min(new_end);
        for at in (shared..old_end).rev() {
            sequence.remove(at);
        }
        for at in start..shared {
            sequence.replace(at, self.body(&nodes[at], Some(&old[at]), &new[at], form.item())?);
        }
        for (at, value) in new.iter().enumerate().take(new_end).skip(shared) {
            sequence.insert(at, inline(value, form.item()));
        }
        Ok(Some(sequence.into_text()))
    }

    fn members(self, node: &Node, nodes: &[Node]) -> Sequence {
        let spans: Vec<_> = nodes.iter().map(|item| item.span.clone()).collect();
        Sequence::read(self.text, &node.span, &spans, self.eol)
    }
}

/// What differs between two lists: from `start` to the end given for each.
pub(super) struct Middle {
    pub(super) start: usize,
    pub(super) old_end: usize,
    pub(super) new_end: usize,
}

impl Middle {
    pub(super) fn of(old: &[Value], new: &[Value]) -> Middle {
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
        let same = rest.take_while(|(a, b)| a == b).count();
        Middle { start, old_end: old.len() - same, new_end: new.len() - same }
    }
}

fn plain(members: &[Entry]) -> bool {
    members.iter().all(|member| member.names.len() == 1)
}

fn leaf(node: &Node) -> Option<&Value> {
    match &node.what {
        What::Leaf(value) => value.as_ref(),
        _ => None,
    }
}

fn has_rows(list: &[Value]) -> bool {
    list.iter().any(|row| row.as_table().is_some())
}
