use clap::{Args, ValueEnum};

use super::door::Door;
use super::edit::{Act, Writing};
use super::failure::Failure;
use super::lifecycle::entity;
use super::verb::Exit;
use crate::model::{Group as Number, Id, Kind, Objective, Status as State};
use crate::ops::lifecycle::{self, GroupChoice};

/// Put controls of one objective into mitigation groups: within a group all are needed, any complete group mitigates
///
/// `redan group CO-A1-T1 C1=1 C2=1 C3=2 C4=depth --reason "two ways to stop it"`
#[derive(Debug, Args)]
pub struct Group {
    /// `CO-A1-T1`
    #[arg(value_parser = objective)]
    objective: Objective,
    /// A control and its group: C1=1, C4=depth
    #[arg(value_name = "CONTROL=GROUP", required = true, value_parser = member)]
    groups: Vec<(Id, Number)>,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl Group {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act().perform(door)
    }

    pub fn act(self) -> Act {
        let Group { objective, groups, reason, writing } = self;
        writing.act(move |stage, _| lifecycle::group(stage, objective, &groups, &reason))
    }
}

/// Let a control cover more objectives, or an asset be covered like another
///
/// `redan cover C4 'A1-*' '*-T3' --group 1`; `redan cover A13 --like A1`
#[derive(Debug, Args)]
pub struct Cover {
    /// A control, or with --like an asset
    what: String,
    /// Objectives: A1-T1, 'A1-*', '*-T3'; patterns are written out
    #[arg(value_name = "OBJECTIVE", required_unless_present = "like")]
    objectives: Vec<String>,
    /// The mitigation group: a number, next or depth
    #[arg(long, value_parser = choice, required_unless_present = "like")]
    group: Option<GroupChoice>,
    /// Cover the asset as this one is covered
    #[arg(long, value_name = "ASSET", conflicts_with_all = ["objectives", "group"], value_parser = asset)]
    like: Option<Id>,
    #[command(flatten)]
    writing: Writing,
}

impl Cover {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act()?.perform(door)
    }

    pub fn act(mut self) -> Result<Act, Failure> {
        let id = entity(&self.what, &mut self.writing)?;
        let Cover { objectives, group, like, writing, .. } = self;
        Ok(writing.act(move |stage, _| match (like, group) {
            (Some(like), _) => lifecycle::cover_like(stage, id, like),
            (None, group) => lifecycle::cover(stage, id, &objectives, group.unwrap_or(GroupChoice::Next)),
        }))
    }
}

/// Replace everything a control covers
///
/// What stays keeps its group; --group puts all of it into one.
#[derive(Debug, Args)]
pub struct Remap {
    /// The control: `C1` or `payments/C1`
    control: String,
    /// Objectives: A1-T1, 'A1-*', '*-T3'; patterns are written out
    #[arg(value_name = "OBJECTIVE", required = true)]
    objectives: Vec<String>,
    /// The mitigation group: a number, next or depth
    #[arg(long, value_parser = choice)]
    group: Option<GroupChoice>,
    /// Why, where an objective would be left without any control
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Remap {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act()?.perform(door)
    }

    pub fn act(mut self) -> Result<Act, Failure> {
        let id = entity(&self.control, &mut self.writing)?;
        let Remap { objectives, group, reason, writing, .. } = self;
        Ok(writing.act(move |stage, _| lifecycle::remap(stage, id, &objectives, group, reason.as_deref())))
    }
}

/// Say how far a control is
#[derive(Debug, Args)]
pub struct Status {
    /// The control: `C1` or `payments/C1`
    control: String,
    #[arg(value_enum)]
    status: Progress,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Progress {
    NotImplemented,
    Implemented,
}

impl Status {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act()?.perform(door)
    }

    pub fn act(mut self) -> Result<Act, Failure> {
        let id = entity(&self.control, &mut self.writing)?;
        let status = match self.status {
            Progress::NotImplemented => State::NotImplemented,
            Progress::Implemented => State::Implemented,
        };
        Ok(self.writing.act(move |stage, _| lifecycle::status(stage, id, status)))
    }
}

fn objective(text: &str) -> Result<Objective, String> {
    Objective::parse(text).ok_or_else(|| "objectives are written CO-A1-T1".to_owned())
}

fn member(text: &str) -> Result<(Id, Number), String> {
    let read =
        |(id, group): (&str, &str)| Some((Id::parse(id).filter(|id| id.kind == Kind::Control)?, Number::parse(group)?));
    text.split_once('=').and_then(read).ok_or_else(|| "write CONTROL=GROUP: C1=1, C4=depth".to_owned())
}

fn choice(text: &str) -> Result<GroupChoice, String> {
    GroupChoice::parse(text).ok_or_else(|| "a group is a number from 1, next or depth".to_owned())
}

fn asset(text: &str) -> Result<Id, String> {
    Id::parse(text).filter(|id| id.kind == Kind::Asset).ok_or_else(|| "write the ID of an asset: A1".to_owned())
}
