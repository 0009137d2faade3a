//! Objects in files of their own. libgit2 1.9 never comes back from one that was cut off, so that is looked at first.

use std::io::{copy, sink};

use flate2::read::ZlibDecoder;
use git2::{Blob, Commit, ErrorClass, ErrorCode, Oid, Tree};

use super::Repo;
use crate::store::disk;

impl Repo {
    /// A commit.
    pub(super) fn commit_of(&self, id: Oid) -> Result<Commit<'_>, git2::Error> {
        self.unbroken(id)?;
        self.git.find_commit(id)
    }

    /// A folder of a commit.
    pub(super) fn folder_of(&self, id: Oid) -> Result<Tree<'_>, git2::Error> {
        self.unbroken(id)?;
        self.git.find_tree(id)
    }

    /// A file of a commit.
    pub(super) fn file_of(&self, id: Oid) -> Result<Blob<'_>, git2::Error> {
        self.unbroken(id)?;
        self.git.find_blob(id)
    }

    /// Fails where the object lies in a file that ends too early. One that is packed, or not here, is libgit2's affair.
    fn unbroken(&self, id: Oid) -> Result<(), git2::Error> {
        let hex = id.to_string();
        let (folder, name) = hex.split_at(2);
        let file = self.git.commondir().join("objects").join(folder).join(name);
        let Some(bytes) = disk::load(&file) else { return Ok(()) };
        let whole = copy(&mut ZlibDecoder::new(&bytes[..]), &mut sink());
        let cut = |_| git2::Error::new(ErrorCode::GenericError, ErrorClass::Odb, format!("object {id} is damaged"));
        whole.map(drop).map_err(cut)
    }
}
