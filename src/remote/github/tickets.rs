//! Issues as tickets: found by a label, made, edited, put below another.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Github, Method, Repository, typed};
use crate::remote::RemoteError;

/// An issue as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Of the whole host; sub-issues go by it.
    pub id: u64,
    pub repository: Repository,
    pub number: u64,
    pub title: String,
    pub body: String,
    pub open: bool,
    /// completed, not_planned, duplicate or reopened; absent on old issues and old servers.
    pub reason: Option<String>,
    pub labels: Vec<String>,
    pub comments: u64,
    pub nested: bool,
    /// Issues below it; absent on servers that do not count them.
    pub below: Option<u64>,
    pub url: String,
    /// Whether it is a pull request, which the host counts among issues.
    pub pull: bool,
}

/// A new issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTicket<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub labels: &'a [String],
    /// The type, as the organisation calls it.
    pub kind: Option<&'a str>,
}

/// What changes in an issue; one request, all or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketEdit<'a> {
    pub title: Option<&'a str>,
    pub body: Option<&'a str>,
    /// Open, or closed for a reason.
    pub state: Option<Result<(), &'a str>>,
}

/// An issue of this repository that others go below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent(pub u64);

impl Parent {
    /// Issues that go below one: docs.github.com, "Adding sub-issues".
    pub const ROOM: u64 = 100;
}

#[derive(Deserialize)]
struct Wire {
    id: u64,
    number: u64,
    title: String,
    #[serde(default)]
    body: Option<String>,
    state: String,
    #[serde(default)]
    state_reason: Option<String>,
    #[serde(default)]
    labels: Vec<WireLabel>,
    #[serde(default)]
    comments: u64,
    #[serde(default)]
    parent_issue_url: Option<String>,
    #[serde(default)]
    sub_issues_summary: Option<Below>,
    #[serde(default)]
    repository_url: String,
    #[serde(default)]
    html_url: String,
    /// Pull requests are listed among issues.
    #[serde(default)]
    pull_request: Option<Value>,
}

#[derive(Deserialize)]
struct Below {
    total: u64,
}

/// Lists name labels either way.
#[derive(Deserialize)]
#[serde(untagged)]
enum WireLabel {
    Name(String),
    Label { name: String },
}

impl Wire {
    /// Where it is, by its own word: one that was transferred answers from its new place.
    fn ticket(self, asked: &Repository) -> Ticket {
        let mut parts = self.repository_url.rsplit('/');
        let place = parts.next().zip(parts.next()).map(|(name, owner)| format!("{owner}/{name}"));
        let label = |label| match label {
            WireLabel::Name(name) | WireLabel::Label { name } => name,
        };
        Ticket {
            id: self.id,
            repository: place.and_then(|place| Repository::parse(&place)).unwrap_or_else(|| asked.clone()),
            number: self.number,
            title: self.title,
            body: self.body.unwrap_or_default(),
            open: self.state == "open",
            reason: self.state_reason,
            labels: self.labels.into_iter().map(label).collect(),
            comments: self.comments,
            nested: self.parent_issue_url.is_some(),
            below: self.sub_issues_summary.map(|below| below.total),
            url: self.html_url,
            pull: self.pull_request.is_some(),
        }
    }
}

impl Github {
    /// Every issue with a label, open or closed, oldest first; a request for each hundred of them.
    pub fn tickets(&self, label: &str) -> Result<Vec<Ticket>, RemoteError> {
        let label = label.replace('/', "%2F").replace(':', "%3A");
        let below = format!("issues?labels={label}&state=all&sort=created&direction=asc");
        let all = self.list::<Wire>(&below, "listing tickets")?;
        let issues = all.into_iter().filter(|wire| wire.pull_request.is_none());
        Ok(issues.map(|wire| wire.ticket(&self.repository)).collect())
    }

    /// One issue, wherever it was transferred to.
    pub fn ticket(&self, number: u64) -> Result<Ticket, RemoteError> {
        let wire: Wire = self.read(&format!("issues/{number}"), "looking at a ticket")?;
        Ok(wire.ticket(&self.repository))
    }

    /// Makes an issue. It is asked for once: after a lost answer nobody knows whether it is there, and the next list
    /// tells.
    pub fn create_ticket(&self, new: &NewTicket<'_>) -> Result<Ticket, RemoteError> {
        let what = "making a ticket";
        let mut body = json!({ "title": new.title, "body": new.body, "labels": new.labels });
        if let Some(kind) = new.kind {
            body["type"] = kind.into();
        }
        let path = self.path("issues");
        let call = Call { method: Method::Post, path, body: Some(&body), what, repeatable: false };
        Ok(typed::<Wire>(self.client.rest(&call)?, what)?.ticket(&self.repository))
    }

    pub fn edit_ticket(&self, number: u64, edit: &TicketEdit<'_>) -> Result<Ticket, RemoteError> {
        let what = "bringing a ticket up to date";
        let mut body = json!({});
        if let Some(title) = edit.title {
            body["title"] = title.into();
        }
        if let Some(text) = edit.body {
            body["body"] = text.into();
        }
        match edit.state {
            Some(Ok(())) => body["state"] = "open".into(),
            Some(Err(reason)) => {
                body["state"] = "closed".into();
                body["state_reason"] = reason.into();
            }
            None => {}
        }
        let edited = self.write(Method::Patch, &format!("issues/{number}"), &body, what)?;
        Ok(typed::<Wire>(edited, what)?.ticket(&self.repository))
    }

    /// Adds labels and takes none away.
    pub fn label_ticket(&self, number: u64, labels: &[String]) -> Result<(), RemoteError> {
        let body = json!({ "labels": labels });
        self.write(Method::Post, &format!("issues/{number}/labels"), &body, "labelling a ticket").map(drop)
    }

    /// Comments on an issue. It is asked for once, as for a new issue.
    pub fn comment_ticket(&self, number: u64, text: &str) -> Result<(), RemoteError> {
        let body = json!({ "body": text });
        let path = self.path(&format!("issues/{number}/comments"));
        let what = "commenting on a ticket";
        self.client.rest(&Call { method: Method::Post, path, body: Some(&body), what, repeatable: false }).map(drop)
    }

    /// How many more issues go below a parent; `None` where the host does not count them.
    pub fn room(&self, parent: Parent) -> Result<Option<u64>, RemoteError> {
        let what = format!("looking for the parent {}#{}", self.repository, parent.0);
        let wire: Wire = self.read(&format!("issues/{}", parent.0), &what)?;
        let there = wire.ticket(&self.repository);
        if !there.repository.is(&self.repository) {
            let message = format!("{what}: it was moved to {}#{}", there.repository, there.number);
            return Err(RemoteError::Settings { message });
        }
        Ok(there.below.map(|below| Parent::ROOM.saturating_sub(below)))
    }

    /// Puts an issue below a parent of this repository.
    pub fn nest_ticket(&self, parent: Parent, id: u64) -> Result<(), RemoteError> {
        let body = json!({ "sub_issue_id": id });
        let what = "putting a ticket below its parent";
        self.write(Method::Post, &format!("issues/{}/sub_issues", parent.0), &body, what).map(drop)
    }
}
