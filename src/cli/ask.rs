use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::engine::{Asking, Chosen, Watched, ready};
use super::failure::Failure;
use super::refine::{for_stop, said, stopped};
use super::verb::Exit;
use crate::ops::ask::{Answer, answer};
use crate::ops::assess::Question;
use crate::ops::broad;
use crate::ops::{Candidate, Desk};
use crate::report;
use crate::suggest::{Language, Speaker};

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
    #[command(flatten)]
    asking: Asking,
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
        let question = Question { model, candidate, day };
        let told = match answer(&desk, &question, words)? {
            Answer::Told(told) => *told,
            Answer::Stop(stop) => match for_stop(door, &desk, &self.asking, &stop)? {
                Some(chosen) => self.further(door, (&desk, &chosen), &question, words)?,
                None => return Err(stopped(stop)),
            },
        };
        match self.format {
            Plain::Human => door.page(&report::ask::page(&told))?,
            Plain::Json => door.answer("ask/1", told)?,
        }
        Ok(0)
    }

    /// What no grammar reads goes to the language model, where there is one.
    fn further(
        &self,
        door: &mut Door,
        (desk, chosen): (&Desk, &Chosen),
        question: &Question<'_>,
        words: &str,
    ) -> Result<report::ask::Ask, Failure> {
        let exchange = ready(door, desk, &self.asking, (chosen, question.model, words))?;
        let watched = chosen.speaker(door, 1);
        let exchange = exchange.by(watched.as_ref().map(|watched| watched as &dyn Speaker));
        let told = broad::answer(desk, question, &Language { name: chosen.name.clone(), speaker: &exchange }, words);
        watched.iter().for_each(Watched::finish);
        chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
        exchange.done()?;
        Ok(told?)
    }
}
