//! Assumptions whose last valid attestation is over.

use jiff::civil::Date;

use super::attestation_incomplete::place;
use super::{Context, Rule, named};
use crate::finding::{Finding, codes};
use crate::identity::of_entity;
use crate::model::{Assumption, Attestation, Entity, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ATTESTATION_EXPIRED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
            let Some((row, day)) = last(entity, assumption).filter(|(_, day)| *day < context.today) else { continue };
            let message = format!("the last attestation of {} ended on {day}", named(entity));
            let place = place(model, entity, row).key("expires");
            let finding = Finding::new(&codes::ATTESTATION_EXPIRED, place, message);
            findings.push(finding.help(help(context, model, entity)));
        }
    }
}

/// The attestation that lasts longest, by its row, with its last day; `None` where one lasts for ever, or none counts.
pub(super) fn last(entity: &Entity, assumption: &Assumption) -> Option<(usize, Date)> {
    let counting = counting(entity, assumption).into_iter();
    let days: Option<Vec<(usize, Date)>> = counting.map(|(row, a)| Some((row, a.expires?.day()))).collect();
    days?.into_iter().max_by_key(|(_, day)| *day)
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

pub(super) fn help(context: &Context<'_>, model: &Model, entity: &Entity) -> String {
    format!(
        "vouch for it again: redan attest {} --statement \"…\" --expires YYYY-MM-DD{}",
        entity.id,
        context.flag(model)
    )
}
