//! Excluded requirements past their review day.

use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::Model;

pub(super) static RULE: Rule = Rule { codes: &[&codes::EXCUSE_OVERDUE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (row, exclusion) in model.compliance.exclusions.iter().enumerate() {
            let Some(review) = exclusion.review_by.filter(|day| day.day() < context.today) else { continue };
            let message = format!("{} was excluded until {}, which is over", exclusion.req, review.day());
            let finding = Finding::new(&codes::EXCUSE_OVERDUE, place(model, row), message);
            findings.push(finding.help(help(context, model, &exclusion.req)));
        }
    }
}

pub(super) fn place(model: &Model, row: usize) -> Place {
    Place::of(&model.id, Subject::Compliance).key("exclusions").row(row).key("review_by")
}

pub(super) fn help(context: &Context<'_>, model: &Model, req: &str) -> String {
    let flag = context.flag(model);
    format!(
        "look at it again; if it still holds: redan comply exclude '{req}' --review-by YYYY-MM-DD{flag}; if not: redan comply \
         include '{req}'{flag}"
    )
}
