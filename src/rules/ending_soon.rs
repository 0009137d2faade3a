//! What still holds and does so for a month at most: attestations, decisions, exclusions. What it takes out is open again the day after
//! its last one, and that is better known before. The words are the same every day, because the issue of the audit changes when they do.

use super::attestation_incomplete::place;
use super::{
    Context, Rule, attestation_expired, decision_overdue, excuse_overdue, excuse_refuted, excuse_stale, named,
};
use crate::assess::ending;
use crate::comply::Excuse;
use crate::finding::{Finding, codes};
use crate::model::Model;

pub(super) static RULE: Rule = Rule { codes: &[&codes::ENDING_SOON], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        attestations(context, model, findings);
        decisions(context, model, findings);
        exclusions(context, model, findings);
    }
}

fn attestations(context: &Context<'_>, model: &Model, findings: &mut Vec<Finding>) {
    for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
        let Some((row, day)) = attestation_expired::last(entity, assumption) else { continue };
        if ending(day, context.today).is_none() {
            continue;
        }
        let message = format!("the last attestation of {} ends on {day}", named(entity));
        let finding = Finding::new(&codes::ENDING_SOON, place(model, entity, row).key("expires"), message);
        findings.push(finding.help(attestation_expired::help(context, model, entity)));
    }
}

fn decisions(context: &Context<'_>, model: &Model, findings: &mut Vec<Finding>) {
    for standing in decision_overdue::standing(model, |day| ending(day, context.today).is_some()) {
        let message = format!("{} and no longer (decision {})", standing.words(), standing.name);
        let finding = Finding::new(&codes::ENDING_SOON, standing.place(model), message);
        findings.push(finding.help(standing.help(context, model)));
    }
}

/// Only what counts: of an exclusion that the model contradicts, or of one about other words, more than its end is told.
fn exclusions(context: &Context<'_>, model: &Model, findings: &mut Vec<Finding>) {
    for (row, exclusion) in model.compliance.exclusions.iter().enumerate() {
        let ends = Excuse::of(exclusion, context.today, (false, false)).ending().is_some();
        if !ends || excuse_stale::is_stale(context, exclusion) || excuse_refuted::is_refuted(context, model, row) {
            continue;
        }
        let day = exclusion.review_by.map(|review| review.day().to_string()).unwrap_or_default();
        let message = format!("the exclusion of {} ends on {day}", exclusion.req);
        let finding = Finding::new(&codes::ENDING_SOON, excuse_overdue::place(model, row), message);
        findings.push(finding.help(excuse_overdue::help(context, model, &exclusion.req)));
    }
}
