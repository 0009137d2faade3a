//! The files of a model's folder.

use serde_json::{Map, Value, json};

use super::key;
use super::record::{Definitions, table};
use crate::model::{Compliance, Decision, Field, Head, Kind, Record, Session, Tickets};

const DRAFT: &str = "http://json-schema.org/draft-04/schema#";

/// What a file is, before its own keys come.
pub(super) struct Root {
    pub(super) title: &'static str,
    pub(super) doc: &'static str,
    pub(super) required: &'static [&'static str],
}

impl Root {
    pub(super) fn schema(self, properties: Map<String, Value>, definitions: Definitions) -> Value {
        let mut schema = table(self.doc, properties, self.required);
        schema["$schema"] = json!(DRAFT);
        schema["title"] = json!(self.title);
        if let Some(definitions) = definitions.into_value() {
            schema["definitions"] = definitions;
        }
        schema
    }
}

pub(super) fn format() -> (String, Value) {
    let doc = "The version of the file format. There is one: 1.";
    ("format".to_owned(), json!({ "description": doc, "type": "integer", "enum": [1] }))
}

pub(super) fn model() -> Value {
    let mut into = Definitions::default();
    let id = "The model's ID: lower-case letters, digits and hyphens. Set once, never changed: other files and \
              decisions know the model by it. The name may change.";
    let mut keys = Map::from_iter([format()]);
    keys.insert("id".to_owned(), json!({ "description": id, "type": "string", "pattern": key::MODEL }));
    keys.extend(into.fields("model", Head::FIELDS));
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Control) {
        keys.insert(kind.table().to_owned(), into.entities(kind));
    }
    let doc = "What a system is and who threatens it: boundaries, components, assets, attackers, assumptions.";
    Root { title: "model.toml", doc, required: &["format", "id", "name"] }.schema(keys, into)
}

pub(super) fn controls() -> Value {
    let mut into = Definitions::default();
    let mut keys = Map::from_iter([format()]);
    keys.insert(Kind::Control.table().to_owned(), into.entities(Kind::Control));
    Root { title: "controls.toml", doc: "What is done about the threats of a model.", required: &[] }.schema(keys, into)
}

pub(super) fn compliance() -> Value {
    let doc = "The frameworks a model is held against, and what it is excused from.";
    plain(Root { title: "compliance.toml", doc, required: &[] }, "compliance", Compliance::FIELDS)
}

pub(super) fn decision() -> Value {
    let doc = "One decision, written once; a new one is a new file.";
    plain(Root { title: "decisions/<name>.toml", doc, required: &["format", "kind"] }, "decision", Decision::FIELDS)
}

pub(super) fn session() -> Value {
    let doc = "What was asked in plain words, and what came of it.";
    plain(Root { title: "sessions/<name>.toml", doc, required: &[] }, "session", Session::FIELDS)
}

pub(super) fn tickets() -> Value {
    let doc = "Where the tickets of controls are. A cache: the tracker is asked, and a lost line is found again.";
    plain(Root { title: "tickets.toml", doc, required: &[] }, "tickets", Tickets::FIELDS)
}

/// A file that is one record and its `format`.
fn plain(root: Root, owner: &str, fields: &[Field]) -> Value {
    let mut into = Definitions::default();
    let mut keys = Map::from_iter([format()]);
    keys.extend(into.fields(owner, fields));
    root.schema(keys, into)
}
