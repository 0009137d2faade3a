//! `schema/output/*.schema.json` are what `--format json` answers with.

use std::collections::BTreeSet;

use redan::report;

use crate::schema::generated::{hold, project};

#[test]
fn every_schema_of_an_answer_is_fresh() {
    for (name, schema) in report::schemas() {
        hold(&format!("schema/output/{name}.schema.json"), &format!("{:#}\n", schema.to_value()));
    }
}

#[test]
fn no_schema_is_left_over() {
    let known: BTreeSet<String> = report::schemas().iter().map(|(name, _)| format!("{name}.schema.json")).collect();
    let files = std::fs::read_dir(project("schema/output")).unwrap();
    let found: BTreeSet<String> = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(found, known);
}
