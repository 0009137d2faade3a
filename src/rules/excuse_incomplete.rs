//! Excluded requirements that nobody answers for.

use super::{Context, Rule, filling, listed};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::Exclusion;

pub(super) static RULE: Rule = Rule { codes: &[&codes::EXCUSE_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (row, exclusion) in model.compliance.exclusions.iter().enumerate() {
            let gaps = gaps(exclusion);
            if !gaps.is_empty() {
                let place = Place::of(&model.id, Subject::Compliance).key("exclusions").row(row);
                let message = format!("the exclusion of {} does not say its {}", exclusion.req, listed(&gaps));
                findings.push(
                    Finding::new(&codes::EXCUSE_INCOMPLETE, place, message)
                        .help("fill it in; until then the requirement is not excluded and counts as a gap"),
                );
            }
        }
    }
}

fn gaps(exclusion: &Exclusion) -> Vec<&'static str> {
    filling::missing([
        ("reason", exclusion.reason.is_some()),
        ("why", !exclusion.why.trim().is_empty()),
        ("owner", !exclusion.owner.trim().is_empty()),
        ("review_by", exclusion.review_by.is_some()),
    ])
}
