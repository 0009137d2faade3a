//! The model files of a commit.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, ObjectType, Tree, TreeEntry};

use super::{Commit, GitError, Repo};
use crate::store::{Content, Source, belongs, on_the_way};

/// Files larger than this are not read; the bound of the format (docs/format.md).
const LARGEST: usize = 8 << 20;

const LINK: u32 = 0o120_000;
/// The same as libgit2 says it of a tree's entry.
const LINK_MODE: i32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;

impl Repo {
    /// One file of a commit, when it is there.
    pub fn file_at(&self, commit: &Commit, path: &str) -> Result<Option<Source>, GitError> {
        let tree = self.tree(commit)?;
        let failed = |error: git2::Error| GitError::other("reading a folder of a commit", &error);
        let Some(entry) = entry(&tree, path).map_err(failed)? else { return Ok(None) };
        Ok(Some(Source { path: path.to_owned(), content: self.content(&entry)? }))
    }

    /// Every TOML file and every link under the roots in a commit, in the order of their paths.
    pub fn files_at(&self, commit: &Commit, roots: &[String]) -> Result<Vec<Source>, GitError> {
        let mut found = Vec::new();
        // Folders still to read; a list and not a recursion, since a commit may hold any depth.
        let mut open = vec![(String::new(), self.tree(commit)?)];
        while let Some((folder, tree)) = open.pop() {
            self.folder(&folder, &tree, roots, (&mut found, &mut open))?;
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    fn folder<'r>(
        &'r self,
        folder: &str,
        tree: &Tree<'r>,
        roots: &[String],
        (found, open): (&mut Vec<Source>, &mut Vec<(String, Tree<'r>)>),
    ) -> Result<(), GitError> {
        for entry in tree {
            let Ok(name) = entry.name() else { continue };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let ours = belongs(roots, &path);
            if entry.kind() == Some(ObjectType::Tree) && !ours {
                if on_the_way(roots, &path) {
                    open.push((path, self.subtree(&entry)?));
                }
            } else if ours || (entry.filemode() == LINK_MODE && on_the_way(roots, &path)) {
                found.push(Source { content: self.content(&entry)?, path });
            }
        }
        Ok(())
    }

    fn subtree(&self, entry: &TreeEntry<'_>) -> Result<Tree<'_>, GitError> {
        self.folder_of(entry.id()).map_err(|error| GitError::other("reading a folder of a commit", &error))
    }

    fn content(&self, entry: &TreeEntry<'_>) -> Result<Content, GitError> {
        let mode = u32::try_from(entry.filemode()).unwrap_or_default();
        match (mode, entry.kind()) {
            (LINK, _) => Ok(Content::Symlink),
            (SUBMODULE, _) | (_, Some(ObjectType::Tree)) => Ok(Content::Folder),
            _ => self.blob(entry.id()),
        }
    }

    pub(super) fn blob(&self, id: git2::Oid) -> Result<Content, GitError> {
        if let Some(bytes) = self.recent().find(id) {
            return Ok(Content::Bytes(bytes));
        }
        let blob = self.file_of(id).map_err(|error| GitError::other("reading a file of a commit", &error))?;
        if blob.size() > LARGEST {
            return Ok(Content::Large(blob.size() as u64));
        }
        let bytes = blob.content().into();
        self.recent().keep(id, &bytes);
        Ok(Content::Bytes(bytes))
    }
}

/// What a tree has at a path. A folder on the way that is not in the clone is an error, and no absence.
pub(super) fn entry(tree: &Tree<'_>, path: &str) -> Result<Option<TreeEntry<'static>>, git2::Error> {
    match tree.get_path(Path::new(path)) {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Tree => Ok(None),
        Err(error) => Err(error),
    }
}
