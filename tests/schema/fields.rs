//! The tables of `docs/format.md`: one a record, drawn from the tables of the model.

use redan::model::{Compliance, Decision, Factor, Field, Head, Kind, Life, Record, Redaction, Session, Shape, Tickets};
use redan::store;
use serde_json::Value;

/// A table of the page, by the name its markers carry.
pub(super) struct Section {
    pub(super) name: String,
    pub(super) text: String,
}

/// Every table there is to be: each record of each file, and the factors.
pub(super) fn sections() -> Vec<Section> {
    let mut roots: Vec<(&str, &'static [Field])> = vec![("model", Head::FIELDS), ("entity", Life::FIELDS)];
    roots.extend(Kind::ALL.map(|kind| (kind.noun(), kind.own_fields())));
    roots.extend([("compliance", Compliance::FIELDS), ("decision", Decision::FIELDS), ("session", Session::FIELDS)]);
    roots.push(("tickets", Tickets::FIELDS));
    let mut found = Vec::new();
    for (name, fields) in roots {
        collect(name, fields, &mut found);
    }
    found.push(Section { name: "fields redacted".to_owned(), text: table("redacted", Redaction::FIELDS) });
    found.push(Section { name: "factors".to_owned(), text: factors() });
    found
}

fn collect(name: &str, fields: &'static [Field], into: &mut Vec<Section>) {
    into.push(Section { name: format!("fields {name}"), text: table(name, fields) });
    for field in fields {
        if field.name == "redacted" {
            continue;
        }
        if let Shape::Table(inner) | Shape::Rows(inner) | Shape::Keyed(inner) = field.shape {
            collect(&format!("{name}_{}", field.name), inner, into);
        }
    }
}

fn table(name: &str, fields: &[Field]) -> String {
    let required = required(name);
    let row = |field: &Field| {
        let needed = if required.iter().any(|key| key == field.name) { "**required**, " } else { "" };
        format!("| `{}` | {needed}{} | {} |\n", field.name, holds(&field.shape), field.doc)
    };
    let rows: String = fields.iter().map(row).collect();
    format!("| key | holds | meaning |\n|---|---|---|\n{rows}")
}

/// What the schema of this record requires, so that page and editor say the same.
fn required(name: &str) -> Vec<String> {
    let schemas = store::schemas();
    let whole = schemas.iter().find(|(file, _)| *file == name).map(|(_, schema)| schema);
    let part = || schemas.iter().find_map(|(_, schema)| schema["definitions"].get(name));
    let keys = whole.or_else(part).map(|schema| &schema["required"]);
    keys.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Line => "text on one line".to_owned(),
        Shape::Prose => "text".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Count => "whole number".to_owned(),
        Shape::When => "date, or date and time in UTC".to_owned(),
        Shape::Digest => "12 hex digits".to_owned(),
        Shape::Choice(words) => list("or", words.iter().map(|word| format!("`{word}`"))),
        Shape::Reference(kinds) if kinds.len() == Kind::ALL.len() => "ID".to_owned(),
        Shape::Reference(kinds) => format!("ID of {}", list("or", kinds.iter().map(|kind| article(*kind)))),
        Shape::Wild(item) => format!("`\"*\"`, one, or a list; each: {}", holds(item)),
        Shape::Set(item) | Shape::List(item) => format!("list; each: {}", holds(item)),
        Shape::Properties => "letter = level, or a list of letters".to_owned(),
        Shape::Levels(factors) => {
            let names = list("and", factors.iter().map(|factor| format!("`{}`", factor.name())));
            format!("table of [factors](#rating-factors): {names}")
        }
        Shape::Pairs => "asset = list of attackers".to_owned(),
        Shape::Covers => "tables by group; each: asset = list of attackers".to_owned(),
        Shape::Keyed(_) => "tables by name".to_owned(),
        Shape::Table(_) => "table".to_owned(),
        Shape::Rows(_) => "rows".to_owned(),
    }
}

fn article(kind: Kind) -> String {
    let vowel = kind.noun().starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

fn list(last: &str, words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.split_last() {
        Some((word, rest)) if !rest.is_empty() => format!("{} {last} {word}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn factors() -> String {
    let row = |factor: &Factor| {
        let levels = list("or", factor.levels().iter().map(|level| format!("`{}`", level.name)));
        format!("| `{}` | {} | {levels} |\n", factor.name(), factor.meaning())
    };
    let all = Factor::OF_ASSET.iter().chain(&Factor::LIKELIHOOD);
    let rows: String = all.map(row).collect();
    format!("| factor | asks | levels |\n|---|---|---|\n{rows}")
}

#[test]
fn lists_read_like_a_sentence() {
    let say = |words: &[&str]| list("or", words.iter().map(|word| (*word).to_owned()));
    assert_eq!([say(&[]), say(&["a"]), say(&["a", "b", "c"])], ["", "a", "a, b or c"]);
}

#[test]
fn sections_are_named_once() {
    let mut names: Vec<String> = sections().into_iter().map(|section| section.name).collect();
    assert!(names.iter().any(|name| name == "fields asset_revisions"), "{names:?}");
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}
