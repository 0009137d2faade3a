//! What an engine proposes, taken in: a new model, named, judged by the rules, written whole or not at all; and for one that is there, what it lacks.

mod controls;
mod held;
mod named;
mod overlap;
mod sources;
mod update;

use super::lifecycle::{Note, Outcome, Refusal, Why};
use super::perform::{Answer, Performed, breaks};
use super::{Candidate, Desk, Trouble};
use crate::change::{Act, Change, Subject, Thing};
use crate::model::{Compliance, Model, ModelId};
use crate::store::{self, disk};
use crate::suggest::{Brief, Engine, EngineError, described};
use jiff::civil::Date;

pub use controls::{controls, take};
pub use held::{Held, holdable};
pub use sources::{From, brief};
pub use update::update;

/// What is asked for.
pub struct Wanted<'a> {
    pub engine: &'a dyn Engine,
    pub brief: &'a Brief,
    /// Frameworks that the model is to be held against.
    pub held: &'a [Held<'a>],
    /// Go on although a model like it is there.
    pub force: bool,
    pub dry_run: bool,
    pub today: Date,
}

/// Refuses a description that overlaps with a model, before anybody is asked about it.
pub fn overlaps(desk: &Desk, brief: &Brief) -> Result<Option<Refusal>, Trouble> {
    let read = desk.glance(&Candidate::WorkingTree)?;
    Ok(overlap::overlap(&read.workspace.models, brief, &described(brief)))
}

/// The model that was made from what the brief was read from, where there is one.
pub fn made_from(desk: &Desk, brief: &Brief) -> Result<Option<ModelId>, Trouble> {
    let read = desk.glance(&Candidate::WorkingTree)?;
    Ok(overlap::grown(&read.workspace.models, &described(brief)).map(|model| model.id.clone()))
}

/// Makes a new model. The files are read and written under one lock.
pub fn generate(desk: &Desk, wanted: &Wanted<'_>) -> Result<Answer, Trouble> {
    // An engine may take minutes, in which others can work.
    let proposal = match wanted.engine.generate(wanted.brief) {
        Ok(proposal) => proposal,
        Err(error @ EngineError::Nothing) => return Ok(Answer::Refused(nothing(&error))),
        Err(error) => return Err(Trouble::Engine(error)),
    };
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let read = desk.glance(&Candidate::WorkingTree)?;
    if !wanted.force
        && let Some(refusal) = overlap::overlap(&read.workspace.models, wanted.brief, &proposal.model)
    {
        return Ok(Answer::Refused(refusal));
    }
    let past = desk.past(&read)?;
    let mut model = match named::named(&read.workspace.models, &past, wanted.brief.name.is_some(), proposal.model) {
        Ok(model) => model,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let mut notes: Vec<Note> = proposal.notes.into_iter().map(Note::Remark).collect();
    for held in wanted.held {
        notes.extend(held::hold(&mut model, &read.workspace.library, *held)?);
    }
    let outcome = outcome(model, notes);
    let broken = breaks(&read, &past, &outcome.model, wanted.today);
    if !broken.is_empty() {
        return Ok(Answer::Breaks(broken));
    }
    let writes = store::plan(&read.workspace, read.settings.nursery().unwrap_or_default(), &outcome.changes)?;
    if !wanted.dry_run {
        disk::commit(&desk.root, &desk.state(), &writes)?;
    }
    let before = Model { id: outcome.model.id.clone(), ..Model::default() };
    Ok(Answer::Done(Box::new(Performed { before, outcome, writes, dry_run: wanted.dry_run })))
}

/// The changes that make the model.
fn outcome(model: Model, notes: Vec<Note>) -> Outcome {
    let head = Act::Put(Box::new(Thing::Head(model.head.clone())));
    let head = Change::new(&model.id, Subject::Head, head);
    let entities = model.entities.values().map(|entity| Change::put(&model.id, entity.clone()));
    let compliance = (model.compliance != Compliance::default()).then(|| {
        let thing = Thing::Compliance(model.compliance.clone());
        Change::new(&model.id, Subject::Compliance, Act::Put(Box::new(thing)))
    });
    let changes = std::iter::once(head).chain(entities).chain(compliance).collect();
    Outcome { changes, model, notes }
}

fn nothing(error: &EngineError) -> Refusal {
    Refusal::new(Why::Empty, error.to_string())
        .hint("say what the system is built of and what it keeps: services, stores, data, who uses it")
        .hint("or start by hand: redan init --model \"Payment Gateway API\"")
}
