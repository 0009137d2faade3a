//! The engine that asks a language model, step by step: what is at stake, who comes for it, where things stand, what is done. Every reply
//! is held to a schema and to what is known, what does not fit is told back, and what still does not fit is refused and listed.
//! A reply is data: nothing in it is run, followed or believed about IDs, paths and links.

mod batch;
mod clean;
mod controls;
mod estimate;
mod fence;
mod ground;
mod item;
mod prompts;
mod refined;
mod schema;
mod secret;
mod structure;
mod talk;

use crate::model::{Kind, Model};
use crate::remote::{Answer, Prompt, RemoteError};

use super::{Brief, Engine, EngineError, Proposal};
use ground::Ground;
use talk::Talk;

pub use estimate::{Estimate, estimate};
pub use secret::hide;

/// Somebody who answers prompts: a server, or a record of what it answered.
pub trait Speaker {
    fn say(&self, prompt: &Prompt) -> Result<Answer, RemoteError>;

    /// The prompt is settled by this answer: whoever asks it again may be given the same.
    fn settled(&self, _prompt: &Prompt, _answer: &Answer) {}
}

/// Proposes what a language model says.
pub struct Language<'s> {
    /// `openai/<model>`
    pub name: String,
    pub speaker: &'s dyn Speaker,
}

impl Engine for Language<'_> {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn generate(&self, brief: &Brief) -> Result<Proposal, EngineError> {
        let ground = Ground::new(brief, &self.name);
        if ground.is_empty() {
            return Err(EngineError::Nothing);
        }
        let mut notes = ground.notes();
        let talk = Talk::new(self.speaker, &ground);
        let mut model = Model { head: super::offline::head(brief, &self.name), ..Model::default() };
        let (name, assets) = talk.settle(&mut notes, &refined::first(&ground, Kind::Asset))?;
        let assets = talk.settle(&mut notes, &refined::second(&ground, &assets))?;
        put(&mut model, assets);
        let (_, attackers) = talk.settle(&mut notes, &refined::first(&ground, Kind::Attacker))?;
        let attackers = talk.settle(&mut notes, &refined::second(&ground, &attackers))?;
        put(&mut model, attackers);
        let placed = talk.settle(&mut notes, &structure::step(&ground, &model))?;
        model = placed;
        for batch in batch::batches(&model, &mut notes) {
            let covered = talk.settle(&mut notes, &controls::step(&ground, &model, &batch))?;
            model = covered;
        }
        model.head.name = brief.name.clone().unwrap_or(name);
        notes.extend(ground.cleaned());
        Ok(Proposal { model, notes })
    }
}

/// Numbers entities of one kind in their order.
fn put(model: &mut Model, entities: Vec<crate::model::Entity>) {
    for (at, mut entity) in entities.into_iter().enumerate() {
        entity.id = item::id(entity.id.kind, at);
        model.entities.insert(entity.id, entity);
    }
}
