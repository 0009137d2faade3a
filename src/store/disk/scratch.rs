//! A folder to try things in.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::DiskError;

/// A folder that is deleted when dropped, unless it was asked to stay.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    _temporary: Option<TempDir>,
}

impl Scratch {
    pub fn temporary() -> Result<Scratch, DiskError> {
        let made = tempfile::Builder::new().prefix("redan-").tempdir();
        let folder = made.map_err(|error| DiskError::io("making", Path::new("a temporary folder"), &error))?;
        Ok(Scratch { path: folder.path().to_path_buf(), _temporary: Some(folder) })
    }

    /// A folder that stays; it must be new or empty.
    pub fn at(path: &Path) -> Result<Scratch, DiskError> {
        fs::create_dir_all(path).map_err(|error| DiskError::io("making", path, &error))?;
        let mut inside = fs::read_dir(path).map_err(|error| DiskError::io("opening", path, &error))?;
        if inside.next().is_some() {
            let taken = std::io::Error::other("it is not empty");
            return Err(DiskError::io("using", path, &taken));
        }
        Ok(Scratch { path: path.to_path_buf(), _temporary: None })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}
