//! The changes that turn our side into the merged state.

use std::collections::BTreeSet;

use super::{Merged, Side, renumbered_on, renumberings};
use crate::change::{Act, Change, Subject, diff};
use crate::model::{Model, Value};

/// Changes in an order that can be performed on our files. Rows that come to stand between others are set as
/// a whole, since they are not appended.
pub fn edits(ours: &Model, merged: &Merged) -> Vec<Change> {
    let mut changes = renumberings(Side::Ours, ours, &merged.renumbered);
    let ours = renumbered_on(Side::Ours, ours, &merged.renumbered);
    let mut done: BTreeSet<(Subject, &'static str)> = BTreeSet::new();
    for change in diff(&ours, &merged.model) {
        match (&change.act, &change.subject) {
            (Act::Push { rows, .. } | Act::Lost { rows, .. }, Subject::Entity(id)) => {
                if done.insert((change.subject.clone(), rows)) {
                    let of = |model: &Model| -> Option<Value> { model.entities.get(id)?.value(rows) };
                    let act = Act::Set { field: rows, from: of(&ours), to: of(&merged.model) };
                    changes.push(Change { act, ..change });
                }
            }
            _ => changes.push(change),
        }
    }
    changes
}
