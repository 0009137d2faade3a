//! OSCAL 1.1.2: a component definition says which requirements each component meets, assessment results say where every
//! requirement stands on a day.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{moment, uuid};
use crate::model::{Body, Id, Model};
use crate::report::comply::gaps::{Control, Exclusion, Gaps, Requirement};

const VERSION: &str = "1.1.2";
/// The name space of properties that OSCAL has no name for.
const NAMESPACE: &str = env!("CARGO_PKG_REPOSITORY");

/// Components with the requirements that controls in them meet. Controls in no component are the model's own.
pub fn component_definition(model: &Model, gaps: &Gaps) -> Value {
    let mut parts: BTreeMap<Option<Id>, Vec<(&Requirement, &Control)>> = BTreeMap::new();
    for requirement in &gaps.requirements {
        for control in requirement.controls.iter().filter(|control| !control.stale) {
            for place in places(model, &control.id) {
                parts.entry(place).or_default().push((requirement, control));
            }
        }
    }
    let components: Vec<Value> = parts.iter().map(|(place, rows)| component(model, gaps, (*place, rows))).collect();
    let mut definition = json!({
        "uuid": uuid(&format!("definition {} {}", gaps.model, gaps.framework)),
        "metadata": metadata(gaps, &format!("{}: what meets {}", model.head.name, gaps.framework)),
        "back-matter": back_matter(gaps),
    });
    if !components.is_empty() {
        definition["components"] = components.into();
    }
    json!({ "component-definition": definition })
}

/// The live components of a control; the model itself where it lies in none.
fn places(model: &Model, control: &str) -> BTreeSet<Option<Id>> {
    let entity = Id::parse(control).and_then(|id| model.entities.get(&id));
    let Some(Body::Control(control)) = entity.map(|entity| &entity.body) else { return BTreeSet::from([None]) };
    let live: BTreeSet<Option<Id>> =
        control.components.iter().map(|one| one.0).filter(|id| model.is_live(*id)).map(Some).collect();
    if live.is_empty() { BTreeSet::from([None]) } else { live }
}

fn component(model: &Model, gaps: &Gaps, (place, rows): (Option<Id>, &[(&Requirement, &Control)])) -> Value {
    let entity = place.and_then(|id| model.entities.get(&id));
    let title = entity.map_or(model.head.name.as_str(), |entity| entity.title());
    let name = format!("{}/{}", gaps.model, place.map(|id| id.to_string()).unwrap_or_default());
    let mut by_requirement: BTreeMap<&str, (&Requirement, Vec<&Control>)> = BTreeMap::new();
    for (requirement, control) in rows {
        by_requirement.entry(&requirement.id).or_insert_with(|| (requirement, Vec::new())).1.push(control);
    }
    let mut implemented: Vec<&(&Requirement, Vec<&Control>)> = by_requirement.values().collect();
    implemented.sort_by(|a, b| crate::comply::natural(&a.0.id, &b.0.id));
    let implemented: Vec<Value> =
        implemented.into_iter().map(|one| implemented_requirement(model, &name, one)).collect();
    json!({
        "uuid": uuid(&format!("component {name}")),
        "type": "software",
        "title": title,
        "description": format!("{title}, part of {}", model.head.name),
        "control-implementations": [{
            "uuid": uuid(&format!("implementation {name} {}", gaps.framework)),
            "source": format!("#{}", framework(gaps)),
            "description": format!("Requirements of {} that controls of {} meet", gaps.framework, name.trim_end_matches('/')),
            "implemented-requirements": implemented,
        }],
    })
}

