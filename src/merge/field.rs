//! One field of one record, three ways.

use std::collections::{BTreeMap, BTreeSet};

use super::{BOTH, Why, keyed, rows};
use crate::model::{Field, Role, Shape, Value};

/// The value as the base, our side and their side have it.
pub(super) type Ways<'a> = [Option<&'a Value>; 3];

type Table = BTreeMap<String, Value>;

const CLEARED: Why = "one side cleared it, and the other changed it";
const TWICE: Why = "together the sides put one objective into two groups";

/// The merged value. `open`: an absent set is not an empty one.
pub(super) fn merge(field: &Field, open: bool, ways: Ways<'_>) -> Result<Option<Value>, Why> {
    if let Some(plain) = plain(ways) {
        return Ok(plain.cloned());
    }
    match field.shape {
        Shape::Rows(_) if field.role == Role::Rows => rows::merge(lists(ways)).map(list),
        Shape::Rows(_) => keyed::rows(lists(ways)).map(list),
        Shape::List(_) => keyed::alternatives(lists(ways)).map(list),
        Shape::Set(_) if open && ways.iter().any(Option::is_none) => Err(BOTH),
        Shape::Set(_) => Ok(list(united(lists(ways)))),
        Shape::Properties => keyed::table(ways.map(levels)).map(properties),
        Shape::Levels(_) => keyed::table(ways.map(table)).map(|levels| Some(Value::Table(levels))),
        Shape::Pairs => Ok(Some(nested(&united(ways.map(flat).each_ref().map(Vec::as_slice))))),
        Shape::Covers => covers(ways),
        Shape::Keyed(fields) => {
            kept(ways).and_then(|tables| keyed::tables(fields, tables)).map(|t| Some(Value::Table(t)))
        }
        Shape::Table(fields) => kept(ways).and_then(|tables| record(fields, tables)).map(|t| Some(Value::Table(t))),
        _ => Err(BOTH),
    }
}

/// What nobody has to decide: both say the same, or one side left it alone.
pub(super) fn plain<T: PartialEq + Copy>([base, ours, theirs]: [T; 3]) -> Option<T> {
    if ours == theirs || base == theirs {
        return Some(ours);
    }
    (base == ours).then_some(theirs)
}

/// A record field by field.
pub(super) fn record(fields: &[Field], tables: [Table; 3]) -> Result<Table, Why> {
    let mut merged = Table::new();
    for field in fields {
        let ways = tables.each_ref().map(|table| table.get(field.name));
        if let Some(value) = merge(field, false, ways)? {
            merged.insert(field.name.to_owned(), value);
        }
    }
    Ok(merged)
}

fn list(items: Vec<Value>) -> Option<Value> {
    Some(Value::List(items))
}

fn lists(ways: Ways<'_>) -> [&[Value]; 3] {
    ways.map(|value| value.and_then(Value::as_list).unwrap_or_default())
}

fn table(value: Option<&Value>) -> Table {
    value.and_then(Value::as_table).cloned().unwrap_or_default()
}

/// Tables of which neither side took the whole away.
fn kept(ways: Ways<'_>) -> Result<[Table; 3], Why> {
    match ways {
        [_, Some(_), Some(_)] => Ok(ways.map(table)),
        _ => Err(CLEARED),
    }
}

/// What both have, and what either side brought.
fn united([base, ours, theirs]: [&[Value]; 3]) -> Vec<Value> {
    let stays = |item: &&Value| theirs.contains(item) || !base.contains(item);
    let comes = |item: &&Value| !ours.contains(item) && !base.contains(item);
    ours.iter().filter(stays).chain(theirs.iter().filter(comes)).cloned().collect()
}

/// Properties with their levels; one that nobody rated has the level ``.
fn levels(value: Option<&Value>) -> Table {
    let unrated = |item: &Value| Some((item.as_text()?.to_owned(), Value::text("")));
    match value {
        Some(Value::List(items)) => items.iter().filter_map(unrated).collect(),
        other => table(other),
    }
}

fn properties(levels: Table) -> Option<Value> {
    let rated = levels.values().any(|level| level.as_text().is_some_and(|level| !level.is_empty()));
    Some(match rated {
        true => Value::Table(levels),
        false => Value::List(levels.into_keys().map(Value::Text).collect()),
    })
}

fn covers(ways: Ways<'_>) -> Result<Option<Value>, Why> {
    let flat = ways.map(flat);
    let merged = united(flat.each_ref().map(Vec::as_slice));
    let objective = |path: &Value| path.as_list().map(|path| path[1..].to_vec());
    let double = |paths: &[Value]| {
        let mut seen = BTreeSet::new();
        paths.iter().filter_map(objective).any(|path| !seen.insert(format!("{path:?}")))
    };
    if double(&merged) && !double(&flat[1]) && !double(&flat[2]) {
        return Err(TWICE);
    }
    Ok(Some(nested(&merged)))
}

/// Tables in tables as the paths to their leaves: group, asset, attacker.
fn flat(value: Option<&Value>) -> Vec<Value> {
    let mut paths = Vec::new();
    let mut open: Vec<(Vec<Value>, &Value)> = value.map(|value| (Vec::new(), value)).into_iter().collect();
    while let Some((path, value)) = open.pop() {
        let below = |key: Value| path.iter().cloned().chain([key]).collect::<Vec<_>>();
        match value {
            Value::Table(table) => {
                open.extend(table.iter().map(|(key, value)| (below(Value::text(key.clone())), value)));
            }
            Value::List(items) => paths.extend(items.iter().map(|item| Value::List(below(item.clone())))),
            _ => {}
        }
    }
    paths
}

/// The tables that the paths come from.
fn nested(paths: &[Value]) -> Value {
    let mut root = Table::new();
    for path in paths.iter().filter_map(Value::as_list) {
        plant(&mut root, path);
    }
    Value::Table(root)
}

fn plant(table: &mut Table, path: &[Value]) {
    let [first, rest @ ..] = path else { return };
    let key = first.to_string();
    if let [leaf] = rest {
        if let Value::List(items) = table.entry(key).or_insert_with(|| Value::List(Vec::new())) {
            items.push(leaf.clone());
        }
    } else if let Value::Table(inner) = table.entry(key).or_insert_with(|| Value::Table(Table::new())) {
        plant(inner, rest);
    }
}
