//! One function a shape: what the model says a field may hold, in the words of JSON Schema.
//!
//! TOML has dates where JSON has none. Taplo and Tombi both hand them to a schema as strings with a
//! format, so that is how they stand here.

use serde_json::{Map, Value, json};

use super::record::{Definitions, table};
use super::{key, required};
use crate::model::{Factor, Field, Kind, Property, Shape};

/// The schema of a field's value. Tables go to the definitions under `owner`'s name, with the field's
/// words on them: not every editor reads what stands beside a `$ref`.
pub(super) fn shape(into: &mut Definitions, owner: &str, field: &Field) -> Value {
    match field.shape {
        Shape::Table(fields) => inner(into, owner, field, fields),
        Shape::Rows(fields) => {
            let row = inner(into, owner, field, fields);
            described(field.doc, json!({ "type": "array", "items": row }))
        }
        Shape::Keyed(fields) => {
            let row = inner(into, owner, field, fields);
            let keys = json!({ if owner == "compliance" { key::FRAMEWORK } else { key::ANY }: row });
            described(field.doc, json!({ "type": "object", "patternProperties": keys, "additionalProperties": false }))
        }
        flat => described(field.doc, value(&flat)),
    }
}

fn inner(into: &mut Definitions, owner: &str, field: &Field, fields: &[Field]) -> Value {
    let name = match field.name {
        // The same record wherever it stands.
        "redacted" => field.name.to_owned(),
        _ => format!("{owner}_{}", field.name),
    };
    let properties = into.fields(&name, fields);
    into.put(&name, table(field.doc, properties, required::of_field(field.name)))
}

fn described(doc: &str, mut schema: Value) -> Value {
    schema["description"] = json!(doc);
    schema
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Line | Shape::Prose => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Shape::When => when(),
        Shape::Digest => json!({ "type": "string", "pattern": key::DIGEST }),
        Shape::Choice(words) => words_of(words),
        Shape::Reference(kinds) => reference(kinds),
        Shape::Wild(item) => wild(item),
        Shape::Set(item) => json!({ "type": "array", "items": value(item), "uniqueItems": true }),
        Shape::List(item) => json!({ "type": "array", "items": value(item) }),
        Shape::Properties => properties(),
        Shape::Levels(factors) => levels(factors),
        Shape::Pairs => pairs(),
        Shape::Covers => covers(),
        // A table has a name to be kept under, so it is a field's and never an item of a list.
        Shape::Keyed(_) | Shape::Table(_) | Shape::Rows(_) => json!({ "type": ["object", "array"] }),
    }
}

fn when() -> Value {
    json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "format": "date-time" }] })
}

fn words_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

fn reference(kinds: &[Kind]) -> Value {
    json!({ "type": "string", "pattern": key::reference(kinds) })
}

fn wild(item: &Shape) -> Value {
    let item = value(item);
    json!({ "anyOf": [words_of(&["*"]), item, { "type": "array", "items": item, "uniqueItems": true }] })
}

/// A choice of levels with what each is worth, the way both editors show it: in the words above the
/// choice, and beside each word of it.
fn level(factor: Factor, choices: &[(&str, String)]) -> Value {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let worth: Vec<&str> = choices.iter().map(|(_, worth)| worth.as_str()).collect();
    let points: Vec<String> = factor.levels().iter().map(|level| format!("{} {}", level.name, level.points)).collect();
    json!({
        "description": format!("`{}`: {}. Points: {}.", factor.name(), factor.meaning(), points.join(", ")),
        "type": "string",
        "enum": names,
        "x-taplo": { "docs": { "enumValues": worth } },
    })
}

fn choices(factor: Factor) -> Vec<(&'static str, String)> {
    let points = |points| if points == 1 { "1 point".to_owned() } else { format!("{points} points") };
    factor.levels().iter().map(|level| (level.name, points(level.points))).collect()
}

fn levels(factors: &[Factor]) -> Value {
    let each = |factor: &Factor| (factor.name().to_owned(), level(*factor, &choices(*factor)));
    let each: Map<String, Value> = factors.iter().map(each).collect();
    json!({ "type": "object", "properties": each, "additionalProperties": false })
}

/// The table form also takes `""`: a property nobody rated among others that are.
fn properties() -> Value {
    let rated = |property: &Property| {
        let mut choices = choices(property.factor());
        choices.push(("", "not rated".to_owned()));
        (property.word().to_owned(), level(property.factor(), &choices))
    };
    let table: Map<String, Value> = Property::ALL.iter().map(rated).collect();
    json!({ "anyOf": [
        { "type": "object", "properties": table, "additionalProperties": false },
        { "type": "array", "items": words_of(Property::WORDS), "uniqueItems": true },
    ] })
}

fn pairs() -> Value {
    let attackers = json!({ "type": "array", "items": reference(&[Kind::Attacker]), "uniqueItems": true });
    let attackers = described("An asset and its attackers: the objectives `CO-<asset>-<attacker>`.", attackers);
    let asset = key::reference(&[Kind::Asset]);
    json!({ "type": "object", "patternProperties": { asset: attackers }, "additionalProperties": false })
}

fn covers() -> Value {
    let group = described("One mitigation group: asset = the attackers it is covered against.", pairs());
    json!({ "type": "object", "patternProperties": { key::GROUP: group }, "additionalProperties": false })
}
