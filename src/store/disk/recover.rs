//! Finishing or undoing what a killed process left behind.

use std::collections::BTreeSet;
use std::path::Path;

use super::DiskError;
use super::files::{content, drop_folder, hash, is_there, remove, rename, sync_folder};
use super::journal::{Entry, Journal, Phase};
use super::path::writable;

/// What was found and done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Files that an act left behind and that now are as it meant them.
    pub finished: Vec<String>,
    /// Files whose act was taken back; they are as they were.
    pub undone: Vec<String>,
    /// Files somebody else wrote meanwhile: left alone, so the act is missing there.
    pub foreign: Vec<String>,
}

/// Every command that reads or writes files calls this first, under the lock: it rolls an act that was
/// cut off forward, or back when it had not begun to replace files. `state_dir` belongs to this `root`.
pub fn recover(root: &Path, state_dir: &Path) -> Result<Recovered, DiskError> {
    let Some(journal) = Journal::read(state_dir)? else {
        Journal::clear(state_dir)?;
        return Ok(Recovered::default());
    };
    let recovered = match journal.phase {
        Phase::Preparing => undo(root, &journal)?,
        Phase::Replacing => finish(root, &journal)?,
    };
    Journal::clear(state_dir)?;
    Ok(recovered)
}

fn undo(root: &Path, journal: &Journal) -> Result<Recovered, DiskError> {
    for entry in &journal.files {
        remove(&writable(root, &entry.temporary)?)?;
    }
    for folder in journal.folders.iter().rev() {
        drop_folder(&root.join(folder));
    }
    let undone = journal.files.iter().map(|entry| entry.path.clone()).collect();
    Ok(Recovered { undone, ..Recovered::default() })
}

fn finish(root: &Path, journal: &Journal) -> Result<Recovered, DiskError> {
    let mut recovered = Recovered::default();
    for entry in &journal.files {
        let list = if settle(root, entry)? { &mut recovered.finished } else { &mut recovered.foreign };
        list.push(entry.path.clone());
    }
    sync(root, journal)?;
    Ok(recovered)
}

/// Puts the new file in the place of the old one; `false` when what stands there is neither.
pub(super) fn settle(root: &Path, entry: &Entry) -> Result<bool, DiskError> {
    let temporary = writable(root, &entry.temporary)?;
    let place = match writable(root, &entry.path) {
        Err(DiskError::Forbidden { .. }) => return remove(&temporary).map(|()| false),
        place => place?,
    };
    let now = content(&place)?.map(|bytes| hash(&bytes));
    if now.as_ref() == Some(&entry.after) {
        return remove(&temporary).map(|()| true);
    }
    let ready = content(&temporary)?.is_some_and(|bytes| hash(&bytes) == entry.after);
    match now == entry.before && ready {
        true => rename(&temporary, &place).map(|()| true),
        false => remove(&temporary).map(|()| false),
    }
}

/// Brings the folders of an act down to the disk.
pub(super) fn sync(root: &Path, journal: &Journal) -> Result<(), DiskError> {
    let above = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let files = journal.files.iter().map(|entry| above(&entry.path));
    let folders: BTreeSet<String> = files.chain(journal.folders.iter().map(|folder| above(folder))).collect();
    let folders = folders.into_iter().map(|folder| root.join(folder)).filter(|folder| is_there(folder));
    folders.into_iter().try_for_each(|folder| sync_folder(&folder))
}
