//! The default engine: the knowledge base held against what a text names. The same text gives the same model, byte for byte.

mod cast;
mod foes;
mod ground;
mod groups;
mod hear;
mod join;
mod known;
mod means;
mod name;
mod need;
mod place;
mod stakes;
#[cfg(test)]
mod tests;
mod write;

use super::{Brief, Controls, Engine, EngineError, Proposal, Proposed, knowledge};
use crate::model::{Body, Kind, Model};
use cast::Cast;
use hear::Heard;

pub use write::described;
pub(super) use write::head;

/// Proposes from the knowledge base, without a key and without a network.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

/// What `source` says.
const SOURCE: &str = "offline";

impl Engine for Offline {
    fn name(&self) -> String {
        SOURCE.to_owned()
    }

    fn generate(&self, brief: &Brief) -> Result<Proposal, EngineError> {
        let all = knowledge();
        let heard = Heard::new(all, brief);
        let cast = Cast::new(all, &heard);
        if cast.parts.is_empty() || cast.stakes.is_empty() {
            return Err(EngineError::Nothing);
        }
        let mut model = write::model(all, brief, &cast);
        model.head.name = brief.name.clone().unwrap_or_else(|| name::name(brief, &heard));
        let needs = need::needs(all, &cast, &model);
        for (at, (control, why)) in groups::controls(all, &cast, &needs).into_iter().enumerate() {
            write::put(&mut model, write::id(Kind::Control, at), Body::Control(control), why);
        }
        let notes = brief.notes.iter().cloned().chain(cast.notes).collect();
        Ok(Proposal { model, notes })
    }

    fn controls(&self, model: &Model) -> Result<Controls, EngineError> {
        let all = knowledge();
        let cast = known::cast(all, model);
        let needs = need::bare(all, &cast, model);
        let controls = groups::controls(all, &cast, &needs).into_iter();
        let controls = controls.map(|(control, rationale)| Proposed { control, rationale }).collect();
        Ok(Controls { controls, notes: cast.notes })
    }
}
