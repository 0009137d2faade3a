//! What makes reading history fast here, and where it starts.

use std::io::Write;
use std::process::Stdio;

use super::program::reading;
use super::{Commit, GitError, Repo};
use crate::identity::Published;
use crate::store::disk;

/// Git's own shortcut, and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speed {
    /// Git has a commit-graph, and it knows which paths each commit changed.
    pub changed_paths: bool,
    /// Bytes of the account that an earlier audit kept; 0 = none.
    pub cache: usize,
}

/// How the part of a commit-graph file that knows changed paths is called in its table of contents.
const CHANGED_PATHS: &[u8] = b"BIDX";

/// The table of contents is within these first bytes.
const CONTENTS: usize = 512;

impl Repo {
    pub fn speed(&self) -> Speed {
        let objects = self.git.commondir().join("objects/info");
        let chain = disk::load(&objects.join("commit-graphs/commit-graph-chain")).unwrap_or_default();
        let chain = String::from_utf8_lossy(&chain).into_owned();
        let split = chain.lines().map(|id| objects.join(format!("commit-graphs/graph-{id}.graph")));
        let graphs = split.chain([objects.join("commit-graph")]).filter_map(|path| disk::load(&path));
        let knows = |graph: Vec<u8>| {
            graph.iter().take(CONTENTS).copied().collect::<Vec<u8>>().windows(4).any(|four| four == CHANGED_PATHS)
        };
        let cache = disk::load(&self.state().join("history.cache")).map_or(0, |bytes| bytes.len());
        Speed { changed_paths: graphs.into_iter().any(knows), cache }
    }

    /// Whether an audit would take no time that anybody notices: one was kept, or there are few commits.
    pub fn is_cheap(&self, roots: &[String], published: &[Published]) -> bool {
        const FEW: usize = 2_000;
        let few = || {
            let mut walk = self.git.revwalk()?;
            published.iter().try_for_each(|one| walk.push(git2::Oid::from_str(&one.commit)?))?;
            Ok::<bool, git2::Error>(walk.take(FEW).count() < FEW)
        };
        self.keeps(roots) || few().unwrap_or(false)
    }

    /// The commits without parents behind the published refs: where history starts. In a shallow clone they are
    /// its boundary.
    pub fn origins(&self, published: &[Published]) -> Result<Vec<Commit>, GitError> {
        let failed = |error: std::io::Error| GitError::Other {
            doing: "asking git where history starts".to_owned(),
            message: error.to_string(),
        };
        let mut command = reading(self.git.path());
        command
            .args(["rev-list", "--max-parents=0", "--stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            let tips: String = published.iter().map(|one| format!("{}\n", one.commit)).collect();
            // A program that ended early says why itself.
            let _ = stdin.write_all(tips.as_bytes());
        }
        let output = child.wait_with_output().map_err(failed)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(text.lines().map(|id| Commit { name: format!("{id:.10}"), id: id.to_owned() }).collect())
    }
}
