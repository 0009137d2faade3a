//! Requirements that their framework does not have, or has no longer.

use super::requirement_malformed::is_requirement;
use super::{Context, Rule, listed, named};
use crate::change::Subject;
use crate::comply::{Library, Reference, State, Unknown, matches};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REQUIREMENT_UNKNOWN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(library) = context.library else { return };
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        for (row, requirement) in control.requirements.iter().enumerate() {
            let Some((message, help)) = of(library, &requirement.req) else { continue };
            let place = Place::entity(&model.id, entity.id).key("requirements").row(row).key("req");
            let message = format!("{} is mapped to {}: {message}", named(entity), requirement.req);
            findings.push(Finding::new(&codes::REQUIREMENT_UNKNOWN, place, message).help(help));
        }
    }
    context.active().for_each(|model| exclusions(model, library, findings));
}

fn exclusions(model: &Model, library: &Library, findings: &mut Vec<Finding>) {
    for (row, exclusion) in model.compliance.exclusions.iter().enumerate() {
        let told = match exclusion.req.ends_with('*') {
            true => of_pattern(library, &exclusion.req),
            false => of(library, &exclusion.req),
        };
        let Some((message, help)) = told else { continue };
        let place = Place::of(&model.id, Subject::Compliance).key("exclusions").row(row).key("req");
        let message = format!("an exclusion is about {}: {message}", exclusion.req);
        findings.push(Finding::new(&codes::REQUIREMENT_UNKNOWN, place, message).help(help));
    }
}

/// What is wrong with a reference, and what to do; nothing when it is fine or malformed.
fn of(library: &Library, text: &str) -> Option<(String, String)> {
    if !is_requirement(text, false) {
        return None;
    }
    let reference = Reference::parse(text)?;
    let framework = &reference.framework;
    match library.clause(&reference) {
        Ok((_, clause)) => match &clause.state {
            State::Active => None,
            State::Deleted => Some(("its publisher deleted it".to_owned(), "take the row out".to_owned())),
            State::Withdrawn { replaced_by } => {
                let help = if replaced_by.is_empty() {
                    "take the row out".to_owned()
                } else {
                    format!("see {}", listed(replaced_by))
                };
                Some(("its publisher withdrew it".to_owned(), help))
            }
        },
        Err(Unknown::Requirement(Some(near))) => {
            Some((format!("{framework} has no such requirement"), format!("did you mean {framework}:{near}?")))
        }
        Err(Unknown::Requirement(None) | Unknown::Spelling) => Some((
            format!("{framework} has no such requirement"),
            format!("see what it has: redan comply show {framework}"),
        )),
        Err(Unknown::Framework(near)) => Some(no_pack(near)),
    }
}

fn of_pattern(library: &Library, text: &str) -> Option<(String, String)> {
    if !is_requirement(text, true) {
        return None;
    }
    let reference = Reference::parse(text)?;
    let framework = &reference.framework;
    let Some(pack) = library.pack(framework) else {
        return Some(no_pack(library.meant(&framework.to_string()).err().flatten()));
    };
    let any = pack.active().any(|clause| matches(&reference.id, &clause.id));
    (!any).then(|| {
        (
            format!("no requirement of {framework} begins like that"),
            format!("see what it has: redan comply show {framework}"),
        )
    })
}

fn no_pack(near: Option<crate::comply::Name>) -> (String, String) {
    let help = match near {
        Some(near) => format!("did you mean {near}? `redan comply frameworks` lists what there is"),
        None => "bring the pack: redan comply import FILE".to_owned(),
    };
    ("no pack of this framework is here".to_owned(), help)
}
