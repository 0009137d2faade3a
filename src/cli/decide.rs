use clap::Args;

use super::clock;
use super::door::Door;
use super::edit::Writing;
use super::failure::Failure;
use super::lifecycle::entity;
use super::verb::Exit;
use crate::model::When;
use crate::ops::lifecycle::{self, About, GroupChoice, Ruling, Vouching};
use crate::ops::reading::split_entity;

/// Vouch for an assumption
///
/// `redan attest AS1 --statement "AOC of 2026 reviewed" --expires 2027-11-01 --evidence https://…`
#[derive(Debug, Args)]
pub struct Attest {
    /// The assumption: `AS1` or `payments/AS1`
    assumption: String,
    /// What exactly you vouch for
    #[arg(long, default_value = "", hide_default_value = true)]
    statement: String,
    /// The last day it counts
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// Where the proof is: a link, a document, a path
    #[arg(long, value_name = "WHERE")]
    evidence: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Attest {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let id = entity(&self.assumption, &mut self.writing)?;
        let expires = self.expires.as_deref().map(day).transpose()?;
        let vouching = Vouching { statement: &self.statement, expires, evidence: self.evidence.as_deref() };
        self.writing.perform(door, |stage, _| lifecycle::attest(stage, id, &vouching))
    }
}

/// Who answers for a decision about objectives.
#[derive(Debug, Args)]
struct Answering {
    /// Objectives: CO-A1-T1, 'A1-*', '*-T3'; patterns are written out
    #[arg(value_name = "OBJECTIVE", required = true)]
    objectives: Vec<String>,
    /// Who answers for it
    #[arg(long, value_name = "WHO")]
    owner: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// The last day it holds without a review
    #[arg(long, value_name = "DATE")]
    review_by: String,
    #[command(flatten)]
    writing: Writing,
}

impl Answering {
    fn ruling(&self) -> Result<Ruling<'_>, Failure> {
        Ok(Ruling { owner: &self.owner, reason: &self.reason, review_by: day(&self.review_by)? })
    }
}

/// Accept the risk of objectives until a review
#[derive(Debug, Args)]
pub struct Accept {
    #[command(flatten)]
    answering: Answering,
}

impl Accept {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let (it, ruling) = (&self.answering, self.answering.ruling()?);
        it.writing.perform(door, |stage, _| lifecycle::accept(stage, &it.objectives, &ruling))
    }
}

/// Decide that objectives do not apply, until a review
#[derive(Debug, Args)]
pub struct NotApplicable {
    #[command(flatten)]
    answering: Answering,
}

impl NotApplicable {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let (it, ruling) = (&self.answering, self.answering.ruling()?);
        it.writing.perform(door, |stage, _| lifecycle::not_applicable(stage, &it.objectives, &ruling))
    }
}

/// Confirm that what was decided about an entity or objectives still holds, as they read now
#[derive(Debug, Args)]
pub struct Confirm {
    #[command(flatten)]
    settling: Settling,
}

impl Confirm {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.settling.perform(door, lifecycle::confirm)
    }
}

/// Take back what was decided about an entity or objectives: attestations, acceptances, what does not apply
#[derive(Debug, Args)]
pub struct Withdraw {
    #[command(flatten)]
    settling: Settling,
}

impl Withdraw {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.settling.perform(door, lifecycle::withdraw)
    }
}

/// What is confirmed or withdrawn, and why.
#[derive(Debug, Args)]
struct Settling {
    /// Entities (A1, AS2) or objectives (CO-A1-T1, 'A1-*')
    #[arg(value_name = "ID|OBJECTIVE", required = true)]
    about: Vec<String>,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

type Settle = fn(&lifecycle::Stage<'_>, &About, &str) -> Result<lifecycle::Outcome, lifecycle::Refusal>;

impl Settling {
    fn perform(mut self, door: &mut Door, settle: Settle) -> Result<Exit, Failure> {
        let entities = self.about.iter().all(|text| split_entity(text).is_some());
        let about = if entities {
            let ids = self.about.iter().map(|text| entity(text, &mut self.writing));
            About::Entities(ids.collect::<Result<_, _>>()?)
        } else {
            About::Objectives(self.about)
        };
        self.writing.perform(door, |stage, _| settle(stage, &about, &self.reason))
    }
}

/// Withdraw one decision by the name of its file
#[derive(Debug, Args)]
pub struct Revoke {
    /// The decision, as `redan decisions` and the file name it: 2026-11-20-accept-3f9a
    decision: String,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl Revoke {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.writing.perform(door, |stage, _| lifecycle::revoke(stage, &self.decision, &self.reason))
    }
}

/// Make a control of an assumption: what somebody else was to uphold becomes ours to build
///
/// The control gets the assumption's words and covers the objectives it lists; the assumption is removed.
#[derive(Debug, Args)]
pub struct ConvertToControl {
    /// The assumption: `AS1` or `payments/AS1`
    assumption: String,
    /// The mitigation group: a number, next or depth
    #[arg(long, value_parser = choice)]
    group: GroupChoice,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl ConvertToControl {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let id = entity(&self.assumption, &mut self.writing)?;
        let ConvertToControl { group, reason, writing, .. } = self;
        writing.perform(door, |stage, _| lifecycle::convert_to_control(stage, id, group, &reason))
    }
}

fn choice(text: &str) -> Result<GroupChoice, String> {
    GroupChoice::parse(text).ok_or_else(|| "a group is a number from 1, next or depth".to_owned())
}

/// A plain day, as expiries and reviews are written.
fn day(text: &str) -> Result<When, Failure> {
    Ok(When::Day(clock::day(clock::parse(text)?)))
}
