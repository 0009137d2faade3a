//! A repository on this machine.

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use git2::{ErrorCode, Oid, Repository};

use super::audit::Beside;
use super::recent::Recent;
use super::staged::Listed;
use super::{Bearer, GitError};

/// An open repository. Its configuration is written to by [`Repo::configure`] alone, on request.
pub struct Repo {
    pub(super) git: Repository,
    /// The other parents of a merge under way.
    pub(super) merging: Vec<Oid>,
    /// Who asks when something has to be fetched; the host's own credentials do otherwise.
    pub(super) bearer: Option<Bearer>,
    /// Folders with some of its objects, where only this process was told to look.
    pub(super) borrowed: Vec<PathBuf>,
    /// Folders with all others of them, once somebody asked.
    pub(super) objects: OnceCell<Vec<PathBuf>>,
    pub(super) recent: Arc<Mutex<Recent>>,
    pub(super) listed: RefCell<Option<Listed>>,
    pub(super) beside: Arc<Beside>,
}

/// A commit, as evidence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What it was asked for by: `HEAD`, `origin/main`, a hash.
    pub name: String,
    /// Full hex id.
    pub id: String,
}

impl Repo {
    /// The repository that holds `dir`, or an error that names what to do.
    pub fn discover(dir: &Path) -> Result<Repo, GitError> {
        // Git proves no hash of what it reads either, `git fsck` does; in libgit2 it is most of the reading.
        git2::opts::strict_hash_verification(false);
        let opened = Repository::discover(dir);
        let mut git = opened.map_err(|error| GitError::opening(&dir.display().to_string(), &error))?;
        let mut merging = Vec::new();
        // Fails when no merge is under way, which is the usual case.
        let _ = git.mergehead_foreach(|id| {
            merging.push(*id);
            true
        });
        let (recent, listed) = (Arc::default(), RefCell::default());
        let (objects, beside) = (OnceCell::new(), Arc::default());
        Ok(Repo { git, merging, bearer: None, borrowed: Vec::new(), objects, recent, listed, beside })
    }

    /// The same repository, opened anew: as it is now, since libgit2 remembers where history ended, and for another
    /// thread, since one open repository is for one.
    pub fn again(&self) -> Result<Repo, GitError> {
        let failed = |error: git2::Error| GitError::opening(&self.git.path().display().to_string(), &error);
        let mut repo = Repo {
            git: Repository::open(self.git.path()).map_err(failed)?,
            merging: self.merging.clone(),
            bearer: self.bearer.clone(),
            borrowed: Vec::new(),
            objects: OnceCell::new(),
            recent: Arc::clone(&self.recent),
            listed: RefCell::default(),
            beside: Arc::clone(&self.beside),
        };
        repo.borrow(&self.borrowed)?;
        Ok(repo)
    }

    /// The top of the working tree.
    pub fn root(&self) -> Result<&Path, GitError> {
        self.git.workdir().ok_or(GitError::Bare)
    }

    /// Where redan keeps its lock, journal and caches: a folder of its own in the Git directory.
    pub fn state(&self) -> PathBuf {
        self.git.commondir().join("redan")
    }

    /// Where Git looks for hooks, unless its configuration says otherwise.
    pub fn hooks(&self) -> PathBuf {
        self.git.commondir().join("hooks")
    }

    /// Takes these commits, by hex id, for other parents of a merge under way: `git merge` names them to its
    /// hooks before any file does.
    pub fn join(&mut self, commits: &[String]) {
        for id in commits.iter().filter_map(|id| Oid::from_str(id).ok()) {
            if !self.merging.contains(&id) {
                self.merging.push(id);
            }
        }
    }

    /// Looks for objects in these folders too: what a push brought waits in one while hooks decide about it.
    pub fn borrow(&mut self, folders: &[PathBuf]) -> Result<(), GitError> {
        self.borrowed = folders.to_vec();
        let failed = |error: git2::Error| GitError::other("opening the objects of a push", &error);
        let odb = self.git.odb().map_err(failed)?;
        folders
            .iter()
            .filter_map(|folder| folder.to_str())
            .try_for_each(|folder| odb.add_disk_alternate(folder).map_err(failed))
    }

    /// The commit a revision names.
    pub fn commit(&self, name: &str) -> Result<Commit, GitError> {
        let missing = |_| match self.git.is_shallow() {
            true => GitError::Shallow { name: name.to_owned() },
            false => GitError::Revision { name: name.to_owned() },
        };
        let object = self.git.revparse_single(name).map_err(missing)?;
        let commit = object.peel_to_commit().map_err(|_| GitError::Revision { name: name.to_owned() })?;
        Ok(Commit { name: name.to_owned(), id: commit.id().to_string() })
    }

    /// What the working tree descends from: HEAD, and the other parents of a merge under way. Empty before
    /// the first commit.
    pub fn parents(&self) -> Result<Vec<Commit>, GitError> {
        let head = match self.git.head() {
            Ok(_) => Some(self.commit("HEAD")?),
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => None,
            Err(error) => return Err(GitError::other("reading HEAD", &error)),
        };
        let merged = self.merging.iter().map(|id| Commit { name: "MERGE_HEAD".to_owned(), id: id.to_string() });
        Ok(head.into_iter().chain(merged).collect())
    }

    /// The parents of the commit that a revision names; fails where the clone ends before them.
    pub fn parents_of(&self, name: &str) -> Result<Vec<Commit>, GitError> {
        let id = self.commit(name)?.id;
        let failed = |error: git2::Error| GitError::other(&format!("reading commit {id}"), &error);
        let commit = Oid::from_str(&id).and_then(|id| self.git.find_commit(id)).map_err(failed)?;
        let count = commit.parent_count();
        if self.cut(&commit) {
            return Err(self.shallow(&format!("the parents of `{name}` end")));
        }
        let names = (1..=count).map(|nth| if count == 1 { format!("{name}^") } else { format!("{name}^{nth}") });
        Ok(names.zip(commit.parent_ids()).map(|(name, id)| Commit { name, id: id.to_string() }).collect())
    }

    /// A value of Git's configuration, such as `user.email`.
    pub fn configured(&self, key: &str) -> Option<String> {
        self.git.config().ok()?.snapshot().ok()?.get_str(key).ok().map(str::to_owned)
    }

    pub(super) fn tree(&self, commit: &Commit) -> Result<git2::Tree<'_>, GitError> {
        let failed = |error: git2::Error| GitError::other(&format!("reading commit {}", commit.id), &error);
        let id = Oid::from_str(&commit.id).map_err(failed)?;
        self.git.find_commit(id).and_then(|commit| self.folder_of(commit.tree_id())).map_err(failed)
    }
}
