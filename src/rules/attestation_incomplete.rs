//! Attestations without person, date or statement.

use super::{Context, Rule, filling, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Attestation, Entity, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ATTESTATION_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
            for (row, attestation) in assumption.attestations.iter().enumerate() {
                let gaps = gaps(attestation);
                if !gaps.is_empty() {
                    findings.push(finding(model, entity, row, &gaps));
                }
            }
        }
    }
}

fn gaps(attestation: &Attestation) -> Vec<&'static str> {
    filling::missing([
        ("by", !attestation.by.trim().is_empty()),
        ("at", attestation.at.is_some()),
        ("statement", !attestation.statement.trim().is_empty()),
    ])
}

fn finding(model: &Model, entity: &Entity, row: usize, gaps: &[&str]) -> Finding {
    let message = format!("attestation {} of {} does not say its {}", row + 1, named(entity), listed(gaps));
    Finding::new(&codes::ATTESTATION_INCOMPLETE, place(model, entity, row), message)
        .help("whoever vouched writes who, when and what exactly into the row; next time: redan attest")
}

/// The row in the file.
pub(super) fn place(model: &Model, entity: &Entity, row: usize) -> Place {
    Place::entity(&model.id, entity.id).key("attestations").row(row)
}
