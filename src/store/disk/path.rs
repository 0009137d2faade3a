//! Which paths may be written.

use std::fs;
use std::path::{Path, PathBuf};

use super::DiskError;

/// The place of `path`, relative to `root`, when it stays below it: no step upwards, no link on the
/// way, nothing of Git's own, and a file or nothing where the file belongs.
pub(super) fn writable(root: &Path, path: &str) -> Result<PathBuf, DiskError> {
    let outside = || DiskError::Outside { path: path.to_owned() };
    let mut place = root.to_path_buf();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let odd = matches!(segment, "" | "." | "..") || segment.contains(['\\', '\0', ':']);
        if odd || segment.eq_ignore_ascii_case(".git") {
            return Err(outside());
        }
        place.push(segment);
        let Ok(found) = fs::symlink_metadata(&place) else { continue };
        let last = segments.peek().is_none();
        let fits = if last { found.is_file() } else { found.is_dir() };
        if !fits {
            return Err(outside());
        }
    }
    Ok(place)
}
