//! States of the past that a finding of history has to look into: both sides of a merge in which IDs
//! collided, and models as they stood before they were lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reading::Read;
use super::twins::{Twin, born_apart};
use super::{Candidate, Desk, Trouble};
use crate::history::Commit;
use crate::identity::{Base, Breach, Break, Past, Sighting, Told};
use crate::model::{Kind, ModelId};
use crate::store::Workspace;

impl Desk {
    /// Adds to the past what its ledger makes necessary to look at, a merge under way included.
    pub(super) fn recall(&self, candidate: &Candidate, past: &mut Past, read: &Read) -> Result<(), Trouble> {
        if past.ledger.is_none() {
            return Ok(());
        }
        self.lost(past, read)?;
        self.merging(candidate, past, read)?;
        let breaks = past.ledger.iter().flat_map(|ledger| &ledger.breaks);
        let collided = breaks.filter(|broken| broken.breach == Breach::Collided);
        let merges: BTreeSet<String> = collided.map(|broken| broken.at.commit.to_string()).collect();
        for merge in merges.into_iter().filter(|merge| !past.sides.contains_key(merge)).collect::<Vec<_>>() {
            let mut sides = Vec::new();
            for parent in self.repo()?.parents_of(&merge)? {
                // A side that is not in this clone shows nothing.
                sides.extend(self.read_commit(&parent, read).ok().map(|state| base(&parent, state)));
            }
            past.sides.insert(merge, sides);
        }
        Ok(())
    }

    /// Models that are owed and stand neither here nor in a base.
    fn lost(&self, past: &mut Past, read: &Read) -> Result<(), Trouble> {
        let there = |id: &ModelId| {
            let mut bases = past.bases.iter();
            read.workspace.models.contains_key(id) || bases.any(|base| base.models.contains_key(id))
        };
        let accounts = past.ledger.iter().flat_map(|ledger| &ledger.models).filter(|(id, _)| !there(id));
        let owed: Vec<(ModelId, String)> =
            accounts.filter_map(|(id, account)| Some((id.clone(), account.owed.as_ref()?.path.to_string()))).collect();
        if owed.is_empty() {
            return Ok(());
        }
        let former = past.ledger.iter().flat_map(|ledger| ledger.former.clone()).collect::<Vec<_>>();
        let repo = self.repo()?;
        let mut tips = repo.parents()?;
        tips.extend(repo.published_tips(self.named(&read.settings))?);
        for (id, path) in owed {
            let Some(commit) = repo.last_with(&tips, (&id, &path)) else { continue };
            let mut state = base(&commit, self.read_under(&commit, read, &former)?);
            state.models = state.models.remove(&id).map(|model| (id, model)).into_iter().collect();
            past.lost.push(state);
        }
        Ok(())
    }

    /// Collisions of a merge that is not committed yet.
    fn merging(&self, candidate: &Candidate, past: &mut Past, read: &Read) -> Result<(), Trouble> {
        let repo = self.repo()?;
        let parents = match candidate {
            Candidate::WorkingTree | Candidate::Index(_) => repo.parents()?,
            Candidate::Revision(_) | Candidate::Merge { .. } => return Ok(()),
        };
        let [head, others @ ..] = &parents[..] else { return Ok(()) };
        for other in others {
            let ancestors = repo.bases(&head.id, &other.id)?;
            if ancestors.is_empty() && repo.is_shallow() {
                continue;
            }
            let ancestors = ancestors.into_iter().map(|id| Commit { name: "base".to_owned(), id });
            let ancestors = ancestors.map(|one| self.read_commit(&one, read)).collect::<Result<Vec<_>, _>>()?;
            let (here, there) = (self.read_commit(head, read)?, self.read_commit(other, read)?);
            let found: Vec<Break> = born_apart(&here, &there, &ancestors)
                .into_iter()
                .map(|twin| collided(&twin, (head, &here), (other, &there)))
                .collect();
            if let Some(ledger) = past.ledger.as_mut().filter(|_| !found.is_empty()) {
                ledger.breaks.extend(found);
                past.sides.insert(other.id.clone(), vec![base(head, here), base(other, there)]);
            }
        }
        Ok(())
    }
}

fn base(commit: &Commit, state: Workspace) -> Base {
    let Workspace { models, folders, .. } = state;
    Base { name: commit.name.clone(), commit: commit.id.clone(), models, folders }
}

fn collided(twin: &Twin<'_>, (head, here): (&Commit, &Workspace), (other, there): (&Commit, &Workspace)) -> Break {
    Break {
        breach: Breach::Collided,
        model: twin.model.clone(),
        id: Some(twin.mine.id),
        from: Arc::new(Told::known(twin.mine)),
        to: Arc::new(Told::known(twin.other)),
        why: twin.why.clone(),
        at: sighting(other, there, twin),
        before: sighting(head, here, twin),
        published: false,
    }
}

fn sighting(commit: &Commit, state: &Workspace, twin: &Twin<'_>) -> Sighting {
    let folder = state.folders.get(twin.model).map_or(twin.model.as_str(), String::as_str);
    let file = if twin.mine.id.kind == Kind::Control { "controls.toml" } else { "model.toml" };
    Sighting { commit: commit.id.as_str().into(), path: format!("{folder}/{file}").into(), line: 0 }
}
