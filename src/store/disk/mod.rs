//! The disk: the only place of the house that touches it. Reads the files of a workspace, and writes
//! several as one: all of them or none, whatever happens in between.
#![allow(clippy::disallowed_methods, reason = "the one home of the disk")]

mod cache;
mod commit;
mod error;
mod files;
mod gather;
mod journal;
mod lock;
mod outside;
mod path;
mod recover;
mod scratch;
#[cfg(test)]
mod tests;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

pub use cache::{forget, load, replace};
pub use commit::commit;
pub use error::DiskError;
pub use gather::{gather, source};
pub use lock::Lock;
pub use outside::{append, foreign, program};
pub use recover::{recover, torn};
pub use scratch::Scratch;
pub use texts::texts;

/// The folder with every link resolved.
pub fn real(folder: &Path) -> Result<PathBuf, DiskError> {
    fs::canonicalize(folder).map_err(|error| DiskError::io("opening", folder, &error))
}

/// Whether a folder is there, perhaps behind a link.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether anything is there, a broken link included.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
