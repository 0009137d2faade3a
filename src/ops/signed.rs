//! Who committed what people put their names to, for rows that are new against the base.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::history::{Commit, Range};
use crate::identity::{Base, Past, Signers};
use crate::model::{Model, ModelId};
use crate::store::{self, Settings, Source};

/// The people behind every row that the candidate has and no base has, by model and key. Rows that no commit has
/// yet are left out: nobody signed them.
pub(super) fn signed(
    desk: &Desk,
    candidate: &Candidate,
    read: &Read,
    past: &Past,
) -> Result<BTreeMap<(ModelId, String), Signers>, Trouble> {
    if past.bases.is_empty() {
        return Ok(BTreeMap::new());
    }
    let Some(tip) = tip(desk, candidate)? else { return Ok(BTreeMap::new()) };
    if past.bases.iter().any(|base| base.commit == tip.id) {
        return Ok(BTreeMap::new());
    }
    let new: BTreeMap<&ModelId, BTreeSet<String>> =
        read.workspace.models.iter().map(|(id, model)| (id, fresh(model, &past.bases))).collect();
    let wanted: BTreeSet<&ModelId> = new.iter().filter(|(_, keys)| !keys.is_empty()).map(|(id, _)| *id).collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known: Vec<Commit> =
        past.bases.iter().map(|base| Commit { name: base.name.clone(), id: base.commit.clone() }).collect();
    let homes = past.bases.iter().map(|base| &base.folders).chain([&read.workspace.folders]);
    let folders: BTreeSet<String> =
        homes.flatten().filter(|(id, _)| wanted.contains(id)).map(|(_, folder)| folder.clone()).collect();
    let folders: Vec<String> = folders.into_iter().collect();
    let repo = desk.repo()?;
    let range = Range { tip: &tip, known: &known, folders: &folders };
    let found = repo.introduced(range, |sources| keys(sources, &read.settings))?;
    let mut people: BTreeMap<&String, Signers> = BTreeMap::new();
    let mut signed = BTreeMap::new();
    for (id, keys) in new {
        for key in keys {
            let Some(commit) = found.get(&named(id, &key)) else { continue };
            if !people.contains_key(commit) {
                people.insert(commit, repo.signers(commit)?);
            }
            signed.extend(people.get(commit).map(|signers| ((id.clone(), key), signers.clone())));
        }
    }
    Ok(signed)
}

/// The last commit of a candidate.
fn tip(desk: &Desk, candidate: &Candidate) -> Result<Option<Commit>, Trouble> {
    let repo = desk.repo()?;
    match candidate {
        Candidate::WorkingTree | Candidate::Index(_) => Ok(repo.parents()?.into_iter().next()),
        Candidate::Revision(name) | Candidate::Merge { head: name, .. } => Ok(Some(repo.commit(name)?)),
    }
}

/// Keys of a model that no base has.
fn fresh(model: &Model, bases: &[Base]) -> BTreeSet<String> {
    let states = bases.iter().filter_map(|base| base.models.get(&model.id));
    let states: Vec<&Model> = states.collect();
    if states.contains(&model) {
        return BTreeSet::new();
    }
    let known: BTreeSet<String> = states.iter().flat_map(|state| own(state)).collect();
    own(model).filter(|key| !known.contains(key)).collect()
}

fn own(model: &Model) -> impl Iterator<Item = String> + use<> {
    model.voices().into_iter().map(|voice| voice.key())
}

fn keys(sources: Vec<Source>, settings: &Settings) -> BTreeSet<String> {
    let read = store::read(sources, settings);
    read.models.iter().flat_map(|(id, model)| own(model).map(|key| named(id, &key)).collect::<Vec<_>>()).collect()
}

fn named(model: &ModelId, key: &str) -> String {
    format!("{model}/{key}")
}
