//! What every command that writes has in common.

pub mod add;
#[expect(clippy::module_inception, reason = "one file a command, and this one is `edit`")]
pub mod edit;
mod judge;

use clap::{Args, ValueEnum};

use super::door::Door;
use super::failure::{Failure, Kind};
use super::verb::Exit;
use crate::change::Change;
use crate::finding::{Finding, Severity};
use crate::identity::structural;
use crate::ops::lifecycle::{Note, Now, Outcome, Refusal, Stage};
use crate::ops::perform::{Answer, Order, Performed, perform};
use crate::ops::reading::Read;
use crate::ops::refine::keeps;
use crate::ops::{Desk, Trouble};
use crate::report;
use crate::store::Workspace;

/// Formats of commands whose answer is one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Plain {
    Human,
    Json,
}

/// How to write, for every command that does.
#[derive(Debug, Clone, Args)]
pub struct Writing {
    /// The model, where it is not clear: by default the one around this folder, the only one, or the only one changed
    #[arg(short, long, value_name = "MODEL")]
    pub model: Option<String>,
    /// Show the structured change, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Who acts: an e-mail address or @handle [default: Git's author]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// When it happens [default: GIT_AUTHOR_DATE, else now]
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

/// What plans an act.
pub type Planning = Box<dyn FnOnce(&Stage<'_>, &Read) -> Result<Outcome, Refusal>>;

/// An act that was asked for, on its own or as a line of a changeset.
pub struct Act {
    pub writing: Writing,
    pub plan: Planning,
}

impl Act {
    pub fn perform(self, door: &mut Door) -> Result<Exit, Failure> {
        self.writing.perform(door, self.plan)
    }
}

impl Writing {
    pub fn act(self, plan: impl FnOnce(&Stage<'_>, &Read) -> Result<Outcome, Refusal> + 'static) -> Act {
        Act { writing: self, plan: Box::new(plan) }
    }

    /// The format of the answer.
    pub fn format(&self) -> Plain {
        self.format
    }

    /// Whether everything but the model is left as it is without a word.
    pub fn unsaid(&self) -> bool {
        !self.dry_run && self.by.is_none() && self.at.is_none() && self.format == Plain::Human
    }

    pub fn dry_run(&self) -> bool {
        self.dry_run
    }

    /// Who acts, and when.
    pub fn now(&self, door: &Door, desk: &Desk) -> Result<Now, Failure> {
        door.now(desk, self.by.as_deref(), self.at.as_deref())
    }

    pub fn order<'a>(&'a self, now: &'a Now) -> Order<'a> {
        Order { model: self.model.as_deref(), dry_run: self.dry_run, now }
    }

    /// Performs an act and answers with what it changed.
    pub fn perform(
        &self,
        door: &mut Door,
        act: impl FnOnce(&Stage<'_>, &Read) -> Result<Outcome, Refusal>,
    ) -> Result<Exit, Failure> {
        self.ordered(door, |desk, order| perform(desk, order, act))
    }

    /// The same for an act that is more than one plan.
    pub fn ordered(
        &self,
        door: &mut Door,
        act: impl FnOnce(&Desk, &Order<'_>) -> Result<Answer, Trouble>,
    ) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let now = self.now(door, &desk)?;
        match act(&desk, &self.order(&now))? {
            Answer::Done(performed) => done(door, &performed, self.format),
            Answer::Refused(refusal) => Err(refused(refusal)),
            Answer::Breaks(findings) => Err(breaks(&findings)),
        }
    }
}

/// Answers with what was changed.
pub fn done(door: &mut Door, performed: &Performed, format: Plain) -> Result<Exit, Failure> {
    let act = act(performed);
    match format {
        Plain::Human => door.page(&report::act::page(&act))?,
        Plain::Json => door.print(&report::answer("act/1", act).map_err(super::check::report_failure)?)?,
    }
    Ok(0)
}

/// What an act did, for people and programs. The turn that was kept beside it is among the files only.
pub fn act(performed: &Performed) -> report::act::Act {
    let Performed { before, outcome, writes, dry_run } = performed;
    let acts = outcome.changes.iter().any(|change| !keeps(change));
    let shown: Vec<Change> = outcome.changes.iter().filter(|change| !acts || !keeps(change)).cloned().collect();
    report::act::Act {
        model: before.id.to_string(),
        from: structural(before).short(),
        to: structural(&outcome.model).short(),
        dry_run: *dry_run,
        changes: report::act::changed(before, &shown),
        notes: outcome.notes.iter().map(ToString::to_string).collect(),
        urgent: outcome.notes.iter().take_while(|note| matches!(note, Note::Reopened { .. })).count(),
        files: writes.iter().map(|write| write.path.clone()).collect(),
    }
}

/// A refusal in the words of the rule that refused, with what to do instead.
pub fn refused(refusal: Refusal) -> Failure {
    let kind = if refusal.why.usage() { Kind::Usage } else { Kind::Refused };
    Failure { hints: refusal.hints, ..Failure::new(kind, refusal.message) }
}

/// Nothing was written, since rules that hold would not any more.
pub fn breaks(findings: &[Finding]) -> Failure {
    let mut failure = Failure::new(Kind::Refused, "the result would break rules that hold now; nothing was written");
    for finding in findings {
        failure = failure.hint(format!("{}: {}", finding.code.name, finding.message));
        failure.hints.extend(finding.help.clone());
    }
    failure
}

/// Says on stderr that some of what was asked about could not be read.
pub fn warn_unread(door: &mut Door, workspace: &Workspace) {
    let unread = workspace.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if unread > 0 {
        door.remark(&format!("warning: {unread} place(s) could not be read; see redan check"));
    }
}

/// Says on stderr that a fresh number may be one that was used before.
pub fn warn_short(door: &mut Door) -> Result<(), Failure> {
    if door.desk()?.repo.is_some_and(|repo| repo.is_shallow()) {
        door.remark(
            "warning: this clone is shallow: a number that was used before may be given again; bring the history: git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*' --tags",
        );
    }
    Ok(())
}
