//! The versions of a model: `log/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::{Commit, Draft, Label, Summary, Unread, Version};
use crate::model::{Id, ModelId};
use crate::render::{Line, Page, Tone};

/// `log/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Log {
    pub model: String,
    pub name: String,
    pub vantage: Vantage,
    /// The newest first.
    pub versions: Vec<Listed>,
    /// Commits whose state of the model cannot be read, the newest first.
    pub unreadable: Vec<Unreadable>,
}

/// What the answer depends on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Vantage {
    /// The revision looked from, and its commit; absent before the first commit.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub commit: Option<String>,
    /// The branch that plain numbers belong to.
    pub published: Option<String>,
}

/// One version.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// `v7`; `v7+1` on a branch.
    pub version: String,
    /// Structural digest, 12 hex digits.
    pub digest: String,
    /// It is only in the working tree.
    pub uncommitted: bool,
    /// The commit that made it, with its author and the time it was committed.
    pub commit: Option<String>,
    pub author: Option<String>,
    pub at: Option<String>,
    /// The first line of the commit's message.
    pub subject: Option<String>,
    /// Commits that touched the model while it was this version.
    pub commits: usize,
    /// `+A13, -T2, ~C4`.
    pub summary: String,
    pub changes: Changes,
}

/// The IDs behind the summary.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changes {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub restored: Vec<String>,
    pub changed: Vec<String>,
    /// The description of the model changed.
    pub description: bool,
}

/// A state that cannot be read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unreadable {
    pub commit: String,
    pub author: String,
    pub at: String,
    pub path: String,
    pub why: String,
}

/// The versions of a log, the newest first.
pub fn log(model: &ModelId, name: &str, log: &crate::history::Log) -> Log {
    let committed = log.versions.iter().rev().map(|(label, version)| listed(*label, version));
    Log {
        model: model.to_string(),
        name: name.to_owned(),
        vantage: vantage(log.tip.as_ref(), log.trunk.as_ref()),
        versions: log.draft.iter().map(draft).chain(committed).collect(),
        unreadable: log.unread.iter().rev().map(unreadable).collect(),
    }
}

pub(super) fn vantage(tip: Option<&Commit>, trunk: Option<&Commit>) -> Vantage {
    Vantage {
        reference: tip.map(|tip| tip.name.clone()),
        commit: tip.map(|tip| tip.id.clone()),
        published: trunk.map(|trunk| trunk.name.clone()),
    }
}

fn listed(label: Label, version: &Version) -> Listed {
    Listed {
        version: label.to_string(),
        digest: version.digest.short(),
        uncommitted: false,
        commit: Some(version.first.commit.clone()),
        author: Some(version.first.author()),
        at: Some(version.first.at.to_string()),
        subject: Some(version.first.subject.clone()),
        commits: version.commits,
        summary: version.summary.to_string(),
        changes: changes(&version.summary),
    }
}

fn draft(draft: &Draft) -> Listed {
    Listed {
        version: draft.label.to_string(),
        digest: draft.digest.short(),
        uncommitted: true,
        commit: None,
        author: None,
        at: None,
        subject: None,
        commits: 0,
        summary: draft.summary.to_string(),
        changes: changes(&draft.summary),
    }
}

fn changes(summary: &Summary) -> Changes {
    let ids = |ids: &std::collections::BTreeSet<Id>| ids.iter().map(Id::to_string).collect();
    Changes {
        added: ids(&summary.added),
        removed: ids(&summary.removed),
        restored: ids(&summary.restored),
        changed: ids(&summary.changed),
        description: summary.description,
    }
}

fn unreadable(unread: &Unread) -> Unreadable {
    Unreadable {
        commit: unread.signed.commit.clone(),
        author: unread.signed.author(),
        at: unread.signed.at.to_string(),
        path: unread.path.clone(),
        why: unread.why.clone(),
    }
}

/// The log for people.
pub fn page(log: &Log) -> Page {
    let mut page = Page::default();
    page.heading(Line::of(Tone::Strong, &log.name).and(Tone::Dim, format!("  {}  {}", log.model, seen(&log.vantage))));
    let row = |listed: &Listed| {
        let text = |text: &Option<String>| Line::plain(text.clone().unwrap_or_default());
        let label = Line::of(Tone::Id, &listed.version);
        vec![
            if listed.uncommitted { label.and(Tone::Warning, " (uncommitted)") } else { label },
            Line::of(Tone::Dim, &listed.digest),
            Line::plain(listed.at.as_deref().map_or("", day)),
            Line::of(Tone::Dim, listed.commit.as_deref().map_or("", short)),
            Line::plain(&listed.summary),
            Line::of(Tone::Dim, listed.author.as_deref().map_or("", person)),
            text(&listed.subject),
        ]
    };
    page.table(
        &["version", "digest", "date", "commit", "changes", "author", "message"],
        log.versions.iter().map(row).collect(),
    );
    for unread in &log.unreadable {
        let words = format!("{} of {} cannot be read: {}", short(&unread.commit), day(&unread.at), unread.why);
        page.text(Line::of(Tone::Warning, words));
    }
    page
}

/// `seen from HEAD 4f0c9a1b2d; numbers of origin/main`.
pub(super) fn seen(vantage: &Vantage) -> String {
    let from = match (&vantage.reference, &vantage.commit) {
        (Some(name), Some(commit)) if commit.starts_with(name.as_str()) => format!("seen from {}", short(commit)),
        (Some(name), Some(commit)) => format!("seen from {name} {}", short(commit)),
        _ => "nothing is committed yet".to_owned(),
    };
    match &vantage.published {
        Some(published) => format!("{from}; numbers of {published}"),
        None => from,
    }
}

pub(super) fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

pub(super) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

fn person(author: &str) -> &str {
    author.split(" <").next().unwrap_or(author)
}
