//! The payload of an `issue_comment` event, as GitHub writes it for a workflow.

use serde::Deserialize;

use super::comments::{Author, Comment, Wire};
use super::typed;
use crate::remote::RemoteError;

/// Somebody said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// `created`, `edited`, `deleted`.
    pub action: String,
    /// The pull request; absent when it was said about an issue.
    pub pull: Option<u64>,
    pub comment: Comment,
    /// Number of the author's account.
    pub account: u64,
    /// `owner/name`.
    pub repository: String,
    /// The repository's own page: `https://github.com/owner/name`.
    pub web: String,
}

#[derive(Deserialize)]
struct Event {
    action: String,
    issue: Issue,
    comment: serde_json::Value,
    repository: Repository,
}

#[derive(Deserialize)]
struct Issue {
    number: u64,
    pull_request: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
    #[serde(default)]
    html_url: String,
}

#[derive(Deserialize)]
struct By {
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    id: u64,
}

impl Heard {
    /// Reads the text of an event; one of another kind is an error.
    pub fn parse(text: &str) -> Result<Heard, RemoteError> {
        let what = "reading the event";
        let value = serde_json::from_str(text).map_err(|error| super::unreadable(what, &error.to_string()))?;
        let event: Event = typed(value, what)?;
        let by: By = typed(event.comment.clone(), what)?;
        let wire: Wire = typed(event.comment, what)?;
        Ok(Heard {
            action: event.action,
            pull: event.issue.pull_request.map(|_| event.issue.number),
            comment: wire.into(),
            account: by.user.map_or(0, |user| user.id),
            repository: event.repository.full_name,
            web: event.repository.html_url,
        })
    }

    pub fn author(&self) -> &Author {
        &self.comment.author
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_events_are_told() {
        for text in ["", "[]", "{}", r#"{"action": "opened", "pull_request": {"number": 1}}"#] {
            assert!(Heard::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_issue_is_no_pull_request() {
        let text = r#"{"action": "created", "issue": {"number": 3}, "repository": {"full_name": "a/b"},
            "comment": {"id": 5, "body": "/redan help", "user": {"login": "ada", "id": 9, "type": "User"}}}"#;
        let heard = Heard::parse(text).unwrap();
        assert_eq!((heard.pull, heard.account, heard.author().bot), (None, 9, false));
    }
}
