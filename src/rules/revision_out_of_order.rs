//! Revisions whose dates go backwards: the last row wins, so it should be the latest.

use super::{Context, Rule, named, revisions};
use crate::finding::{Finding, codes};
use crate::model::{Entity, Model, When};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REVISION_OUT_OF_ORDER], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let mut latest: Option<(usize, When)> = None;
        for (row, at) in revisions::rows(entity).iter().enumerate().filter_map(|(row, r)| Some((row, r.at?))) {
            match latest {
                Some(before) if earlier(at, before.1) => findings.push(finding(model, entity, (row, at), before)),
                _ => latest = Some((row, at)),
            }
        }
    }
}

/// A day without a time is not earlier than a moment of that day: nobody knows.
fn earlier(a: When, b: When) -> bool {
    match (a, b) {
        (When::Instant(_), When::Instant(_)) => a.moment() < b.moment(),
        _ => a.day() < b.day(),
    }
}

fn finding(model: &Model, entity: &Entity, (row, at): (usize, When), before: (usize, When)) -> Finding {
    let message = format!("revision {} of {} is of {at}, before the one above it", row + 1, named(entity));
    let place = |row| revisions::place(&model.id, entity, row);
    Finding::new(&codes::REVISION_OUT_OF_ORDER, place(row).key("at"), message)
        .help("the last row wins: put unpublished rows in the order of time, and correct a date that is wrong")
        .also(place(before.0).key("at"), format!("this one is of {}", before.1))
}
