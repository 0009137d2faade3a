//! Controls for a property that none of the assets they cover has.

use std::collections::BTreeSet;

use super::{Context, Rule, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Control, Entity, Model, Property};

pub(super) static RULE: Rule = Rule { codes: &[&codes::PROTECTS_UNLISTED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        let matter = matter(model, control);
        if matter.is_empty() {
            continue;
        }
        for property in control.protects.difference(&matter) {
            findings.push(finding(model, entity, *property, &matter));
        }
    }
}

/// What the covered assets list. Empty while it covers no live asset, or only assets that list nothing:
/// other rules say so.
fn matter(model: &Model, control: &Control) -> BTreeSet<Property> {
    let open = control.covers.iter().map(|(_, objective)| objective).filter(|objective| model.is_open(*objective));
    let assets: BTreeSet<_> = open.map(|objective| objective.asset).collect();
    let covered = model.assets().filter(|(entity, _)| assets.contains(&entity.id));
    covered.flat_map(|(_, asset)| asset.properties.0.keys().copied()).collect()
}

fn finding(model: &Model, entity: &Entity, property: Property, matter: &BTreeSet<Property>) -> Finding {
    let place = Place::entity(&model.id, entity.id).key("protects").item(property.word());
    let meaning = property.meaning();
    let message = format!("{} protects {property} ({meaning}), which no asset it covers lists", named(entity));
    let matter: Vec<Property> = matter.iter().copied().collect();
    Finding::new(&codes::PROTECTS_UNLISTED, place, message).help(format!(
        "its assets list {}: take {property} out of `protects`, or list it on the asset it matters for",
        listed(&matter)
    ))
}
