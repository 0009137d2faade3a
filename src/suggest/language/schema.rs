//! Shapes of replies: as JSON Schema for servers that hold a model to one, and as a check for those that do not. Only what every such
//! server knows is used: objects whose keys are all required and no others legal, lists, texts and closed lists of words.

use serde_json::{Map, Value, json};

/// Items of one list, at most.
const ITEMS: usize = 100;
/// Characters of one text, at most.
const LONGEST: usize = 4000;

pub fn object(keys: Vec<(&str, Value)>) -> Value {
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    let required = json!(names);
    let properties: Map<String, Value> = keys.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

pub fn list(doc: &str, item: Value) -> Value {
    json!({ "type": "array", "description": doc, "items": item })
}

pub fn text(doc: &str) -> Value {
    json!({ "type": "string", "description": doc })
}

pub fn word<'w>(doc: &str, words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({ "type": "string", "description": doc, "enum": words.into_iter().collect::<Vec<_>>() })
}

/// The JSON object of a reply, also where it stands in a fence or behind what a model thought aloud.
pub fn json(text: &str) -> Result<Value, String> {
    let whole = text.trim();
    let first = serde_json::from_str::<Value>(whole);
    let inner = || {
        let from = whole.find('{')?;
        let to = whole.rfind('}').filter(|to| *to > from)?;
        serde_json::from_str::<Value>(&whole[from..=to]).ok()
    };
    match first {
        Ok(value) if value.is_object() => Ok(value),
        Ok(_) => Err("it is something else".to_owned()),
        Err(error) => inner().ok_or_else(|| error.to_string()),
    }
}

/// What of a value does not fit, each with its place.
pub fn faults(value: &Value, schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(value, schema, "reply", &mut found);
    found
}

fn look(value: &Value, schema: &Value, place: &str, found: &mut Vec<String>) {
    match (schema["type"].as_str().unwrap_or_default(), value) {
        ("object", Value::Object(given)) => {
            let known = schema["properties"].as_object();
            for (name, inner) in known.into_iter().flatten() {
                match given.get(name) {
                    Some(value) => look(value, inner, &format!("{place}.{name}"), found),
                    None => found.push(format!("{place}.{name} is missing")),
                }
            }
            let strange = given.keys().filter(|name| known.is_none_or(|known| !known.contains_key(*name)));
            found.extend(strange.map(|name| format!("{place} has a key that is not in the schema: {}", short(name))));
        }
        ("array", Value::Array(items)) => {
            for (at, item) in items.iter().enumerate().take(ITEMS) {
                look(item, &schema["items"], &format!("{place}[{at}]"), found);
            }
            if items.len() > ITEMS {
                found.push(format!("{place} has {} items, and {ITEMS} is the most", items.len()));
            }
        }
        ("string", Value::String(text)) => {
            if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                found.push(format!("{place} is `{}`, and must be one of {}", short(text), words.join(", ")));
            } else if text.chars().count() > LONGEST {
                found.push(format!("{place} is longer than {LONGEST} characters"));
            }
        }
        (wanted, _) => found.push(format!("{place} must be {}", called(wanted))),
    }
}

fn called(kind: &str) -> &'static str {
    match kind {
        "object" => "an object",
        "array" => "a list",
        _ => "a text",
    }
}

/// The start of words that are not ours, on one line.
pub fn short(text: &str) -> String {
    let line = crate::text::one_line(text);
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
