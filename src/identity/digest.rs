//! `digest/1`: the name of a structural state, independent of commits (docs/methodology.md).

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::model::{Entity, Field, Model, Role, Value};

/// SHA-256 of canonical JSON: keys sorted, no white space.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    pub(super) fn of(canonical: &str) -> Digest {
        Digest(Sha256::digest(canonical.as_bytes()).into())
    }

    /// The 12 hex digits that files store.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The structural digest of a model: description, and every entity with its structural fields and base
/// factors, live or removed. Names, notes, statuses, revisions and decisions are not in it.
pub fn structural(model: &Model) -> Digest {
    let mut json = String::from("{\"description\":");
    string(&mut json, &model.head.description);
    json.push_str(",\"entities\":{");
    let mut entities: Vec<(String, &Entity)> =
        model.entities.values().map(|entity| (entity.id.to_string(), entity)).collect();
    entities.sort_by(|a, b| a.0.cmp(&b.0));
    for (at, (id, entity)) in entities.iter().enumerate() {
        separate(&mut json, at);
        string(&mut json, id);
        json.push(':');
        structure(&mut json, entity);
    }
    json.push_str("}}");
    Digest::of(&json)
}

/// The digest of what a decision about an entity was about: its identity fields.
pub fn of_entity(entity: &Entity) -> Digest {
    let mut json = String::from("{");
    let mut fields = entity.identity();
    fields.sort_unstable();
    for (at, (name, text)) in fields.iter().enumerate() {
        separate(&mut json, at);
        string(&mut json, name);
        json.push(':');
        string(&mut json, text);
    }
    json.push('}');
    Digest::of(&json)
}

/// The digest of everything an entity says, rows and notes included.
pub fn of_table(entity: &Entity) -> Digest {
    let mut json = String::new();
    write(&mut json, &Value::Table(entity.table()));
    Digest::of(&json)
}

fn structure(json: &mut String, entity: &Entity) {
    let counts = |field: &&Field| matches!(field.role, Role::Identity | Role::Structural | Role::Rating);
    let mut fields: Vec<&Field> = entity.id.kind.fields().filter(counts).collect();
    fields.sort_unstable_by_key(|field| field.name);
    json.push('{');
    let mut written = 0;
    for field in fields {
        if let Some(value) = entity.value(field.name).map(|value| structural_part(field.name, value)) {
            separate(json, written);
            string(json, field.name);
            json.push(':');
            write(json, &value);
            written += 1;
        }
    }
    json.push('}');
}

/// Who removed an entity, when and why are notes; that it is removed, and what replaced it, is structure.
fn structural_part(field: &str, value: Value) -> Value {
    match value {
        Value::Table(mut table) if field == "removed" => {
            table.retain(|key, _| key == "replaced_by");
            Value::Table(table)
        }
        other => other,
    }
}

fn write(json: &mut String, value: &Value) {
    match value {
        Value::Text(text) => string(json, text),
        Value::Flag(flag) => json.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => json.push_str(&number.to_string()),
        Value::When(when) => string(json, &when.to_string()),
        Value::List(items) => {
            json.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(json, at);
                write(json, item);
            }
            json.push(']');
        }
        Value::Table(table) => {
            json.push('{');
            for (at, (key, value)) in table.iter().enumerate() {
                separate(json, at);
                string(json, key);
                json.push(':');
                write(json, value);
            }
            json.push('}');
        }
    }
}

fn separate(json: &mut String, at: usize) {
    if at > 0 {
        json.push(',');
    }
}

/// A JSON string with the escapes RFC 8785 asks for.
pub(super) fn string(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\u{8}' => json.push_str("\\b"),
            '\u{c}' => json.push_str("\\f"),
            c if c < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
}
