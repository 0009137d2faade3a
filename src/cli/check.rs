use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::marks::marks;
use super::verb::Exit;
use crate::finding::{Finding, Severity, Target};
use crate::history::Commit;
use crate::ops::check::{Against, Checked, Judged, Question, check};
use crate::ops::{Candidate, Desk};
use crate::render::{Line, Look, Page, Tone, annotations, rdjson, sarif, snippet};
use crate::text::{one_line, plain};
use crate::{report, rules};

/// Check models: files, references, ratings, and every ID against what was published before
///
/// Compares the working tree with HEAD (and with the other parents of a merge under way); --staged compares
/// the index, --rev a commit with its parents, --base anything with a revision of your choice.
/// Exit 0: nothing at or above --fail-on. Exit 1: something.
#[derive(Debug, Args)]
pub struct Check {
    /// Models to check, by ID; all when none is named
    #[arg(value_name = "MODEL")]
    models: Vec<String>,
    /// Check what is staged instead of the working tree
    #[arg(long, conflicts_with = "rev")]
    staged: bool,
    /// Check the tree of this revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Check the merge of HEAD (or of --rev) with this revision, as a host without merge drivers makes it
    #[arg(long, value_name = "REV", conflicts_with_all = ["staged", "base"])]
    merge_with: Option<String>,
    /// Compare with this revision; what it has wrong already is shown but does not fail
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// How much of the history to compare with
    #[arg(long, value_enum, default_value_t = History::Auto)]
    history: History,
    /// The least severity that fails
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum History {
    /// The states the candidate descends from
    Auto,
    /// None: the files alone, also outside a Git repository
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    /// SARIF 2.1.0, for code scanning and other viewers of results
    Sarif,
    /// Annotations of a GitHub Actions run
    Github,
    /// What fits a comment: 60,000 characters at most
    Markdown,
    /// Reviewdog Diagnostic Format
    Rdjson,
}

impl Check {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = match self.history {
            History::Auto => door.desk()?,
            History::Off => door.desk().or_else(|_| Desk::without_git(&door.environment.directory))?,
        };
        let question = self.question(door)?;
        let checked = check(&desk, &question)?;
        let failing = checked.failing(self.fail_on.severity());
        match self.format {
            Format::Human => human(door, &checked, failing)?,
            Format::Json => {
                let text = report::answer("check/1", json(&checked, failing)).map_err(report_failure)?;
                door.print(&text)?;
            }
            Format::Sarif => door.print(&sarif(&marks(&checked), rules::page))?,
            Format::Markdown => door.print(&report::findings::document(&json(&checked, failing)))?,
            Format::Rdjson => door.print(&rdjson(&marks(&checked)))?,
            Format::Github => github(door, &checked, failing)?,
        }
        Ok(Exit::from(failing > 0))
    }

    fn question(&self, door: &Door) -> Result<Question, Failure> {
        let head = || self.rev.clone().unwrap_or_else(|| "HEAD".to_owned());
        let candidate = match (&self.rev, self.staged) {
            _ if self.merge_with.is_some() => {
                Candidate::Merge { head: head(), with: self.merge_with.clone().unwrap_or_default() }
            }
            (Some(rev), _) => Candidate::Revision(rev.clone()),
            (None, true) => Candidate::Index(index(door)),
            (None, false) => Candidate::WorkingTree,
        };
        let against = match (self.history, &self.base) {
            (History::Off, _) => Against::Nothing,
            (History::Auto, Some(base)) => Against::Revision(base.clone()),
            (History::Auto, None) => Against::Parents,
        };
        let today = match &self.as_of {
            Some(day) => clock::day(clock::parse(day)?),
            None => clock::day(door.environment.clock),
        };
        Ok(Question { models: self.models.clone(), candidate, against, today })
    }
}

impl FailOn {
    pub fn severity(self) -> Severity {
        match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        }
    }
}

/// The index Git names for a hook, relative to where the hook runs.
fn index(door: &Door) -> Option<PathBuf> {
    door.environment.index.as_ref().map(|index| door.environment.directory.join(index))
}

/// An answer that could not be put into JSON: never the person's fault.
pub fn report_failure(error: serde_json::Error) -> Failure {
    Failure::new(super::failure::Kind::Environment, format!("writing JSON: {error}"))
}

fn human(door: &mut Door, checked: &Checked, failing: usize) -> Result<(), Failure> {
    let look = door.look;
    for judged in &checked.findings {
        let text = drawn(checked, judged, look);
        door.print(&text)?;
    }
    let mut page = Page::default();
    page.text(verdict(checked, failing));
    door.page(&page)
}

