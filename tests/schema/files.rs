//! `schema/*.schema.json` are what the library says.

use std::collections::BTreeSet;

use redan::store;

use super::generated::{hold, project};

#[test]
fn every_file_is_fresh() {
    for (name, schema) in store::schemas() {
        hold(&format!("schema/{name}.schema.json"), &store::schema_text(&schema));
    }
}

#[test]
fn no_file_is_left_over() {
    let known: BTreeSet<String> = store::schemas().iter().map(|(name, _)| format!("{name}.schema.json")).collect();
    let files = std::fs::read_dir(project("schema")).expect("the folder is committed");
    let names = files.filter_map(Result::ok).filter(|file| file.path().is_file());
    let found: BTreeSet<String> = names.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(found, known);
}
