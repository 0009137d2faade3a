//! A tombstone that says "see there", where there is nothing.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Entity, Id, Model, ModelId};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REPLACED_BY_UNKNOWN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for entity in model.entities.values() {
            let heir = entity.life.removed.as_ref().map_or("", |removed| removed.replaced_by.as_str());
            if !heir.is_empty() && !exists(context, model, entity, heir) {
                findings.push(finding(model, entity, heir));
            }
        }
    }
}

fn finding(model: &Model, entity: &Entity, heir: &str) -> Finding {
    let place = Place::entity(&model.id, entity.id).key("removed").key("replaced_by");
    let message = format!("{} is said to be replaced by {heir}, which does not exist", named(entity));
    Finding::new(&codes::REPLACED_BY_UNKNOWN, place, message).help(format!(
        "write the ID of what took its place, such as {}7 or other-model/{}7, or take `replaced_by` out",
        entity.id.kind.prefix(),
        entity.id.kind.prefix()
    ))
}

/// Live or removed, of any kind, here or in another model; but not the entity itself.
fn exists(context: &Context<'_>, model: &Model, entity: &Entity, heir: &str) -> bool {
    let (owner, id) = match heir.split_once('/') {
        Some((owner, id)) => (ModelId::parse(owner), id),
        None => (Some(model.id.clone()), heir),
    };
    let (Some(owner), Some(id)) = (owner, Id::parse(id).or_else(|| Id::within(entity.id.kind, id))) else {
        return false;
    };
    let itself = owner == model.id && id == entity.id;
    let there = context.models.get(&owner).is_some_and(|model| model.entities.contains_key(&id));
    !itself && (there || context.is_unread(&owner, id))
}
