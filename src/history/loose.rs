//! Objects in files of their own. libgit2 1.9 never comes back from one that was cut off, so that is looked at first.

use std::io::{copy, sink};
use std::path::PathBuf;

use flate2::read::ZlibDecoder;
use git2::{Blob, Commit, ErrorClass, ErrorCode, Oid, Tree};

use super::Repo;
use crate::store::disk;

/// Folders of objects that are looked into at most: those that name each other do it for ever by other paths.
const ALTERNATES: usize = 64;

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
        let (start, rest) = hex.split_at(2);
        let mut places = self.objects.get_or_init(|| self.places()).iter().chain(&self.borrowed);
        let Some(bytes) = places.find_map(|place| disk::load(&place.join(start).join(rest))) else { return Ok(()) };
        let whole = copy(&mut ZlibDecoder::new(&bytes[..]), &mut sink());
        let cut = |_| git2::Error::new(ErrorCode::GenericError, ErrorClass::Odb, format!("object {id} is damaged"));
        whole.map(drop).map_err(cut)
    }

    /// The folder of its own objects, and those that it names as alternates, and they in turn.
    fn places(&self) -> Vec<PathBuf> {
        let mut places = vec![self.git.commondir().join("objects")];
        let mut nth = 0;
        while let Some(place) = places.get(nth).cloned() {
            let named = disk::load(&place.join("info/alternates")).unwrap_or_default();
            let named = String::from_utf8_lossy(&named).into_owned();
            let named = named.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            for next in named.map(|line| place.join(line)) {
                if places.len() < ALTERNATES && !places.contains(&next) {
                    places.push(next);
                }
            }
            nth += 1;
        }
        places
    }
}
