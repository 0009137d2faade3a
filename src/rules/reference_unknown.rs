//! References to entities that do not exist. One to a removed entity is none of these: it stays, and
//! counts as absent.

use std::collections::BTreeMap;

use super::references::{self, Reference};
use super::{Context, Rule, named};
use crate::change::Subject;
use crate::finding::{Finding, codes};
use crate::model::{Entity, Id, Kind, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REFERENCE_UNKNOWN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        let unknown = |subject: &Subject, id: Id| {
            let gone = !model.entities.contains_key(&id) && !context.is_unread(&model.id, id);
            gone && !told_elsewhere(subject, id)
        };
        for (subject, references) in references::of_model(model, &unknown) {
            let mut by_id: BTreeMap<Id, Vec<Reference>> = BTreeMap::new();
            for reference in references {
                by_id.entry(reference.id).or_default().push(reference);
            }
            let all = by_id.into_values().filter_map(|places| finding(context, model, &subject, places));
            findings.extend(all);
        }
    }
}

/// Components of assets and controls have codes of their own.
fn told_elsewhere(subject: &Subject, id: Id) -> bool {
    let holder = match subject {
        Subject::Entity(holder) => holder.kind,
        _ => return false,
    };
    id.kind == Kind::Component && matches!(holder, Kind::Asset | Kind::Control)
}

/// One finding for one unknown name in one entity, however often it stands there.
fn finding(context: &Context<'_>, model: &Model, subject: &Subject, places: Vec<Reference>) -> Option<Finding> {
    let mut places = places.into_iter();
    let first = places.next()?;
    let kind = first.id.kind;
    let message = format!("{} names the {kind} {}, which does not exist", holder(model, subject), first.id);
    let finding = Finding::new(&codes::REFERENCE_UNKNOWN, first.place, message).help(help(context, model, first.id));
    Some(places.fold(finding, |finding, more| finding.also(more.place, "and here")))
}

fn holder(model: &Model, subject: &Subject) -> String {
    match subject {
        Subject::Entity(id) => model.entities.get(id).map_or_else(|| id.to_string(), named),
        other => other.to_string(),
    }
}

fn help(context: &Context<'_>, model: &Model, id: Id) -> String {
    let add = format!("redan add {}{}", id.kind, context.flag(model));
    match nearest(model, id).as_slice() {
        [] => format!("the model has no {} at all; add one: {add}", id.kind),
        near => {
            let near: Vec<String> = near.iter().map(|entity| named(entity)).collect();
            format!("did you mean {}? Else take the name out, or add what it stands for: {add}", near.join(" or "))
        }
    }
}

/// The live entities of the kind with the most similar IDs.
pub(super) fn nearest(model: &Model, id: Id) -> Vec<&Entity> {
    let text = id.to_string();
    let distance = |entity: &&Entity| {
        let letters = strsim::osa_distance(&text, &entity.id.to_string());
        let numbers = entity.id.number().unwrap_or(u32::MAX).abs_diff(id.number().unwrap_or(u32::MAX));
        (letters, numbers, entity.id)
    };
    let mut all: Vec<&Entity> = model.of_kind(id.kind).filter(|entity| entity.live()).collect();
    all.sort_by_key(distance);
    all.truncate(2);
    all
}
