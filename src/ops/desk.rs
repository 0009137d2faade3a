//! Where work happens: a repository (or a bare folder), its settings, and the states one can look at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Trouble;
use super::reading::Read;
use crate::history::{Commit, GitError, Named, Repo, Stand};
use crate::store::{self, Settings, Source, Workspace, disk};

/// A state of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidate {
    WorkingTree,
    /// What is staged; a path names another index file, as Git does for hooks.
    Index(Option<PathBuf>),
    /// The tree of a revision.
    Revision(String),
    /// The merge of two revisions as a host makes it, without anybody's merge driver.
    Merge {
        head: String,
        with: String,
    },
}

/// An open workspace.
pub struct Desk {
    /// The folder the person stands in.
    pub here: PathBuf,
    /// What every path is relative to: the top of the repository, or of the workspace without one.
    pub root: PathBuf,
    /// The workspace within the repository, empty or ending with `/`.
    pub prefix: String,
    /// Absent only where Git was not asked for.
    pub repo: Option<Repo>,
    /// The published refs, where the person named them; they go before the settings'.
    pub published: Vec<String>,
    /// The default branch, where the event that started a workflow names it.
    pub default_branch: Option<String>,
    /// Where a branch stood before, where that event says so.
    pub stood: Vec<Stand>,
}

/// The file that marks a workspace.
const SETTINGS: &str = "redan.toml";

impl Desk {
    /// The workspace around `here`: the nearest folder with a redan.toml within the repository, else the
    /// top of the repository.
    pub fn open(here: &Path) -> Result<Desk, Trouble> {
        let here = disk::real(here)?;
        let repo = Repo::discover(&here)?;
        let root = match repo.root() {
            Ok(root) => disk::real(root)?,
            Err(GitError::Bare) => here.clone(),
            Err(error) => return Err(error.into()),
        };
        let prefix = workspace(&here, &root);
        Ok(Desk {
            here,
            root,
            prefix,
            repo: Some(repo),
            published: Vec::new(),
            default_branch: None,
            stood: Vec::new(),
        })
    }

    /// The same without Git: the nearest folder with a redan.toml, else the folder itself.
    pub fn without_git(here: &Path) -> Result<Desk, Trouble> {
        let here = disk::real(here)?;
        let marked = here.ancestors().find(|folder| disk::exists(&folder.join(SETTINGS)));
        let root = marked.unwrap_or(&here).to_path_buf();
        let prefix = String::new();
        Ok(Desk { here, root, prefix, repo: None, published: Vec::new(), default_branch: None, stood: Vec::new() })
    }

    /// The same place for another thread, with the repository as it is now.
    pub(super) fn again(&self) -> Result<Desk, Trouble> {
        Ok(Desk {
            here: self.here.clone(),
            root: self.root.clone(),
            prefix: self.prefix.clone(),
            repo: self.repo.as_ref().map(Repo::again).transpose()?,
            published: self.published.clone(),
            default_branch: self.default_branch.clone(),
            stood: self.stood.clone(),
        })
    }

    /// Waits for what is being written beside; dropping it does so too.
    pub fn settled(&self) {
        self.repo.iter().for_each(Repo::settled);
    }

    /// The repository, where a question needs one.
    pub fn repo(&self) -> Result<&Repo, Trouble> {
        let missing = || GitError::NoRepository { dir: self.here.display().to_string() };
        self.repo.as_ref().ok_or_else(missing).map_err(Trouble::Git)
    }

    /// Who said which refs are published.
    pub(super) fn named<'a>(&'a self, settings: &'a Settings) -> Named<'a> {
        Named { flag: &self.published, settings: &settings.published, event: self.default_branch.as_deref() }
    }

    /// Where redan keeps lock and journal.
    pub fn state(&self) -> PathBuf {
        self.repo.as_ref().map_or_else(|| self.root.join(".redan"), Repo::state)
    }

    /// The top of the working tree; a bare repository has none.
    pub(super) fn tree(&self) -> Result<&Path, Trouble> {
        match &self.repo {
            Some(repo) => repo.root().map(|_| self.root.as_path()).map_err(Trouble::Git),
            None => Ok(&self.root),
        }
    }