fn implemented_requirement(
    model: &Model,
    place: &str,
    (requirement, controls): &(&Requirement, Vec<&Control>),
) -> Value {
    let words = |control: &&Control| {
        let title = Id::parse(&control.id).and_then(|id| model.entities.get(&id)).map_or("", |entity| entity.title());
        format!("{}: {}", control.id, title.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let status = match () {
        () if controls.iter().any(|control| control.holds && control.cover == "full") => "implemented",
        () if controls.iter().any(|control| control.holds) => "partial",
        () => "planned",
    };
    json!({
        "uuid": uuid(&format!("requirement {place} {}", requirement.id)),
        "control-id": token(&requirement.id),
        "description": controls.iter().map(words).collect::<Vec<_>>().join("\n\n"),
        "props": [{ "name": "implementation-status", "value": status }],
    })
}

/// Where every requirement stands, as findings of an assessment that only counts.
pub fn results(model: &Model, gaps: &Gaps) -> Value {
    let findings: Vec<Value> = gaps.requirements.iter().map(|one| finding(gaps, one)).collect();
    let asked: Vec<Value> = gaps.requirements.iter().map(|one| json!({ "control-id": token(&one.id) })).collect();
    let controls = if asked.is_empty() { json!({ "include-all": {} }) } else { json!({ "include-controls": asked }) };
    let title = format!("{} against {}", model.head.name, gaps.framework);
    let mut result = json!({
        "uuid": uuid(&format!("result {} {} {}", gaps.model, gaps.framework, gaps.as_of)),
        "title": title,
        "description": "Counted from mappings that people accepted, implemented controls and exclusions that hold.",
        "start": moment(&gaps.as_of),
        "reviewed-controls": { "control-selections": [controls] },
    });
    if !findings.is_empty() {
        result["findings"] = findings.into();
    }
    json!({ "assessment-results": {
        "uuid": uuid(&format!("results {} {} {}", gaps.model, gaps.framework, gaps.as_of)),
        "metadata": metadata(gaps, &title),
        "import-ap": { "href": format!("#{}", framework(gaps)), "remarks": "There is no assessment plan; the framework is in the back matter." },
        "results": [result],
        "back-matter": back_matter(gaps),
    } })
}

fn finding(gaps: &Gaps, one: &Requirement) -> Value {
    let excluded = one.exclusion.as_ref().filter(|_| one.status == "excluded");
    let (state, implementation) = match one.status {
        "covered" => ("satisfied", Some("implemented")),
        "partial" => ("not-satisfied", Some("partial")),
        "uncovered" => ("not-satisfied", Some("planned")),
        "excluded" => ("not-satisfied", Some("not-applicable")),
        // Nobody planned anything.
        _ => ("not-satisfied", None),
    };
    let controls: Vec<&str> = one.controls.iter().map(|control| control.id.as_str()).collect();
    let description = match excluded {
        Some(row) => excuse(row),
        None if controls.is_empty() => "No control is mapped to it.".to_owned(),
        None => format!("Mapped to {}.", controls.join(", ")),
    };
    let mut finding = json!({
        "uuid": uuid(&format!("finding {} {}:{} {}", gaps.model, gaps.framework, one.id, gaps.as_of)),
        "title": format!("{} {}", one.id, one.title).trim_end(),
        "description": description,
        "props": [
            { "name": "status", "ns": NAMESPACE, "value": one.status },
            { "name": "applicable", "ns": NAMESPACE, "value": if excluded.is_some() { "no" } else { "yes" } },
        ],
        "target": {
            "type": "objective-id",
            "target-id": token(&one.id),
            "status": { "state": state, "reason": if state == "satisfied" { "pass" } else if excluded.is_some() { "other" } else { "fail" } },
        },
    });
    if let Some(state) = implementation {
        finding["target"]["implementation-status"] = json!({ "state": state });
    }
    finding
}

/// Who took a requirement out, why, and until when.
fn excuse(row: &Exclusion) -> String {
    let mut who = format!("Owner {}", row.owner);
    let facts = [(" decided on ", &row.on), (" review by ", &row.review_by)].map(|(what, day)| (what, day.as_deref()));
    let approved = (" approved by ", Some(row.approved_by.as_str()).filter(|by| !by.is_empty()));
    for (what, fact) in [approved].into_iter().chain(facts) {
        fact.iter().for_each(|fact| who.push_str(&format!(",{what}{fact}")));
    }
    let why = row.why.trim_end_matches('.');
    format!("Excluded ({}): {why}. {who}.", row.reason.unwrap_or_default())
}

fn metadata(gaps: &Gaps, title: &str) -> Value {
    json!({
        "title": title,
        "last-modified": moment(&gaps.as_of),
        "version": gaps.as_of,
        "oscal-version": VERSION,
    })
}

/// The framework with its licence, which stands beside everything that repeats it.
fn back_matter(gaps: &Gaps) -> Value {
    json!({ "resources": [{
        "uuid": framework(gaps),
        "title": format!("{} ({})", gaps.title, gaps.framework),
        "description": gaps.attribution,
    }] })
}

fn framework(gaps: &Gaps) -> String {
    uuid(&format!("framework {}", gaps.framework))
}

/// A number as OSCAL's tokens allow it: beginning with a letter or an underscore.
fn token(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_alphabetic() || c == '_') { plain } else { format!("_{plain}") }
}
