//! The branch whose versions have plain numbers, and the other tips.

use git2::BranchType;

use crate::history::{Commit, GitError, Repo};

impl Repo {
    /// The default branch of the remote, `main` or `master` there; without a remote `main`, `master`, or
    /// the only branch. Nothing where none of them is here.
    pub fn trunk(&self) -> Option<Commit> {
        let remote = self.upstream();
        let names: Vec<String> = match &remote {
            Some(remote) => ["HEAD", "main", "master"].iter().map(|name| format!("{remote}/{name}")).collect(),
            None => ["main", "master"].into_iter().map(str::to_owned).chain(self.only_branch()).collect(),
        };
        names.into_iter().find_map(|name| {
            let reference = self.git.resolve_reference_from_short_name(&name).ok()?;
            let commit = reference.peel_to_commit().ok()?;
            let plain =
                reference.symbolic_target().ok().flatten().and_then(|target| target.strip_prefix("refs/remotes/"));
            Some(Commit { name: plain.map_or(name, str::to_owned), id: commit.id().to_string() })
        })
    }

    /// The commits that branches here and of remotes point to, each once.
    pub fn tips(&self) -> Result<Vec<String>, GitError> {
        let failed = |error: git2::Error| GitError::other("listing branches", &error);
        let mut tips = Vec::new();
        for (branch, _) in self.git.branches(None).map_err(failed)?.flatten() {
            if let Ok(commit) = branch.get().peel_to_commit() {
                tips.push(commit.id().to_string());
            }
        }
        tips.sort_unstable();
        tips.dedup();
        Ok(tips)
    }

    /// The remote of the current branch's upstream, else `origin`, else none.
    fn upstream(&self) -> Option<String> {
        let head = self.git.head().ok().and_then(|head| head.name().ok().map(str::to_owned));
        let remote = head.and_then(|head| self.git.branch_upstream_remote(&head).ok());
        let remote = remote.and_then(|name| name.as_str().ok().map(str::to_owned)).filter(|name| name != ".");
        remote.or_else(|| self.git.find_remote("origin").is_ok().then(|| "origin".to_owned()))
    }

    fn only_branch(&self) -> Option<String> {
        let branches: Vec<_> = self.git.branches(Some(BranchType::Local)).ok()?.flatten().collect();
        match &branches[..] {
            [(only, _)] => only.get().shorthand().ok().map(str::to_owned),
            _ => None,
        }
    }
}
