//! One writer at a time.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use super::DiskError;

/// Held while files are read, changed and written; released when dropped, also when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of the workspace whose state lies in `state` (a folder made on demand).
    pub fn take(state: &Path) -> Result<Lock, DiskError> {
        fs::create_dir_all(state).map_err(|error| DiskError::io("making", state, &error))?;
        let path = state.join("lock");
        let failed = |error: std::io::Error| DiskError::io("locking", &path, &error);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(Lock { _file: file })
    }
}
