//! The default engine: the knowledge base held against what a text names. The same text gives the same model, byte for byte.

mod cast;
mod foes;
mod groups;
mod hear;
mod means;
mod name;
mod need;
mod place;
mod stakes;
#[cfg(test)]
mod tests;
mod write;

use super::{Brief, Engine, EngineError, Proposal, knowledge};
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
        groups::cover(all, &cast, &mut model);
        Ok(Proposal { model, notes: cast.notes })
    }
}
