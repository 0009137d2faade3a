use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock;
use super::door::Door;
use super::drawn::drawn;
use super::failure::Failure;
use super::marks::marks;
use super::verb::Exit;
use crate::finding::Severity;
use crate::history::Commit;
use crate::ops::audit::Depth;
use crate::ops::check::{Against, Checked, Judged, Question, check};
use crate::ops::{Candidate, Desk};
use crate::render::{Line, Page, Tone, annotations, rdjson, sarif};
use crate::{report, rules};

/// Check models: files, references, ratings, and every ID against what was published before
///
/// Compares the working tree with HEAD (and with the other parents of a merge under way); --staged compares
/// the index, --rev a commit with its parents, --base anything with a revision of your choice. Where the whole
/// history is here, every ID is also held against everything it ever meant in a published commit.
/// Exit 0: nothing at or above --fail-on. Exit 1: something. Exit 4: nothing, but --history full had not all
/// of the history to look at.
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
    /// A published ref or pattern, instead of the settings' or the default branch; may be repeated
    #[arg(long, value_name = "REF")]
    published: Vec<String>,
    /// Bring what is missing of the history first; without this nothing is ever fetched
    #[arg(long)]
    fetch: bool,
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
    /// The states the candidate descends from, and every published commit where all of them are here
    Auto,
    /// Every published commit; where some are missing, the verdict is `incomplete`
    Full,
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
        let mut desk = match self.history {
            History::Auto | History::Full => door.desk()?,
            History::Off => door.desk().or_else(|_| Desk::without_git(&door.environment.directory))?,
        };
        desk.published.clone_from(&self.published);
        if self.fetch {
            desk = fetched(door, desk)?;
        }
        let question = self.question(door)?;
        let checked = check(&desk, &question)?;
        let failing = checked.failing(self.fail_on.severity());
        checked.remarks.iter().for_each(|remark| door.remark(remark));
        let verdict = ended(&checked, failing, question.depth);
        match self.format {
            Format::Human => human(door, &checked, verdict)?,
            Format::Json => {
                let text = report::answer("check/1", told(&checked, verdict)).map_err(report_failure)?;
                door.print(&text)?;
            }
            Format::Sarif => door.print(&sarif(&marks(&checked), rules::page))?,
            Format::Markdown => door.print(&report::findings::document(&told(&checked, verdict)))?,
            Format::Rdjson => door.print(&rdjson(&marks(&checked)))?,
            Format::Github => github(door, &checked, verdict)?,
        }
        desk.settled();
        // The program ends here; giving back everything that was read, piece by piece, would take a while.
        std::mem::forget((checked, desk));
        Ok(verdict as Exit)
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
            (_, Some(base)) => Against::Revision(base.clone()),
            (_, None) => Against::Parents,
        };
        let today = match &self.as_of {
            Some(day) => clock::day(clock::parse(day)?),
            None => clock::day(door.environment.clock),
        };
        let depth = match self.history {
            History::Off => Depth::Off,
            History::Auto => Depth::Auto,
            History::Full => Depth::Full,
        };
        Ok(Question { models: self.models.clone(), candidate, against, depth, today })
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

/// The same place with its history completed; what ran is told.
fn fetched(door: &mut Door, desk: Desk) -> Result<Desk, Failure> {
    let (desk, ran) = desk.completed()?;
    ran.iter().for_each(|command| door.remark(&format!("fetched: {command}")));
    Ok(desk)
}

/// The last word, with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass = 0,
    Fail = 1,
    Incomplete = 4,
}

/// What was found weighs more than what was missing.
pub fn ended(checked: &Checked, failing: usize, depth: Depth) -> Verdict {
    match failing {
        0 if depth == Depth::Full && !checked.complete() => Verdict::Incomplete,
        0 => Verdict::Pass,
        _ => Verdict::Fail,
    }
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Incomplete => "incomplete",
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

fn human(door: &mut Door, checked: &Checked, verdict: Verdict) -> Result<(), Failure> {
    let look = door.look;
    for judged in &checked.findings {
        let text = drawn(checked, judged, look);
        door.show(&text)?;
    }
    let mut page = Page::default();
    page.text(line(checked, verdict));
    door.page(&page)
}

/// How it ended, and what it was compared with. What the base has wrong already is not counted with the rest.
pub fn line(checked: &Checked, verdict: Verdict) -> Line {
    let (stock, news): (Vec<&Judged>, Vec<&Judged>) = checked.findings.iter().partition(|judged| judged.stock);
    let tally =
        |judged: &[&Judged]| report::check::tally(&report::check::counts(judged.iter().map(|judged| &judged.finding)));
    let counted = if news.is_empty() && !stock.is_empty() { "nothing new".to_owned() } else { tally(&news) };
    let known = if stock.is_empty() { String::new() } else { format!("; already in the base: {}", tally(&stock)) };
    let models = if checked.models == 1 { "1 model".to_owned() } else { format!("{} models", checked.models) };
    let tone = if verdict == Verdict::Pass { Tone::Good } else { Tone::Bad };
    Line::of(tone, verdict.word())
        .and(Tone::Plain, format!(": {counted} in {models}{known}"))
        .and(Tone::Dim, format!(" ({})", compared(checked)))
}

fn compared(checked: &Checked) -> String {
    let bases: Vec<String> = checked.bases.iter().map(called).collect();
    let bases = bases.join(", ");
    let walked = checked.ledger.as_ref().filter(|ledger| ledger.complete()).and_then(report::vantage::walked);
    match (bases.as_str(), walked) {
        ("", None) => "not compared with any commit".to_owned(),
        ("", Some(walked)) => format!("compared with {walked}"),
        (bases, Some(walked)) => format!("compared with {bases} and {walked}"),
        (bases, None) => format!("compared with {bases}"),
    }
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

/// A finding's JSON form.
pub fn found(judged: &Judged) -> report::check::Found {
    let found = report::check::found(&judged.finding, judged.spot.as_ref(), &judged.related);
    report::check::Found { stock: judged.stock, fingerprint: judged.fingerprint.clone(), ..found }
}

/// `check/1` of an answer.
pub fn told(checked: &Checked, verdict: Verdict) -> report::check::Check {
    report::check::Check {
        verdict: verdict.word(),
        history: report::vantage::history(checked.ledger.as_ref(), checked.bases.len()),
        bases: checked
            .bases
            .iter()
            .map(|base| report::check::Base { name: base.name.clone(), commit: base.id.clone() })
            .collect(),
        findings: checked.findings.iter().map(found).collect(),
        counts: report::check::counts(checked.findings.iter().map(|judged| &judged.finding)),
    }
}

fn github(door: &mut Door, checked: &Checked, verdict: Verdict) -> Result<(), Failure> {
    let mut marks = marks(checked);
    marks.retain(|mark| !mark.stock);
    door.print(&annotations(&marks, "the answer of: redan check"))?;
    let mut page = Page::default();
    page.text(line(checked, verdict));
    door.page(&page)
}
