//! Decisions past their review day that something still hangs on.

use jiff::civil::Date;

use super::decision_incomplete::takes_out;
use super::{Context, Rule, listed};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Decision, DecisionKind, Model, Objective, When};

pub(super) static RULE: Rule = Rule { codes: &[&codes::DECISION_OVERDUE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for standing in standing(model, |day| day < context.today) {
            let message = format!("{}, which is over (decision {})", standing.words(), standing.name);
            let finding = Finding::new(&codes::DECISION_OVERDUE, standing.place(model), message);
            findings.push(finding.help(standing.help(context, model)));
        }
    }
}

/// A decision that takes objectives out until a day.
pub(super) struct Standing<'m> {
    pub name: &'m str,
    until: Date,
    kind: Option<DecisionKind>,
    /// Live objectives that nothing was decided about since; one at least.
    hanging: Vec<Objective>,
}

/// Decisions with a review day of this sort that something hangs on.
pub(super) fn standing(model: &Model, sort: impl Fn(Date) -> bool) -> impl Iterator<Item = Standing<'_>> {
    let taking = model.decisions.iter().filter(|(_, decision)| takes_out(decision));
    taking.filter_map(move |(name, decision)| {
        let until = decision.review_by.map(When::day).filter(|day| sort(*day))?;
        let hanging: Vec<Objective> = decision.objectives.iter().filter(|o| hangs(model, decision, *o)).collect();
        (!hanging.is_empty()).then_some(Standing { name, until, kind: decision.kind, hanging })
    })
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

impl Standing<'_> {
    fn spelled(&self) -> (&'static str, &'static str) {
        match self.kind {
            Some(DecisionKind::NotApplicable) => ("not applicable", "not-applicable"),
            _ => ("accepted", "accept"),
        }
    }

    /// `CO-A1-T1: accepted until 2027-02-20`.
    pub fn words(&self) -> String {
        let many = self.hanging.len();
        let shown = if many > 3 { format!("{many} objectives") } else { listed(&self.hanging) };
        format!("{shown}: {} until {}", self.spelled().0, self.until)
    }

    pub fn place(&self, model: &Model) -> Place {
        Place::of(&model.id, Subject::Decision(self.name.to_owned())).key("review_by")
    }

    pub fn help(&self, context: &Context<'_>, model: &Model) -> String {
        let first = self.hanging.first().map(Objective::to_string).unwrap_or_default();
        format!(
            "look at it again and decide anew: redan {} {first} --owner … --reason \"…\" --review-by YYYY-MM-DD{}",
            self.spelled().1,
            context.flag(model)
        )
    }
}
