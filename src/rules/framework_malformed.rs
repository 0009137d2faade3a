//! Selected frameworks that are not `name@version`.

use super::requirement_malformed::is_framework;
use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};

pub(super) static RULE: Rule = Rule { codes: &[&codes::FRAMEWORK_MALFORMED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for name in model.compliance.frameworks.keys().filter(|name| !is_framework(name)) {
            let place = Place::of(&model.id, Subject::Compliance).key("frameworks").name(name);
            let message = format!("the model {} selects `{name}`, which is not `name@version`", model.id);
            findings.push(Finding::new(&codes::FRAMEWORK_MALFORMED, place, message).help(format!(
                "write name and version, as in [frameworks.\"asvs@5.0.0\"]; to select one: redan comply select {} asvs@5.0.0",
                model.id
            )));
        }
    }
}
