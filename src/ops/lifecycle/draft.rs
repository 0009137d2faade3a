//! An act while it is planned: a model to change freely, and notes.

use super::aftermath::aftermath;
use super::{Note, Outcome, Refusal, Stage, Why, command, refusal};
use crate::change::{Change, apply, diff};
use crate::model::{Body, Control, Entity, Id, Kind, Model};

/// The state an act is working on.
pub(super) struct Draft<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) model: Model,
    notes: Vec<Note>,
}

impl<'a> Draft<'a> {
    /// Starts from the stage's model; a retired model takes no act but its restoring.
    pub(super) fn open(stage: &'a Stage<'a>) -> Result<Draft<'a>, Refusal> {
        if stage.model.retired() {
            let message = format!("{0} is retired: restore {0} first", stage.model.id);
            let hint = command::bare(&["restore", stage.model.id.as_str()]);
            return Err(Refusal::new(Why::Removed, message).hint(hint));
        }
        Ok(Draft::whole(stage))
    }

    /// Starts from a model that may be retired.
    pub(super) fn whole(stage: &'a Stage<'a>) -> Draft<'a> {
        Draft { stage, model: stage.model.clone(), notes: Vec::new() }
    }

    pub(super) fn entity(&self, id: Id) -> Result<&Entity, Refusal> {
        self.model.entities.get(&id).ok_or_else(|| refusal::unknown(&self.model, id))
    }

    pub(super) fn live(&self, id: Id) -> Result<&Entity, Refusal> {
        let entity = self.entity(id)?;
        if entity.live() { Ok(entity) } else { Err(refusal::removed(&self.model, entity)) }
    }

    /// The live entity, to be changed.
    pub(super) fn live_mut(&mut self, id: Id) -> Result<&mut Entity, Refusal> {
        self.live(id)?;
        Ok(self.model.entities.get_mut(&id).expect("invariant: found a line above"))
    }

    /// The live control, to be changed.
    pub(super) fn control(&mut self, id: Id) -> Result<&mut Control, Refusal> {
        let wrong = refusal::wrong_kind(id, "controls");
        if id.kind != Kind::Control {
            return Err(wrong);
        }
        match &mut self.live_mut(id)?.body {
            Body::Control(control) => Ok(control),
            _ => Err(wrong),
        }
    }

    pub(super) fn insert(&mut self, entity: Entity) {
        self.model.entities.insert(entity.id, entity);
    }

    pub(super) fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// The outcome, with what follows from the changes.
    pub(super) fn finish(self) -> Outcome {
        let changes = diff(self.stage.model, &self.model);
        let mut outcome = outcome(self.stage, changes, self.notes);
        if self.stage.unfinished {
            return outcome;
        }
        outcome.notes.extend(aftermath(self.stage.model, &outcome.model));
        outcome.notes.sort_by_key(|note| !matches!(note, Note::Reopened { .. }));
        outcome
    }
}

/// An outcome from its changes. Nothing changed says so.
pub(super) fn outcome(stage: &Stage<'_>, changes: Vec<Change>, mut notes: Vec<Note>) -> Outcome {
    let mut model = stage.model.clone();
    apply(&mut model, &changes).expect("invariant: the changes were found on this very state");
    if changes.is_empty() && notes.is_empty() {
        notes.push(Note::Nothing);
    }
    Outcome { changes, model, notes }
}
