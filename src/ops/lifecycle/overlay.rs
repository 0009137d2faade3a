//! The factors as they are now: base factors with the revisions laid over them.

use crate::model::{Body, Entity, Factor, Level, Levels, Property};

/// Every level an entity has. A property that is not listed has none, whatever old revisions say.
pub(super) fn levels(entity: &Entity) -> Levels {
    let mut levels = Levels::new();
    match &entity.body {
        Body::Asset(asset) => {
            let base = asset.properties.0.iter().filter_map(|(property, level)| Some((property.factor(), (*level)?)));
            levels.extend(base);
            levels.extend(&asset.impact.0);
            asset.revisions.iter().for_each(|row| levels.extend(&row.set.0));
            let listed = |factor: Factor| property(factor).is_none_or(|p| asset.properties.0.contains_key(&p));
            levels.retain(|factor, _| listed(*factor));
        }
        Body::Attacker(attacker) => {
            levels.extend(&attacker.likelihood.0);
            attacker.revisions.iter().for_each(|row| levels.extend(&row.set.0));
        }
        _ => {}
    }
    levels
}

/// Every factor that a full rating of the entity has.
pub(super) fn wanted(entity: &Entity) -> Vec<Factor> {
    match &entity.body {
        Body::Asset(asset) => asset.properties.0.keys().map(|p| p.factor()).chain(Factor::IMPACT).collect(),
        Body::Attacker(_) => Factor::LIKELIHOOD.to_vec(),
        _ => Vec::new(),
    }
}

/// Whether anybody rated it, in full or in part.
pub(super) fn rated(entity: &Entity) -> bool {
    !levels(entity).is_empty()
}

/// The property whose subscore the factor is.
pub(super) fn property(factor: Factor) -> Option<Property> {
    Property::ALL.iter().copied().find(|property| property.factor() == factor)
}

/// Writes a base factor; the subscore of a property lists it.
pub(super) fn set_base(entity: &mut Entity, factor: Factor, level: Level) {
    match (&mut entity.body, property(factor)) {
        (Body::Asset(asset), Some(property)) => {
            asset.properties.0.insert(property, Some(level));
        }
        (Body::Asset(asset), None) => {
            asset.impact.0.insert(factor, level);
        }
        (Body::Attacker(attacker), _) => {
            attacker.likelihood.0.insert(factor, level);
        }
        _ => {}
    }
}
