//! Which paths may be written.

use std::fs;
use std::path::{Path, PathBuf};

use super::DiskError;

/// The place of `path`, relative to `root`, when it stays below it: no step upwards, no link on the
/// way, nothing of Git's own, and a file where a file belongs.
pub(super) fn writable(root: &Path, path: &str) -> Result<PathBuf, DiskError> {
    let refuse = |why| Err(DiskError::Forbidden { path: path.to_owned(), why });
    let mut place = root.to_path_buf();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        if matches!(segment, "" | "." | "..") || segment.contains(['\\', '\0', ':']) {
            return refuse("it leaves the repository");
        }
        if segment.eq_ignore_ascii_case(".git") {
            return refuse("it belongs to Git");
        }
        place.push(segment);
        let Ok(found) = fs::symlink_metadata(&place) else { continue };
        let last = segments.peek().is_none();
        match found.file_type() {
            kind if kind.is_symlink() => return refuse("a symbolic link is on the way"),
            kind if last && kind.is_dir() => return refuse("a folder is in its place"),
            kind if !last && !kind.is_dir() => return refuse("a file is in the place of its folder"),
            _ => {}
        }
    }
    Ok(place)
}
