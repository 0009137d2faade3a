//! Files that can be lost: read when they are there, replaced as a whole, and never waited for.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

use super::DiskError;

/// The bytes of a file; nothing when it is not there or cannot be read.
pub fn load(path: &Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

/// Removes a folder of such files with everything in it, as far as that works.
pub fn forget(folder: &Path) {
    drop(fs::remove_dir_all(folder));
}

/// Puts new bytes in the place of a file. Whoever reads meanwhile sees the old ones or the new ones.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let failed = |error: std::io::Error| DiskError::io("writing", path, &error);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
