//! redan.toml.

use serde_json::{Map, Value, json};

use super::file::{Root, format};
use super::key;
use super::record::Definitions;
use crate::assess::{Gate, Status};
use crate::finding::{CATALOG, Code, Severity};
use crate::store::settings::{ENGINE, GITHUB, JIRA, KEPT, Part, TIERS, TRACK, TRANSITIONS};

pub(super) fn config() -> Value {
    let identity = "The version of the offline judge that says whether an edited entity is still the same one.";
    let models = "The folders that hold models, each beginning with a literal folder; further on `*` \
                  stands for any run of characters in a folder's name. One path, or a list.";
    let mut keys = Map::from_iter([format()]);
    keys.insert("identity".to_owned(), json!({ "description": identity, "type": "integer", "minimum": 1 }));
    keys.insert("models".to_owned(), one_or_list(models));
    keys.insert("rules".to_owned(), rules());
    keys.insert("engine".to_owned(), engine());
    keys.insert("gate".to_owned(), gate());
    keys.insert("history".to_owned(), history());
    keys.insert("sessions".to_owned(), sessions());
    keys.insert("track".to_owned(), track());
    Root { title: "redan.toml", doc: "Settings of the workspace. Every key is optional.", required: &[] }
        .schema(keys, Definitions::default())
}

fn one_or_list(doc: &str) -> Value {
    let path = json!({ "type": "string", "minLength": 1 });
    json!({ "description": doc, "anyOf": [path, { "type": "array", "items": path }] })
}

fn history() -> Value {
    let published = "The refs whose commits burn IDs: branches or tags, each with one `*` at most. Without it: the remote's \
                     default branch, `release/*` and the tags `v*`.";
    let paths = "Folders that held models once. Old commits are read there too.";
    json!({
        "description": "What counts as history.",
        "type": "object",
        "properties": { "published": one_or_list(published), "paths": one_or_list(paths) },
        "additionalProperties": false,
    })
}

fn sessions() -> Value {
    let record =
        "What `redan refine` and `redan chat` keep of a turn: everything, hashes in the place of words, or nothing.";
    json!({
        "description": "What is kept of conversations.",
        "type": "object",
        "properties": { "record": { "description": record, "type": "string", "enum": KEPT.map(|(word, _)| word) } },
        "additionalProperties": false,
    })
}

fn engine() -> Value {
    let number = |doc: &str| json!({ "description": doc, "type": "number", "minimum": 0 });
    let key = |(name, doc): (&str, &str)| {
        let value = match name {
            "stream" => json!({ "description": doc, "type": "boolean" }),
            "timeout" | "tries" => json!({ "description": doc, "type": "integer", "minimum": 1 }),
            "key" => json!({ "description": doc, "type": "string", "pattern": "^[A-Z0-9_]*_(KEY|TOKEN)$" }),
            "price" => json!({
                "description": doc,
                "type": "object",
                "properties": { "input": number("A million tokens that are sent."), "output": number("A million tokens that come back.") },
                "additionalProperties": false,
            }),
            _ => json!({ "description": doc, "type": "string", "minLength": 1 }),
        };
        (name.to_owned(), value)
    };
    json!({
        "description": "The language model that may be asked. Nothing is sent anywhere while this is not here.",
        "type": "object",
        "properties": Map::from_iter(ENGINE.map(key)),
        "additionalProperties": false,
    })
}

/// Rules of the ledger are not here: configuration cannot silence them.
fn rules() -> Value {
    let silent = CATALOG.iter().filter(|code| !code.ledger);
    let codes: Map<String, Value> = silent.map(|code| (code.name.to_owned(), rule(code))).collect();
    json!({
        "description": "How much a rule matters here: error, warning, info or off.",
        "type": "object",
        "properties": codes,
        "additionalProperties": false,
    })
}

/// Stock limits are by choice, so nothing is required.
fn gate() -> Value {
    let count = |doc: &str| json!({ "description": doc, "type": "integer", "minimum": 0 });
    let tiers = TIERS.map(|(word, _)| (word.to_owned(), count("At most so many.")));
    let limit = |class: Status| {
        let doc = format!("Objectives of a model that are {}, by tier.", class.word().replace('_', " "));
        let keys = Map::from_iter(tiers.clone());
        let limit = json!({ "description": doc, "type": "object", "properties": keys, "additionalProperties": false });
        (class.word().to_owned(), limit)
    };
    let classes = Map::from_iter(Gate::CLASSES.map(limit));
    let grace = "Days that new objectives may stay unassessed before check fails. For ever when absent.";
    json!({
        "description": "What check lets pass, beside the rules.",
        "type": "object",
        "properties": {
            "coverage": coverage(),
            "grace_days": count(grace),
            "max": {
                "description": "The most open objectives a model may have. No limit where none is written.",
                "type": "object",
                "properties": classes,
                "additionalProperties": false,
            },
        },
        "additionalProperties": false,
    })
}

/// By framework.
fn coverage() -> Value {
    let count = |doc: &str| json!({ "description": doc, "type": "integer", "minimum": 0 });
    let percent = "Percent of what is not excluded that are covered, at least.";
    json!({
        "description": "What the coverage of a framework must come to, by framework: [gate.coverage.\"asvs@5.0.0\"].",
        "type": "object",
        "additionalProperties": false,
        "patternProperties": { key::FRAMEWORK: {
            "description": "Limits of one framework. No limit where none is written.",
            "type": "object",
            "properties": {
                "max_uncovered": count("Requirements mapped to controls none of which is there, at most."),
                "max_unmapped": count("Requirements mapped to no control, at most."),
                "min_covered": json!({ "description": percent, "type": "integer", "minimum": 0, "maximum": 100 }),
            },
            "additionalProperties": false,
        } },
    })
}

fn track() -> Value {
    let object = |doc: &str, properties: Map<String, Value>| json!({ "description": doc, "type": "object", "properties": properties, "additionalProperties": false });
    let keys = |keys: &[(&'static str, &str)]| -> Map<String, Value> {
        keys.iter().map(|(name, doc)| ((*name).to_owned(), tracked(name, doc))).collect()
    };
    let mut jira = keys(&JIRA);
    jira.insert(
        "transitions".to_owned(),
        object("Names of transitions, where the choice is not left to redan.", keys(&TRANSITIONS)),
    );
    let mut properties = keys(&TRACK);
    properties.insert("github".to_owned(), object("Issues on GitHub.", keys(&GITHUB)));
    properties.insert("jira".to_owned(), object("Issues in Jira.", jira));
    object("Tickets for controls: `redan track`.", properties)
}

/// The value of a key of `[track]`.
fn tracked(name: &str, doc: &str) -> Value {
    match name {
        "max_new" => json!({ "description": doc, "type": "integer", "minimum": 0 }),
        "labels" | "components" => {
            json!({ "description": doc, "type": "array", "items": { "type": "string", "minLength": 1 } })
        }
        "leave_out" => {
            json!({ "description": doc, "type": "array", "items": { "type": "string", "enum": Part::ALL.map(Part::word) } })
        }
        "deployment" => json!({ "description": doc, "type": "string", "enum": ["cloud", "data-center"] }),
        "parent" if doc.contains("number") => json!({ "description": doc, "type": "integer", "minimum": 1 }),
        _ => json!({ "description": doc, "type": "string", "minLength": 1 }),
    }
}

fn rule(code: &Code) -> Value {
    let words = [Severity::Error, Severity::Warning, Severity::Info, Severity::Off].map(Severity::word);
    json!({
        "description": format!("Says: {}. Without a word here: {}.", code.title, code.severity),
        "type": "string",
        "enum": words,
    })
}
