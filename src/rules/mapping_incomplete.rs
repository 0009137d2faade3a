//! Decisions about requirements that nobody signed.

use super::{Context, Rule, filling, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, MappingState, Requirement};

pub(super) static RULE: Rule = Rule { codes: &[&codes::MAPPING_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        for (row, requirement) in control.requirements.iter().enumerate() {
            if let Some((state, gaps)) = gaps(requirement) {
                let place = Place::entity(&model.id, entity.id).key("requirements").row(row);
                let message = format!("{} has {state} {} without {}", named(entity), requirement.req, listed(&gaps));
                findings.push(Finding::new(&codes::MAPPING_INCOMPLETE, place, message).help(
                    "write who decided it and when: by = \"ada@example.org\", on = 2026-11-22; or set it back to state = \"proposed\"",
                ));
            }
        }
    }
}

/// What a decided mapping lacks; nothing for a proposed one.
fn gaps(requirement: &Requirement) -> Option<(MappingState, Vec<&'static str>)> {
    let state = requirement.state.filter(|state| *state != MappingState::Proposed)?;
    let gaps = filling::missing([("by", !requirement.by.trim().is_empty()), ("on", requirement.on.is_some())]);
    (!gaps.is_empty()).then_some((state, gaps))
}
