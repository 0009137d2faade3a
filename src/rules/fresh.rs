//! Numbers that nothing the rules can see has used.

use super::Context;
use crate::model::{Id, Kind, Model};

/// One more than every ID of the kind in the model, in its unreadable tables, in every base, at the tips of
/// refs and in history.
pub(super) fn number(context: &Context<'_>, model: &Model, kind: Kind) -> u32 {
    let bases = context.past.bases.iter().filter_map(|base| base.models.get(&model.id));
    let known = bases.chain([model]).flat_map(|model| model.of_kind(kind).map(|entity| entity.id));
    let others = [context.unread, &context.past.standing].map(|ids| ids.get(&model.id).into_iter().flatten());
    let others = others.into_iter().flatten().copied().filter(|id| id.kind == kind);
    let ever = context.past.ledger.as_ref().and_then(|ledger| ledger.highest(&model.id, kind));
    known.chain(others).filter_map(Id::number).chain(ever).max().unwrap_or(0).saturating_add(1)
}
