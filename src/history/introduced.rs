//! Which commit brought something that stands in a model now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use git2::{Oid, Sort};

use super::{Commit, GitError, Repo};
use crate::store::Source;

/// A stretch of history: what `tip` has and none of `known` has.
#[derive(Debug, Clone, Copy)]
pub struct Range<'a> {
    pub tip: &'a Commit,
    pub known: &'a [Commit],
    /// The folders to look into, relative to the repository.
    pub folders: &'a [String],
}

/// Commits of one stretch that are looked at; a longer one is no change that somebody reviews.
const LONGEST: usize = 1_000;

type Keys = Rc<BTreeSet<String>>;

impl Repo {
    /// For every key that `keys` finds in files, the first commit of the range that has it while no parent has.
    /// Commits that touch none of the folders are not read.
    pub fn introduced(
        &self,
        range: Range<'_>,
        keys: impl Fn(Vec<Source>) -> BTreeSet<String>,
    ) -> Result<BTreeMap<String, String>, GitError> {
        let mut known: BTreeMap<Vec<Option<Oid>>, Keys> = BTreeMap::new();
        let mut found = BTreeMap::new();
        for id in self.between(range)? {
            let trees = self.trees(id, range.folders);
            let parents: Vec<Oid> =
                self.git.find_commit(id).map(|commit| commit.parent_ids().collect()).unwrap_or_default();
            if parents.iter().any(|parent| self.trees(*parent, range.folders) == trees) {
                continue;
            }
            let mut read = |id: Oid| -> Result<Keys, GitError> {
                let trees = self.trees(id, range.folders);
                if let Some(keys) = known.get(&trees) {
                    return Ok(Rc::clone(keys));
                }
                let commit = Commit { name: id.to_string(), id: id.to_string() };
                let read = Rc::new(keys(self.files_at(&commit, range.folders)?));
                known.insert(trees, Rc::clone(&read));
                Ok(read)
            };
            let here = read(id)?;
            let before = parents.into_iter().map(&mut read).collect::<Result<Vec<_>, _>>()?;
            for key in here.iter().filter(|key| !before.iter().any(|parent| parent.contains(*key))) {
                found.entry(key.clone()).or_insert_with(|| id.to_string());
            }
        }
        Ok(found)
    }

    /// The commits of a range, parents first.
    fn between(&self, range: Range<'_>) -> Result<Vec<Oid>, GitError> {
        let failed = |error: git2::Error| GitError::other("walking the commits of a branch", &error);
        let mut walk = self.git.revwalk().map_err(failed)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).map_err(failed)?;
        walk.push(Oid::from_str(&range.tip.id).map_err(failed)?).map_err(failed)?;
        for known in range.known {
            walk.hide(Oid::from_str(&known.id).map_err(failed)?).map_err(failed)?;
        }
        walk.take(LONGEST).collect::<Result<_, _>>().map_err(failed)
    }

    /// What stands under each folder in a commit.
    fn trees(&self, commit: Oid, folders: &[String]) -> Vec<Option<Oid>> {
        let Ok(tree) = self.git.find_commit(commit).and_then(|commit| commit.tree()) else { return Vec::new() };
        folders.iter().map(|folder| tree.get_path(Path::new(folder)).ok().map(|entry| entry.id())).collect()
    }
}