fn drawn(checked: &Checked, judged: &Judged, look: Look) -> String {
    let stock = if judged.stock { "already in the base: " } else { "" };
    let Some(spot) = judged.spot.as_ref().filter(|_| judged.finding.severity > Severity::Info) else {
        return format!("{stock}{}", brief(judged));
    };
    let text = checked.workspace.sources.get(&spot.path).map(crate::store::Source::text).unwrap_or_default();
    let here = judged.related.iter().filter(|(other, _)| other.path == spot.path);
    let related: Vec<_> = here.map(|(other, label)| (other.span.clone(), label.clone())).collect();
    let elsewhere = judged.related.iter().filter(|(other, _)| other.path != spot.path);
    let elsewhere: String = elsewhere
        .map(|(other, label)| {
            format!("  {}:{}:{}: {}\n", one_line(&other.path), other.line, other.column, plain(label))
        })
        .collect();
    format!("{stock}{}{elsewhere}\n", snippet(&judged.finding, (&spot.path, &text), spot.span.clone(), &related, look))
}

/// A line or two: for what is only good to know, and for what has no place in a file.
fn brief(judged: &Judged) -> String {
    let Finding { severity, code, message, help, .. } = &judged.finding;
    match (&judged.spot, help) {
        (Some(spot), _) => {
            let place = format!("{}:{}:{}", one_line(&spot.path), spot.line, spot.column);
            format!("{severity}[{}]: {} ({place})\n", code.name, plain(message))
        }
        (None, Some(help)) => format!("{severity}[{}]: {}\n  help: {}\n\n", code.name, plain(message), plain(help)),
        (None, None) => format!("{severity}[{}]: {}\n\n", code.name, plain(message)),
    }
}

/// A finding of redan.toml, drawn on its own. Its fix is not named: without settings `redan fix` does not run.
pub fn draw(finding: &Finding, path: &str, text: &str) -> String {
    let finding = &Finding { fix: None, ..finding.clone() };
    let span = match &finding.place.target {
        Target::Bytes { span, .. } => span.clone(),
        Target::Model { .. } => 0..0,
    };
    let look = Look { colour: false, width: 100 };
    snippet(finding, (path, text), span, &[], look)
}

/// A commit under the name it was asked for by; an id is shortened.
fn called(commit: &Commit) -> String {
    let hex = commit.name.bytes().take_while(u8::is_ascii_hexdigit).count();
    match (hex == 40, commit.name.get(40..)) {
        (true, Some("")) => format!("{:.10}", commit.id),
        (true, Some(rest)) => format!("{:.10}{rest} {:.10}", commit.name, commit.id),
        _ => format!("{} {:.10}", commit.name, commit.id),
    }
}

/// How it ended, and what it was compared with.
pub fn verdict(checked: &Checked, failing: usize) -> Line {
    let counts = report::check::counts(checked.findings.iter().map(|judged| &judged.finding));
    let bases: Vec<String> = checked.bases.iter().map(called).collect();
    let compared = if bases.is_empty() {
        "not compared with any commit".to_owned()
    } else {
        format!("compared with {}", bases.join(", "))
    };
    let models = if checked.models == 1 { "1 model".to_owned() } else { format!("{} models", checked.models) };
    let (word, tone) = if failing > 0 { ("fail", Tone::Bad) } else { ("pass", Tone::Good) };
    Line::of(tone, word)
        .and(Tone::Plain, format!(": {} in {models}", report::check::tally(&counts)))
        .and(Tone::Dim, format!(" ({compared})"))
}

/// A finding's JSON form.
pub fn found(judged: &Judged) -> report::check::Found {
    let found = report::check::found(&judged.finding, judged.spot.as_ref(), &judged.related);
    report::check::Found { stock: judged.stock, fingerprint: judged.fingerprint.clone(), ..found }
}

/// `check/1` of an answer.
pub fn json(checked: &Checked, failing: usize) -> report::check::Check {
    report::check::Check {
        verdict: if failing > 0 { "fail" } else { "pass" },
        history: report::check::History {
            coverage: if checked.bases.is_empty() { "none" } else { "partial" },
            commits: checked.bases.len(),
            unreadable: Vec::new(),
        },
        bases: checked
            .bases
            .iter()
            .map(|base| report::check::Base { name: base.name.clone(), commit: base.id.clone() })
            .collect(),
        findings: checked.findings.iter().map(found).collect(),
        counts: report::check::counts(checked.findings.iter().map(|judged| &judged.finding)),
    }
}

fn github(door: &mut Door, checked: &Checked, failing: usize) -> Result<(), Failure> {
    let mut marks = marks(checked);
    marks.retain(|mark| !mark.stock);
    door.print(&annotations(&marks, "the answer of: redan check"))?;
    let mut page = Page::default();
    page.text(verdict(checked, failing));
    door.page(&page)
}
