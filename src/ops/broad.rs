//! What needs a language model: a plan for a request, and an answer to a question. Both are held to what is there; nothing is written here
//! that did not pass the rules.

use std::cell::RefCell;

use super::assess::{Question, assessed};
use super::lifecycle::{self, Deed, Outcome, Refusal, Stage, changeset, next_id};
use super::perform::{Answer, Order, Performed, perform};
use super::reading::Read;
use super::refine::{Said, plan, record};
use super::{Candidate, Desk, Trouble};
use crate::assess::Assessment;
use crate::model::{Id, Kind, Model};
use crate::report::ask::Ask;
use crate::report::found::Item;
use crate::suggest::words::Act;
use crate::suggest::{Language, Planned, Wish};

/// A plan that would go through, with what it would change.
pub struct Proposed {
    pub planned: Planned,
    /// Absent where the plan is to do nothing.
    pub shown: Option<Box<Performed>>,
}

/// Has a language model plan what a sentence asks for. Refusals of the rules are told back to it.
pub fn propose(desk: &Desk, order: &Order<'_>, language: &Language<'_>, words: &str) -> Result<Proposed, Trouble> {
    let read = desk.look(&Candidate::WorkingTree)?;
    let model = desk.model(&read.workspace, order.model)?;
    let next = next(desk, order)?;
    let (shown, trouble) = (RefCell::new(None), RefCell::new(None));
    let dry = Order { model: Some(model.id.as_str()), dry_run: true, now: order.now };
    let judge = |acts: &[Act]| match perform(desk, &dry, |stage, read| whole(stage, read, acts)) {
        Ok(Answer::Done(performed)) => {
            *shown.borrow_mut() = Some(performed);
            Vec::new()
        }
        Ok(Answer::Refused(refusal)) => vec![refusal.message],
        Ok(Answer::Breaks(findings)) => {
            findings.iter().map(|finding| format!("{}: {}", finding.code.name, finding.message)).collect()
        }
        Err(error) => {
            let words = error.to_string();
            *trouble.borrow_mut() = Some(error);
            vec![words]
        }
    };
    let planned = language.plan(&Wish { model, words, next: &next }, &judge);
    if let Some(trouble) = trouble.into_inner() {
        return Err(trouble);
    }
    let planned = planned?;
    let shown = shown.into_inner().filter(|_| !planned.acts.is_empty());
    Ok(Proposed { planned, shown })
}

/// The next ID of each kind.
fn next(desk: &Desk, order: &Order<'_>) -> Result<Vec<Id>, Trouble> {
    let mut ids = Vec::new();
    let dry = Order { model: order.model, dry_run: true, now: order.now };
    perform(desk, &dry, |stage, _| {
        ids = Kind::ALL.iter().map(|kind| next_id(stage, *kind)).collect::<Result<_, _>>()?;
        Ok(Outcome { changes: Vec::new(), model: stage.model.clone(), notes: Vec::new() })
    })?;
    Ok(ids)
}

/// Performs a plan that was shown, and keeps the turn. Whoever wrote in between is judged with it.
pub fn carry_out(desk: &Desk, order: &Order<'_>, acts: &[Act], said: &Said<'_>) -> Result<Answer, Trouble> {
    perform(desk, order, |stage, read| {
        let outcome = whole(stage, read, acts)?;
        Ok(record(stage, outcome, said, read.settings.recording))
    })
}

fn whole(stage: &Stage<'_>, read: &Read, acts: &[Act]) -> Result<Outcome, Refusal> {
    let deeds = acts.iter().enumerate().map(|(at, act)| Deed {
        place: format!("act {}", at + 1),
        plan: Box::new(move |stage: &lifecycle::Stage<'_>| plan(stage, read, act, false)),
    });
    changeset(stage, deeds.collect(), None)
}

/// Has a language model answer a question from a model and what it implies.
pub fn answer(desk: &Desk, question: &Question<'_>, language: &Language<'_>, words: &str) -> Result<Ask, Trouble> {
    let lines = assessed(desk, question, |assessment, _, _| objectives(assessment))?;
    let read = desk.look(&question.candidate)?;
    let model = desk.model(&read.workspace, question.model)?;
    let told = language.answer(model, &lines, words)?;
    Ok(Ask {
        model: model.id.to_string(),
        words: words.trim().to_owned(),
        as_of: question.day.date().to_string(),
        answer: told.answer,
        found: told.ids.iter().map(|id| item(model, id)).collect(),
        more: vec![format!("answered by {}, from the model", language.name)],
        query: None,
    })
}

fn item(model: &Model, id: &str) -> Item {
    let entity = Id::parse(id).and_then(|id| model.entities.get(&id));
    Item {
        id: id.to_owned(),
        title: entity.map(|one| one.title().trim().to_owned()).unwrap_or_default(),
        about: Vec::new(),
    }
}

/// `CO-A1-T1: high, at_risk`
fn objectives(assessment: &Assessment<'_>) -> Vec<String> {
    let model = assessment.model();
    let line = |objective| {
        let outcome = assessment.outcome(objective)?;
        let tier = outcome.tier.map_or("not rated", |tier| tier.word());
        Some(format!("{objective}: {tier}, {}", outcome.status.word()))
    };
    model.objectives().filter_map(line).collect()
}
