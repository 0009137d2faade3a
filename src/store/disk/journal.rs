//! The note that says how far an act is, so that whoever comes next can finish or undo it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::DiskError;
use super::files::{content, create, hash, is_there, make_folders, remove, rename, sync_folder};

/// What an act writes, in a file of the state folder while the act is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) phase: Phase,
    /// Folders the act makes, outermost first.
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// New files are being written beside the old ones: the act can only be undone.
    Preparing,
    /// All new files are on the disk: the act can only be finished.
    Replacing,
}

/// One file of an act; paths are relative to the root, hashes are SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) temporary: String,
    /// `None`: there was no file.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

impl Journal {
    /// Worktrees of one repository share their state folder, so the name says whose journal it is.
    pub(super) fn place(root: &Path, state: &Path) -> PathBuf {
        let root = hash(root.as_os_str().as_encoded_bytes());
        state.join(format!("journal-{}.json", &root[..12]))
    }

    /// `None` without an act under way. A journal that cannot be understood was never relied upon:
    /// replacing begins only once it is whole on the disk.
    pub(super) fn load(root: &Path, state: &Path) -> Result<Option<Journal>, DiskError> {
        let bytes = content(&Journal::place(root, state))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Replaces the journal at once.
    pub(super) fn save(&self, root: &Path, state: &Path) -> Result<(), DiskError> {
        make_folders(state)?;
        let place = Journal::place(root, state);
        let fresh = place.with_extension("new");
        let text = serde_json::to_vec_pretty(self).map_err(|error| DiskError::io("writing", &place, &error.into()))?;
        create(&fresh, &text, &place)?;
        rename(&fresh, &place)?;
        sync_folder(state)
    }

    /// The act is over.
    pub(super) fn forget(root: &Path, state: &Path) -> Result<(), DiskError> {
        let place = Journal::place(root, state);
        let fresh = place.with_extension("new");
        if !is_there(&place) && !is_there(&fresh) {
            return Ok(());
        }
        remove(&fresh)?;
        remove(&place)?;
        sync_folder(state)
    }
}
