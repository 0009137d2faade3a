//! Controls for what has none, taken in like any batch of newcomers: what describes a mechanism that is there folds into it.

use crate::change::diff;
use crate::comply::Library;
use crate::model::{Body, Model};
use crate::ops::lifecycle::{Note, Outcome, Refusal, Stage, fold};
use crate::suggest::{Controls, Engine};

use super::held::heed;
use super::nothing;

/// Plans controls for the objectives of the stage's model that no control covers. They carry what the selected frameworks may ask them for.
pub fn controls(stage: &Stage<'_>, library: &Library, engine: &dyn Engine) -> Result<Outcome, Refusal> {
    let proposed = engine.controls(stage.model).map_err(|error| nothing(&error))?;
    take(stage, library, &engine.name(), proposed)
}

/// Plans what an engine proposed before: asking one may take longer than others should wait.
pub fn take(stage: &Stage<'_>, library: &Library, engine: &str, proposed: Controls) -> Result<Outcome, Refusal> {
    let mut newcomers: Vec<_> = proposed.controls.iter().map(|one| one.control.clone()).collect();
    heed(stage.model, library, &mut newcomers);
    let mut outcome = fold(stage, &newcomers, engine)?;
    reason(stage.model, &mut outcome.model, &proposed);
    outcome.changes = diff(stage.model, &outcome.model);
    outcome.notes.extend(proposed.notes.into_iter().map(Note::Remark));
    Ok(outcome)
}

/// What came new says why it is there.
fn reason(before: &Model, after: &mut Model, proposed: &Controls) {
    for entity in after.entities.values_mut().filter(|entity| !before.entities.contains_key(&entity.id)) {
        let Body::Control(control) = &entity.body else { continue };
        let one = proposed.controls.iter().find(|one| one.control.description == control.description);
        entity.life.rationale = one.map(|one| one.rationale.clone()).unwrap_or_default();
    }
}
