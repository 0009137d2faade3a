//! What exactly differs in a field: words of a text, members of a set, keys of a table. The shape of the field says
//! which of these it is; the order of a set is no difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Field, Id, Objective, Shape, Value};

/// A piece of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Keys that lead to it, joined by dots; empty = the field itself.
    pub path: String,
    pub shift: Shift,
}

/// How it differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// A text that reads differently; it can be told word by word.
    Text { from: String, to: String },
    /// One value instead of another, of none, or none instead of it.
    Value { from: Option<Value>, to: Option<Value> },
    /// Members that a set lost and gained, in canonical order.
    Members { gone: Vec<String>, new: Vec<String> },
}

impl Part {
    pub(super) fn value(path: impl Into<String>, from: Option<Value>, to: Option<Value>) -> Part {
        Part { path: path.into(), shift: Shift::Value { from, to } }
    }

    pub(super) fn text(path: String, from: &str, to: &str) -> Part {
        Part { path, shift: Shift::Text { from: from.to_owned(), to: to.to_owned() } }
    }
}

/// The pieces of a field that differ; the two values are of its shape and not equal.
pub(super) fn parts(shape: Shape, from: Option<&Value>, to: Option<&Value>) -> Vec<Part> {
    let mut found = Vec::new();
    look(&mut found, String::new(), shape, (from, to));
    found
}

type Sides<'a> = (Option<&'a Value>, Option<&'a Value>);

fn look(found: &mut Vec<Part>, path: String, shape: Shape, sides: Sides<'_>) {
    if sides.0 == sides.1 {
        return;
    }
    match (shape, sides) {
        (Shape::Line | Shape::Prose, (Some(Value::Text(from)), Some(Value::Text(to)))) => {
            found.push(Part::text(path, from, to));
        }
        (Shape::Set(_) | Shape::List(_) | Shape::Wild(_) | Shape::Pairs, _) => members(found, path, sides),
        (Shape::Covers, _) => keys(found, &path, sides, |_| Some(Shape::Pairs)),
        (Shape::Properties, _) => properties(found, path, sides),
        (Shape::Levels(_), _) => keys(found, &path, sides, |_| Some(Shape::Line)),
        (Shape::Keyed(fields), _) => keys(found, &path, sides, |_| Some(Shape::Table(fields))),
        (Shape::Table(fields), (Some(_), Some(_))) => keys(found, &path, sides, |key| shape_of(fields, key)),
        (Shape::Rows(fields), _) => rows(found, path, fields, sides),
        (_, (from, to)) => found.push(Part::value(path, from.cloned(), to.cloned())),
    }
}

fn shape_of(fields: &'static [Field], key: &str) -> Option<Shape> {
    fields.iter().find(|field| field.name == key).map(|field| field.shape)
}

fn keys(found: &mut Vec<Part>, path: &str, sides: Sides<'_>, shape: impl Fn(&str) -> Option<Shape>) {
    let table = |side: Option<&Value>| side.and_then(Value::as_table).cloned().unwrap_or_default();
    let (from, to) = (table(sides.0), table(sides.1));
    let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        look(found, path, shape(name).unwrap_or(Shape::Flag), (from.get(name), to.get(name)));
    }
}

/// Members by how they are written, whether they stand in a list, alone, or as pairs of a table.
fn members(found: &mut Vec<Part>, path: String, (from, to): Sides<'_>) {
    let (from, to) = (spelled(from), spelled(to));
    let gone = ordered(from.difference(&to));
    let new = ordered(to.difference(&from));
    found.push(Part { path, shift: Shift::Members { gone, new } });
}

/// In canonical order: numbers in IDs count as numbers.
fn ordered<'a>(members: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut members: Vec<String> = members.cloned().collect();
    members.sort_by_cached_key(|member| (Objective::parse(member), Id::parse(member), member.clone()));
    members
}

fn spelled(value: Option<&Value>) -> BTreeSet<String> {
    match value {
        None => BTreeSet::new(),
        Some(Value::List(items)) => items.iter().map(|item| item.to_string().replace(", ", " + ")).collect(),
        Some(Value::Table(pairs)) => pairs.iter().flat_map(|(asset, attackers)| pair(asset, attackers)).collect(),
        Some(other) => BTreeSet::from([other.to_string()]),
    }
}

fn pair<'a>(asset: &'a str, attackers: &'a Value) -> impl Iterator<Item = String> + 'a {
    attackers.as_list().into_iter().flatten().map(move |attacker| format!("CO-{asset}-{attacker}"))
}

/// A plain list of letters has no levels yet; it is a table all the same.
fn properties(found: &mut Vec<Part>, path: String, sides: Sides<'_>) {
    let listed = |side: Option<&Value>| matches!(side, None | Some(Value::List(_)));
    if listed(sides.0) && listed(sides.1) {
        return members(found, path, sides);
    }
    let table = |side: Option<&Value>| match side {
        Some(Value::List(letters)) => {
            let letter = |letter: &Value| (letter.to_string(), Value::text("not rated"));
            Some(Value::Table(letters.iter().map(letter).collect()))
        }
        other => other.cloned(),
    };
    let (from, to) = (table(sides.0), table(sides.1));
    keys(found, &path, (from.as_ref(), to.as_ref()), |_| Some(Shape::Line));
}

/// Rows that name a requirement are known by it; others are members of a set.
fn rows(found: &mut Vec<Part>, path: String, fields: &'static [Field], sides: Sides<'_>) {
    let keyed = |side: Option<&Value>| -> Option<BTreeMap<String, Value>> {
        let rows = side.and_then(Value::as_list).unwrap_or_default();
        let key = |row: &Value| row.as_table()?.get("req").map(|req| (req.to_string(), row.clone()));
        let named: BTreeMap<String, Value> = rows.iter().map(key).collect::<Option<_>>()?;
        (named.len() == rows.len()).then_some(named)
    };
    match (keyed(sides.0), keyed(sides.1)) {
        (Some(from), Some(to)) if !from.is_empty() || !to.is_empty() => {
            let (from, to) = (Value::Table(from), Value::Table(to));
            keys(found, &path, (Some(&from), Some(&to)), |_| Some(Shape::Table(fields)));
        }
        _ => members(found, path, sides),
    }
}
