//! Writing the files of an act: all of them or none, whatever happens in between.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::DiskError;
use super::files::{content, create, hash, is_there, make_folder};
use super::journal::{Entry, Journal, Phase};
use super::path::writable;
use super::recover::{Recovered, recover, settle, sync};
use crate::store::Write;

/// Writes the files of one act, under the lock and after [`recover`]. Fails before anything is touched
/// when a file is not what the act was planned on. `state_dir` holds the journal while the act is under
/// way, and belongs to this `root`.
pub fn commit(root: &Path, state_dir: &Path, writes: &[Write]) -> Result<(), DiskError> {
    if writes.is_empty() {
        return Ok(());
    }
    let act = Act::plan(root, state_dir, writes)?;
    let Err(error) = act.run(&mut |_| ControlFlow::Continue(())) else { return Ok(()) };
    match recover(root, state_dir) {
        Ok(Recovered { finished, foreign, .. }) if !finished.is_empty() && foreign.is_empty() => Ok(()),
        _ => Err(error),
    }
}

/// One thing done to the disk. A process may end before each of them.
#[derive(Debug)]
pub(super) enum Step<'w> {
    /// Writes down how far the act is.
    Note(Phase),
    MakeFolder(PathBuf),
    /// Writes a new file beside the old one.
    Prepare(&'w Write, &'w str),
    /// Looks once more that every old file is what the act was planned on.
    Verify,
    Replace(Entry),
    /// Brings the names of files down to the disk.
    Sync,
    /// Takes the note away.
    Close,
}

pub(super) struct Act<'w> {
    root: &'w Path,
    state_dir: &'w Path,
    writes: &'w [Write],
    journal: Journal,
}

impl<'w> Act<'w> {
    pub(super) fn plan(root: &'w Path, state_dir: &'w Path, writes: &'w [Write]) -> Result<Act<'w>, DiskError> {
        let mut folders = BTreeSet::new();
        let mut files: Vec<Entry> = Vec::new();
        for write in writes {
            writable(root, &write.path)?;
            if files.iter().any(|entry| entry.path == write.path) {
                return Err(DiskError::Forbidden { path: write.path.clone(), why: "the act writes it twice" });
            }
            let above = write.path.match_indices('/').map(|(end, _)| write.path[..end].to_owned());
            folders.extend(above.filter(|folder| !is_there(&root.join(folder))));
            files.push(Entry {
                path: write.path.clone(),
                temporary: beside(&write.path),
                before: write.before.as_deref().map(hash),
                after: hash(&write.after),
            });
        }
        let journal = Journal { phase: Phase::Preparing, folders: folders.into_iter().collect(), files };
        let act = Act { root, state_dir, writes, journal };
        act.verify()?;
        Ok(act)
    }

    fn verify(&self) -> Result<(), DiskError> {
        for write in self.writes {
            if content(&writable(self.root, &write.path)?)? != write.before {
                return Err(DiskError::Changed { path: write.path.clone() });
            }
        }
        Ok(())
    }

    pub(super) fn steps(&self) -> Vec<Step<'_>> {
        let Journal { folders, files, .. } = &self.journal;
        let mut steps = vec![Step::Note(Phase::Preparing)];
        steps.extend(folders.iter().map(|folder| Step::MakeFolder(self.root.join(folder))));
        steps.extend(self.writes.iter().zip(files).map(|(write, entry)| Step::Prepare(write, &entry.temporary)));
        steps.extend([Step::Sync, Step::Verify, Step::Note(Phase::Replacing)]);
        steps.extend(files.iter().cloned().map(Step::Replace));
        steps.extend([Step::Sync, Step::Close]);
        steps
    }

    /// Performs the steps in order, each after `before` let it; `false` when it was stopped.
    pub(super) fn run(&self, before: &mut impl FnMut(&Step<'_>) -> ControlFlow<()>) -> Result<bool, DiskError> {
        for step in self.steps() {
            if before(&step).is_break() {
                return Ok(false);
            }
            self.perform(&step)?;
        }
        Ok(true)
    }

    fn perform(&self, step: &Step<'_>) -> Result<(), DiskError> {
        match step {
            Step::Note(phase) => Journal { phase: *phase, ..self.journal.clone() }.write(self.state_dir),
            Step::MakeFolder(folder) => make_folder(folder),
            Step::Prepare(write, temporary) => {
                create(&writable(self.root, temporary)?, &write.after, &writable(self.root, &write.path)?)
            }
            Step::Verify => self.verify(),
            Step::Replace(entry) => match settle(self.root, entry)? {
                true => Ok(()),
                false => Err(DiskError::Changed { path: entry.path.clone() }),
            },
            Step::Sync => sync(self.root, &self.journal),
            Step::Close => Journal::clear(self.state_dir),
        }
    }
}

/// The name of the new file while the old one is still there; no model has files of such a name.
fn beside(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/.{name}.redan-new"),
        None => format!(".{path}.redan-new"),
    }
}
