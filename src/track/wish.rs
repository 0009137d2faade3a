//! What there should be: a ticket for each control, open, done or gone.

use crate::assess::{Assessment, Tier};
use crate::identity::of_entity;
use crate::model::{Control, Entity};

use super::{Key, Shown};

/// What became of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Planned,
    Implemented,
    Removed,
    /// Every objective it covers is a tombstone.
    Orphaned,
    /// The whole model is retired.
    Retired,
}

impl Fate {
    pub fn shown(self) -> Shown {
        match self {
            Fate::Planned => Shown::Open,
            Fate::Implemented => Shown::Done,
            Fate::Removed | Fate::Orphaned | Fate::Retired => Shown::Gone,
        }
    }
}

/// The ticket that a control should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub key: Key,
    pub fate: Fate,
    /// The highest tier among its live objectives.
    pub tier: Option<Tier>,
    /// Whether it gets a ticket where there is none: it is planned, and covers something live.
    pub due: bool,
    /// Digest of its words, 12 hex digits.
    pub of: String,
    /// The workspace it is of, a word, where that is known.
    pub repo: Option<String>,
    pub title: String,
    /// What our text says, whatever the format, without what changes from commit to commit.
    pub text: String,
}

/// A wish for every numbered control of a model, in order, without words.
pub fn wishes(assessment: &Assessment<'_>) -> Vec<Wish> {
    let numbered = assessment.model().controls().filter(|(entity, _)| entity.id.number().is_some());
    numbered.map(|(entity, control)| wish(assessment, entity, control)).collect()
}

fn wish(assessment: &Assessment<'_>, entity: &Entity, control: &Control) -> Wish {
    let model = assessment.model();
    let outcomes = || control.covers.iter().filter_map(|(_, objective)| assessment.outcome(objective));
    let fate = match entity.life.removed {
        _ if model.retired() => Fate::Retired,
        Some(_) => Fate::Removed,
        None if model.is_orphaned(entity) => Fate::Orphaned,
        None if control.implemented() => Fate::Implemented,
        None => Fate::Planned,
    };
    Wish {
        key: Key::new(&model.id, entity.id),
        fate,
        tier: outcomes().filter_map(|outcome| outcome.tier).max(),
        due: fate == Fate::Planned && outcomes().next().is_some(),
        of: of_entity(entity).short(),
        repo: None,
        title: String::new(),
        text: String::new(),
    }
}
