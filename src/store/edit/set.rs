//! Making a place of the file say something else, with as few bytes touched as its shape allows.

use std::collections::BTreeMap;

use super::Stuck;
use super::editor::{Editor, Found, Line};
use super::revise::Middle;
use super::text::line_start;
use super::tree::{Seg, What};
use super::value::{WIDTH, spread};
use crate::model::Value;

impl<'t> Editor<'t> {
    /// Turns what stands at `at` from `old`, as it was read, into `new`.
    pub(super) fn set(&mut self, at: &[Seg], old: Option<&Value>, new: Option<&Value>) -> Result<(), Stuck> {
        if old == new {
            return Ok(());
        }
        match (self.find(at), new) {
            (Found::Entry(line), Some(value)) => self.replace(line, old, value),
            (Found::Entry(line), None) => {
                self.remove_line(line);
                Ok(())
            }
            (Found::Within(line), _) => self.within(line, at, old, new),
            (Found::Spread, None) => {
                self.remove_spread(at);
                Ok(())
            }
            (Found::Spread, Some(value)) => self.set_spread(at, old, value),
            (Found::Absent, Some(value)) => self.insert(at, value),
            (Found::Absent, None) => Ok(()),
        }
    }

    /// Takes out what could not be read where something else belongs; an empty value may stay.
    pub(super) fn clear(&mut self, at: &[Seg]) {
        match self.find(at) {
            Found::Entry(line) if !is_empty(&line.entry.value.what) => self.remove_line(line),
            Found::Spread => self.remove_spread(at),
            _ => {}
        }
    }

    fn replace(&mut self, line: Line<'t>, old: Option<&Value>, new: &Value) -> Result<(), Stuck> {
        let node = &line.entry.value;
        let form = self.form(&line.section.full(line.entry));
        let text = self.tree.text;
        let column = text[line_start(text, node.span.start)..node.span.start].chars().count();
        let was = &text[node.span.clone()];
        match self.paper().revise(node, old, new, form)? {
            Some(revised) if was.contains('\n') || fits(new, &revised, column) => {
                self.splice_raw(node.span.clone(), revised);
            }
            _ => {
                self.lift_notes(line);
                self.splice(node.span.clone(), &spread(new, form, column));
            }
        }
        Ok(())
    }

    /// The place lies within a value: the same change, said of the whole value.
    fn within(&mut self, line: Line<'t>, at: &[Seg], old: Option<&Value>, new: Option<&Value>) -> Result<(), Stuck> {
        let full = line.section.full(line.entry);
        let inner = &at[full.len()..];
        let wrap = |value: Option<&Value>| wrapped(inner, value).ok_or(Stuck::TANGLED);
        let (old, new) = (wrap(old)?, wrap(new)?);
        let node = &line.entry.value;
        let revised = self.paper().revise(node, Some(&old), &new, self.form(&full))?;
        self.splice_raw(node.span.clone(), revised.ok_or(Stuck::TANGLED)?);
        Ok(())
    }

    fn set_spread(&mut self, at: &[Seg], old: Option<&Value>, new: &Value) -> Result<(), Stuck> {
        let rows = self.rows(at);
        let headed = self.tree.sections.iter().any(|section| section.path == at);
        match new {
            Value::Table(table) if rows == 0 && (headed || !table.is_empty()) => {
                let none = BTreeMap::new();
                let before = old.and_then(Value::as_table).unwrap_or(&none);
                let keys: BTreeMap<&String, ()> = before.keys().chain(table.keys()).map(|key| (key, ())).collect();
                for (key, ()) in self.form(at).sorted(keys) {
                    let at = [at, &[Seg::key(key.as_str())]].concat();
                    self.set(&at, before.get(key), table.get(key))?;
                }
                Ok(())
            }
            Value::List(list) if rows > 0 => {
                let before = old.and_then(Value::as_list).unwrap_or_default();
                self.set_rows(at, before, list, rows)
            }
            _ => {
                self.remove_spread(at);
                self.insert(at, new)
            }
        }
    }

    fn set_rows(&mut self, at: &[Seg], old: &[Value], new: &[Value], rows: usize) -> Result<(), Stuck> {
        let row = |number: usize| [at, &[Seg::Row(number)]].concat();
        if new.starts_with(old) {
            return new[old.len()..]
                .iter()
                .enumerate()
                .try_for_each(|(more, value)| self.insert(&row(rows + more), value));
        }
        if rows != old.len() {
            return Err(Stuck::UNREAD_ROWS);
        }
        let Middle { start, old_end, new_end } = Middle::of(old, new);
        let shared = old_end.min(new_end);
        for number in start..shared {
            self.set(&row(number), Some(&old[number]), Some(&new[number]))?;
        }
        for number in shared..old_end {
            self.remove_spread(&row(number));
        }
        for value in &new[shared..new_end] {
            let after = row(shared.saturating_sub(1));
            self.insert_row(&after, shared == 0, value);
        }
        Ok(())
    }

    /// How many rows stand under `[[headers]]` of this path.
    fn rows(&self, at: &[Seg]) -> usize {
        let rows = self.below(at).filter_map(|section| match section.path.get(at.len()) {
            Some(Seg::Row(row)) => Some(row + 1),
            _ => None,
        });
        rows.max().unwrap_or(0)
    }
}

fn fits(value: &Value, text: &str, column: usize) -> bool {
    value.as_list().is_none() || text.contains('\n') || column + text.chars().count() <= WIDTH
}

fn is_empty(what: &What) -> bool {
    match what {
        What::Leaf(Some(Value::Text(text))) => text.is_empty(),
        What::Leaf(value) => *value == Some(Value::Flag(false)),
        What::List(nodes) => nodes.is_empty(),
        What::Table(members) => members.is_empty(),
    }
}

/// `value` under `path`, as a table of tables; without a value the innermost is empty.
fn wrapped(path: &[Seg], value: Option<&Value>) -> Option<Value> {
    let (first, rest) = path.split_first()?;
    let Seg::Key(key) = first else { return None };
    let inner = if rest.is_empty() { value.cloned() } else { wrapped(rest, value) };
    Some(Value::Table(inner.map(|inner| (key.clone(), inner)).into_iter().collect()))
}
