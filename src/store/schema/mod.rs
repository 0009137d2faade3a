//! JSON Schemas of the files, for editors: completion, and the manual under the mouse. They are drawn
//! from the same tables the reader reads by. Draft 4, because that is what both Taplo and Tombi check.
//! Never here: a rule that `redan check` does not have; what a schema refuses, `check` calls an error.

mod config;
mod file;
mod key;
mod record;
mod required;
mod shape;

use serde_json::Value;

/// Every schema by the name of its file, `schema/<name>.schema.json`.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("model", file::model()),
        ("controls", file::controls()),
        ("compliance", file::compliance()),
        ("decision", file::decision()),
        ("session", file::session()),
        ("tickets", file::tickets()),
        ("config", config::config()),
    ]
}

/// A schema as its file holds it.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
