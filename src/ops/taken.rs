//! Which numbers are in use, and what the working tree owes.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::history::Commit;
use crate::identity::Past;
use crate::model::{Id, Model, ModelId};
use crate::store::Settings;

impl Desk {
    /// IDs of this model that stand anywhere else here: in the index, and at the tip of every branch, remote
    /// branch and tag, or that stood in any published commit the past knows of.
    pub fn taken(&self, read: &Read, past: &Past, model: &Model) -> Result<BTreeSet<Id>, Trouble> {
        let staged = self.read(&Candidate::Index(None), &read.settings)?;
        let staged = staged.models.get(&model.id).into_iter().flat_map(|model| model.entities.keys().copied());
        let mut taken: BTreeSet<Id> = staged.collect();
        taken.extend(self.standing(&read.settings, &model.id)?);
        let account = past.ledger.as_ref().and_then(|ledger| ledger.models.get(&model.id));
        taken.extend(account.into_iter().flat_map(|account| account.entities.keys().copied()));
        Ok(taken)
    }

    /// The IDs at the tips of all refs, where an entity waits for its number.
    pub(super) fn numbers(&self, read: &Read) -> Result<BTreeMap<ModelId, BTreeSet<Id>>, Trouble> {
        match &self.repo {
            Some(repo) if waiting(read) => Ok(repo.standing(&read.settings.models)?),
            _ => Ok(BTreeMap::new()),
        }
    }

    /// The IDs of a model at the tips of all refs.
    pub(super) fn standing(&self, settings: &Settings, model: &ModelId) -> Result<BTreeSet<Id>, Trouble> {
        let mut standing = self.repo()?.standing(&settings.models)?;
        Ok(standing.remove(model).unwrap_or_default())
    }

    /// Whether the candidate is itself a published commit; asked where an entity waits for its number.
    pub(super) fn public(&self, candidate: &Candidate, read: &Read) -> Result<bool, Trouble> {
        let (Candidate::Revision(name), Some(repo), true) = (candidate, &self.repo, waiting(read)) else {
            return Ok(false);
        };
        let commit = repo.commit(name)?.id;
        for tip in repo.published_tips(self.named(&read.settings))? {
            if repo.bases(&tip.id, &commit)?.contains(&commit) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The newest published commits that the working tree descends from, a merge under way included.
    pub fn owed(&self, settings: &Settings) -> Result<Vec<Commit>, Trouble> {
        let repo = self.repo()?;
        Ok(repo.owed(&repo.parents()?, self.named(settings))?)
    }
}

fn waiting(read: &Read) -> bool {
    read.workspace.models.values().any(|model| model.entities.keys().any(|id| id.number().is_none()))
}