    /// The settings of a state. Its roots are relative to the repository.
    pub fn settings(&self, candidate: &Candidate) -> Result<Settings, Trouble> {
        let source = self.settings_file(candidate)?;
        let mut settings = store::settings(source.as_ref()).map_err(|findings| {
            let text = source.as_ref().map(Source::text).unwrap_or_default();
            Trouble::Settings { path: self.settings_path(), text, findings }
        })?;
        let roots = settings.models.iter_mut().chain(&mut settings.former);
        roots.for_each(|root| root.insert_str(0, &self.prefix));
        Ok(settings)
    }

    pub(super) fn settings_path(&self) -> String {
        format!("{}{SETTINGS}", self.prefix)
    }

    /// The file with the settings of a state, where it has one.
    pub(super) fn settings_file(&self, candidate: &Candidate) -> Result<Option<Source>, Trouble> {
        let path = self.settings_path();
        Ok(match candidate {
            Candidate::WorkingTree => disk::source(self.tree()?, &path)?,
            Candidate::Index(index) => {
                // Where models lie is told by this very file, and is where they lie in the working tree but for once.
                let likely = self.settings(&Candidate::WorkingTree).map(|settings| settings.models).unwrap_or_default();
                self.repo()?.staged_file(index.as_deref(), &path, &likely)?
            }
            Candidate::Revision(name) => {
                let repo = self.repo()?;
                repo.file_at(&repo.commit(name)?, &path)?
            }
            Candidate::Merge { head, with } => {
                let repo = self.repo()?;
                let merged = repo.merged(&repo.commit(head)?, &repo.commit(with)?, &[], &path)?;
                merged.into_iter().find(|source| source.path == path)
            }
        })
    }

    /// Every model of a state.
    pub fn read(&self, candidate: &Candidate, settings: &Settings) -> Result<Workspace, Trouble> {
        let sources = match candidate {
            Candidate::WorkingTree => {
                self.settle()?;
                let mut sources = disk::gather(self.tree()?, settings)?;
                if let Some(repo) = &self.repo {
                    let found: BTreeSet<String> = sources.iter().map(|source| source.path.clone()).collect();
                    sources
                        .extend(repo.skipped(&settings.models)?.into_iter().filter(|one| !found.contains(&one.path)));
                }
                sources
            }
            Candidate::Index(index) => self.repo()?.staged(index.as_deref(), &settings.models)?,
            Candidate::Revision(name) => {
                let repo = self.repo()?;
                repo.files_at(&repo.commit(name)?, &settings.models)?
            }
            Candidate::Merge { head, with } => {
                let repo = self.repo()?;
                repo.merged(&repo.commit(head)?, &repo.commit(with)?, &settings.models, "")?
            }
        };
        Ok(store::read(sources, settings))
    }

    /// Finishes what an interrupted command left, so that nobody reads half of an act.
    fn settle(&self) -> Result<(), Trouble> {
        let state = self.state();
        if disk::torn(&self.root, &state) {
            let _lock = disk::Lock::take(&state)?;
            disk::recover(&self.root, &state)?;
        }
        Ok(())
    }

    /// Every model of a commit, with the settings of the state it is compared to; what is the same there is
    /// not parsed again. Where that commit looked for models counts too: a root that is dropped from the
    /// settings takes no published model with it.
    pub fn read_commit(&self, commit: &Commit, beside: &Read) -> Result<Workspace, Trouble> {
        self.read_under(commit, beside, &[])
    }

    /// The same, looking under more roots.
    pub(super) fn read_under(&self, commit: &Commit, beside: &Read, more: &[String]) -> Result<Workspace, Trouble> {
        let mut settings = beside.settings.clone();
        settings.models.extend_from_slice(more);
        // Settings that are wrong there stopped everything there; the candidate's roots are left.
        if let Ok(then) = self.settings(&Candidate::Revision(commit.id.clone())) {
            let dropped: Vec<String> = then.models.into_iter().filter(|root| !settings.models.contains(root)).collect();
            settings.models.extend(dropped);
        }
        let sources = self.repo()?.files_at(commit, &settings.models)?;
        Ok(store::read_beside(sources, &settings, &beside.workspace))
    }
}

/// The folder of the nearest redan.toml, relative to `root` and ending with `/`; empty at the top.
fn workspace(here: &Path, root: &Path) -> String {
    let inside = here.ancestors().take_while(|folder| folder.starts_with(root));
    let marked = inside.into_iter().find(|folder| disk::exists(&folder.join(SETTINGS)));
    let relative = marked.and_then(|folder| folder.strip_prefix(root).ok());
    let parts: Vec<String> = relative
        .map(|path| path.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect())
        .unwrap_or_default();
    parts.concat()
}
