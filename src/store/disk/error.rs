//! What can go wrong with files.

use std::fmt;
use std::io;
use std::path::Path;

/// The environment is in the way; no file of the act was touched unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskError {
    /// The system refused, in its own words.
    Io { path: String, doing: &'static str, why: String },
    /// The file is not what the edit was planned on: somebody wrote it meanwhile.
    Changed { path: String },
    /// The path may not be written: it leaves the repository, leads through a link, or names Git's own files.
    Forbidden { path: String, why: &'static str },
    /// More files or folders under the roots than are ever read.
    TooMany { limit: usize },
}

impl DiskError {
    pub(super) fn io(path: &Path, doing: &'static str, error: &io::Error) -> DiskError {
        DiskError::Io { path: path.display().to_string(), doing, why: error.to_string() }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiskError::Io { path, doing, why } => write!(f, "{doing} {path}: {why}"),
            DiskError::Changed { path } => write!(f, "{path} was changed by somebody else meanwhile; try again"),
            DiskError::Forbidden { path, why } => write!(f, "{path} is not written: {why}"),
            DiskError::TooMany { limit } => write!(f, "there are more than {limit} files and folders to look through"),
        }
    }
}

impl std::error::Error for DiskError {}
