//! Excluded requirements past their review day.

use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};

pub(super) static RULE: Rule = Rule { codes: &[&codes::EXCUSE_OVERDUE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (row, exclusion) in model.compliance.exclusions.iter().enumerate() {
            let Some(review) = exclusion.review_by.filter(|day| day.day() < context.today) else { continue };
            let place = Place::of(&model.id, Subject::Compliance).key("exclusions").row(row).key("review_by");
            let message = format!("{} was excluded until {}, which is over", exclusion.req, review.day());
            findings.push(
                Finding::new(&codes::EXCUSE_OVERDUE, place, message)
                    .help("look at it again: write a new `review_by` if it still holds, or take the exclusion out"),
            );
        }
    }
}
