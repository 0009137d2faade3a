//! A model that is there, held against what it was made from.

use super::controls::take;
use super::nothing;
use crate::comply::Library;
use crate::model::{Id, Model, Objective};
use crate::ops::lifecycle::{Deed, Note, Outcome, Refusal, Stage, changeset, grow};
use crate::suggest::{Brief, Engine};

/// Plans what is new and what is gone, with controls for the objectives that come with what is new. Doing it again plans nothing.
pub fn update(stage: &Stage<'_>, library: &Library, engine: &dyn Engine, brief: &Brief) -> Result<Outcome, Refusal> {
    let proposal = engine.generate(brief).map_err(|error| nothing(&error))?;
    let looked = |place: &str| {
        let within = |start: &String| start.is_empty() || place == start || place.starts_with(&format!("{start}/"));
        // A file that could not be read may hold anything, also what another one held.
        brief.unread.is_empty() && brief.looked.iter().any(within)
    };
    let before = stage.model;
    let deeds = vec![
        deed("what was read", |stage: &Stage<'_>| grow(stage, &proposal.model, &looked)),
        deed("the controls", |stage: &Stage<'_>| covered(stage, before, library, engine)),
    ];
    let mut outcome = changeset(stage, deeds, None)?;
    outcome.notes.extend(proposal.notes.into_iter().map(Note::Remark));
    Ok(outcome)
}

fn deed<'a>(place: &str, plan: impl FnOnce(&Stage<'_>) -> Result<Outcome, Refusal> + 'a) -> Deed<'a> {
    Deed { place: place.to_owned(), plan: Box::new(plan) }
}

/// Controls for objectives of what came in; what was bare before is a person's business.
fn covered(stage: &Stage<'_>, before: &Model, library: &Library, engine: &dyn Engine) -> Result<Outcome, Refusal> {
    let old = |id: &Id| before.entities.contains_key(id);
    let mut proposed = engine.controls(stage.model).map_err(|error| nothing(&error))?;
    for one in &mut proposed.controls {
        let bare: Vec<Objective> = one.control.covers.iter().map(|(_, objective)| objective).collect();
        let bare = bare.into_iter().filter(|objective| old(&objective.asset) && old(&objective.attacker));
        bare.for_each(|objective| one.control.covers.remove(objective));
    }
    proposed.controls.retain(|one| !one.control.covers.is_empty());
    proposed.notes.clear();
    take(stage, library, &engine.name(), proposed)
}
