//! Decisions that nobody can be asked about later.

use super::{Context, Rule, filling, listed};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Decision, DecisionKind};

pub(super) static RULE: Rule = Rule { codes: &[&codes::DECISION_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (name, decision) in &model.decisions {
            let gaps = gaps(decision);
            if !gaps.is_empty() {
                let place = Place::of(&model.id, Subject::Decision(name.clone()));
                let message = format!("the decision {name} does not say its {}", listed(&gaps));
                findings.push(
                    Finding::new(&codes::DECISION_INCOMPLETE, place, message).help(
                        "fill it in: who answers for it, who decided, when, why, and until when without a review",
                    ),
                );
            }
        }
    }
}

/// Whether it takes objectives out of the work that is left, so that somebody has to answer for it.
pub(super) fn takes_out(decision: &Decision) -> bool {
    matches!(decision.kind, Some(DecisionKind::RiskAccepted | DecisionKind::NotApplicable))
}

fn gaps(decision: &Decision) -> Vec<&'static str> {
    let light = !takes_out(decision);
    filling::missing([
        ("owner", light || !decision.owner.trim().is_empty()),
        ("by", !decision.by.trim().is_empty()),
        ("at", decision.at.is_some()),
        ("reason", !decision.reason.trim().is_empty()),
        ("review_by", light || decision.review_by.is_some()),
    ])
}
