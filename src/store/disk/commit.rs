//! Writing several files as one: every file is prepared beside its target, a journal says which, the
//! renames follow, the journal goes. Whoever comes after a crash finds the journal and finishes or undoes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::DiskError;
use super::files::{content, create, hash, is_there, make_folder};
use super::journal::{Entry, Journal, Phase};
use super::path::writable;
use super::recover::{recover, settle, sync};
use crate::store::Write;

/// Writes all of them or none. Nothing is written when a file is not what the edit was planned on, or
/// when a path leaves `root`. The caller holds the lock and has called [`recover`]; `state` is where the
/// journal goes.
pub fn commit(root: &Path, state: &Path, writes: &[Write]) -> Result<(), DiskError> {
    if writes.is_empty() {
        return Ok(());
    }
    let act = Act::plan(root, state, writes)?;
    let Err(error) = act.steps().iter().try_for_each(|step| act.take(step)) else { return Ok(()) };
    let finished = |_: &()| writes.iter().all(|write| act.stands(write));
    recover(root, state).ok().filter(finished).ok_or(error)
}

/// One thing done to the disk, in order; a crash can fall before and after each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Writes down how far the act is.
    Record(Phase),
    MakeFolder(PathBuf),
    /// The new content comes to lie beside its target.
    Prepare(usize),
    /// Every old file is still what the act was planned on.
    Verify,
    /// A prepared file takes the place of its target.
    Swap(usize),
    /// The names of the files come down to the disk.
    Sync,
    /// The journal goes: all is done.
    Forget,
}

/// A commit under way.
pub(super) struct Act<'a> {
    root: &'a Path,
    state: &'a Path,
    writes: &'a [Write],
    journal: Journal,
}

impl<'a> Act<'a> {
    /// Looks at everything before anything is touched.
    pub(super) fn plan(root: &'a Path, state: &'a Path, writes: &'a [Write]) -> Result<Act<'a>, DiskError> {
        let (mut folders, mut files) = (BTreeSet::new(), Vec::new());
        let mut paths = BTreeSet::new();
        for write in writes {
            let path = &write.path;
            writable(root, path)?;
            if !paths.insert(path) {
                return Err(DiskError::Changed { path: path.clone() });
            }
            let above = path.match_indices('/').map(|(end, _)| path[..end].to_owned());
            folders.extend(above.filter(|folder| !is_there(&root.join(folder))));
            files.push(Entry {
                path: path.clone(),
                temporary: beside(path),
                before: write.before.as_deref().map(hash),
                after: hash(&write.after),
            });
        }
        let folders = folders.into_iter().collect();
        let journal = Journal { phase: Phase::Preparing, folders, files };
        let act = Act { root, state, writes, journal };
        act.verify()?;
        Ok(act)
    }

    pub(super) fn steps(&self) -> Vec<Step> {
        let files = 0..self.writes.len();
        let mut steps = vec![Step::Record(Phase::Preparing)];
        steps.extend(self.journal.folders.iter().map(|folder| Step::MakeFolder(self.root.join(folder))));
        steps.extend(files.clone().map(Step::Prepare));
        steps.extend([Step::Sync, Step::Verify, Step::Record(Phase::Replacing)]);
        steps.extend(files.map(Step::Swap));
        steps.extend([Step::Sync, Step::Forget]);
        steps
    }

    pub(super) fn take(&self, step: &Step) -> Result<(), DiskError> {
        match step {
            Step::Record(phase) => Journal { phase: *phase, ..self.journal.clone() }.save(self.root, self.state),
            Step::MakeFolder(folder) => make_folder(folder),
            Step::Prepare(at) => {
                let temporary = writable(self.root, &self.journal.files[*at].temporary)?;
                create(&temporary, &self.writes[*at].after, &writable(self.root, &self.writes[*at].path)?)
            }
            Step::Verify => self.verify(),
            Step::Swap(at) => match settle(self.root, &self.journal.files[*at])? {
                true => Ok(()),
                false => Err(DiskError::Changed { path: self.writes[*at].path.clone() }),
            },
            Step::Sync => sync(self.root, &self.journal),
            Step::Forget => Journal::forget(self.root, self.state),
        }
    }

    fn verify(&self) -> Result<(), DiskError> {
        for write in self.writes {
            if content(&writable(self.root, &write.path)?)? != write.before {
                return Err(DiskError::Changed { path: write.path.clone() });
            }
        }
        Ok(())
    }

    fn stands(&self, write: &Write) -> bool {
        content(&self.root.join(&write.path)).is_ok_and(|now| now.as_ref() == Some(&write.after))
    }
}

/// The name of the new file while the old one is still there; no model has files of such a name.
fn beside(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.{name}.redan-new"),
        None => format!(".{path}.redan-new"),
    }
}
