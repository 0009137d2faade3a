//! Posture over the versions of a model: `trend/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::assess::{Counts, TIERS, counts};
use super::log::{Vantage, seen, short, vantage};
use crate::assess::{Status, Tally, Tier};
use crate::history::{Commit, Signed};
use crate::model::ModelId;
use crate::render::{Line, Page, Tone};

/// `trend/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Trend {
    pub model: String,
    pub name: String,
    pub vantage: Vantage,
    /// The oldest first.
    pub versions: Vec<Stood>,
    /// Older versions that were not asked for.
    pub older: usize,
}

/// Where a version stood.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stood {
    /// `v7`, or `v8 (uncommitted)`.
    pub version: String,
    /// The last commit of the version; absent where only the working tree has it.
    pub commit: Option<String>,
    /// The day it was assessed on: that of the commit, or the day of the question for the newest.
    pub on: String,
    /// Objectives that are at risk or unassessed.
    pub open: usize,
    /// Open ones of tier critical or high.
    pub pressing: usize,
    pub counts: Counts,
}

/// One version, to be told.
pub struct Told<'a> {
    pub version: &'a str,
    pub commit: Option<&'a Signed>,
    pub on: String,
    pub tally: &'a Tally,
}

/// The versions of a model, the oldest first.
pub fn trend<'a>(
    (model, name): (&ModelId, &str),
    (tip, trunk): (Option<&Commit>, Option<&Commit>),
    told: impl Iterator<Item = Told<'a>>,
    older: usize,
) -> Trend {
    Trend {
        model: model.to_string(),
        name: name.to_owned(),
        vantage: vantage(tip, trunk),
        versions: told.map(stood).collect(),
        older,
    }
}

fn stood(told: Told<'_>) -> Stood {
    let open = |tier| told.tally.cell(tier, Status::AtRisk) + told.tally.cell(tier, Status::Unassessed);
    Stood {
        version: told.version.to_owned(),
        commit: told.commit.map(|signed| signed.commit.clone()),
        on: told.on,
        open: TIERS.into_iter().map(open).sum(),
        pressing: [Some(Tier::Critical), Some(Tier::High)].into_iter().map(open).sum(),
        counts: counts(told.tally),
    }
}

/// For people: a row per version, and what is open as a line.
pub fn page(trend: &Trend) -> Page {
    let mut page = Page::default();
    let title = format!("  {}  {}", trend.model, seen(&trend.vantage));
    page.heading(Line::of(Tone::Strong, &trend.name).and(Tone::Dim, title));
    page.table(
        &[
            "version",
            "on",
            "commit",
            "objectives",
            "mitigated",
            "accepted",
            "at risk",
            "unassessed",
            "critical and high open",
        ],
        trend.versions.iter().map(row).collect(),
    );
    if trend.older > 0 {
        page.text(Line::of(Tone::Dim, format!("  and {} older; --last shows more", trend.older)));
    }
    let line = |title: &str, of: fn(&Stood) -> usize| {
        let values: Vec<usize> = trend.versions.iter().map(of).collect();
        let (first, last) = (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
        let tone = if last > first { Tone::Bad } else { Tone::Good };
        vec![Line::plain(title), Line::of(tone, sparkline(&values)), Line::plain(format!("{first} → {last}"))]
    };
    page.table(&["", "", ""], vec![line("open", |one| one.open), line("critical and high", |one| one.pressing)]);
    page
}

fn row(stood: &Stood) -> Vec<Line> {
    let status = |status: Status| Line::plain(number(stood.counts.status.get(status.word()).copied().unwrap_or(0)));
    vec![
        Line::of(Tone::Id, &stood.version),
        Line::plain(&stood.on),
        Line::of(Tone::Dim, stood.commit.as_deref().map_or("", short)),
        Line::plain(number(stood.counts.total)),
        status(Status::Mitigated),
        status(Status::Accepted),
        status(Status::AtRisk),
        status(Status::Unassessed),
        Line::of(if stood.pressing > 0 { Tone::Bad } else { Tone::Good }, number(stood.pressing)),
    ]
}

fn number(count: usize) -> String {
    if count == 0 { "·".to_owned() } else { count.to_string() }
}

/// A bar per value, from nothing to the highest of them.
fn sparkline(values: &[usize]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    values.iter().map(|value| BARS[(value * (BARS.len() - 1)).div_ceil(most)]).collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn bars_grow_with_their_values() {
        assert_eq!(sparkline(&[0, 1, 7]), "▁▂█");
        assert_eq!(sparkline(&[0, 0]), "▁▁");
        assert_eq!(sparkline(&[3]), "█");
        assert_eq!(sparkline(&[100, 1, 0]), "█▂▁");
        assert_eq!(sparkline(&[]), "");
    }
}
