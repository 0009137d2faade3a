//! Entities written by hand as `NEW-<word>`.

use super::{Context, Others, Rule, fresh, named, renumbering};
use crate::finding::{Finding, Fix, Place, Severity, codes};
use crate::identity::Base;
use crate::model::{Entity, Id, Kind, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_UNNUMBERED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for kind in Kind::ALL {
            let first = fresh::number(context, model, kind);
            let waiting = model.of_kind(kind).filter(|entity| entity.live() && entity.id.number().is_none());
            let numbered = waiting.zip(first..).map(|(entity, number)| (entity, Id::new(kind, number)));
            findings.extend(numbered.map(|(entity, to)| match published(context, model, entity.id) {
                true => late(finding(model, entity, to), entity.id),
                false => finding(model, entity, to),
            }));
        }
    }
}

fn finding(model: &Model, entity: &Entity, to: Id) -> Finding {
    let message = format!("the {} {} still waits for its number", to.kind, named(entity));
    let changes = renumbering(model, (entity.id, to), Others::default());
    Finding::new(&codes::ID_UNNUMBERED, Place::entity(&model.id, entity.id), message)
        .help("number it, with every reference to it: redan fix --rule id_unnumbered")
        .fix(Fix::safe(format!("number the {} {} {to}", to.kind, entity.id), changes))
}

/// Whether others can see it already: then `NEW-` names that two people chose alike have met, or will.
fn published(context: &Context<'_>, model: &Model, id: Id) -> bool {
    let there = |base: &Base| base.models.get(&model.id).is_some_and(|old| old.entities.contains_key(&id));
    context.past.public || context.past.bases.iter().any(there)
}

fn late(finding: Finding, id: Id) -> Finding {
    let message = format!("{}, and {id} is published already", finding.message);
    Finding { severity: Severity::Error, message, ..finding }
}
