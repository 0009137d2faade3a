//! CycloneDX 1.6 attestations: the standard, claims that controls meet its requirements, and how far they do.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{moment, uuid};
use crate::model::{Id, Model};
use crate::report::comply::gaps::{Gaps, Requirement};

/// A bill of materials that holds nothing but the attestation of one model.
pub fn cyclonedx(model: &Model, gaps: &Gaps) -> Value {
    let controls: BTreeSet<&str> =
        gaps.requirements.iter().flat_map(|one| &one.controls).map(|control| control.id.as_str()).collect();
    let target = format!("model-{}", gaps.model);
    let claims: Vec<Value> = controls.iter().map(|control| claim(model, control, &target)).collect();
    let mut declarations = json!({
        "assessors": [{ "bom-ref": "assessor", "thirdParty": false }],
        "attestations": [{
            "summary": format!(
                "{} of {} applicable requirements covered, {} excluded, as of {}",
                gaps.coverage.covered,
                gaps.coverage.total - gaps.coverage.excluded,
                gaps.coverage.excluded,
                gaps.as_of
            ),
            "assessor": "assessor",
            "map": gaps.requirements.iter().map(row).collect::<Vec<_>>(),
        }],
        "targets": { "components": [{ "bom-ref": target, "type": "application", "name": model.head.name }] },
    });
    if !claims.is_empty() {
        declarations["claims"] = claims.into();
    }
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid(&format!("attestation {} {} {}", gaps.model, gaps.framework, gaps.as_of))),
        "version": 1,
        "metadata": { "timestamp": moment(&gaps.as_of) },
        "definitions": { "standards": [{
            "bom-ref": reference(gaps.framework.split('@').next().unwrap_or_default()),
            "name": gaps.title,
            "version": gaps.framework.split('@').nth(1).unwrap_or_default(),
            "description": gaps.attribution,
            "requirements": gaps.requirements.iter().map(requirement).collect::<Vec<_>>(),
        }] },
        "declarations": declarations,
    })
}

fn requirement(one: &Requirement) -> Value {
    json!({ "bom-ref": format!("requirement-{}", reference(&one.id)), "identifier": one.id, "title": one.title })
}

fn claim(model: &Model, control: &str, target: &str) -> Value {
    let entity = Id::parse(control).and_then(|id| model.entities.get(&id));
    let words = entity.map(|entity| entity.title().split_whitespace().collect::<Vec<_>>().join(" "));
    json!({ "bom-ref": format!("claim-{control}"), "target": target, "predicate": words.unwrap_or_default() })
}

/// How far a requirement is met: all or nothing. How much of it a part is, and how much of what is excluded, nobody said: there is no score.
fn row(one: &Requirement) -> Value {
    let claims: Vec<String> =
        one.controls.iter().filter(|control| !control.stale).map(|control| format!("claim-{}", control.id)).collect();
    let score = match one.status {
        "covered" => Some(1.0),
        "partial" | "excluded" => None,
        _ => Some(0.0),
    };
    let rationale = match one.exclusion.as_ref().filter(|_| one.status == "excluded") {
        Some(row) => format!("excluded ({}): {}", row.reason.unwrap_or_default(), row.why),
        None => one.status.to_owned(),
    };
    let mut row = json!({
        "requirement": format!("requirement-{}", reference(&one.id)),
        "conformance": { "rationale": rationale },
    });
    if let Some(score) = score {
        row["conformance"]["score"] = json!(score);
    }
    if !claims.is_empty() {
        row["claims"] = claims.into();
    }
    row
}

/// A name that may stand in a reference.
fn reference(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect()
}
