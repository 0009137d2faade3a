//! Revisions of a property that the asset does not list: they change nothing.

use super::{Context, Rule, named, revisions};
use crate::finding::{Finding, codes};
use crate::model::{Body, Entity, Model, Property};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REVISION_PROPERTY_UNLISTED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Asset(asset) = &entity.body else { continue };
        for (row, revision) in asset.revisions.iter().enumerate() {
            let unlisted =
                |p: &&Property| revision.set.0.contains_key(&p.factor()) && !asset.properties.0.contains_key(p);
            for property in Property::ALL.iter().filter(unlisted) {
                findings.push(finding(context, (model, entity), row, *property));
            }
        }
    }
}

fn finding(context: &Context<'_>, (model, entity): (&Model, &Entity), row: usize, property: Property) -> Finding {
    let word = property.word();
    let message = format!("revision {} sets {word}, which {} does not list", row + 1, named(entity));
    let place = revisions::place(&model.id, entity, row).key("set").name(word);
    Finding::new(&codes::REVISION_PROPERTY_UNLISTED, place, message).help(format!(
        "if {} matters for {id}, list {word} with its level under `properties` (redan edit {id} --set properties=…{}); else take it out of the revision",
        property.meaning(),
        context.flag(model),
        id = entity.id
    ))
}
