//! Revisions that set what was so already, or nothing.

use super::{Context, Rule, named, revisions};
use crate::finding::{Finding, codes};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REVISION_WITHOUT_EFFECT], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let mut levels = revisions::base(entity);
        for (row, revision) in revisions::rows(entity).iter().enumerate() {
            if revision.set.iter().all(|(factor, level)| levels.get(factor) == Some(level)) {
                let message = format!("revision {} of {} sets nothing that was not so before", row + 1, named(entity));
                let place = revisions::place(&model.id, entity, row);
                findings.push(Finding::new(&codes::REVISION_WITHOUT_EFFECT, place, message).help(
                    "while it is not published, take it out; after that it stays as the record of a second look",
                ));
            }
            levels.extend(revision.set);
        }
    }
}
