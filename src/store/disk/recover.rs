//! Finishing or undoing what a killed process left behind.

use std::collections::BTreeSet;
use std::path::Path;

use super::DiskError;
use super::files::{content, drop_folder, hash, is_there, remove, rename, sync_folder};
use super::journal::{Entry, Journal, Phase};
use super::path::writable;

/// Finishes an act that was cut off, or undoes it when it had not begun to replace files. The caller
/// holds the lock. A file that somebody wrote since is left alone and is the error; the rest of its act
/// is finished, and the journal stays until that file is settled or the journal is deleted.
pub fn recover(root: &Path, state: &Path) -> Result<(), DiskError> {
    if let Some(journal) = Journal::load(root, state)? {
        match journal.phase {
            Phase::Preparing => undo(root, &journal)?,
            Phase::Replacing => finish(root, &journal, state)?,
        }
    }
    Journal::forget(root, state)
}

/// Whether a process was cut off in the middle of an act and nobody settled it since.
pub fn torn(root: &Path, state: &Path) -> bool {
    is_there(&Journal::place(root, state))
}

fn undo(root: &Path, journal: &Journal) -> Result<(), DiskError> {
    for entry in &journal.files {
        remove(&writable(root, &entry.temporary)?)?;
    }
    journal.folders.iter().rev().for_each(|folder| drop_folder(&root.join(folder)));
    Ok(())
}

fn finish(root: &Path, journal: &Journal, state: &Path) -> Result<(), DiskError> {
    let mut torn = None;
    for entry in &journal.files {
        if !settle(root, entry)? {
            torn.get_or_insert(&entry.path);
        }
    }
    sync(root, journal)?;
    match torn {
        None => Ok(()),
        Some(path) => {
            let journal = Journal::place(root, state).display().to_string();
            Err(DiskError::Torn { path: path.clone(), journal })
        }
    }
}

/// Puts the new file in the place of the old one; `false` when what stands there is neither.
pub(super) fn settle(root: &Path, entry: &Entry) -> Result<bool, DiskError> {
    let (place, temporary) = (writable(root, &entry.path)?, writable(root, &entry.temporary)?);
    let now = content(&place)?.map(|bytes| hash(&bytes));
    if now.as_ref() == Some(&entry.after) {
        return remove(&temporary).map(|()| true);
    }
    let ready = content(&temporary)?.is_some_and(|bytes| hash(&bytes) == entry.after);
    if now != entry.before || !ready {
        return Ok(false);
    }
    rename(&temporary, &place).map(|()| true)
}

/// Brings the names of an act's files down to the disk.
pub(super) fn sync(root: &Path, journal: &Journal) -> Result<(), DiskError> {
    let above = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let files = journal.files.iter().map(|entry| above(&entry.path));
    let folders: BTreeSet<String> = files.chain(journal.folders.iter().map(|folder| above(folder))).collect();
    let folders = folders.into_iter().map(|folder| root.join(folder)).filter(|folder| is_there(folder));
    folders.into_iter().try_for_each(|folder| sync_folder(&folder))
}
