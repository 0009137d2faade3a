//! Assumptions whose last valid attestation is over.

use super::attestation_incomplete::place;
use super::{Context, Rule, named};
use crate::finding::{Finding, codes};
use crate::identity::of_entity;
use crate::model::{Assumption, Attestation, Entity, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ATTESTATION_EXPIRED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
            let counting = counting(entity, assumption);
            let over = |a: &Attestation| a.expires.is_some_and(|expires| expires.day() < context.today);
            if counting.iter().all(|(_, attestation)| over(attestation)) {
                let last = counting.into_iter().max_by_key(|(_, a)| a.expires.map(|expires| expires.day()));
                findings.extend(last.map(|(row, attestation)| finding(context, (model, entity), row, attestation)));
            }
        }
    }
}

/// Rows that count but for their last day: made since the assumption was restored, about its words.
fn counting<'a>(entity: &Entity, assumption: &'a Assumption) -> Vec<(usize, &'a Attestation)> {
    let words = of_entity(entity).short();
    let void = |a: &Attestation| match (a.at, entity.life.attest_after) {
        (Some(at), Some(after)) => after.outdates(at),
        _ => false,
    };
    let rows = assumption.attestations.iter().enumerate();
    rows.filter(|(_, a)| !void(a) && (a.of.is_empty() || a.of == words)).collect()
}

fn finding(context: &Context<'_>, (model, entity): (&Model, &Entity), row: usize, last: &Attestation) -> Finding {
    let day = last.expires.map(|expires| expires.day().to_string()).unwrap_or_default();
    let message = format!("the last attestation of {} ended on {day}", named(entity));
    Finding::new(&codes::ATTESTATION_EXPIRED, place(model, entity, row).key("expires"), message).help(format!(
        "vouch for it again: redan attest {} --statement \"…\" --expires YYYY-MM-DD{}",
        entity.id,
        context.flag(model)
    ))
}
