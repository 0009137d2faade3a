//! What `check` found: `check/1`, lines, snippets, annotations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::vantage::History;
use crate::finding::{Evidence, Finding, Fix, Safety, Severity};
use crate::store::Spot;

/// `check/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Check {
    /// `pass`, `fail` or `incomplete`.
    pub verdict: &'static str,
    pub history: History,
    /// The states it was compared with.
    pub bases: Vec<Base>,
    pub findings: Vec<Found>,
    /// Findings by severity.
    pub counts: BTreeMap<&'static str, usize>,
}

/// `coherence/1`: what does not fit together, with the ways to resolve it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Coherence {
    pub findings: Vec<Found>,
    pub counts: BTreeMap<&'static str, usize>,
}

/// A commit the candidate was compared with.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Base {
    pub name: String,
    pub commit: String,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    pub rule: &'static str,
    pub severity: &'static str,
    pub model: Option<String>,
    /// `model/ID`.
    pub entity: Option<String>,
    pub message: String,
    pub help: Option<String>,
    /// Where it is; absent when the place is not in any file of the candidate.
    pub place: Option<At>,
    pub related: Vec<Related>,
    pub evidence: Vec<Seen>,
    pub fix: Option<Repair>,
    /// The base has it too, so it does not fail.
    pub stock: bool,
    pub fingerprint: String,
}

/// A place in a file; lines and columns count from 1, columns in characters.
#[derive(Debug, Serialize, JsonSchema)]
pub struct At {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// Another place, with a few words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Related {
    pub label: String,
    pub place: At,
}

/// Where in history it was seen.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Seen {
    pub commit: String,
    pub path: String,
    /// From 1; 0 = the whole file.
    pub line: u32,
}

/// A way to make it go away.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Repair {
    pub title: String,
    /// `safe` (applied by `redan fix`) or `unsafe` (only when asked for).
    pub safety: &'static str,
    /// What can be chosen; one is the plain case.
    pub options: Vec<Pick>,
    /// What only a person can supply, such as a reason.
    pub needs: Option<String>,
}

/// One way a fix can be done, as lines of what it changes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pick {
    pub label: String,
    pub changes: Vec<String>,
}

/// A finding's JSON form.
pub fn found(finding: &Finding, spot: Option<&Spot>, related: &[(Spot, String)]) -> Found {
    Found {
        rule: finding.code.name,
        severity: finding.severity.word(),
        model: finding.model().map(ToString::to_string),
        entity: finding.entity(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        place: spot.map(at),
        related: related.iter().map(|(spot, label)| Related { label: label.clone(), place: at(spot) }).collect(),
        evidence: finding.evidence.iter().map(seen).collect(),
        fix: finding.fix.as_ref().map(repair),
        stock: false,
        fingerprint: String::new(),
    }
}

fn at(spot: &Spot) -> At {
    At {
        path: spot.path.clone(),
        line: spot.line,
        column: spot.column,
        end_line: spot.end_line,
        end_column: spot.end_column,
    }
}

fn seen(evidence: &Evidence) -> Seen {
    Seen { commit: evidence.commit.clone(), path: evidence.path.clone(), line: evidence.line }
}

/// A fix's JSON form.
pub fn repair(fix: &Fix) -> Repair {
    let pick = |choice: &crate::finding::Choice| Pick {
        label: choice.label.clone(),
        changes: super::act::lines(&choice.changes)
            .into_iter()
            .chain(choice.patches.iter().map(|patch| format!("{}: {}", patch.path, patch.text.trim())))
            .collect(),
    };
    Repair {
        title: fix.title.clone(),
        safety: match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        },
        options: fix.options.iter().map(pick).collect(),
        needs: fix.needs.clone(),
    }
}

/// How many of each severity, every severity named.
pub fn counts<'f>(findings: impl Iterator<Item = &'f Finding>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::from([("error", 0), ("warning", 0), ("info", 0)]);
    for finding in findings {
        *counts.entry(finding.severity.word()).or_default() += 1;
    }
    counts
}

/// `3 errors, 1 warning`; what is zero is left out, and nothing at all is `no findings`.
pub fn tally(counts: &BTreeMap<&'static str, usize>) -> String {
    let named = [Severity::Error, Severity::Warning, Severity::Info].map(Severity::word);
    let part = |word: &str| match counts.get(word) {
        None | Some(0) => None,
        Some(1) => Some(format!("1 {word}")),
        Some(many) => Some(format!("{many} {word}s")),
    };
    let parts: Vec<String> = named.into_iter().filter_map(part).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}
