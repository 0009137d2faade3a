//! Holding what is generated against frameworks: a new model selects them, and new controls carry the requirements they may meet.
//! Whatever engine made the controls, these are proposals from their words and from the weaknesses that a mechanism of the
//! knowledge base prevents; somebody has to accept them.

use std::collections::BTreeSet;

use crate::comply::mapping::Mapper;
use crate::comply::{Clause, Library, about};
use crate::model::{Body, Control, Cover, MappingState, Model, Requirement, Selection};
use crate::ops::comply::{Asked, chosen, meets};
use crate::ops::lifecycle::Note;
use crate::ops::{Candidate, Desk, Trouble};
use crate::suggest::knowledge;

/// A framework as somebody said it, with the target level or profile.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    pub framework: &'a str,
    pub level: Option<&'a str>,
}

/// Fails where a framework or its level is not there, before anybody is asked about a model.
pub fn holdable(desk: &Desk, held: &[Held<'_>]) -> Result<(), Trouble> {
    if held.is_empty() {
        return Ok(());
    }
    let read = desk.glance(&Candidate::WorkingTree)?;
    let blank = Model::default();
    let one = |held: &Held<'_>| {
        let asked = Asked { framework: Some(held.framework), level: held.level, whole: true };
        chosen(&blank, &read.workspace.library, &asked).map(drop)
    };
    held.iter().try_for_each(one)
}

/// Selects the framework and proposes for every control; says what came of it.
pub(super) fn hold(model: &mut Model, library: &Library, held: Held<'_>) -> Result<Vec<Note>, Trouble> {
    let asked = Asked { framework: Some(held.framework), level: held.level, whole: true };
    // What it is called is no question of what the model selects: nothing yet.
    let blank = Model::default();
    let chosen = chosen(&blank, library, &asked)?;
    let Some(one) = chosen.first() else { return Ok(Vec::new()) };
    let (name, level) = (one.pack.name.to_string(), one.level.map(str::to_owned));
    let mapper = Mapper::new(one.pack, |clause| one.pack.asks(one.level, clause) == Some(true));
    let selection = Selection { level: level.clone().unwrap_or_default() };
    model.compliance.frameworks.insert(name.clone(), selection);
    let (mut controls, mut requirements) = (0, BTreeSet::new());
    for entity in model.entities.values_mut() {
        let Body::Control(control) = &mut entity.body else { continue };
        let met = propose(control, &name, &mapper);
        controls += usize::from(!met.is_empty());
        requirements.extend(met);
    }
    let said = format!(
        "{} requirements of {name} are proposed for {controls} controls; nothing counts until somebody accepts it: redan comply map --interactive",
        requirements.len()
    );
    Ok(vec![Note::Selected { framework: name, level }, Note::Remark(said)])
}

/// Proposes to new controls what the frameworks ask for that the model selects and nothing excludes.
pub(super) fn heed(model: &Model, library: &Library, newcomers: &mut [Control]) {
    for framework in model.compliance.frameworks.keys() {
        let asked = Asked { framework: Some(framework), ..Asked::default() };
        // A framework that no pack has is a finding, and no reason to propose nothing.
        let Ok(chosen) = chosen(model, library, &asked) else { continue };
        for one in chosen {
            let name = &one.pack.name;
            let excluded = |clause: &Clause| model.compliance.exclusions.iter().any(|row| about(row, name, clause));
            let asks = |clause: &Clause| one.pack.asks(one.level, clause) == Some(true) && !excluded(clause);
            let mapper = Mapper::new(one.pack, asks);
            newcomers.iter_mut().for_each(|control| drop(propose(control, &name.to_string(), &mapper)));
        }
    }
}

/// Adds proposals to a control, and says for which numbers.
fn propose(control: &mut Control, name: &str, mapper: &Mapper<'_>) -> Vec<String> {
    let mechanism = knowledge().controls.iter().find(|one| one.text == control.description);
    let cwes = mechanism.map(|one| one.cwe.iter().map(u32::to_string).collect()).unwrap_or_default();
    let met = meets(mapper, &control.description, cwes);
    control.requirements.extend(met.iter().map(|(id, method, score)| Requirement {
        req: format!("{name}:{id}"),
        cover: Some(Cover::Part),
        state: Some(MappingState::Proposed),
        method: Some(*method),
        score: Some(*score),
        ..Requirement::default()
    }));
    met.into_iter().map(|(id, ..)| id).collect()
}
