use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::finding::{Evidence, Finding, Severity, Target};
use crate::ops::audit::Depth;
use crate::ops::check::{Against, Checked, Judged, Question, check};
use crate::ops::{Candidate, Desk};
use crate::render::{Line, Look, Page, Tone, annotation, snippet};
use crate::report;
use crate::text::{one_line, plain};

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
enum FailOn {
    Error,
    Warning,
    Info,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    /// Annotations of a GitHub Actions run
    Github,
}

impl Check {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let mut desk = match self.history {
            History::Auto | History::Full => door.desk()?,
            History::Off => {
                Desk::open(&door.environment.directory).or_else(|_| Desk::without_git(&door.environment.directory))?
            }
        };
        desk.published.clone_from(&self.published);
        let question = self.question(door)?;
        let checked = check(&desk, &question)?;
        let failing = checked.failing(self.least());
        let verdict = verdict(&checked, failing, question.depth);
        match self.format {
            Format::Human => human(door, &checked, verdict)?,
            Format::Json => {
                let text = report::answer("check/1", json(&checked, verdict)).map_err(report_failure)?;
                door.print(&text)?;
            }
            Format::Github => github(door, &checked, verdict)?,
        }
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

    fn least(&self) -> Severity {
        match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        }
    }
}

/// The last word, with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Pass = 0,
    Fail = 1,
    Incomplete = 4,
}

/// What was found weighs more than what was missing.
fn verdict(checked: &Checked, failing: usize, depth: Depth) -> Verdict {
    match failing {
        0 if depth == Depth::Full && !checked.complete() => Verdict::Incomplete,
        0 => Verdict::Pass,
        _ => Verdict::Fail,
    }
}

impl Verdict {
    fn word(self) -> &'static str {
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
        door.print(&text)?;
    }
    let mut page = Page::default();
    page.text(line(checked, verdict));
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
    let seen = seen(&judged.finding);
    format!(
        "{stock}{}{elsewhere}{seen}\n",
        snippet(&judged.finding, (&spot.path, &text), spot.span.clone(), &related, look)
    )
}

/// A line or two: for what is only good to know, and for what has no place in a file.
fn brief(judged: &Judged) -> String {
    let Finding { severity, code, message, help, .. } = &judged.finding;
    match (&judged.spot, help) {
        (Some(spot), _) => {
            let place = format!("{}:{}:{}", one_line(&spot.path), spot.line, spot.column);
            format!("{severity}[{}]: {} ({place})\n", code.name, plain(message))
        }
        (None, Some(help)) => {
            let seen = seen(&judged.finding);
            format!("{severity}[{}]: {}\n  help: {}\n{seen}\n", code.name, plain(message), plain(help))
        }
        (None, None) => format!("{severity}[{}]: {}\n{}\n", code.name, plain(message), seen(&judged.finding)),
    }
}

/// How many places in history are named before the rest is counted.
const SIGHTINGS: usize = 4;

/// Where in history it was seen, as `git show` takes it; whole files only where nothing else is known.
fn seen(finding: &Finding) -> String {
    let exact: Vec<&Evidence> = finding.evidence.iter().filter(|seen| seen.line > 0).collect();
    let all = if finding.model().is_none() { finding.evidence.iter().collect() } else { exact };
    let place = |seen: &&Evidence| {
        let line = if seen.line > 0 { format!(", line {}", seen.line) } else { String::new() };
        format!("  in history: {:.10}:{}{line}\n", seen.commit, one_line(&seen.path))
    };
    let rest = if all.len() > SIGHTINGS { format!("  and {} more\n", all.len() - SIGHTINGS) } else { String::new() };
    all.iter().take(SIGHTINGS).map(place).collect::<String>() + &rest
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

fn line(checked: &Checked, verdict: Verdict) -> Line {
    let counts = report::check::counts(checked.findings.iter().map(|judged| &judged.finding));
    let models = if checked.models == 1 { "1 model".to_owned() } else { format!("{} models", checked.models) };
    let tone = if verdict == Verdict::Pass { Tone::Good } else { Tone::Bad };
    Line::of(tone, verdict.word())
        .and(Tone::Plain, format!(": {} in {models}", report::check::tally(&counts)))
        .and(Tone::Dim, format!(" ({})", compared(checked)))
}

fn compared(checked: &Checked) -> String {
    let bases: Vec<String> = checked.bases.iter().map(|base| format!("{} {:.10}", base.name, base.id)).collect();
    let bases = bases.join(", ");
    let walked = checked.ledger.as_ref().filter(|ledger| ledger.complete()).and_then(report::vantage::walked);
    match (bases.as_str(), walked) {
        ("", None) => "not compared with any commit".to_owned(),
        ("", Some(walked)) => format!("compared with {walked}"),
        (bases, Some(walked)) => format!("compared with {bases} and {walked}"),
        (bases, None) => format!("compared with {bases}"),
    }
}

fn json(checked: &Checked, verdict: Verdict) -> report::check::Check {
    let found = |judged: &Judged| {
        let found = report::check::found(&judged.finding, judged.spot.as_ref(), &judged.related);
        report::check::Found { stock: judged.stock, fingerprint: judged.fingerprint.clone(), ..found }
    };
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

/// Annotations that GitHub still shows: 10 of each kind a step.
const SHOWN: usize = 9;

fn github(door: &mut Door, checked: &Checked, verdict: Verdict) -> Result<(), Failure> {
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let mut of_kind = checked.findings.iter().filter(|judged| judged.finding.severity == severity && !judged.stock);
        for judged in of_kind.by_ref().take(SHOWN) {
            let spot = judged.spot.as_ref();
            let place =
                spot.map_or(("", 1, 1, 1, 1), |s| (s.path.as_str(), s.line, s.column, s.end_line, s.end_column));
            let help = judged.finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
            let message = format!("{}{help}", judged.finding.message);
            door.print(&(annotation(severity, judged.finding.code.name, place, &message) + "\n"))?;
        }
        let rest = of_kind.count();
        if rest > 0 {
            door.print(&(annotation(severity, "redan", ("", 1, 1, 1, 1), &format!("{rest} more in the log")) + "\n"))?;
        }
    }
    let mut page = Page::default();
    page.text(line(checked, verdict));
    door.page(&page)
}
