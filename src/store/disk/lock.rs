//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::DiskError;

/// The right to write, until it is dropped or the process ends in whatever way. Advisory: between
/// redan's own processes.
#[derive(Debug)]
pub struct Lock {
    #[expect(dead_code, reason = "the lock lives as long as the open file")]
    file: File,
}

const NAME: &str = "redan.lock";

impl Lock {
    /// Takes the lock of this Git directory; `None` when somebody else has it.
    pub fn try_take(git_dir: &Path) -> Result<Option<Lock>, DiskError> {
        let file = open(git_dir)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(DiskError::io(&git_dir.join(NAME), "locking", &error)),
        }
    }

    /// Takes the lock, and waits for whoever has it. The caller says so first, after [`Lock::try_take`].
    pub fn wait(git_dir: &Path) -> Result<Lock, DiskError> {
        let file = open(git_dir)?;
        file.lock().map_err(|error| DiskError::io(&git_dir.join(NAME), "locking", &error))?;
        Ok(Lock { file })
    }
}

fn open(git_dir: &Path) -> Result<File, DiskError> {
    let path = git_dir.join(NAME);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    file.map_err(|error| DiskError::io(&path, "opening", &error))
}
