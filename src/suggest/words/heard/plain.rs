//! An act as the sentence that says it and nothing else.

use crate::model::{Kind, Model};
use crate::suggest::words::Act;

/// The plain sentence; where it would have to repeat a text, one of its kind.
pub(super) fn sentence(model: &Model, act: &Act) -> String {
    match act {
        Act::Add { kind, .. } => newcomer(*kind).to_owned(),
        Act::Edit { id, sets } => {
            let (field, value) = sets.first().map_or(("name", ""), |(field, value)| (field.as_str(), value.as_str()));
            match field {
                "name" => format!("Rename {id} to \"…\""),
                "sealed" if value == "true" => format!("{id} is sealed"),
                "sealed" => format!("{id} is not sealed"),
                "passes" if value.is_empty() => format!("{id} passes nothing"),
                "passes" => format!("{id} passes only {}", value.replace(',', " and ")),
                "properties" | "protects" | "components" | "boundaries" => {
                    let held = model.entities.get(id).map(|entity| super::listed(entity, field)).unwrap_or_default();
                    listing(&id.to_string(), field, (&held, value))
                }
                _ => format!("Set the {field} of {id} to \"…\""),
            }
        }
        Act::Remove { id, .. } => format!("Remove {id} because …"),
        Act::Restore { id } => format!("Restore {id}"),
        Act::Rate { id, sets, .. } => {
            let (factor, level) = sets.first().cloned().unwrap_or_default();
            format!("Set the {} of {id} to {level} because …", factor.replace('_', " "))
        }
        Act::Rename { .. } => "Rename the model to \"…\"".to_owned(),
        Act::Cover { control, objectives, .. } => match objectives.first() {
            Some(one) => format!("{control} covers {one}"),
            None => format!("{control} covers CO-A1-T1"),
        },
        Act::Status { control, implemented: true } => format!("Mark {control} as implemented"),
        Act::Status { control, implemented: false } => format!("Mark {control} as not implemented"),
        Act::Attest { id, .. } => format!("Attest {id}: the provider's report of this year was read"),
        Act::Between { outer, inner, .. } => format!("Add a trust boundary between {outer} and {inner}"),
    }
}

/// What comes to a list or leaves it.
fn listing(id: &str, field: &str, (held, value): (&[String], &str)) -> String {
    let kept: Vec<&str> = value.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    let come = kept.iter().find(|one| !held.iter().any(|held| one.split('=').next() == Some(held)));
    let gone = held.iter().find(|held| !kept.iter().any(|one| one.split('=').next() == Some(held.as_str())));
    let place = matches!(field, "components" | "boundaries");
    match (come, gone) {
        (Some(come), Some(_)) if place => format!("Move {id} to {come}"),
        (Some(come), _) if place => format!("Put {id} in {come}"),
        (None, Some(gone)) if place => format!("Take {id} out of {gone}"),
        (Some(come), _) => format!("Add {} to {id}", meaning(come)),
        (None, Some(gone)) => format!("Remove {} from {id}", meaning(gone)),
        (None, None) => format!("Set the {field} of {id} to …"),
    }
}

fn meaning(letter: &str) -> &'static str {
    match letter.split('=').next() {
        Some("C") => "confidentiality",
        Some("I") => "integrity",
        Some("A") => "availability",
        _ => "usage",
    }
}

/// A sentence that adds something of a kind.
pub(in crate::suggest::words) const fn newcomer(kind: Kind) -> &'static str {
    match kind {
        Kind::Asset => "Add an asset called Refund queue with integrity",
        Kind::Attacker => "Add a DDoS attacker",
        Kind::Boundary => "Add a trust boundary called Partner network",
        Kind::Component => "Add a component called Fraud engine in TB2",
        Kind::Assumption => "Add an assumption that merchants keep their keys in a vault",
        Kind::Control => "Add a control: refunds above 500 euros need a second person",
    }
}
