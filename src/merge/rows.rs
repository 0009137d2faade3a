//! Append-only rows: the union of both sides. Rows of the base stay where they are, new ones stand in the
//! order of time, and no side's own order is ever turned around.

use std::collections::BTreeMap;

use super::{Why, field};
use crate::identity::owed;
use crate::model::Value;

const REWRITTEN: Why = "a side rewrote or dropped rows that are only ever appended";
const ORDER: Why = "the sides have the same new rows in different orders";
const FILLED: Why = "both sides completed the same row, each in its own way";

pub(super) fn merge([base, ours, theirs]: [&[Value]; 3]) -> Result<Vec<Value>, Why> {
    let (our, their) = (Slots::of(base, ours).ok_or(REWRITTEN)?, Slots::of(base, theirs).ok_or(REWRITTEN)?);
    let mut merged = Vec::new();
    for (at, (ours, theirs)) in our.gaps.iter().zip(&their.gaps).enumerate() {
        merged.extend(zipped(ours, theirs)?);
        if let (Some(was), Some(ours), Some(theirs)) = (base.get(at), our.kept.get(at), their.kept.get(at)) {
            merged.push(filled([was, ours, theirs])?);
        }
    }
    let count = |rows: &[Value], row: &Value| rows.iter().filter(|other| *other == row).count();
    let doubled = |row: &Value| count(&merged, row) > count(ours, row).max(count(theirs, row)).max(1);
    if merged.iter().any(doubled) { Err(ORDER) } else { Ok(merged) }
}

/// A side's rows by the rows of the base they stand between.
struct Slots<'a> {
    /// One more than the base has rows.
    gaps: Vec<Vec<&'a Value>>,
    /// The rows of the base as this side has them.
    kept: Vec<&'a Value>,
}

impl<'a> Slots<'a> {
    /// `None` when a row of the base is not there any more.
    fn of(base: &[Value], rows: &'a [Value]) -> Option<Slots<'a>> {
        let mut slots = Slots { gaps: Vec::new(), kept: Vec::new() };
        let mut rest = rows;
        for row in base {
            let at = rest.iter().position(|candidate| completes(row, candidate))?;
            slots.gaps.push(rest[..at].iter().collect());
            slots.kept.push(&rest[at]);
            rest = &rest[at + 1..];
        }
        slots.gaps.push(rest.iter().collect());
        Some(slots)
    }
}

/// Whether the row says all that the earlier one said, or gave its words up for their hash, and at most fills in
/// what was missing.
fn completes(earlier: &Value, row: &Value) -> bool {
    match (earlier, row) {
        (Value::Table(earlier), Value::Table(row)) => {
            owed(earlier, row).iter().all(|(key, value)| row.get(key) == Some(value))
        }
        _ => earlier == row,
    }
}

fn filled(ways: [&Value; 3]) -> Result<Value, Why> {
    let [Some(was), Some(ours), Some(theirs)] = ways.map(Value::as_table) else { return Ok(ways[1].clone()) };
    let mut row = BTreeMap::new();
    for key in ours.keys().chain(theirs.keys()) {
        let value = field::plain([was.get(key), ours.get(key), theirs.get(key)]).ok_or(FILLED)?;
        value.map(|value| row.insert(key.clone(), value.clone()));
    }
    Ok(Value::Table(row))
}

/// Two lists as one, the earlier head first; a row that both have comes once.
fn zipped(mut ours: &[&Value], mut theirs: &[&Value]) -> Result<Vec<Value>, Why> {
    let mut merged = Vec::new();
    while let (Some((our, our_rest)), Some((their, their_rest))) = (ours.split_first(), theirs.split_first()) {
        if our == their {
            (ours, theirs) = (our_rest, their_rest);
            merged.push((*our).clone());
            continue;
        }
        let ours_first = match (their_rest.contains(our), our_rest.contains(their)) {
            (true, true) => return Err(ORDER),
            (true, false) => false,
            (false, true) => true,
            (false, false) => age(our) <= age(their),
        };
        let row = if ours_first { our } else { their };
        merged.push((*row).clone());
        if ours_first { ours = our_rest } else { theirs = their_rest }
    }
    merged.extend(ours.iter().chain(theirs).map(|row| (*row).clone()));
    Ok(merged)
}

/// Time, then content; a row without a time comes first, since nothing says that it is late.
fn age(row: &Value) -> (Option<jiff::civil::DateTime>, String) {
    let at = match row.as_table().and_then(|row| row.get("at")) {
        Some(Value::When(at)) => Some(at.moment()),
        _ => None,
    };
    (at, row.to_string())
}
