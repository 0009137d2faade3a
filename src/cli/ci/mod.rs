//! `redan ci`: one run of a workflow, and everything that is made of its answer.

pub mod event;
mod follow;
mod outputs;
mod runner;
mod speak;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::check::{FailOn, Verdict as Ended, ended, line, report_failure};
use super::clock;
use super::door::Door;
use super::failure::{Failure, Kind};
use super::marks::marks;
use super::respond::Respond;
use super::verb::Exit;
use crate::ops::ci::{Event, Pull, Question, Ran, bring, ci};
use crate::ops::{Desk, Trouble};
use crate::render::{Page, annotations, notice, problem, sarif};
use crate::report::ci::Verdict;
use crate::store::disk;
use crate::{report, rules};

pub use runner::Runner;
use speak::Speaking;

/// Check what a workflow's event brought, and tell it everywhere at once
///
/// Made for GitHub Actions, whose variables say what happened: a pull request is merged in memory with the tip of its
/// base and checked against that tip, a push against what the branch was and the whole history, a merge queue against
/// its base; a schedule or a dispatch audits; a comment is answered as `redan respond` does. One run gives the verdict,
/// annotations, the comment on the pull request, the step's summary and outputs, and files for later steps. Exit 0:
/// nothing fails. 1: something. 4: the history it takes is not here.
#[derive(Debug, Args)]
pub struct Ci {
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    speaking: Speaking,
}

/// What decides the verdict.
#[derive(Debug, Args)]
struct Judging {
    /// The least severity that fails
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Whether commits that a shallow checkout lacks are fetched
    #[arg(long, value_enum, default_value_t = Fetch::Auto)]
    fetch: Fetch,
    /// What a repository without a threat model is
    #[arg(long, value_enum, default_value_t = NoModel::Notice)]
    no_model: NoModel,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Where the answer goes, besides the log.
#[derive(Debug, Args)]
struct Telling {
    /// The file for the findings as SARIF [default: redan.sarif in the runner's temporary folder]
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
    /// The file for the whole answer as JSON [default: redan.json in the runner's temporary folder]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fetch {
    /// What the event needs, with the job's token
    Auto,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NoModel {
    /// A remark, and success
    Notice,
    /// Exit 3
    Fail,
}

impl Ci {
    /// Whatever goes wrong is an annotation too: nobody reads a log to its end.
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let runner = door.environment.runner.clone();
        let failure = match self.answer(door, &runner) {
            Ok(exit) => return Ok(exit),
            Err(failure) => failure,
        };
        let verdict = if failure.kind == Kind::History { Verdict::Incomplete } else { Verdict::Fail };
        runner.tell(&[("verdict", verdict.word().to_owned())])?;
        door.print(&problem(failure.to_string().trim_start_matches("error: ")))?;
        Ok(failure.kind as Exit)
    }

