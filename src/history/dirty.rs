//! What differs between HEAD and the working tree.

use std::collections::BTreeMap;

use git2::{Status, StatusOptions};

use super::{GitError, Repo};

/// How a file of the working tree differs from HEAD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dirt {
    /// Git does not know it.
    New,
    Changed,
    Gone,
}

impl Repo {
    /// Files that differ from HEAD, in the index or on the disk, by path; ignored ones are left out.
    pub fn dirty(&self) -> Result<BTreeMap<String, Dirt>, GitError> {
        let mut options = StatusOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(false).exclude_submodules(true);
        let failed = |error: git2::Error| GitError::other("comparing the working tree with HEAD", &error);
        let statuses = self.git.statuses(Some(&mut options)).map_err(failed)?;
        let dirt = |status: Status| match status {
            status if status.intersects(Status::WT_DELETED | Status::INDEX_DELETED) => Dirt::Gone,
            status if status.intersects(Status::WT_NEW) => Dirt::New,
            _ => Dirt::Changed,
        };
        Ok(statuses.iter().filter_map(|entry| Some((entry.path().ok()?.to_owned(), dirt(entry.status())))).collect())
    }
}
