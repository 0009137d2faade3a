use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::refine::{said, stopped};
use super::verb::Exit;
use crate::ops::Candidate;
use crate::ops::ask::{Answer, answer};
use crate::ops::assess::Question;
use crate::report;

/// Answer a question about a model from its data; nothing is written
///
/// `redan ask payments "Which assets have the Usage property?"`, `redan ask "Who can reach A5?"` (docs/plain-words.md)
#[derive(Debug, Args)]
pub struct Ask {
    /// The model, also at a version: `payments@v3`; may be left out where there is one; then the question
    #[arg(value_names = ["MODEL", "QUESTION"], num_args = 1..=2, required = true)]
    said: Vec<String>,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Ask {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let (model, words) = said(&self.said);
        let (model, rev) = model.map_or((None, None), |model| match model.split_once('@') {
            Some((model, rev)) => (Some(model).filter(|model| !model.is_empty()), Some(rev)),
            None => (Some(model), None),
        });
        let desk = door.desk()?;
        let candidate = rev.map_or(Ok(Candidate::WorkingTree), |rev| desk.at(model, rev))?;
        let day = door.day(self.as_of.as_deref())?;
        match answer(&desk, &Question { model, candidate, day }, words)? {
            Answer::Stop(stop) => Err(stopped(stop)),
            Answer::Told(told) => {
                match self.format {
                    Plain::Human => door.page(&report::ask::page(&told))?,
                    Plain::Json => door.answer("ask/1", *told)?,
                }
                Ok(0)
            }
        }
    }
}
