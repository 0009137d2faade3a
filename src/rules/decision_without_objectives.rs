//! Decisions about nothing.

use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Decision, DecisionKind};

pub(super) static RULE: Rule = Rule { codes: &[&codes::DECISION_WITHOUT_OBJECTIVES], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (name, _) in model.decisions.iter().filter(|(_, decision)| about_nothing(decision)) {
            let place = Place::of(&model.id, Subject::Decision(name.clone()));
            let message = format!("the decision {name} names nothing it was decided about");
            findings.push(Finding::new(&codes::DECISION_WITHOUT_OBJECTIVES, place, message).help(
                "write the objectives out, as in objectives = { A1 = [\"T2\"] }; next time: redan accept CO-A1-T2 …",
            ));
        }
    }
}

/// Accepting old history is about rows of its own, everything else about objectives or entities.
fn about_nothing(decision: &Decision) -> bool {
    let objectives = decision.objectives.iter().next().is_some();
    match decision.kind {
        Some(DecisionKind::RiskAccepted | DecisionKind::NotApplicable | DecisionKind::Grouping) => !objectives,
        Some(DecisionKind::Confirmed | DecisionKind::Withdrawn) => !objectives && decision.entities.is_empty(),
        Some(DecisionKind::AcceptedHistory) => decision.accepted.is_empty(),
        None => false,
    }
}
