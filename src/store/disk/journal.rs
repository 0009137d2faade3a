//! What an act is going to do, written down before it does it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::DiskError;

/// The files of one act.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) entries: Vec<Entry>,
}

/// One file. Hashes are SHA-256 in hex.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Relative to the workspace.
    pub(super) path: String,
    /// Name of the prepared file, in the same folder.
    pub(super) temporary: String,
    pub(super) before: Option<String>,
    pub(super) after: String,
}

impl Journal {
    pub(super) fn path(state: &Path) -> PathBuf {
        state.join("journal.json")
    }

    /// Written beside and renamed, so that a journal is complete or not there.
    pub(super) fn save(&self, state: &Path) -> Result<(), DiskError> {
        let path = Journal::path(state);
        let failed = |error: io::Error| DiskError::io("writing", &path, &error);
        fs::create_dir_all(state).map_err(failed)?;
        let mut file = tempfile::NamedTempFile::new_in(state).map_err(failed)?;
        let text = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        file.write_all(&text).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// The journal of an interrupted act. One that does not read was never complete.
    pub(super) fn load(state: &Path) -> Result<Option<Journal>, DiskError> {
        let path = Journal::path(state);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DiskError::io("reading", &path, &error)),
        }
    }

    pub(super) fn forget(state: &Path) -> Result<(), DiskError> {
        let path = Journal::path(state);
        match fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(DiskError::io("removing", &path, &error)),
        }
    }
}
