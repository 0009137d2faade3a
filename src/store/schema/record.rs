//! Tables with known keys, and the definitions they are kept in.

use serde_json::{Map, Value, json};

use super::shape::shape;
use super::{key, required};
use crate::model::{Field, Kind, Life, Record};

/// Definitions of one schema, by name.
#[derive(Default)]
pub(super) struct Definitions(Map<String, Value>);

impl Definitions {
    /// Keeps a definition and returns the reference to it.
    pub(super) fn put(&mut self, name: &str, schema: Value) -> Value {
        self.0.insert(name.to_owned(), schema);
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    pub(super) fn into_value(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Object(self.0))
    }

    /// A table of entities of one kind, keyed by ID.
    pub(super) fn entities(&mut self, kind: Kind) -> Value {
        let mut properties = self.fields(kind.noun(), kind.own_fields());
        let life: Vec<Field> = kind.fields().filter(|field| is_life(field)).copied().collect();
        properties.extend(self.fields("entity", &life));
        let entity = self.put(kind.noun(), table(kind.doc(), properties, required::of_entity(kind)));
        let keys = key::entities(kind);
        json!({
            "description": format!("{} Keyed by ID; `NEW-<word>` until it has a number.", kind.doc()),
            "type": "object",
            "patternProperties": { &keys[0]: entity, &keys[1]: entity },
            "additionalProperties": false,
        })
    }

    /// The properties of a record. `owner` names the definitions of tables inside it.
    pub(super) fn fields(&mut self, owner: &str, fields: &[Field]) -> Map<String, Value> {
        fields.iter().map(|field| (field.name.to_owned(), shape(self, owner, field))).collect()
    }
}

/// Fields that every kind has share their definitions.
fn is_life(field: &Field) -> bool {
    Life::FIELDS.iter().any(|life| life.name == field.name)
}

/// A table with these keys and no others.
pub(super) fn table(doc: &str, properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut table = json!({
        "description": doc,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    // Draft 4 wants at least one name here.
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table
}
