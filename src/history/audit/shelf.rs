//! Properties that an asset was published with and does not list any more. One that comes back brings the subscore it had.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::identity::Told;
use crate::model::{Body, Entity, Factor, Level};

/// What said last how much each of them matters.
pub(super) type Shelf = Vec<(Factor, Arc<Told>)>;

/// Takes a step of an asset: what comes back with another subscore than it went with, and who had said that.
pub(super) fn turn(shelf: &mut Shelf, old: &Arc<Told>, new: &Entity) -> Shelf {
    let (before, after) = (old.entity().map(subscores).unwrap_or_default(), subscores(new));
    let mut back = Shelf::new();
    shelf.retain(|(factor, told)| {
        let rated = |all: &BTreeMap<Factor, Option<Level>>| all.get(factor).copied().flatten();
        let now = rated(&after).filter(|_| rated(&before).is_none());
        let was = told.entity().and_then(|told| rated(&subscores(told)));
        if now.is_some() && now != was {
            back.push((*factor, Arc::clone(told)));
        }
        now.is_none() || now != was
    });
    for (factor, _) in before.into_iter().filter(|(factor, level)| level.is_some() && !after.contains_key(factor)) {
        // One that came back in another way is still measured by what it was.
        if !shelf.iter().any(|(known, _)| *known == factor) {
            shelf.push((factor, Arc::clone(old)));
        }
    }
    back
}

/// The listed properties, with their base subscores.
fn subscores(entity: &Entity) -> BTreeMap<Factor, Option<Level>> {
    match &entity.body {
        Body::Asset(asset) => asset.properties.0.iter().map(|(property, level)| (property.factor(), *level)).collect(),
        _ => BTreeMap::new(),
    }
}
