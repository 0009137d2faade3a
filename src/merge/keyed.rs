//! Collections whose members have a name: levels by factor, frameworks, mappings by requirement.

use std::collections::{BTreeMap, BTreeSet};

use super::{BOTH, Why, field};
use crate::model::{Field, Value};

type Table = BTreeMap<String, Value>;

const REWRITTEN: Why = "both sides rewrote the same entry";

/// Key by key; a key that both sides changed differently has no merge.
pub(super) fn table([base, ours, theirs]: [Table; 3]) -> Result<Table, Why> {
    let mut merged = Table::new();
    let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for key in keys {
        let value = field::plain([base.get(key), ours.get(key), theirs.get(key)]).ok_or(BOTH)?;
        value.map(|value| merged.insert(key.clone(), value.clone()));
    }
    Ok(merged)
}

/// The same with records as members, which are merged in turn.
pub(super) fn tables(fields: &[Field], [base, ours, theirs]: [Table; 3]) -> Result<Table, Why> {
    let mut merged = Table::new();
    let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for key in keys {
        let ways = [base.get(key), ours.get(key), theirs.get(key)];
        let value = match (field::plain(ways), ways) {
            (Some(value), _) => value.cloned(),
            (None, [was, Some(Value::Table(ours)), Some(Value::Table(theirs))]) => {
                let was = was.and_then(Value::as_table).cloned().unwrap_or_default();
                Some(Value::Table(field::record(fields, [was, ours.clone(), theirs.clone()])?))
            }
            _ => return Err(BOTH),
        };
        value.map(|value| merged.insert(key.clone(), value));
    }
    Ok(merged)
}

/// Rows that stand for themselves: by requirement where each names another one, else by all they say. A row
/// that both sides rewrote has no merge. Our order, then what is new on their side in theirs.
pub(super) fn rows(lists: [&[Value]; 3]) -> Result<Vec<Value>, Why> {
    let named = lists.iter().all(|rows| {
        let mut seen = BTreeSet::new();
        rows.iter().all(|row| requirement(row).is_some_and(|req| seen.insert(req)))
    });
    let key = |row: &Value| match requirement(row) {
        Some(req) if named => req.to_owned(),
        _ => format!("{row:?}"),
    };
    let maps = lists.map(|rows| rows.iter().map(|row| (key(row), row.clone())).collect::<Table>());
    let merged = table(maps).map_err(|_| REWRITTEN)?;
    let mut seen = BTreeSet::new();
    let order = lists[1].iter().chain(lists[2]).map(key).filter(|key| seen.insert(key.clone()));
    Ok(order.filter_map(|key| merged.get(&key).cloned()).collect())
}

fn requirement(row: &Value) -> Option<&str> {
    row.as_table()?.get("req")?.as_text()
}

/// Alternatives: those either side added join. Where both sides took one away and each put something in its
/// place, nobody knows what stands for what.
pub(super) fn alternatives(lists: [&[Value]; 3]) -> Result<Vec<Value>, Why> {
    let [base, ours, theirs] = lists;
    let both_lack = base.iter().any(|item| !ours.contains(item) && !theirs.contains(item));
    let adds = |side: &[Value]| side.iter().any(|item| !base.contains(item));
    if both_lack && adds(ours) && adds(theirs) {
        return Err(BOTH);
    }
    rows(lists)
}
