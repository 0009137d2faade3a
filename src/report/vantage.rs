//! What an answer about the past rests on: which refs, how many commits, and what is missing.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::{Commit, Speed};
use crate::identity::{Gap, Ledger, Published, Sighting};
use crate::render::{Line, Page, Tone};

/// How much of the history the answer rests on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct History {
    /// `complete`, `partial` (base only) or `none`.
    pub coverage: &'static str,
    /// Commits whose models were read.
    pub commits: usize,
    /// The refs whose commits burn IDs, in their order.
    pub published: Vec<Ref>,
    /// Versions that could not be parsed, as `commit:path`.
    pub unreadable: Vec<String>,
    /// What is missing.
    pub gaps: Vec<Missing>,
    /// Why another clone may see another history.
    pub notes: Vec<Missing>,
}

/// A published ref.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ref {
    pub name: String,
    pub commit: String,
    pub tag: bool,
    /// Of a remote's branch as it was last fetched, the day of its newest commit, in UTC.
    pub fetched: Option<String>,
}

/// Something missing or in the way, and the command that puts it right.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Missing {
    pub why: String,
    pub command: String,
}

/// Without a ledger nothing but `compared` states was looked at.
pub fn history(ledger: Option<&Ledger>, compared: usize) -> History {
    let none = Ledger::default();
    let coverage = match ledger {
        None if compared == 0 => "none",
        Some(ledger) if ledger.complete() => "complete",
        Some(_) | None => "partial",
    };
    let ledger = ledger.unwrap_or(&none);
    let unreadable = |(seen, _): &(Sighting, String)| format!("{}:{}", seen.commit, seen.path);
    History {
        coverage,
        commits: if ledger.commits == 0 { compared } else { ledger.commits },
        published: ledger.published.iter().map(named).collect(),
        unreadable: ledger.unread.iter().map(unreadable).collect(),
        gaps: ledger.gaps.iter().map(missing).collect(),
        notes: ledger.notes.iter().map(missing).collect(),
    }
}

fn named(published: &Published) -> Ref {
    let fetched = published.fetched.map(|day| day.to_string());
    Ref { name: published.name.clone(), commit: published.commit.clone(), tag: published.tag, fetched }
}

fn missing(gap: &Gap) -> Missing {
    Missing { why: gap.why.clone(), command: gap.command.clone() }
}

/// `all 12 commits of main`; nothing where no commit was walked.
pub fn walked(ledger: &Ledger) -> Option<String> {
    match ledger.commits {
        0 => None,
        1 => Some(format!("the only commit of {}", refs(&ledger.published))),
        commits => Some(format!("all {commits} commits of {}", refs(&ledger.published))),
    }
}

/// How many refs are named before the rest is counted.
const NAMED: usize = 3;

/// `main`, `main and release/1`, `main, release/1, v1 and 4 more`. A remote's branch may have moved on since it was
/// fetched, so the first comes with the day of its newest commit: `origin/main as of 2026-11-02`.
pub fn refs(published: &[Published]) -> String {
    let named = |(nth, one): (usize, &Published)| match one.fetched.filter(|_| nth == 0) {
        Some(day) => format!("{} as of {day}", one.name),
        None => one.name.clone(),
    };
    let mut names: Vec<String> = published.iter().take(NAMED).enumerate().map(named).collect();
    let rest = published.len() - names.len();
    if rest > 0 {
        names.push(format!("{rest} more"));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "no published ref".to_owned(),
    }
}

/// `history-status/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Status {
    pub history: History,
    /// Commits without parents: where history starts, or where a shallow clone was cut off.
    pub starts_at: Vec<String>,
    /// Git has a commit-graph that knows the paths each commit changed.
    pub changed_paths: bool,
    /// Bytes of the account that an earlier audit kept; 0 = none.
    pub cache: usize,
    /// Commands that would complete the history, or make reading it faster.
    pub commands: Vec<String>,
}

/// How complete the history is here.
pub fn status(ledger: &Ledger, origins: &[Commit], speed: Speed) -> Status {
    let gaps = ledger.gaps.iter().map(|gap| gap.command.clone());
    let graph = (!speed.changed_paths && ledger.commits > 0).then(|| GRAPH.to_owned());
    Status {
        history: history(Some(ledger), 0),
        starts_at: origins.iter().map(|commit| commit.id.clone()).collect(),
        changed_paths: speed.changed_paths,
        cache: speed.cache,
        commands: gaps.chain(graph).collect(),
    }
}

/// What lets Git skip the commits that touch no model.
const GRAPH: &str = "git commit-graph write --reachable --changed-paths";

/// The status for people.
pub fn page(status: &Status, ledger: &Ledger) -> Page {
    let mut page = Page::default();
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| rows.push(vec![Line::of(Tone::Dim, name), Line::plain(value)]);
    for published in &ledger.published {
        let tag = if published.tag { " (tag)" } else { "" };
        row("published", format!("{} {:.10}{tag}", published.name, published.commit));
    }
    let short: Vec<&str> = status.starts_at.iter().filter_map(|id| id.get(..10)).collect();
    row("starts at", short.join(", "));
    row("commits", ledger.commits.to_string());
    row("unreadable", format!("{} old versions", ledger.unread.len()));
    row("cache", if status.cache > 0 { "kept by an earlier audit".to_owned() } else { "none".to_owned() });
    row("commit-graph", if status.changed_paths { "with changed paths" } else { "without changed paths" }.to_owned());
    page.table(&["history", "here"], rows);
    told(&mut page, ledger);
    if !status.changed_paths && ledger.commits > 0 {
        page.text(Line::of(Tone::Dim, format!("faster in large repositories: {GRAPH}")));
    }
    page
}

/// Adds the last word: complete or not, and what to do.
pub fn told(page: &mut Page, ledger: &Ledger) {
    let walked = walked(ledger).unwrap_or_else(|| "no commit".to_owned());
    let line = match ledger.complete() {
        true => Line::of(Tone::Good, "complete").and(Tone::Plain, format!(": {walked}")),
        false => Line::of(Tone::Bad, "incomplete").and(Tone::Plain, format!(": {walked}, as far as they are here")),
    };
    page.text(line);
    let gap = |gap: &Gap| Line::plain(format!("{}: ", gap.why)).and(Tone::Strong, &gap.command);
    page.list(ledger.gaps.iter().chain(&ledger.notes).map(gap).collect());
}
