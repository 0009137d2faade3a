//! What `ci` answers: `ci/1`, and the page of the step's summary.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::check::{Check, Found};
use super::diff::{self, Diff};
use crate::difference::Compared;
use crate::render::{Line, Page, Tone, markdown_within};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    Fail,
    /// The history it takes is not here.
    Incomplete,
    /// There was nothing to check.
    Nothing,
}

impl Verdict {
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Incomplete => "incomplete",
            Verdict::Nothing => "none",
        }
    }
}

/// `ci/1`: what one run of a workflow found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ci {
    /// As the host calls it: `pull_request`, `push`, …
    pub event: String,
    /// Absent where the event is about none.
    pub pull_request: Option<PullRequest>,
    /// What a reader has to know about how the answer was reached.
    pub remarks: Vec<String>,
    pub check: Check,
    /// What will be past its day within a month; told by scheduled audits.
    pub ending: Vec<Found>,
    /// Absent in an audit.
    pub diff: Option<Diff>,
}

/// A pull request, for whoever writes its comment later.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PullRequest {
    pub number: u64,
    /// Full commit id.
    pub head_sha: String,
    /// `owner/name`; absent when that repository is gone.
    pub head_repository: Option<String>,
    pub fork: bool,
}

/// What a page is made of.
pub struct Told<'a> {
    pub answer: &'a Ci,
    pub compared: Option<&'a Compared>,
}

/// A summary of a step may be 1 MiB, in bytes; a character of UTF-16 is three of them at most.
const SUMMARY: usize = (1 << 20) / 3;

/// The summary of a step, as Markdown.
pub fn summary(told: &Told<'_>) -> String {
    match told.compared {
        Some(compared) => markdown_within(SUMMARY, diff::pages(compared, |change| page(told, change))),
        None => markdown_within(SUMMARY, [page(told, Page::default())]),
    }
}

/// Verdict, what fails, what else there is, what changed, and what all of it rests on.
fn page(told: &Told<'_>, change: Page) -> Page {
    let Ci { check, remarks, ending, .. } = told.answer;
    let mut page = Page::default();
    page.heading(headline(told));
    remarks.iter().for_each(|remark| page.text(Line::plain(remark)));
    let (stock, news): (Vec<&Found>, Vec<&Found>) = check.findings.iter().partition(|found| found.stock);
    page.list(news.into_iter().map(line).collect());
    fold(&mut page, stock.into_iter(), "already in the base");
    fold(&mut page, ending.iter(), "past their day within 30 days");
    page.blocks.extend(change.blocks);
    page.text(footer(check));
    page
}

fn headline(told: &Told<'_>) -> Line {
    let tone = match told.answer.check.verdict {
        "pass" | "none" => Tone::Good,
        _ => Tone::Bad,
    };
    // What the base has wrong already is no news.
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let news = told.answer.check.findings.iter().filter(|found| !found.stock);
    news.for_each(|found| *counts.entry(found.severity).or_default() += 1);
    let counts = super::check::tally(&counts);
    Line::plain("Threat model: ").and(tone, told.answer.check.verdict).and(Tone::Plain, format!(", {counts}"))
}

fn line(found: &Found) -> Line {
    let tone = match found.severity {
        "error" => Tone::Bad,
        "warning" => Tone::Warning,
        _ => Tone::Plain,
    };
    let line = Line::of(tone, found.severity).and(Tone::Plain, " ").and(Tone::Id, found.rule);
    let line = line.and(Tone::Plain, format!(" {}", found.message));
    let place = found.place.as_ref().map(|at| format!(" ({}:{})", at.path, at.line)).unwrap_or_default();
    let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let line = line.and(Tone::Dim, place).and(Tone::Plain, help);
    match found.fix.as_ref().filter(|fix| fix.safety == "safe") {
        Some(fix) => {
            line.and(Tone::Plain, "\n").and(Tone::Command, "redan fix").and(Tone::Plain, format!(": {}", fix.title))
        }
        None => line,
    }
}

fn fold<'f>(page: &mut Page, found: impl Iterator<Item = &'f Found>, what: &str) {
    let lines: Vec<Line> = found.map(line).collect();
    if !lines.is_empty() {
        let title = Line::plain(format!("{} {what}", lines.len()));
        let mut inner = Page::default();
        inner.list(lines);
        page.fold(title, inner);
    }
}

fn footer(check: &Check) -> Line {
    let bases: Vec<String> = check.bases.iter().map(|base| format!("{:.10}", base.commit)).collect();
    let bases = if bases.is_empty() { "no commit".to_owned() } else { bases.join(", ") };
    let version = env!("CARGO_PKG_VERSION");
    Line::of(Tone::Dim, format!("redan {version}, compared with {bases}; history {}", check.history.coverage))
}
