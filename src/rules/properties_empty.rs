//! Assets of which nobody says what matters about them.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::Body;

pub(super) static RULE: Rule = Rule { codes: &[&codes::PROPERTIES_EMPTY], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Asset(asset) = &entity.body else { continue };
        // What still waits for its number is told that first: commands know numbers only.
        if asset.properties.0.is_empty() && entity.id.number().is_some() {
            let message = format!("{} lists no security property, so nothing about it can be lost", named(entity));
            let finding = Finding::new(&codes::PROPERTIES_EMPTY, Place::entity(&model.id, entity.id), message);
            findings.push(finding.help(format!(
                "say which of C, I, A and U matter: redan edit {} --set properties=C,I{}",
                entity.id,
                context.flag(model)
            )));
        }
    }
}
