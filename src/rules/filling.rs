//! Fixes with gaps: who, when and why are nothing a rule can know.

use std::collections::BTreeMap;

use crate::change::{Act, Change, Thing};
use crate::finding::{Choice, Fix, Safety};
use crate::model::{Record, Value};

/// A fix whose changes carry tables or rows without some of `at`, `by` and `reason`; `needs` lists the
/// keys, separated by `, `. Whoever performs it fills them in first: see [`filled`].
pub(super) fn fix(title: impl Into<String>, options: Vec<Choice>, keys: &[&str]) -> Fix {
    Fix { title: title.into(), safety: Safety::Unsafe, options, needs: Some(keys.join(SEPARATOR)) }
}

/// All three of them.
pub(super) const ALL: [&str; 3] = ["at", "by", "reason"];

const SEPARATOR: &str = ", ";

/// The names whose value is missing.
pub(super) fn missing<const N: usize>(keys: [(&'static str, bool); N]) -> Vec<&'static str> {
    keys.into_iter().filter(|(_, there)| !there).map(|(key, _)| key).collect()
}

/// The fix with its gaps filled from `known`: every tombstone and row it writes gets the keys it lacks.
/// `needs` keeps what nobody supplied. A fix without gaps stays as it is.
pub fn filled(fix: &Fix, known: &BTreeMap<&str, Value>) -> Fix {
    let mut fix = fix.clone();
    let Some(needs) = fix.needs.take() else { return fix };
    let (given, open): (Vec<&str>, Vec<&str>) = needs.split(SEPARATOR).partition(|key| known.contains_key(key));
    let filling = Filling(given.into_iter().filter_map(|key| Some((key, known.get(key)?))).collect());
    let changes = fix.options.iter_mut().flat_map(|option| &mut option.changes);
    changes.for_each(|change| filling.change(change));
    fix.needs = (!open.is_empty()).then(|| open.join(SEPARATOR));
    fix
}

struct Filling<'k>(Vec<(&'k str, &'k Value)>);

impl Filling<'_> {
    fn change(&self, change: &mut Change) {
        match &mut change.act {
            Act::Set { field: "removed", to: Some(value), .. } | Act::Push { row: value, .. } => self.table(value),
            Act::Set { to: Some(Value::List(rows)), .. } => rows.iter_mut().for_each(|row| self.table(row)),
            Act::Put(thing) => self.thing(thing),
            _ => {}
        }
    }

    /// Anything but a table is left alone: lists hold IDs as well as rows.
    fn table(&self, value: &mut Value) {
        if let Value::Table(table) = value {
            for (key, value) in &self.0 {
                table.entry((*key).to_owned()).or_insert_with(|| (*value).clone());
            }
        }
    }

    fn thing(&self, thing: &mut Thing) {
        match thing {
            Thing::Decision(decision) => {
                for (key, value) in self.0.iter().filter(|(key, _)| decision.value(key).is_none()).collect::<Vec<_>>() {
                    decision.set(key, Some(value));
                }
            }
            other => self.tombstone(other),
        }
    }

    fn tombstone(&self, thing: &mut Thing) {
        let removed = match thing {
            Thing::Entity(entity) => entity.value("removed"),
            Thing::Head(head) => head.value("removed"),
            _ => None,
        };
        let Some(mut removed) = removed else { return };
        self.table(&mut removed);
        match thing {
            Thing::Entity(entity) => drop(entity.set("removed", Some(&removed))),
            Thing::Head(head) => drop(head.set("removed", Some(&removed))),
            _ => {}
        }
    }
}
