//! Controls that cover nothing.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::Body;

pub(super) static RULE: Rule = Rule { codes: &[&codes::CONTROL_WITHOUT_OBJECTIVES], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        if control.covers.is_empty() {
            let message = format!("{} covers no objective, so it counts for nothing", named(entity));
            let finding =
                Finding::new(&codes::CONTROL_WITHOUT_OBJECTIVES, Place::entity(&model.id, entity.id), message);
            let cover = format!("redan cover {} 'A1-*' --group next{}", entity.id, context.flag(model));
            findings.push(finding.help(format!("say what it mitigates: {cover}")));
        }
    }
}
