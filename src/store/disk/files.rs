//! Single operations on files, with errors that name the file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::DiskError;

/// What stands at a path that may be written: nothing, or a file's bytes.
pub(super) fn content(path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::io("reading", path, &error)),
    }
}

/// SHA-256 in hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a new file down to the disk, with the permissions of `like` where that is there.
pub(super) fn create(path: &Path, bytes: &[u8], like: &Path) -> Result<(), DiskError> {
    remove(path)?;
    let failed = |error: io::Error| DiskError::io("writing", path, &error);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if let Ok(old) = fs::symlink_metadata(like) {
        file.set_permissions(old.permissions()).map_err(failed)?;
    }
    file.sync_all().map_err(failed)
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), DiskError> {
    fs::rename(from, to).map_err(|error| DiskError::io("replacing", to, &error))
}

/// Removes a file, or the link at its path, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), DiskError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DiskError::io("removing", path, &error)),
        _ => Ok(()),
    }
}

/// Makes a folder; its parent is there.
pub(super) fn make_folder(path: &Path) -> Result<(), DiskError> {
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(DiskError::io("making", path, &error)),
        _ => Ok(()),
    }
}

/// Makes a folder and those above it.
pub(super) fn make_folders(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(|error| DiskError::io("making", path, &error))
}

/// Removes a folder if nothing is in it.
pub(super) fn drop_folder(path: &Path) {
    drop(fs::remove_dir(path));
}

pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Brings a folder's list of names down to the disk, where the system can do that.
pub(super) fn sync_folder(path: &Path) -> Result<(), DiskError> {
    if cfg!(unix) {
        let synced = File::open(path).and_then(|folder| folder.sync_all());
        synced.map_err(|error| DiskError::io("syncing", path, &error))?;
    }
    Ok(())
}
