//! Files as they were found, before anything is read from them.

use std::sync::Arc;

/// A file of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Relative to the repository, with `/`.
    pub path: String,
    pub content: Content,
}

/// What stood under the path. Only `Bytes` is ever parsed; the rest becomes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Shared: a candidate and its base have most of theirs in common.
    Bytes(Arc<[u8]>),
    /// Never followed.
    Symlink,
    /// A folder, or a submodule, where a file belongs.
    Folder,
    /// Over the bound; its size in bytes. Not read.
    Large(u64),
    /// The system's own words.
    Unreadable(String),
}

impl Source {
    /// The text as far as it is text; for drawing, never for reading.
    pub fn text(&self) -> String {
        match &self.content {
            Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        }
    }
}
