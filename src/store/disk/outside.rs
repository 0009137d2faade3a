//! Files of others that are not part of a workspace: a hook, what a runner reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::DiskError;
use super::files::make_folders;

/// Writes a new program and the folders above it. What is there already, be it a broken link, is an error
/// and stays.
pub fn program(path: &Path, text: &str) -> Result<(), DiskError> {
    let failed = |error: io::Error| DiskError::io("writing", path, &error);
    path.parent().map_or(Ok(()), make_folders)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

/// Adds to the end of a file, which is made when it is not there.
pub fn append(path: &Path, text: &str) -> Result<(), DiskError> {
    let failed = |error: io::Error| DiskError::io("writing", path, &error);
    let mut file = OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

/// The bytes of a file that somebody names, wherever it lies; its size where that is over the bound. What is no file, as a
/// device or a pipe is, has no size: of it no more is read than shows that it is too large.
pub fn foreign(path: &Path, largest: usize) -> Result<Result<Vec<u8>, u64>, DiskError> {
    let failed = |error: io::Error| DiskError::io("reading", path, &error);
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if usize::try_from(size).map_or(true, |size| size > largest) {
        return Ok(Err(size));
    }
    let (mut bytes, bound) = (Vec::new(), u64::try_from(largest).unwrap_or(u64::MAX).saturating_add(1));
    File::open(path).map_err(failed)?.take(bound).read_to_end(&mut bytes).map_err(failed)?;
    Ok(if bytes.len() > largest { Err(bound) } else { Ok(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_has_no_end_is_read_up_to_the_bound() {
        assert_eq!(foreign(Path::new("/dev/zero"), 1000).unwrap(), Err(1001));
        assert_eq!(foreign(Path::new("/dev/null"), 1000).unwrap(), Ok(Vec::new()));
    }
}
