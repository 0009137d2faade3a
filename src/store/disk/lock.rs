//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::DiskError;

/// Held while files are read, changed and written; released when dropped, also when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of the workspace whose state lies in `state` (a folder made on demand).
    pub fn take(state: &Path) -> Result<Lock, DiskError> {
        let (file, path) = open(state)?;
        file.lock().map_err(|error| DiskError::io("locking", &path, &error))?;
        Ok(Lock { _file: file })
    }

    /// The lock, unless somebody else has it: then the caller says so before it waits.
    pub fn try_take(state: &Path) -> Result<Option<Lock>, DiskError> {
        let (file, path) = open(state)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(DiskError::io("locking", &path, &error)),
        }
    }
}

fn open(state: &Path) -> Result<(File, PathBuf), DiskError> {
    fs::create_dir_all(state).map_err(|error| DiskError::io("making", state, &error))?;
    let path = state.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    file.map(|file| (file, path.clone())).map_err(|error| DiskError::io("locking", &path, &error))
}
