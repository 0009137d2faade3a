//! Revisions of assets and attackers, seen alike.

use crate::assess::{asset_levels, attacker_levels};
use crate::finding::Place;
use crate::model::{Asset, Attacker, Body, Entity, Levels, ModelId, When};

/// One row.
pub(super) struct Revision<'a> {
    pub(super) at: Option<When>,
    pub(super) by: &'a str,
    pub(super) reason: &'a str,
    pub(super) set: &'a Levels,
}

/// The rows of an entity, oldest first.
pub(super) fn rows(entity: &Entity) -> Vec<Revision<'_>> {
    macro_rules! rows {
        ($body:expr) => {{
            let row = $body.revisions.iter();
            row.map(|r| Revision { at: r.at, by: &r.by, reason: &r.reason, set: &r.set.0 }).collect()
        }};
    }
    match &entity.body {
        Body::Asset(asset) => rows!(asset),
        Body::Attacker(attacker) => rows!(attacker),
        _ => Vec::new(),
    }
}

/// The levels before any revision.
pub(super) fn base(entity: &Entity) -> Levels {
    match &entity.body {
        Body::Asset(asset) => asset_levels(&Asset { revisions: Vec::new(), ..asset.clone() }, None),
        Body::Attacker(attacker) => attacker_levels(&Attacker { revisions: Vec::new(), ..attacker.clone() }, None),
        _ => Levels::new(),
    }
}

/// The row in the file.
pub(super) fn place(model: &ModelId, entity: &Entity, row: usize) -> Place {
    Place::entity(model, entity.id).key("revisions").row(row)
}
