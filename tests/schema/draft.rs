//! What both editors need of every schema: Draft 4 and nothing newer, words on every key, no key that
//! is not known.

use redan::store;
use serde_json::Value;

/// Everything Draft 4 has that we use, and Taplo's extension.
const KEYWORDS: [&str; 20] = [
    "$schema",
    "$ref",
    "title",
    "description",
    "definitions",
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "items",
    "uniqueItems",
    "enum",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "minLength",
    "anyOf",
    "x-taplo",
];

/// Calls `look` with every schema inside `schema`, and the path to it.
fn walk(path: &str, schema: &Value, look: &mut impl FnMut(&str, &Value)) {
    look(path, schema);
    for group in ["properties", "patternProperties", "definitions"] {
        for (key, inner) in schema[group].as_object().into_iter().flatten() {
            walk(&format!("{path}/{group}/{key}"), inner, look);
        }
    }
    for (index, inner) in schema["anyOf"].as_array().into_iter().flatten().enumerate() {
        walk(&format!("{path}/anyOf/{index}"), inner, look);
    }
    if schema["items"].is_object() {
        walk(&format!("{path}/items"), &schema["items"], look);
    }
}

fn each(mut look: impl FnMut(&Value, &str, &Value)) {
    for (name, schema) in store::schemas() {
        walk(name, &schema, &mut |path, inner| look(&schema, path, inner));
    }
}

#[test]
fn only_draft_4_is_spoken() {
    each(|root, path, schema| {
        assert_eq!(root["$schema"], "http://json-schema.org/draft-04/schema#");
        for keyword in schema.as_object().expect("a schema is an object").keys() {
            assert!(KEYWORDS.contains(&keyword.as_str()), "{path}: `{keyword}`");
        }
    });
}

#[test]
fn every_reference_is_defined_and_stands_alone() {
    each(|root, path, schema| {
        let Some(reference) = schema["$ref"].as_str() else { return };
        let name = reference.strip_prefix("#/definitions/").expect("a reference into the same file");
        assert!(root["definitions"][name].is_object(), "{path}: {reference}");
        assert_eq!(schema.as_object().map(serde_json::Map::len), Some(1), "{path}: words beside `$ref` are not read");
    });
}

#[test]
fn every_key_is_explained() {
    each(|root, path, schema| {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let named = inner["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/"));
            let schema = named.map_or(inner, |name| &root["definitions"][name]);
            let doc = schema["description"].as_str().unwrap_or_default();
            assert!(doc.len() > 7 && !doc.starts_with(' '), "{path}: `{key}` says {doc:?}");
        }
    });
}

#[test]
fn no_table_takes_unknown_keys() {
    each(|_, path, schema| {
        if schema["type"] == "object" {
            assert_eq!(schema["additionalProperties"], false, "{path}");
        }
    });
}

#[test]
fn no_table_requires_a_key_it_does_not_have() {
    each(|_, path, schema| {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(schema["properties"][key].is_object(), "{path}: `{key}`");
        }
    });
}

/// A shape that has no schema of its own would show as this: see `shape::value`.
#[test]
fn no_value_is_left_vague() {
    each(|_, path, schema| {
        assert!(schema["type"].is_string() || schema["type"].is_null(), "{path}: {}", schema["type"]);
    });
}

#[test]
fn ledger_rules_cannot_be_configured() {
    let schemas = store::schemas();
    let (_, config) = schemas.iter().find(|(name, _)| *name == "config").expect("redan.toml has a schema");
    let rules = config["properties"]["rules"]["properties"].as_object().expect("rules are listed");
    assert!(rules.contains_key("unrated"));
    assert!(!rules.contains_key("id_gone"));
}
