//! One published step of one entity, judged as the candidate is judged against its base.

use super::{id_rewritten, rating_in_place, revision_rewritten, tombstone_edited};
use crate::identity::Breach;
use crate::model::{Entity, ModelId};

/// What a step may not do and did, with the reason in words. Both sides are one ID.
pub fn breaches(model: &ModelId, old: &Entity, new: &Entity) -> Vec<(Breach, String)> {
    if old == new {
        return Vec::new();
    }
    if let Some(judgement) = id_rewritten::rewritten(old, new) {
        let breach = if id_rewritten::revived(old, new) { Breach::Reused } else { Breach::Rewritten };
        return vec![(breach, judgement.why)];
    }
    let mut found = Vec::new();
    if let (Some(before), Some(after)) = (&old.life.removed, &new.life.removed) {
        let keys = tombstone_edited::rewritten(before, after);
        found.extend(keys.first().map(|key| (Breach::Tombstone, format!("its {key} changed"))));
    }
    let factors = rating_in_place::edits(old, new);
    found.extend(factors.first().map(|(factor, ..)| (Breach::Rating, format!("{} was edited", factor.name()))));
    let rows = revision_rewritten::of_entity(model, old, new);
    found.extend(rows.map(|finding| (Breach::Rows, finding.message)));
    found
}

/// Whether `new` stands up for a meaning that an earlier step replaced: it is that meaning again, or a
/// `renamed` row remembers its words.
pub fn mends(meaning: &Entity, new: &Entity) -> bool {
    id_rewritten::rewritten(&bare(meaning), new).is_none()
}

/// Without rows of its own, so that every row of the other side counts as new.
fn bare(entity: &Entity) -> Entity {
    let mut bare = entity.clone();
    bare.life.renamed.clear();
    bare
}
