//! A pull request, the files it touches, its commits.

use serde::Deserialize;

use super::Github;
use crate::remote::RemoteError;

/// A pull request as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    pub number: u64,
    pub open: bool,
    pub head: End,
    pub base: End,
}

/// One end of a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The branch.
    pub branch: String,
    pub sha: String,
    /// `owner/name`; absent when the fork is gone.
    pub repository: Option<String>,
}

impl Pull {
    /// Whether the change comes from another repository.
    pub fn fork(&self) -> bool {
        self.head.repository.is_none() || self.head.repository != self.base.repository
    }
}

/// A file that the pull request touches.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    #[serde(rename = "filename")]
    pub path: String,
    /// The hunks; absent for large and binary files.
    #[serde(default)]
    pub patch: Option<String>,
}

#[derive(Deserialize)]
struct Wire {
    number: u64,
    state: String,
    head: WireEnd,
    base: WireEnd,
}

#[derive(Deserialize)]
struct WireEnd {
    #[serde(rename = "ref")]
    branch: String,
    sha: String,
    repo: Option<WireRepository>,
}

#[derive(Deserialize)]
struct WireRepository {
    full_name: String,
}

#[derive(Deserialize)]
struct WireCommit {
    sha: String,
    commit: WireMessage,
}

#[derive(Deserialize)]
struct WireMessage {
    message: String,
}

impl From<WireEnd> for End {
    fn from(wire: WireEnd) -> End {
        End { branch: wire.branch, sha: wire.sha, repository: wire.repo.map(|repository| repository.full_name) }
    }
}

impl Github {
    pub fn pull(&self, number: u64) -> Result<Pull, RemoteError> {
        let wire: Wire = self.read(&format!("pulls/{number}"), "reading the pull request")?;
        let open = wire.state == "open";
        Ok(Pull { number: wire.number, open, head: wire.head.into(), base: wire.base.into() })
    }

    /// The files it touches, 3,000 at most.
    pub fn files(&self, pull: u64) -> Result<Vec<File>, RemoteError> {
        self.list(&format!("pulls/{pull}/files"), "listing the files of the pull request")
    }

    /// Its commits with their messages, 250 at most.
    pub fn commits(&self, pull: u64) -> Result<Vec<(String, String)>, RemoteError> {
        let wire: Vec<WireCommit> =
            self.list(&format!("pulls/{pull}/commits"), "listing the commits of the pull request")?;
        Ok(wire.into_iter().map(|commit| (commit.sha, commit.commit.message)).collect())
    }
}
