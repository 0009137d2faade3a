//! Asking the judge whether two entities are one thing.

use crate::identity::{Verdict, akin, compare};
use crate::model::{Entity, Model};

/// What a newcomer is to the entities of its kind, live and removed.
pub(super) enum Likeness<'m> {
    /// A live entity says the same.
    Live(&'m Entity),
    /// A removed entity says the same: the one removed last.
    Removed(&'m Entity),
    /// Nobody says the same, and these might; live ones first.
    Unsure(Vec<(&'m Entity, String)>),
    New,
}

pub(super) fn likeness<'m>(model: &'m Model, newcomer: &Entity) -> Likeness<'m> {
    let mut removed: Option<&Entity> = None;
    let mut unsure = Vec::new();
    for entity in model.of_kind(newcomer.id.kind) {
        let judgement = compare(entity, newcomer);
        match judgement.verdict {
            Verdict::Same if entity.live() => return Likeness::Live(entity),
            Verdict::Same => removed = Some(later(removed, entity)),
            Verdict::Unsure if akin(entity, newcomer) => unsure.push((entity, judgement.why)),
            Verdict::Unsure | Verdict::Different => {}
        }
    }
    unsure.sort_by_key(|(entity, _)| !entity.live());
    match removed {
        Some(entity) => Likeness::Removed(entity),
        None if unsure.is_empty() => Likeness::New,
        None => Likeness::Unsure(unsure),
    }
}

fn later<'m>(known: Option<&'m Entity>, next: &'m Entity) -> &'m Entity {
    let day = |entity: &Entity| entity.life.removed.as_ref().and_then(|removed| removed.at).map(|at| at.day());
    match known {
        Some(known) if day(known) > day(next) => known,
        _ => next,
    }
}

/// What an entity reads, as one text: the identity fields that say something.
pub(super) fn reads(entity: &Entity) -> String {
    let fields = entity.identity().into_iter().map(|(_, text)| text).filter(|text| !text.is_empty());
    fields.collect::<Vec<_>>().join(" — ")
}
