//! The past as pure values: `history` fills it, `ops` hands it to the rules.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, Signers, Words};
use crate::model::{Id, Levels, ModelId, Models};

/// Everything the rules may compare a candidate with.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// States whose content the candidate owes to the world, in order of the answer.
    pub bases: Vec<Base>,
    /// The candidate is itself a published commit.
    pub public: bool,
    /// The state when the days of grace began; `None` where no grace is given, or history begins later.
    pub grace: Option<Base>,
    /// What the whole history proves; `None` when it was not asked.
    pub ledger: Option<Ledger>,
    /// What rows in doubt were about; empty where no row is.
    pub words: Words,
    /// Published models that neither the candidate nor any base has, as they stood last.
    pub lost: Vec<Base>,
    /// The states on the sides of merges in which IDs collided, by the merge.
    pub sides: BTreeMap<String, Vec<Base>>,
    /// IDs that stand at the tip of any ref, published or not: fresh numbers come after them.
    pub standing: BTreeMap<ModelId, BTreeSet<Id>>,
    /// Base subscores that properties were last published with which no base lists and the candidate rates.
    pub former: BTreeMap<(ModelId, Id), Levels>,
    /// Who committed what is new against the bases and carries somebody's name, by model and the key of the voice.
    pub signed: BTreeMap<(ModelId, String), Signers>,
}

/// The models of one commit.
#[derive(Debug, Clone, Default)]
pub struct Base {
    /// What people call it: `HEAD`, `origin/main`.
    pub name: String,
    /// Full commit id.
    pub commit: String,
    pub models: Models,
    /// Where each model lay, relative to the repository.
    pub folders: BTreeMap<ModelId, String>,
}
