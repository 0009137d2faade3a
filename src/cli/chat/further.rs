//! The language model in a conversation: chosen when it is needed for the first time, and asked only after somebody agreed.

use crate::cli::door::Door;
use crate::cli::engine::{Asking, Chosen, Watched};
use crate::cli::failure::Failure;
use crate::cli::refine::for_stop;
use crate::model::Model;
use crate::ops::exchange::Exchange;
use crate::ops::{Candidate, Desk, Trouble};
use crate::suggest::words::Stop;
use crate::suggest::{Language, Speaker, of_model};

/// Who is asked what no grammar reads.
#[derive(Default)]
pub struct Further {
    chosen: Option<Chosen>,
    exchange: Option<Exchange<'static>>,
    /// Somebody said that everything of this conversation may be sent.
    pub always: bool,
}

impl Further {
    /// Whether there is somebody who could go beyond the stop.
    pub fn could(&mut self, door: &Door, desk: &Desk, asking: &Asking, stop: &Stop) -> Result<bool, Failure> {
        if self.chosen.is_none() {
            self.chosen = for_stop(door, desk, asking, stop)?;
        }
        Ok(stop.beyond() && self.chosen.is_some())
    }

    /// Where these words go with the model, and what it will come to; nothing where records answer.
    pub fn told(&self, desk: &Desk, model: &str, words: &str) -> Result<Option<String>, Failure> {
        let read = desk.look(&Candidate::WorkingTree)?;
        let model: &Model = desk.model(&read.workspace, Some(model))?;
        let what = format!("the model {} ({} entities) and “{}”", model.id, model.entities.len(), words.trim());
        Ok(self.chosen.as_ref().and_then(|chosen| chosen.told(&what, &of_model(model))))
    }

    /// Asks; all turns of a conversation are one record.
    pub fn ask<T>(
        &mut self,
        door: &mut Door,
        question: impl FnOnce(&Language<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Failure> {
        let Some(chosen) = &self.chosen else { return Err(Failure::usage("there is nobody to ask")) };
        let exchange = match self.exchange.take() {
            Some(exchange) => exchange,
            None => Exchange::open(&chosen.name, None, &chosen.keeping)?,
        };
        let watched = chosen.speaker(door, 1);
        let exchange = exchange.by(watched.as_ref().map(|watched| watched as &dyn Speaker));
        let came = question(&Language { name: chosen.name.clone(), speaker: &exchange });
        watched.iter().for_each(Watched::finish);
        self.exchange = Some(exchange.alone());
        Ok(came?)
    }

    /// What `source` and the turns call it.
    pub fn name(&self) -> &str {
        self.chosen.as_ref().map_or("offline", |chosen| chosen.name.as_str())
    }

    /// Tells what the conversation came to.
    pub fn end(self, door: &mut Door) -> Result<(), Failure> {
        if let (Some(chosen), Some(exchange)) = (self.chosen, self.exchange) {
            chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
            exchange.done()?;
        }
        Ok(())
    }
}
