//! Overruled identity changes without date, person or reason.

use super::{Context, Rule, filling, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Entity, Model, Renamed};

pub(super) static RULE: Rule = Rule { codes: &[&codes::RENAMED_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        for (row, renamed) in entity.life.renamed.iter().enumerate() {
            let gaps = gaps(renamed);
            if !gaps.is_empty() {
                findings.push(finding(model, entity, row, &gaps));
            }
        }
    }
}

fn gaps(renamed: &Renamed) -> Vec<&'static str> {
    filling::missing([
        ("from", !renamed.from.trim().is_empty()),
        ("at", renamed.at.is_some()),
        ("by", !renamed.by.trim().is_empty()),
        ("reason", !renamed.reason.trim().is_empty()),
    ])
}

fn finding(model: &Model, entity: &Entity, row: usize, gaps: &[&str]) -> Finding {
    let place = Place::entity(&model.id, entity.id).key("renamed").row(row);
    let message = format!("a renaming of {} does not say its {}", named(entity), listed(gaps));
    Finding::new(&codes::RENAMED_INCOMPLETE, place, message)
        .help("whoever overrules the judge stands up for it: write from, at, by and reason into the row")
}
