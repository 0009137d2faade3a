//! What is spoken for: every meaning an ID ever had in a published commit. And whose model a file is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use git2::Oid;

use super::book::Book;
use super::state::{Key, Seen};
use crate::history::walk::{Version, Walked, folder, is_head};
use crate::history::{GitError, Repo};
use crate::identity::Told;
use crate::model::ModelId;
use crate::store::Tracer;

/// A meaning of an ID, and the step that published it.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    pub key: Key,
    pub told: Arc<Told>,
    pub at: Seen,
    /// The line, and the step along it.
    pub published: (usize, u32),
}

impl Book {
    /// Notes a meaning; of equal ones the one published first stays.
    pub fn speak(&mut self, spoken: Spoken) {
        if !spoken.told.sound {
            return;
        }
        let later = (spoken.key, spoken.published.0 + 1)..=(spoken.key, usize::MAX);
        self.overtaken |= self.births.range(later).next().is_some();
        // One meaning is the rule, and a vector that is not told so makes room for four.
        let known = self.spoken.entry(spoken.key).or_insert_with(|| Vec::with_capacity(1));
        match known.iter_mut().find(|known| known.told.identity == spoken.told.identity) {
            None => known.push(spoken),
            Some(earlier) if rank(&spoken) < rank(earlier) => *earlier = spoken,
            Some(_) => {}
        }
    }

    /// The meaning an ID had before a step of a line, when none of those it had is the one it gets now:
    /// the one published last.
    pub fn contradicted(&self, newcomer: &Spoken) -> Option<&Spoken> {
        let (line, pos) = newcomer.published;
        let before =
            |known: &&Spoken| known.published.0 < line || (known.published.0 == line && known.published.1 < pos);
        let entity = newcomer.told.entity()?;
        let known: Vec<&Spoken> = self.spoken.get(&newcomer.key)?.iter().filter(before).collect();
        let same = |known: &&Spoken| {
            known.told.identity == newcomer.told.identity
                || known.told.entity().is_some_and(|known| crate::rules::mends(known, entity))
        };
        if known.iter().any(same) {
            return None;
        }
        known.into_iter().max_by(|a, b| (a.published, &b.told.identity).cmp(&(b.published, &a.told.identity)))
    }
}

fn rank(spoken: &Spoken) -> ((usize, u32), Oid, &str, u32) {
    (spoken.published, spoken.at.commit, &spoken.at.path, spoken.at.line)
}

/// The models each folder ever belonged to; none where files lay without a head. A folder of one model is
/// that model's in every commit.
#[derive(Debug, Default, Clone)]
pub(super) struct Folders(pub BTreeMap<String, BTreeSet<ModelId>>);

impl Folders {
    pub fn of(walked: &Walked) -> Folders {
        let mut folders = Folders::default();
        for delta in walked.edges.iter().flat_map(|edge| &edge.deltas) {
            let models = folders.entry(folder(&delta.path));
            let heads = [delta.old, delta.new].into_iter().flatten().filter(|_| is_head(&delta.path));
            models.extend(heads.filter_map(|version| walked.versions.trace(version).model.clone()));
        }
        folders
    }

    fn entry(&mut self, folder: &str) -> &mut BTreeSet<ModelId> {
        self.0.entry(folder.to_owned()).or_default()
    }

    /// Takes the folders of a further walk in; `false` when a folder that was there gets another model, which
    /// may change whose its files always were.
    pub fn takes(&mut self, walked: &Walked) -> bool {
        let mut steady = true;
        for (folder, models) in Folders::of(walked).0 {
            let there = self.0.contains_key(&folder);
            let known = self.0.entry(folder).or_default();
            let before = known.len();
            known.extend(models);
            steady &= !there || known.len() == before;
        }
        steady
    }

    /// Whether a head says whose every file beside it is, and not that file's own history.
    pub fn disputed(&self, path: &str) -> bool {
        is_head(path) && self.0.get(folder(path)).is_some_and(|models| models.len() > 1)
    }

    /// The model of a file in a commit.
    pub fn model(
        &self,
        repo: &Repo,
        roots: &[String],
        (commit, path): (Oid, &str),
        tracer: &mut Tracer,
    ) -> Result<Option<ModelId>, GitError> {
        let above = folder(path);
        match self.0.get(above) {
            None => Ok(None),
            Some(models) if models.len() < 2 => Ok(models.first().cloned()),
            Some(_) => {
                let head = format!("{above}/model.toml");
                let files = crate::history::walk::files(repo, roots, commit)?;
                let found = files.iter().find(|(path, _)| **path == *head);
                Ok(found.and_then(|(_, version)| read(repo, *version, tracer)).and_then(|trace| trace.model))
            }
        }
    }
}

/// One version, read on its own; nothing when it is not in the clone.
pub(super) fn read(repo: &Repo, version: Version, tracer: &mut Tracer) -> Option<crate::store::Trace> {
    match version {
        Version::Other => None,
        Version::File(id) => repo.git.find_blob(id).ok().map(|blob| tracer.trace(blob.content())),
    }
}
