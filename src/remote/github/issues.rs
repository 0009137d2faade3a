//! Issues of a repository, pull requests left out.

use serde::Deserialize;
use serde_json::{Value, json};

use super::comments::{Author, WireUser};
use super::{Github, Method, typed};
use crate::remote::RemoteError;

/// An issue as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub number: u64,
    pub open: bool,
    pub title: String,
    pub body: String,
    pub author: Author,
    /// Where people read it.
    pub url: String,
}

#[derive(Deserialize)]
struct Wire {
    number: u64,
    state: String,
    title: String,
    #[serde(default)]
    body: Option<String>,
    user: Option<WireUser>,
    #[serde(default)]
    html_url: String,
    pull_request: Option<Value>,
}

impl From<Wire> for Issue {
    fn from(wire: Wire) -> Issue {
        Issue {
            number: wire.number,
            open: wire.state == "open",
            title: wire.title,
            body: wire.body.unwrap_or_default(),
            author: Author::known(wire.user),
            url: wire.html_url,
        }
    }
}

impl Github {
    /// Every issue with this label, open or closed, oldest first. The label is letters, digits and `-`.
    pub fn issues(&self, label: &str) -> Result<Vec<Issue>, RemoteError> {
        let all: Vec<Wire> = self.list(&format!("issues?state=all&labels={label}"), "listing issues")?;
        let mut all: Vec<Issue> = all.into_iter().filter(|wire| wire.pull_request.is_none()).map(Issue::from).collect();
        all.sort_by_key(|issue| issue.number);
        Ok(all)
    }

    /// Opens an issue. After a lost answer it is opened again: whoever calls this lists what there is afterwards.
    pub fn open_issue(&self, title: &str, body: &str, label: &str) -> Result<Issue, RemoteError> {
        let what = "opening an issue";
        let body = json!({ "title": title, "body": body, "labels": [label] });
        typed::<Wire>(self.write(Method::Post, "issues", &body, what)?, what).map(Issue::from)
    }

    /// Gives an issue other words, and opens it again where it is closed.
    pub fn edit_issue(&self, number: u64, title: &str, body: &str) -> Result<Issue, RemoteError> {
        let what = "editing our issue";
        let body = json!({ "title": title, "body": body, "state": "open" });
        typed::<Wire>(self.write(Method::Patch, &format!("issues/{number}"), &body, what)?, what).map(Issue::from)
    }

    /// Closes an issue: with last words where what it asked for is done, without where another one asks for it.
    pub fn close_issue(&self, number: u64, done: Option<&str>) -> Result<(), RemoteError> {
        let body = match done {
            Some(words) => json!({ "state": "closed", "state_reason": "completed", "body": words }),
            None => json!({ "state": "closed", "state_reason": "not_planned" }),
        };
        self.write(Method::Patch, &format!("issues/{number}"), &body, "closing our issue").map(drop)
    }
}
