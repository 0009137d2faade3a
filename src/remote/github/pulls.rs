//! A pull request, the files it touches, its commits.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Github, Method, typed};
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

/// A pull request as whoever opens one sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub number: u64,
    pub open: bool,
    pub merged: bool,
    /// The commit its branch stands at, or stood at when it was closed.
    pub head: String,
    pub body: String,
    /// Where people read it.
    pub url: String,
}

#[derive(Deserialize)]
struct WireOpened {
    number: u64,
    state: String,
    #[serde(default)]
    merged_at: Option<Value>,
    head: WireEnd,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    html_url: String,
}

impl From<WireOpened> for Opened {
    fn from(wire: WireOpened) -> Opened {
        Opened {
            number: wire.number,
            open: wire.state == "open",
            merged: wire.merged_at.is_some(),
            head: wire.head.sha,
            body: wire.body.unwrap_or_default(),
            url: wire.html_url,
        }
    }
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

    /// Every pull request from a branch of this repository, open or not, newest first. The branch is letters, digits, `-` and `/`.
    pub fn pulls_from(&self, branch: &str) -> Result<Vec<Opened>, RemoteError> {
        let below = format!("pulls?state=all&head={}:{branch}", self.repository.owner);
        let wire: Vec<WireOpened> = self.list(&below, "listing pull requests")?;
        let mut all: Vec<Opened> = wire.into_iter().map(Opened::from).collect();
        all.sort_by_key(|pull| std::cmp::Reverse(pull.number));
        Ok(all)
    }

    /// Opens a pull request between two branches. A second one between them is [`RemoteError::Invalid`], also after a
    /// lost answer: whoever calls this looks at what there is.
    pub fn open_pull(&self, (head, base): (&str, &str), title: &str, body: &str) -> Result<Opened, RemoteError> {
        let what = "opening a pull request";
        let body = json!({ "title": title, "body": body, "head": head, "base": base });
        typed::<WireOpened>(self.write(Method::Post, "pulls", &body, what)?, what).map(Opened::from)
    }

    pub fn edit_pull(&self, number: u64, title: &str, body: &str) -> Result<Opened, RemoteError> {
        let what = "editing our pull request";
        let body = json!({ "title": title, "body": body });
        typed::<WireOpened>(self.write(Method::Patch, &format!("pulls/{number}"), &body, what)?, what).map(Opened::from)
    }
}
