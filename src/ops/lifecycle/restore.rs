//! Bringing back what was removed.

use super::draft::Draft;
use super::sentence::short;
use super::{Note, Now, Plan, Refusal, Stage, Why, command};
use crate::model::{Body, Entity, Id};

/// Clears the tombstone. A restored assumption has to be attested again.
pub fn restore(stage: &Stage<'_>, id: Id) -> Plan {
    let mut draft = Draft::open(stage)?;
    let entity = draft.entity(id)?;
    if entity.live() {
        let message = format!("{id} ({}) is live: there is nothing to restore", short(entity.title()));
        let hint = command::bare(&["show", &format!("{}/{id}", stage.model.id)]);
        return Err(Refusal::new(Why::Live, message).hint(hint));
    }
    let mut entity = entity.clone();
    draft.note(Note::Restored { id, title: entity.title().to_owned() });
    let void = wake(&mut entity, stage.now);
    void.into_iter().for_each(|note| draft.note(note));
    draft.insert(entity);
    Ok(draft.finish())
}

/// Makes the entity live again; says so when attestations stop counting by it.
pub(super) fn wake(entity: &mut Entity, now: &Now) -> Option<Note> {
    entity.life.removed = None;
    let Body::Assumption(assumption) = &entity.body else { return None };
    entity.life.attest_after = Some(now.at);
    let attestations = assumption.attestations.len();
    (attestations > 0).then_some(Note::AttestationsVoid { id: entity.id, attestations })
}

/// Takes a retired model back into use.
pub fn restore_model(stage: &Stage<'_>) -> Plan {
    let mut draft = Draft::whole(stage);
    if draft.model.head.removed.take().is_none() {
        let message = format!("{} is in use: there is nothing to restore", stage.model.id);
        let hint = command::bare(&["show", stage.model.id.as_str()]);
        return Err(Refusal::new(Why::Live, message).hint(hint));
    }
    draft.note(Note::ModelRestored);
    Ok(draft.finish())
}
