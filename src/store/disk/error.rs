//! What the disk refuses.

use std::fmt;
use std::io;
use std::path::Path;

/// A file or folder that does not do what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskError {
    /// The system's own words; `doing` reads `writing`, `opening` …
    Io { doing: &'static str, path: String, message: String },
    /// The file is not what it was when the edit was planned.
    Changed { path: String },
    /// The path leaves the workspace, or goes through a link.
    Outside { path: String },
    /// A write was interrupted, and a file is neither as before nor as after it.
    Torn { path: String, journal: String },
}

impl DiskError {
    pub fn io(doing: &'static str, path: &Path, error: &io::Error) -> DiskError {
        DiskError::Io { doing, path: path.display().to_string(), message: error.to_string() }
    }

    /// What a person can do about it.
    pub fn hints(&self) -> Vec<String> {
        match self {
            DiskError::Io { .. } => Vec::new(),
            DiskError::Changed { .. } => vec!["nothing was written; run the command again".to_owned()],
            DiskError::Outside { .. } => {
                vec!["redan writes inside the workspace only and follows no links; nothing was written".to_owned()]
            }
            DiskError::Torn { path, journal } => {
                vec![format!("look at {path}: git diff {path}"), format!("when it is as you want it, delete {journal}")]
            }
        }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiskError::Io { doing, path, message } => write!(f, "{doing} {path}: {message}"),
            DiskError::Changed { path } => write!(f, "{path} was changed by somebody else in the meantime"),
            DiskError::Outside { path } => {
                write!(f, "{path} is not inside the workspace, or a link leads away from it")
            }
            DiskError::Torn { path, .. } => {
                write!(f, "an earlier command was interrupted while it wrote, and {path} was edited since")
            }
        }
    }
}

impl std::error::Error for DiskError {}