    fn answer(&self, door: &mut Door, runner: &Runner) -> Result<Exit, Failure> {
        let (name, payload) = (named(runner)?, runner.described()?);
        let event = match name {
            "issue_comment" => return self.hear(door, runner),
            "workflow_run" => self.follow(door, &payload)?,
            name => Some(event::read(name, &payload).map_err(Failure::usage)?),
        };
        let Some(event) = event else {
            return nothing(door, runner, "the pull request has moved on or is closed: nothing is said about it");
        };
        let desk = Desk {
            default_branch: event::default_branch(&payload),
            stood: event::stood(&payload).into_iter().collect(),
            ..self.desk(door, runner, &event)?
        };
        let today = match &self.judging.as_of {
            Some(day) => clock::day(clock::parse(day)?),
            None => clock::day(door.environment.clock),
        };
        match ci(&desk, &Question { event: &event, today, least: self.judging.fail_on.severity() }) {
            Ok(Some(ran)) => self.spread(door, &desk, (&event, ran)),
            Ok(None) => nothing(door, runner, "this event brings nothing to check"),
            Err(Trouble::NoModel { .. }) if self.judging.no_model == NoModel::Notice => {
                nothing(door, runner, "there is no threat model here; start one with: redan init")
            }
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// Somebody commented: what was asked for is done, and answered.
    fn hear(&self, door: &mut Door, runner: &Runner) -> Result<Exit, Failure> {
        let exit = Respond::here(self.speaking.remote.clone()).run(door)?;
        runner.tell(&[("verdict", Verdict::Nothing.word().to_owned())])?;
        Ok(exit)
    }

    /// The pull request of the run that this one follows; `None` where it is no longer what it was.
    fn follow(&self, door: &Door, payload: &Value) -> Result<Option<Event>, Failure> {
        let report = self.speaking.follows.as_ref().ok_or_else(|| {
            Failure::usage("which report? a run that follows another reads what that one left: --follows FILE")
        })?;
        let report = disk::load(&door.environment.directory.join(report)).unwrap_or_default();
        let report = serde_json::from_slice(&report).unwrap_or_default();
        let claim = follow::claimed(&report, payload).map_err(Failure::usage)?;
        Ok(follow::confirmed(&self.speaking.remote.open(door)?, &claim)?)
    }

    /// The desk, with what the event rests on brought to it.
    fn desk(&self, door: &mut Door, runner: &Runner, event: &Event) -> Result<Desk, Failure> {
        let mut desk = door.desk()?;
        if self.judging.fetch == Fetch::Never {
            return Ok(desk);
        }
        if let (Some(repo), Some(bearer)) = (&mut desk.repo, runner.bearer()) {
            repo.ask_as(bearer);
        }
        let brought = bring(&desk, event)?;
        if let Some(trouble) = &brought.trouble {
            door.print(&notice(&format!("what this checkout lacks: {trouble}")))?;
        }
        if brought.any { door.desk() } else { Ok(desk) }
    }

    /// One answer, everywhere it is wanted.
    fn spread(&self, door: &mut Door, desk: &Desk, (event, ran): (&Event, Ran)) -> Result<Exit, Failure> {
        let runner = door.environment.runner.clone();
        let verdict = ended(&ran.checked, ran.failing, ran.plan.depth());
        let answer = answer(&runner, event, (&ran, verdict));
        let mut marks = marks(&ran.checked);
        let mut values = counts(&answer);
        values.extend(file(&runner, &self.telling.sarif, ("sarif-file", "redan.sarif"), &sarif(&marks, rules::page))?);
        marks.retain(|mark| !mark.stock);
        door.print(&annotations(&marks, "the summary"))?;
        answer.remarks.iter().try_for_each(|remark| door.print(&notice(remark)))?;
        let told = report::ci::Told { answer: &answer, compared: ran.compared.as_ref() };
        runner.summarise(&report::ci::summary(&told))?;
        let text = report::answer("ci/1", answer).map_err(report_failure)?;
        values.extend(file(&runner, &self.telling.report, ("report-json", "redan.json"), &text)?);
        let mut page = Page::default();
        page.text(line(&ran.checked, verdict));
        let said = self.speaking.say(door, desk, (event, ran))?;
        values.extend(said.read);
        runner.tell(&values)?;
        door.page(&page)?;
        // Where another run had the verdict, this one is there to speak.
        let verdict = if self.speaking.follows.is_some() { Ended::Pass } else { verdict };
        Ok(said.failed.filter(|_| verdict == Ended::Pass).unwrap_or(verdict as Exit))
    }
}

/// What the runner says has happened.
fn named(runner: &Runner) -> Result<&str, Failure> {
    let outside = || {
        Failure::usage("no event: GITHUB_EVENT_NAME is not set, so this is no workflow")
            .hint("on your own machine, ask: redan check")
    };
    runner.event.as_deref().ok_or_else(outside)
}

/// An event, or a repository, with nothing to check.
fn nothing(door: &mut Door, runner: &Runner, why: &str) -> Result<Exit, Failure> {
    runner.tell(&[("verdict", Verdict::Nothing.word().to_owned())])?;
    door.print(&notice(why))?;
    Ok(0)
}

fn answer(runner: &Runner, event: &Event, (ran, verdict): (&Ran, Ended)) -> report::ci::Ci {
    let pull = |pull: &Pull| report::ci::PullRequest {
        number: pull.number,
        head_sha: pull.head.clone(),
        head_repository: pull.repository.clone(),
        fork: pull.fork,
    };
    report::ci::Ci {
        event: runner.event.clone().unwrap_or_default(),
        pull_request: if let Event::Pull(found) = event { Some(pull(found)) } else { None },
        remarks: ran.plan.remark.iter().cloned().collect(),
        check: super::check::told(&ran.checked, verdict),
        ending: if ran.plan.expiries { ran.ending().map(super::check::found).collect() } else { Vec::new() },
        diff: ran.compared.as_ref().map(report::diff::diff),
    }
}

/// The outputs that are numbers and words; what the base has wrong already is not counted.
fn counts(answer: &report::ci::Ci) -> Vec<(&'static str, String)> {
    let news = |severity: &str| {
        answer.check.findings.iter().filter(|found| !found.stock && found.severity == severity).count().to_string()
    };
    let kinds = |kinds: &[&str]| {
        let changes = answer.diff.iter().flat_map(|diff| &diff.changes);
        changes.filter(|change| kinds.contains(&change.kind)).count().to_string()
    };
    vec![
        ("verdict", answer.check.verdict.to_owned()),
        ("errors", news("error")),
        ("warnings", news("warning")),
        ("added", kinds(&["added"])),
        ("removed", kinds(&["removed"])),
        ("changed", kinds(&["changed", "restored"])),
        ("history", answer.check.history.coverage.to_owned()),
    ]
}

/// Writes a file for later steps where it was asked for, else in the runner's temporary folder, else nowhere; and
/// gives the output that names it.
fn file(
    runner: &Runner,
    asked: &Option<PathBuf>,
    (output, name): (&'static str, &str),
    text: &str,
) -> Result<Option<(&'static str, String)>, Failure> {
    let beside = || Some(runner.temporary.as_ref()?.join(name));
    let Some(path) = asked.clone().or_else(beside) else { return Ok(None) };
    disk::replace(&path, text.as_bytes()).map_err(Trouble::from)?;
    Ok(Some((output, path.display().to_string())))
}
