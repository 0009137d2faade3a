//! Decisions about requirements that nobody signed, or that say yes and no at once.

use super::{Context, Rule, filling, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Control, Entity, MappingState, Model, Requirement};

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
            if let Some(finding) = contradicted((model, entity), control, (row, requirement)) {
                findings.push(finding);
            }
        }
    }
}

/// A later row that says no where an earlier one says yes, or the other way round, as two branches leave it.
fn contradicted(
    (model, entity): (&Model, &Entity),
    control: &Control,
    (row, requirement): (usize, &Requirement),
) -> Option<Finding> {
    let other = match requirement.state? {
        MappingState::Accepted => MappingState::Rejected,
        MappingState::Rejected => MappingState::Accepted,
        MappingState::Proposed => return None,
    };
    let earlier = &control.requirements[..row];
    let first = earlier.iter().position(|one| one.req == requirement.req && one.state == Some(other))?;
    let place = |row: usize| Place::entity(&model.id, entity.id).key("requirements").row(row);
    let message = format!("{} has both accepted and rejected {}", named(entity), requirement.req);
    let help = format!("take both out, and decide again: redan comply unmap {} {}", entity.id, requirement.req);
    Some(Finding::new(&codes::MAPPING_INCOMPLETE, place(row), message).help(help).also(place(first), "the other one"))
}

/// What a decided mapping lacks; nothing for a proposed one.
fn gaps(requirement: &Requirement) -> Option<(MappingState, Vec<&'static str>)> {
    let state = requirement.state.filter(|state| *state != MappingState::Proposed)?;
    let gaps = filling::missing([("by", !requirement.by.trim().is_empty()), ("on", requirement.on.is_some())]);
    (!gaps.is_empty()).then_some((state, gaps))
}
