//! Factor history: `ratings/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::log::{Vantage, day, seen, vantage};
use super::objectives::in_words;
use crate::assess::{Shift, Tier};
use crate::history::{Boundary, Label, Log, Revision, Subject, Track, Version};
use crate::model::ModelId;
use crate::render::{Line, Page, Tone};

/// `ratings/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ratings {
    pub model: String,
    /// `CO-A1-T1`, `A1` or `T1`.
    pub id: String,
    pub vantage: Vantage,
    /// The oldest first.
    pub versions: Vec<At>,
}

/// How it stood when a version came to be, and what was revised while it lasted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct At {
    /// `v7`; `v7+1` on a branch.
    pub version: String,
    /// Structural digest, 12 hex digits.
    pub digest: String,
    /// It is only in the working tree.
    pub uncommitted: bool,
    pub commit: Option<String>,
    pub author: Option<String>,
    pub at: Option<String>,
    /// `live`, `removed` or `absent`.
    pub state: &'static str,
    /// Impact and likelihood in words, by the entity they belong to.
    pub ratings: Vec<Rated>,
    /// Of an objective: critical, high, medium or low; absent = not rated.
    pub tier: Option<&'static str>,
    pub revisions: Vec<Row>,
}

/// What an entity's factors amount to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rated {
    pub entity: String,
    pub rating: String,
}

/// One revision.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    pub entity: String,
    pub at: Option<String>,
    pub by: String,
    pub reason: String,
    pub factors: Vec<Delta>,
    /// Structural digest of the model it was decided on, and the version that has it.
    pub model: Option<String>,
    pub version: Option<String>,
    /// The commit it came with; absent while it is not committed.
    pub commit: Option<String>,
    /// The entity's rating and the objective's tier since.
    pub rating: String,
    pub tier: Option<&'static str>,
}

/// One factor; `from` is absent where nobody had rated it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Delta {
    pub factor: &'static str,
    pub from: Option<&'static str>,
    pub to: &'static str,
}

/// The factor history with the versions it runs through.
pub fn ratings(model: &ModelId, log: &Log, track: &Track) -> Ratings {
    let committed = log.versions.iter().map(|(label, version)| (*label, Some(version), version.digest.short()));
    let drafted = log.draft.iter().map(|draft| (draft.label, None, draft.digest.short()));
    let versions = committed.chain(drafted).zip(&track.boundaries);
    Ratings {
        model: model.to_string(),
        id: match track.subject {
            Subject::Entity(id) => id.to_string(),
            Subject::Objective(objective) => objective.to_string(),
        },
        vantage: vantage(log.tip.as_ref(), log.trunk.as_ref()),
        versions: versions.map(|(version, boundary)| at(log, track.subject, version, boundary)).collect(),
    }
}

fn at(
    log: &Log,
    subject: Subject,
    (label, version, digest): (Label, Option<&Version>, String),
    boundary: &Boundary,
) -> At {
    let first = version.map(|version| &version.first);
    let known = version.map_or(log.versions.len(), |version| version.number);
    let pairs = subject.ids().into_iter().zip(&boundary.ratings);
    let rated =
        pairs.filter_map(|(id, rating)| Some(Rated { entity: id.to_string(), rating: in_words(rating.as_ref()?) }));
    At {
        version: label.to_string(),
        digest,
        uncommitted: first.is_none(),
        commit: first.map(|first| first.commit.clone()),
        author: first.map(|first| first.author()),
        at: first.map(|first| first.at.to_string()),
        state: boundary.state,
        ratings: rated.collect(),
        tier: boundary.tier.map(Tier::word),
        revisions: boundary.revisions.iter().map(|revision| row(&log.versions[..known], revision)).collect(),
    }
}

/// `known` are the versions up to the one the revision came with.
fn row(known: &[(Label, Version)], revision: &Revision) -> Row {
    let model = Some(revision.model.clone()).filter(|model| !model.is_empty());
    let named = |digest: &String| known.iter().rev().find(|(_, version)| version.digest.short() == *digest);
    Row {
        entity: revision.entity.to_string(),
        at: revision.at.map(|at| at.to_string()),
        by: revision.by.clone(),
        reason: revision.reason.clone(),
        factors: revision.shifts.iter().map(delta).collect(),
        version: model.as_ref().and_then(named).map(|(label, _)| label.to_string()),
        model,
        commit: revision.commit.clone(),
        rating: in_words(&revision.rating),
        tier: revision.tier.map(Tier::word),
    }
}

fn delta(shift: &Shift) -> Delta {
    Delta { factor: shift.factor.name(), from: shift.from.map(|from| from.name), to: shift.to.name }
}

/// The timeline for people.
pub fn page(ratings: &Ratings) -> Page {
    let objective = ratings.id.starts_with("CO-");
    let mut page = Page::default();
    let seen = seen(&ratings.vantage);
    page.heading(Line::of(Tone::Id, &ratings.id).and(Tone::Dim, format!("  {}  {seen}", ratings.model)));
    for version in &ratings.versions {
        page.text(boundary(version, objective));
        page.list(version.revisions.iter().map(|row| revision(row, objective)).collect());
    }
    page
}

fn boundary(version: &At, objective: bool) -> Line {
    let label =
        if version.uncommitted { format!("{} (uncommitted)", version.version) } else { version.version.clone() };
    let date = version.at.as_deref().map(|at| format!("{}  ", day(at))).unwrap_or_default();
    let line = Line::of(Tone::Id, label).and(Tone::Dim, format!("  {}  {date}", version.digest));
    if version.state == "absent" {
        return line.and(Tone::Dim, "not there");
    }
    let tier = format!("{}: ", version.tier.unwrap_or("not rated"));
    let line = if objective { line.and(Tone::Strong, tier) } else { line };
    let ratings: Vec<String> =
        version.ratings.iter().map(|rated| format!("{} {}", rated.entity, rated.rating)).collect();
    let line = line.and(Tone::Plain, ratings.join(", "));
    if version.state == "removed" { line.and(Tone::Warning, "  (removed)") } else { line }
}

fn revision(row: &Row, objective: bool) -> Line {
    let deltas =
        row.factors.iter().map(|delta| format!("{} {} → {}", delta.factor, delta.from.unwrap_or("nothing"), delta.to));
    let at = row.at.as_deref().map_or("no date", day);
    let line = Line::plain(format!("{at}  ")).and(Tone::Id, &row.entity);
    let line = line.and(Tone::Plain, format!("  {}", deltas.collect::<Vec<_>>().join(", ")));
    let since = match (objective, row.tier) {
        (true, tier) => tier.unwrap_or("not rated").to_owned(),
        (false, _) => row.rating.clone(),
    };
    let line = line.and(Tone::Strong, format!("  → {since}"));
    let on = match (&row.version, &row.model) {
        (Some(version), _) => format!(", on {version}"),
        (None, Some(digest)) => format!(", on {digest}"),
        (None, None) => String::new(),
    };
    let open = if row.commit.is_none() { ", not committed" } else { "" };
    let reason = row.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    line.and(Tone::Plain, format!("  {reason}")).and(Tone::Dim, format!("  ({}{on}{open})", row.by))
}
