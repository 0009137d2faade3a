//! The stable key of a ticket: the control it is for.

use std::fmt;

use crate::model::{Id, Kind, ModelId};

/// A control of a model: `payments/C1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub model: ModelId,
    pub control: Id,
}

impl Key {
    pub fn new(model: &ModelId, control: Id) -> Key {
        Key { model: model.clone(), control }
    }

    pub fn parse(text: &str) -> Option<Key> {
        let (model, control) = text.split_once('/')?;
        let control = Id::parse(control).filter(|id| id.kind == Kind::Control)?;
        ModelId::parse(model).map(|model| Key { model, control })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.model, self.control)
    }
}
