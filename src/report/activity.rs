//! The activity feed: `activity/1`, JSON lines, Atom.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::log::{Vantage, seen, short, vantage};
use crate::history::{Commit, Event, Signed};
use crate::model::ModelId;
use crate::render::{Entry, Feed, Line, Page, Tone};

/// `activity/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Activity {
    /// Absent = every model.
    pub model: Option<String>,
    pub vantage: Vantage,
    /// The first commit that had a model.
    pub origin: Option<String>,
    /// The newest commit first; events of one commit in the order of the files.
    pub events: Vec<Happened>,
}

/// One event. In JSON lines, one object a line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Happened {
    /// `asset_added`, `rating_revised`, `control_orphaned`, …
    pub event: String,
    /// `model/ID`, or the model.
    pub entity: String,
    pub model: String,
    /// What people call it.
    pub title: String,
    /// Fields, levels or reasons.
    pub detail: String,
    pub commit: String,
    /// As `.mailmap` has it.
    pub author: String,
    /// When it was committed, in UTC.
    pub at: String,
    /// The first line of the commit's message.
    pub subject: String,
}

/// The feed as an answer.
pub fn activity(
    model: Option<&ModelId>,
    (tip, origin): (Option<&Commit>, Option<&str>),
    entries: impl Iterator<Item = Happened>,
) -> Activity {
    Activity {
        model: model.map(ModelId::to_string),
        vantage: vantage(tip, None),
        origin: origin.map(str::to_owned),
        events: entries.collect(),
    }
}

pub fn happened(model: &ModelId, event: &Event, signed: &Signed) -> Happened {
    Happened {
        event: event.name.clone(),
        entity: event.entity.as_ref().map_or_else(|| model.to_string(), |entity| format!("{model}/{entity}")),
        model: model.to_string(),
        title: event.title.clone(),
        detail: event.detail.clone(),
        commit: signed.commit.clone(),
        author: signed.author(),
        at: signed.at.to_string(),
        subject: signed.subject.clone(),
    }
}

/// One JSON object a line.
pub fn lines(activity: &Activity) -> Result<String, serde_json::Error> {
    let line = |event: &Happened| serde_json::to_string(event).map(|line| line + "\n");
    activity.events.iter().map(line).collect()
}

/// The feed for people: a heading a commit, a line an event.
pub fn page(activity: &Activity) -> Page {
    let mut page = Page::default();
    for commit in activity.events.chunk_by(|a, b| a.commit == b.commit) {
        let Some(first) = commit.first() else { continue };
        let head =
            Line::of(Tone::Id, short(&first.commit)).and(Tone::Plain, format!("  {}  {}", first.at, first.author));
        page.heading(head.and(Tone::Dim, format!("  {}", first.subject)));
        page.table(&["", "", ""], commit.iter().map(row).collect());
    }
    if activity.events.is_empty() {
        page.text(Line::plain("nothing happened"));
    }
    page.heading(Line::of(Tone::Dim, seen(&activity.vantage)));
    page
}

fn row(event: &Happened) -> Vec<Line> {
    vec![Line::of(tone(&event.event), &event.event), Line::of(Tone::Id, &event.entity), Line::plain(words(event))]
}

fn words(event: &Happened) -> String {
    let detail = event.detail.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = [event.title.clone(), detail];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

fn tone(event: &str) -> Tone {
    let ends = |ends: &[&str]| ends.iter().any(|end| event.ends_with(end));
    match () {
        () if ends(&["_added", "_restored", "_revived", "_reattached"]) => Tone::Added,
        () if ends(&["_deleted", "_tombstoned", "_orphaned"]) => Tone::Removed,
        () => Tone::Warning,
    }
}

/// The feed for readers of Atom (RFC 4287). Its id is the first commit that had a model; an entry's is
/// what happened to what in which commit.
pub fn feed(activity: &Activity) -> Feed {
    let name = activity.model.as_deref().unwrap_or("all");
    let origin = activity.origin.as_deref().unwrap_or("none");
    let updated = activity.events.iter().map(|event| event.at.as_str()).max();
    Feed {
        id: format!("urn:redan:activity:{origin}:{name}"),
        title: match &activity.model {
            Some(model) => format!("Threat model {model}"),
            None => "Threat models".to_owned(),
        },
        updated: updated.map_or_else(|| Timestamp::UNIX_EPOCH.to_string(), str::to_owned),
        entries: activity.events.iter().map(entry).collect(),
    }
}

fn entry(event: &Happened) -> Entry {
    let (name, email) = event.author.split_once(" <").unwrap_or((&event.author, ""));
    let words = words(event);
    let title = format!("{} {}", event.event.replace('_', " "), event.entity);
    Entry {
        id: format!("urn:redan:event:{}:{}:{}", event.commit, event.event, event.entity),
        title: if event.title.is_empty() { title } else { format!("{title}: {}", event.title) },
        updated: event.at.clone(),
        author: name.to_owned(),
        email: email.trim_end_matches('>').to_owned(),
        summary: if words.is_empty() { event.subject.clone() } else { format!("{words} — {}", event.subject) },
    }
}
