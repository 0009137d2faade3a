//! Files of the working tree as Git would store them.

use std::path::Path;

use super::{GitError, Repo};

impl Repo {
    /// The bytes that a commit of this file would hold: ends of lines as the attributes and the settings of the
    /// repository want them. Filters that are programs are not run. The path is relative to the top.
    pub fn stored(&self, path: &str) -> Result<Vec<u8>, GitError> {
        let failed = |error: git2::Error| GitError::other("reading a file as Git stores it", &error);
        let root = self.git.workdir().ok_or(GitError::Bare)?;
        let id = self.git.blob_path(&root.join(Path::new(path))).map_err(failed)?;
        Ok(self.git.find_blob(id).map_err(failed)?.content().to_vec())
    }
}
