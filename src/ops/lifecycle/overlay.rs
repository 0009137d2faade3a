//! Factors of an entity, whichever kind it is.

use crate::assess::{asset_levels, attacker_levels};
use crate::model::{Body, Entity, Factor, Level, Levels, Property};

/// Every level an entity has now.
pub(super) fn levels(entity: &Entity) -> Levels {
    match &entity.body {
        Body::Asset(asset) => asset_levels(asset, None),
        Body::Attacker(attacker) => attacker_levels(attacker, None),
        _ => Levels::new(),
    }
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
