//! Append-only rows that came, went, or lost words: each is told as a row.

use super::part::{Part, columns};
use super::thing::FieldChange;
use crate::assess::{Shift, revised};
use crate::change::{Act, Change};
use crate::model::{Entity, Level, Value};

/// The changes of rows among the changes of one thing. Rows that only stand elsewhere, as merges may leave them, are no
/// change but of their order; one that differs from a lost one in its words alone is the same row.
pub(super) fn rows(changes: &[Change], after: Option<&Entity>) -> Vec<FieldChange> {
    let mut lost: Vec<(&'static str, &Value)> = Vec::new();
    let mut found: Vec<FieldChange> = Vec::new();
    for change in changes {
        if let Act::Lost { rows, row } = &change.act {
            lost.push((rows, row));
        }
    }
    let mut moved: Vec<&'static str> = Vec::new();
    for change in changes {
        let Act::Push { rows, row } = &change.act else { continue };
        if let Some(at) = lost.iter().position(|(name, old)| name == rows && *old == row) {
            lost.remove(at);
            moved.push(rows);
            continue;
        }
        let same =
            lost.iter().position(|(name, old)| name == rows && stamped(old).is_some() && stamped(old) == stamped(row));
        let from = same.map(|at| lost.remove(at).1);
        found.push(told(rows, from, Some(row), after));
    }
    found.extend(lost.into_iter().rev().map(|(rows, row)| told(rows, Some(row), None, after)));
    moved.dedup();
    moved.retain(|rows| !found.iter().any(|change| change.name == *rows));
    found.extend(moved.into_iter().map(other_order));
    found
}

/// Who wrote a row and when.
fn stamped(row: &Value) -> Option<(&Value, &Value)> {
    let table = row.as_table()?;
    Some((table.get("at")?, table.get("by")?))
}

fn told(name: &'static str, from: Option<&Value>, to: Option<&Value>, after: Option<&Entity>) -> FieldChange {
    let mut parts = columns(from, to);
    if let (None, Some(row), Some(entity)) = (from, to, after)
        && name == "revisions"
        && let Some(shifts) = shifts(entity, row)
    {
        parts.retain(|part| part.path != "set");
        parts.splice(0..0, shifts);
    }
    FieldChange { name, from: from.cloned(), to: to.cloned(), parts }
}

/// What a revision moved, and from where: that depends on the rows before it.
fn shifts(entity: &Entity, row: &Value) -> Option<Vec<Part>> {
    let all = entity.value("revisions")?;
    let at = all.as_list()?.iter().position(|known| known == row)?;
    let level = |level: Level| Value::text(level.name);
    let part = |shift: &Shift| Part::value(shift.factor.name(), shift.from.map(level), Some(level(shift.to)));
    revised(entity).get(at).map(|revised| revised.shifts.iter().map(part).collect())
}

fn other_order(name: &'static str) -> FieldChange {
    let parts = vec![Part::value(String::new(), None, Some(Value::text("in another order")))];
    FieldChange { name, from: None, to: None, parts }
}
