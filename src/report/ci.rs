//! What `ci` answers: `ci/1`, and the page of the step's summary.

use schemars::JsonSchema;
use serde::Serialize;

use super::check::{Check, Found};
use super::diff::{self, Diff};
use super::findings;
use crate::difference::Compared;
use crate::render::{Page, markdown_within};

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
    /// What of `check` will be past its day within 30 days, in scheduled audits.
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
    let Ci { check, remarks, .. } = told.answer;
    let mut page = findings::page(check, remarks);
    page.blocks.extend(change.blocks);
    page.text(findings::footer(check));
    page
}
