//! Somebody vouched by hand for something that only evidence can show.

use super::attestation_incomplete::place;
use super::{Context, Rule, named};
use crate::finding::{Finding, codes};
use crate::model::{AssumptionKind, Entity, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ATTESTATION_REFUSED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        let shown = model.assumptions().filter(|(_, body)| body.kind == Some(AssumptionKind::NonApplicability));
        for (entity, assumption) in shown.filter(|(entity, _)| entity.live()) {
            let rows = assumption.attestations.iter().enumerate();
            let bare = rows.filter(|(_, attestation)| attestation.evidence.trim().is_empty());
            findings.extend(bare.map(|(row, _)| finding(model, entity, row)));
        }
    }
}

fn finding(model: &Model, entity: &Entity, row: usize) -> Finding {
    let message = format!(
        "{} says that something does not apply, and attestation {} shows no evidence for it",
        named(entity),
        row + 1
    );
    Finding::new(&codes::ATTESTATION_REFUSED, place(model, entity, row), message)
        .help("name the proof in a new attestation's `evidence`, or make the assumption kind = \"external\" if somebody else upholds it")
}
