//! The nested JSON of ASVS: chapters, sections, requirements, with levels of today (`L`) or of old (`L1`, `L2`, `L3`).

use serde_json::Value;

use super::{Raw, flat, group, minimum, state};
use crate::comply::{Clause, Name};

pub(super) fn nested(value: &Value) -> Raw {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let items = |value: &Value| value["Items"].as_array().cloned().unwrap_or_default();
    let mut clauses = Vec::new();
    for chapter in value["Requirements"].as_array().into_iter().flatten() {
        let top = text(chapter, "Shortcode");
        clauses.push(group(&top, &text(chapter, "Name"), None));
        for section in items(chapter) {
            let above = text(&section, "Shortcode");
            clauses.push(group(&above, &text(&section, "Name"), Some(&top)));
            clauses.extend(items(&section).iter().map(|item| requirement(item, &above)));
        }
    }
    let name = format!("{}@{}", text(value, "ShortName").to_lowercase(), text(value, "Version"));
    Raw { name: Name::parse(&name), title: text(value, "Name"), levels: minimum(&clauses), clauses, ..Raw::default() }
}

fn requirement(item: &Value, above: &str) -> Clause {
    let text = flat(item["Description"].as_str().unwrap_or_default());
    let old = || ["1", "2", "3"].into_iter().find(|level| item[format!("L{level}")]["Required"] == true);
    let level = item["L"].as_str().filter(|level| !level.is_empty()).or_else(old).map(str::to_owned);
    let number = |cwe: &Value| cwe.as_u64().map(|cwe| cwe.to_string()).or_else(|| cwe.as_str().map(str::to_owned));
    let cwes: std::collections::BTreeSet<String> =
        item["CWE"].as_array().into_iter().flatten().filter_map(number).collect();
    let mut clause = Clause {
        id: item["Shortcode"].as_str().unwrap_or_default().to_owned(),
        parent: Some(above.to_owned()),
        level,
        state: state(&text),
        text,
        ..Clause::default()
    };
    if !cwes.is_empty() {
        clause.refs.insert("cwe".to_owned(), cwes);
    }
    clause
}
