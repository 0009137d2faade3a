//! Decisions past their review day that something still hangs on.

use super::decision_incomplete::takes_out;
use super::{Context, Rule, listed};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Decision, DecisionKind, Model, Objective, When};

pub(super) static RULE: Rule = Rule { codes: &[&codes::DECISION_OVERDUE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (name, decision) in model.decisions.iter().filter(|(_, decision)| takes_out(decision)) {
            let Some(review) = decision.review_by.filter(|day| day.day() < context.today) else { continue };
            let hanging: Vec<Objective> = decision.objectives.iter().filter(|o| hangs(model, decision, *o)).collect();
            if !hanging.is_empty() {
                findings.push(finding(context, model, (name, decision), review, &hanging));
            }
        }
    }
}

/// Whether the objective is live and nothing was decided about it since.
fn hangs(model: &Model, decision: &Decision, objective: Objective) -> bool {
    let later = |other: &&Decision| match (decision.at, other.at) {
        (Some(this), Some(that)) => this.moment() < that.moment(),
        _ => false,
    };
    let settles = |other: &Decision| takes_out(other) || other.kind == Some(DecisionKind::Withdrawn);
    let about = |other: &Decision| {
        let entities = &other.entities;
        other.objectives.contains(objective)
            || entities.contains(&objective.asset)
            || entities.contains(&objective.attacker)
    };
    model.is_open(objective) && !model.decisions.values().filter(later).any(|other| settles(other) && about(other))
}

fn finding(
    context: &Context<'_>,
    model: &Model,
    (name, decision): (&String, &Decision),
    review: When,
    hanging: &[Objective],
) -> Finding {
    let (verb, command) = match decision.kind {
        Some(DecisionKind::NotApplicable) => ("not applicable", "not-applicable"),
        _ => ("accepted", "accept"),
    };
    let shown = if hanging.len() > 3 { format!("{} objectives", hanging.len()) } else { listed(hanging) };
    let message = format!("{shown}: {verb} until {}, which is over (decision {name})", review.day());
    let place = Place::of(&model.id, Subject::Decision(name.clone())).key("review_by");
    let first = hanging.first().map(Objective::to_string).unwrap_or_default();
    Finding::new(&codes::DECISION_OVERDUE, place, message).help(format!(
        "look at it again and decide anew: redan {command} {first} --owner … --reason \"…\" --review-by YYYY-MM-DD{}",
        context.flag(model)
    ))
}
