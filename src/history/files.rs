//! The model files of a commit or of the index.

use std::path::Path;

use git2::{ErrorClass, ErrorCode, Index, IndexEntry, ObjectType, Tree, TreeEntry};

use super::{Commit, GitError, Repo};
use crate::store::{Content, Source, belongs, disk, on_the_way};

/// Files larger than this are not read; the bound of the format (docs/format.md).
const LARGEST: usize = 8 << 20;

const INTENT_TO_ADD: u16 = 1 << 13;
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
        self.git.find_tree(entry.id()).map_err(|error| GitError::other("reading a folder of a commit", &error))
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
        if let Some(bytes) = self.recent.borrow().find(id) {
            return Ok(Content::Bytes(bytes));
        }
        let blob = self.git.find_blob(id).map_err(|error| GitError::other("reading a file of a commit", &error))?;
        if blob.size() > LARGEST {
            return Ok(Content::Large(blob.size() as u64));
        }
        self.recent.borrow_mut().keep(id, blob.content());
        Ok(Content::Bytes(blob.content().to_vec()))
    }

    /// Every TOML file and every link under the roots as staged, and the file `also`. `index` names another index file
    /// than the repository's own, as Git does for hooks of partial commits.
    pub fn staged(&self, index: Option<&Path>, roots: &[String], also: &str) -> Result<Vec<Source>, GitError> {
        let failed = |error: git2::Error| GitError::other("reading the index", &error);
        // Git names the repository's own index to its hooks too; it may be large, and is read once.
        let own = disk::real(&self.git.path().join("index")).ok();
        let other = index.filter(|path| disk::real(path).ok() != own);
        let index = match other {
            Some(path) => Index::open(path).map_err(failed)?,
            None => {
                let mut index = self.git.index().map_err(failed)?;
                // Only where it changed since it was opened.
                index.read(false).map_err(failed)?;
                index
            }
        };
        self.indexed(&index, roots, also)
    }

    /// TOML files under the roots that a sparse checkout leaves out of the working tree: not there, and not
    /// deleted.
    pub fn skipped(&self, roots: &[String]) -> Result<Vec<Source>, GitError> {
        const SKIP_WORKTREE: u16 = 1 << 14;
        if self.configured("core.sparsecheckout").as_deref() != Some("true") {
            return Ok(Vec::new());
        }
        let failed = |error: git2::Error| GitError::other("reading the index", &error);
        let all = self.git.index().map_err(failed)?;
        let mut left_out = Index::new().map_err(failed)?;
        for entry in all.iter().filter(|entry| entry.flags_extended & SKIP_WORKTREE != 0) {
            left_out.add(&entry).map_err(failed)?;
        }
        self.indexed(&left_out, roots, "")
    }

    /// Submodules where models are looked for: repositories of their own, each with its own history.
    pub fn submodules(&self, roots: &[String]) -> Result<Vec<String>, GitError> {
        let failed = |error: git2::Error| GitError::other("reading the index", &error);
        let named = |root: &Path| disk::exists(&root.join(".gitmodules"));
        if !self.git.workdir().is_some_and(named) {
            return Ok(Vec::new());
        }
        let modules = self.git.index().map_err(failed)?;
        let paths = modules.iter().filter(|entry| entry.mode == SUBMODULE);
        let paths = paths.filter_map(|entry| String::from_utf8(entry.path).ok());
        Ok(paths.filter(|path| on_the_way(roots, path)).collect())
    }

    /// The same of an index that was read, or made by a merge.
    pub(super) fn indexed(&self, index: &Index, roots: &[String], also: &str) -> Result<Vec<Source>, GitError> {
        // One file is looked up; an index may hold a hundred thousand others.
        let one = || (0..=3).filter_map(|stage| index.get_path(Path::new(also), stage));
        let entries: Box<dyn Iterator<Item = IndexEntry>> =
            if roots.is_empty() { Box::new(one()) } else { Box::new(index.iter()) };
        let sources = entries.map(|entry| self.source(&entry, roots, also));
        sources.filter_map(Result::transpose).collect()
    }

    fn source(&self, entry: &IndexEntry, roots: &[String], also: &str) -> Result<Option<Source>, GitError> {
        // `git add --intent-to-add` promises a file and stages nothing of it.
        let path = str::from_utf8(&entry.path).ok().filter(|_| entry.flags_extended & INTENT_TO_ADD == 0);
        let Some(path) = path else { return Ok(None) };
        let link = entry.mode == LINK && on_the_way(roots, path);
        if path != also && !link && !belongs(roots, path) {
            return Ok(None);
        }
        let merged = (entry.flags >> 12) & 3 == 0;
        let content = match entry.mode {
            _ if !merged => Content::Unreadable("it is in conflict: resolve it, then git add it".to_owned()),
            LINK => Content::Symlink,
            SUBMODULE => Content::Folder,
            _ => self.blob(entry.id)?,
        };
        Ok(Some(Source { path: path.to_owned(), content }))
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
