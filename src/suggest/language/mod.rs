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
mod judged;
mod plan;
mod prompts;
mod refined;
mod rerank;
mod schema;
mod secret;
mod structure;
mod talk;
mod told;

use crate::model::{Body, Control, Covers, Entity, Kind, Model};
use crate::remote::{Answer, Prompt, RemoteError};

use super::{Brief, Controls, Engine, EngineError, Proposal, Proposed, Text};
use ground::Ground;
use talk::Talk;

pub use estimate::{Estimate, estimate, of_model};
pub use judged::{Doubt, Opinion};
pub use plan::{Planned, Wish};
pub use rerank::{Pick, Picks, Shortlist, of_lists};
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
        for batch in batch::batches(&model, &mut notes, |_| true) {
            let covered = talk.settle(&mut notes, &controls::step(&ground, &model, &batch))?;
            model = covered;
        }
        let controls: Vec<Entity> = model.of_kind(Kind::Control).cloned().collect();
        model.entities.retain(|id, _| id.kind != Kind::Control);
        put(&mut model, controls);
        model.head.name = brief.name.clone().unwrap_or(name);
        notes.extend(ground.cleaned());
        Ok(Proposal { model, notes })
    }

    fn controls(&self, model: &Model) -> Result<Controls, EngineError> {
        let text = Text { path: model.id.to_string(), content: model.head.description.clone() };
        let ground = Ground::new(&Brief { texts: vec![text], ..Brief::default() }, &self.name);
        let mut notes = ground.notes();
        let talk = Talk::new(self.speaker, &ground);
        let covered = |objective| {
            model.controls().any(|(entity, control)| entity.live() && control.covers.group(objective).is_some())
        };
        let mut after = model.clone();
        for batch in batch::batches(model, &mut notes, |objective| !covered(objective)) {
            let more = talk.settle(&mut notes, &controls::step(&ground, &after, &batch))?;
            after = more;
        }
        notes.extend(ground.cleaned());
        let proposed = after.of_kind(Kind::Control).filter_map(|entity| added(model, entity)).collect();
        Ok(Controls { controls: proposed, notes })
    }
}

/// What a control covers that it did not cover before, as a control of the same words.
fn added(before: &Model, entity: &Entity) -> Option<Proposed> {
    let Body::Control(control) = &entity.body else { return None };
    let old = before.entities.get(&entity.id).and_then(|old| match &old.body {
        Body::Control(control) => Some(&control.covers),
        _ => None,
    });
    let mut covers = Covers::default();
    for (group, objective) in control.covers.iter() {
        if old.is_none_or(|old| old.group(objective).is_none()) {
            covers.put(objective, group);
        }
    }
    let rationale = if old.is_some() { String::new() } else { entity.life.rationale.clone() };
    (!covers.is_empty()).then(|| Proposed { control: Control { covers, ..control.clone() }, rationale })
}

/// Numbers entities of one kind in their order.
fn put(model: &mut Model, entities: Vec<Entity>) {
    for (at, mut entity) in entities.into_iter().enumerate() {
        entity.id = item::id(entity.id.kind, at);
        model.entities.insert(entity.id, entity);
    }
}
