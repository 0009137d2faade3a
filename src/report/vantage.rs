//! What an answer about the past rests on: which refs, how many commits, and what is missing.

use schemars::JsonSchema;
use serde::Serialize;

use crate::identity::{Gap, Ledger, Published, Sighting};

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
    Ref { name: published.name.clone(), commit: published.commit.clone(), tag: published.tag }
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

/// `main`, `main and release/1`, `main, release/1, v1 and 4 more`.
pub fn refs(published: &[Published]) -> String {
    let mut names: Vec<String> = published.iter().take(NAMED).map(|one| one.name.clone()).collect();
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
