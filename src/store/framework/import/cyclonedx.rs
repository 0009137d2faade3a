//! The `standards` of CycloneDX.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Fault, Raw, fault, flat, minimum, publisher, state};
use crate::comply::{Clause, Kind};

/// The first standard. The ASVS file as it was released has it under `declarations`, where it does not belong.
pub(super) fn standard(value: &Value) -> Result<Raw, Vec<Fault>> {
    let lists = ["definitions", "declarations"].map(|place| &value[place]["standards"]);
    let standard = lists.into_iter().find_map(|list| list.as_array().and_then(|list| list.first()));
    let standard = standard.ok_or_else(|| fault("it is CycloneDX without a standard"))?;
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let levels = levels(standard)?;
    let rows: Vec<&Value> = standard["requirements"].as_array().into_iter().flatten().collect();
    // References name requirements by `bom-ref`, which need not be their number.
    let numbers: BTreeMap<String, String> =
        rows.iter().map(|row| (text(row, "bom-ref"), text(row, "identifier"))).collect();
    let parents: std::collections::BTreeSet<String> = rows.iter().map(|row| text(row, "parent")).collect();
    let clause = |row: &&Value| {
        let (reference, words) = (text(row, "bom-ref"), flat(&text(row, "text")));
        let parent = text(row, "parent");
        Clause {
            id: text(row, "identifier"),
            kind: if parents.contains(&reference) || words.is_empty() { Kind::Group } else { Kind::Requirement },
            parent: numbers.get(&parent).or(Some(&parent)).filter(|parent| !parent.is_empty()).cloned(),
            level: levels.get(&reference).cloned(),
            title: flat(&text(row, "title")),
            state: state(&words),
            text: words,
            ..Clause::default()
        }
    };
    let clauses: Vec<Clause> = rows.iter().map(clause).collect();
    let (title, version) = (text(standard, "name"), text(standard, "version"));
    let licence = &value["metadata"]["licenses"][0]["license"];
    Ok(Raw {
        name: publisher::from_title(&title, &version),
        title,
        publisher: text(standard, "owner"),
        licence: licence["id"].as_str().or_else(|| licence["name"].as_str()).unwrap_or_default().to_owned(),
        levels: minimum(&clauses),
        clauses,
        ..Raw::default()
    })
}

/// The lowest level that lists each requirement: some standards list it once, others at every level from there on.
fn levels(standard: &Value) -> Result<BTreeMap<String, String>, Vec<Fault>> {
    let all: Vec<&Value> = standard["levels"].as_array().into_iter().flatten().collect();
    let list = |level: &Value| level["requirements"].as_array().cloned().unwrap_or_default();
    if !all.is_empty() && all.iter().all(|level| list(level).is_empty()) {
        return Err(fault(
            "its levels list no requirement. The file of ASVS 5.0.0 was released with this mistake; its publisher corrected it later",
        ));
    }
    let mut lowest = BTreeMap::new();
    for level in all {
        let said = level["identifier"].as_str().unwrap_or_default();
        let name = said.trim_start_matches("Level").trim();
        for reference in list(level).iter().filter_map(Value::as_str) {
            lowest.entry(reference.to_owned()).or_insert_with(|| name.to_owned());
        }
    }
    Ok(lowest)
}
