//! What history knows of the words of IDs, for rows that remember them by a digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Gap, Ledger, Told};
use crate::model::{Id, ModelId};

/// Every wording of an ID that stood in a published commit, or in one that the candidate descends from.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub models: BTreeMap<ModelId, BTreeMap<Id, Vec<Arc<Told>>>>,
    /// Why there may have been others; `None` = there were none.
    pub gap: Option<Gap>,
}

impl Words {
    /// What a ledger knows of some models.
    pub fn of(ledger: &Ledger, wanted: impl Fn(&ModelId) -> bool) -> Words {
        let mut words = Words { gap: ledger.gaps.first().cloned(), ..Words::default() };
        for (model, account) in ledger.models.iter().filter(|(model, _)| wanted(model)) {
            let meanings =
                account.entities.iter().flat_map(|(id, known)| known.meanings.iter().map(move |one| (id, one)));
            meanings.for_each(|(id, meaning)| words.learn(model, *id, &meaning.told));
        }
        for ((model, id), told) in ledger.drafts.iter().filter(|((model, _), _)| wanted(model)) {
            told.iter().for_each(|told| words.learn(model, *id, told));
        }
        words
    }

    fn learn(&mut self, model: &ModelId, id: Id, told: &Arc<Told>) {
        let known = self.models.entry(model.clone()).or_default().entry(id).or_default();
        if known.iter().all(|one| one.identity != told.identity) {
            known.push(Arc::clone(told));
        }
    }
}
