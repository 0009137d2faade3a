//! The note that says how far an act is, so that whoever comes next can finish or undo it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::DiskError;
use super::files::{content, create, make_folders, remove, rename, sync_folder};

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

/// One file of an act; paths are relative to the root of the files, hashes are SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) temporary: String,
    /// `None`: there was no file.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

fn place(state_dir: &Path) -> PathBuf {
    state_dir.join("journal.json")
}

impl Journal {
    /// `None` without an act under way. A journal that cannot be read was never relied upon: replacing
    /// begins only once it is whole on the disk.
    pub(super) fn read(state_dir: &Path) -> Result<Option<Journal>, DiskError> {
        let bytes = content(&place(state_dir))?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Replaces the journal at once.
    pub(super) fn write(&self, state_dir: &Path) -> Result<(), DiskError> {
        make_folders(state_dir)?;
        let place = place(state_dir);
        let fresh = state_dir.join("journal.new");
        let text = serde_json::to_vec_pretty(self).expect("strings and lists are always JSON");
        create(&fresh, &text, &place)?;
        rename(&fresh, &place)?;
        sync_folder(state_dir)
    }

    /// The act is over.
    pub(super) fn clear(state_dir: &Path) -> Result<(), DiskError> {
        if !super::files::is_there(state_dir) {
            return Ok(());
        }
        remove(&state_dir.join("journal.new"))?;
        remove(&place(state_dir))?;
        sync_folder(state_dir)
    }
}
