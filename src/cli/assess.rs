use clap::Args;

use super::clock;
use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::Candidate;
use crate::ops::assess::{Day, Question, assessed};
use crate::report;

/// Which model, which of its states, which day: for every command that asks what a model implies.
#[derive(Debug, Args)]
pub struct Asking {
    /// The model, also at a commit: `payments`, `payments@REV` [default: the one around this folder, or the only one]
    #[arg(value_name = "MODEL[@REV]")]
    pub model: Option<String>,
    /// Ask as of this day instead of today: later ratings and decisions do not count, expiries do
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    pub format: Plain,
}

impl Asking {
    pub fn question(&self, door: &Door) -> Result<Question<'_>, Failure> {
        let (model, rev) = match self.model.as_deref().map(|model| model.split_once('@').unwrap_or((model, ""))) {
            None => (None, ""),
            Some((model, rev)) => (Some(model).filter(|model| !model.is_empty()), rev),
        };
        let candidate = if rev.is_empty() { Candidate::WorkingTree } else { Candidate::Revision(rev.to_owned()) };
        let day = match &self.as_of {
            Some(day) => Day::AsOf(clock::day(clock::parse(day)?)),
            None => Day::Today(clock::day(door.environment.clock)),
        };
        Ok(Question { model, candidate, day })
    }
}

/// Say where every control objective stands: mitigated, at risk, unreachable, accepted …, and why
///
/// `redan assess`, `redan assess payments@HEAD~3`, `redan assess --as-of 2027-01-01`
#[derive(Debug, Args)]
pub struct Assess {
    #[command(flatten)]
    asking: Asking,
    /// List every objective, not only what is open
    #[arg(long)]
    all: bool,
}

impl Assess {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let question = self.asking.question(door)?;
        let day = question.day.date().to_string();
        let (body, page) = assessed(&desk, &question, |assessment, _, _| match self.asking.format {
            Plain::Human => (None, Some(report::assess::page(assessment, &day, self.all))),
            Plain::Json => (Some(report::assess::assess(assessment, &day)), None),
        })?;
        page.iter().try_for_each(|page| door.page(page))?;
        body.map_or(Ok(()), |body| door.answer("assess/1", body))?;
        Ok(0)
    }
}
