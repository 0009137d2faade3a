use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::assess::{Question, assessed};
use crate::ops::{Candidate, Desk};
use crate::report;

/// Which model, which of its states, which day: for every command that asks what a model implies.
#[derive(Debug, Args)]
pub struct Asking {
    /// The model, also as it was: `payments`, `payments@v3`, `payments@REV`, `payments@2026-10-01` [default: the one
    /// around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL[@VERSION]")]
    pub model: Option<String>,
    /// Ask as of this day instead of today: later ratings and decisions do not count, expiries do
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    pub format: Plain,
}

impl Asking {
    pub fn question(&self, door: &Door, desk: &Desk) -> Result<Question<'_>, Failure> {
        let (model, candidate) = version(desk, self.model.as_deref())?;
        let day = door.day(self.as_of.as_deref())?;
        Ok(Question { model, candidate, day })
    }
}

/// `payments@v3` taken apart: the model, and the state of it that is meant.
pub fn version<'a>(desk: &Desk, asked: Option<&'a str>) -> Result<(Option<&'a str>, Candidate), Failure> {
    let Some((model, version)) = asked.and_then(|asked| asked.split_once('@')) else {
        return Ok((asked, Candidate::WorkingTree));
    };
    let model = Some(model).filter(|model| !model.is_empty());
    Ok((model, desk.at(model, version)?))
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
        let question = self.asking.question(door, &desk)?;
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
