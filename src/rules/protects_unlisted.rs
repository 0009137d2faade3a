//! Controls for a property that none of the assets they cover has.

use std::collections::BTreeSet;

use super::{Context, Rule, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Control, Entity, Model, Property};

pub(super) static RULE: Rule = Rule { codes: &[&codes::PROTECTS_UNLISTED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        if control.protects.is_empty() {
            continue;
        }
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
    let rows = control.covers.0.values().flat_map(|pairs| &pairs.0);
    let open = rows.filter(|(_, attackers)| attackers.iter().any(|&attacker| model.is_live(attacker)));
    let covered = open.filter_map(|(asset, _)| model.entities.get(asset)).filter(|entity| entity.live());
    let listed = covered.filter_map(|entity| match &entity.body {
        Body::Asset(asset) => Some(asset.properties.0.keys().copied()),
        _ => None,
    });
    listed.flatten().collect()
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
