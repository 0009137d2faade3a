//! What a state owes: the newest published commits it descends from.

use std::collections::HashMap;
use std::path::Path;

use git2::Oid;

use super::{Commit, GitError, Named, Repo};
use crate::identity::Published;
use crate::model::ModelId;
use crate::store::Tracer;

impl Repo {
    /// The newest published commits that the parents descend from: what stands there must still be there. A
    /// branch's own commits oblige nobody. Where no ref is published, or the clone is too shallow to tell, the
    /// parents themselves.
    pub fn owed(&self, parents: &[Commit], named: Named<'_>) -> Result<Vec<Commit>, GitError> {
        let published = match self.published(named) {
            Ok(published) => published,
            Err(GitError::Unpublished) => return Ok(parents.to_vec()),
            Err(error) => return Err(error),
        };
        let mut found: Vec<Commit> = Vec::new();
        for parent in parents {
            for tip in published.iter().filter(|tip| !tip.tag) {
                for id in self.bases(&parent.id, &tip.commit)? {
                    let known = parents.iter().find(|parent| parent.id == id);
                    let name = known.map_or(&tip.name, |parent| &parent.name).clone();
                    if !found.iter().any(|commit| commit.id == id) {
                        found.push(Commit { name, id });
                    }
                }
            }
        }
        if found.is_empty() && self.git.is_shallow() {
            return Ok(parents.to_vec());
        }
        let all = found.clone();
        found.retain(|commit| !all.iter().any(|other| self.descends(&other.id, &commit.id)));
        Ok(found)
    }

    /// The tips of the published branches.
    pub fn published_tips(&self, named: Named<'_>) -> Result<Vec<Commit>, GitError> {
        let commit = |tip: Published| Commit { name: tip.name, id: tip.commit };
        match self.published(named) {
            Ok(tips) => Ok(tips.into_iter().filter(|tip| !tip.tag).map(commit).collect()),
            Err(GitError::Unpublished) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The best common ancestors of two commits, by hex id; none when they have no history in common.
    pub fn bases(&self, one: &str, other: &str) -> Result<Vec<String>, GitError> {
        let failed = |error: git2::Error| GitError::other("looking for a common ancestor", &error);
        let (one, other) = (Oid::from_str(one).map_err(failed)?, Oid::from_str(other).map_err(failed)?);
        match self.git.merge_bases(one, other) {
            Ok(bases) => Ok(bases.iter().map(Oid::to_string).collect()),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The newest commit on the first-parent chain of any of these in which this file is the head of the model.
    pub fn last_with(&self, tips: &[Commit], (model, path): (&ModelId, &str)) -> Option<Commit> {
        let mut tracer = Tracer::default();
        let mut known: HashMap<Oid, bool> = HashMap::new();
        let mut has = |commit: &git2::Commit<'_>| {
            let entry = commit.tree().and_then(|tree| tree.get_path(Path::new(path)));
            let Ok(blob) = entry.map(|entry| entry.id()) else { return false };
            *known.entry(blob).or_insert_with(|| {
                let found = self.git.find_blob(blob).ok();
                found.and_then(|found| tracer.trace(found.content()).model).as_ref() == Some(model)
            })
        };
        tips.iter().find_map(|tip| {
            let mut next = Oid::from_str(&tip.id).and_then(|id| self.git.find_commit(id)).ok();
            while let Some(commit) = next.as_ref().filter(|commit| !has(commit)) {
                next = commit.parent(0).ok();
            }
            next.map(|commit| Commit { name: format!("{:.10}", commit.id()), id: commit.id().to_string() })
        })
    }

    /// Whether there is no commit at all.
    pub fn is_unborn(&self) -> bool {
        self.git.references().is_ok_and(|mut all| all.next().is_none())
    }

    /// Whether history ends before its beginning here.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    /// Whether the first is a proper descendant of the second; unreadable commits are nobody's.
    fn descends(&self, one: &str, other: &str) -> bool {
        let ids = (Oid::from_str(one), Oid::from_str(other));
        matches!(ids, (Ok(one), Ok(other)) if self.git.graph_descendant_of(one, other).unwrap_or(false))
    }
}
