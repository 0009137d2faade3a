//! Where a shallow clone ends.

use git2::{Commit, ObjectType, Oid};

use super::{GitError, Repo};

impl Repo {
    /// Whether the commit has a parent that is not in this clone. A shallow boundary hides parents: only the
    /// commit itself still names them.
    pub(super) fn cut(&self, commit: &Commit<'_>) -> bool {
        let absent = |id: Oid| self.git.find_commit(id).is_err();
        self.git.is_shallow() && (commit.parent_ids().any(absent) || self.named(commit.id()) > commit.parent_count())
    }

    /// How many parents the commit itself names.
    fn named(&self, id: Oid) -> usize {
        let Ok(odb) = self.git.odb() else { return 0 };
        let Ok(object) = odb.read(id) else { return 0 };
        let header = object.data().split(|&byte| byte == b'\n').take_while(|line| !line.is_empty());
        let named = header.filter(|line| line.starts_with(b"parent ")).count();
        if object.kind() == ObjectType::Commit { named } else { 0 }
    }

    /// `what` ends at the boundary of the clone, with the command that moves it.
    pub(super) fn shallow(&self, what: &str) -> GitError {
        let remote = self.remote();
        GitError::Incomplete {
            why: format!("the clone is shallow: {what} at its boundary"),
            command: format!("git fetch --unshallow {remote} '+refs/heads/*:refs/remotes/{remote}/*' --tags"),
        }
    }
}
