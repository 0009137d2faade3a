//! The merge of two commits, made in memory as a host without merge drivers makes it.

use std::path::Path;

use git2::{IndexConflict, MergeFileInput, MergeFileOptions, Oid};

use super::{Author, Commit, GitError, Repo, git};
use crate::store::{Content, Source, belongs};

/// Three texts merged line by line as Git does without a driver; nothing where two sides changed the same lines.
pub fn merged_lines([base, ours, theirs]: [&[u8]; 3]) -> Option<Vec<u8>> {
    let input = |bytes| {
        let mut input = MergeFileInput::new();
        input.content(bytes);
        input
    };
    let merged = git2::merge_file(&input(base), &input(ours), &input(theirs), None).ok()?;
    merged.is_automergeable().then(|| merged.content().to_vec())
}

impl Repo {
    /// Every TOML file under the roots in the merge, and the file `also`. A file that does not merge has
    /// conflict markers in it; nothing is written anywhere.
    pub fn merged(
        &self,
        ours: &Commit,
        theirs: &Commit,
        roots: &[String],
        also: &str,
    ) -> Result<Vec<Source>, GitError> {
        let failed =
            |error: git2::Error| GitError::other(&format!("merging {} and {}", ours.name, theirs.name), &error);
        let commit =
            |commit: &Commit| Oid::from_str(&commit.id).and_then(|id| self.git.find_commit(id)).map_err(failed);
        let index = self.git.merge_commits(&commit(ours)?, &commit(theirs)?, None).map_err(failed)?;
        let mut found = self.indexed(&index, roots, also)?;
        if index.has_conflicts() {
            for conflict in index.conflicts().map_err(failed)? {
                let conflict = conflict.map_err(failed)?;
                found.extend(self.conflicting(&conflict, (ours, theirs), roots).transpose().map_err(failed)?);
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The file with markers; of a file that one side deleted, what the other has.
    fn conflicting(
        &self,
        conflict: &IndexConflict,
        (ours, theirs): (&Commit, &Commit),
        roots: &[String],
    ) -> Option<Result<Source, git2::Error>> {
        let entry = conflict.our.as_ref().or(conflict.their.as_ref())?;
        let path = String::from_utf8(entry.path.clone()).ok()?;
        if !belongs(roots, &path) {
            return None;
        }
        let (Some(our), Some(their)) = (&conflict.our, &conflict.their) else {
            let content = self.git.find_blob(entry.id).map(|blob| Content::Bytes(blob.content().into()));
            return Some(content.map(|content| Source { path, content }));
        };
        let mut options = MergeFileOptions::new();
        options.our_label(ours.name.as_str()).their_label(theirs.name.as_str());
        let merged = match &conflict.ancestor {
            Some(ancestor) => self.git.merge_file_from_index(ancestor, our, their, Some(&mut options)),
            None => {
                let empty = self.git.blob(b"").map(|id| {
                    let mut entry = git2::IndexEntry { path: our.path.clone(), ..*our };
                    entry.id = id;
                    entry
                });
                empty.and_then(|empty| self.git.merge_file_from_index(&empty, our, their, Some(&mut options)))
            }
        };
        Some(merged.map(|merged| Source { path, content: Content::Bytes(merged.content().into()) }))
    }

    /// Merges three files as Git does without a driver, with conflict markers of this length, into the first.
    pub fn merge_file(&self, folder: &Path, size: u32, [ours, base, theirs]: [&str; 3]) -> Result<(), GitError> {
        let nobody = Author { name: "redan".to_owned(), email: String::new(), at: jiff::Timestamp::UNIX_EPOCH };
        let size = format!("--marker-size={size}");
        let labels = ["-L", "ours", "-L", "base", "-L", "theirs"];
        let words = [&["merge-file", "--quiet", &size], &labels[..], &[ours, base, theirs]].concat();
        // It ends with the number of conflicts, so failing is its usual way to end.
        git(folder, &nobody, &words).map(drop)
    }

    /// Writes a value into the repository's own configuration.
    pub fn configure(&self, key: &str, value: &str) -> Result<(), GitError> {
        let failed = |error: git2::Error| GitError::other("writing the repository's configuration", &error);
        let local = self.git.config().and_then(|config| config.open_level(git2::ConfigLevel::Local));
        local.and_then(|mut config| config.set_str(key, value)).map_err(failed)
    }
}
