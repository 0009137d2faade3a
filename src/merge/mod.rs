//! Merging two states of a model that grew from one, by entity and by field, over values. What cannot be
//! decided is a conflict: nothing is ever guessed. Never here: text, files, Git.

mod edits;
mod entity;
mod field;
mod keyed;
mod number;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Act, Change, Subject, apply};
use crate::model::{Field, Id, Model, Record, Value};

pub use edits::edits;
use entity::Entities;

/// Two states and what both grew from. All three are one model.
#[derive(Debug, Clone, Copy)]
pub struct Three<'a> {
    pub base: &'a Model,
    pub ours: &'a Model,
    pub theirs: &'a Model,
}

/// What the merge has to know beside the three.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Published states of the model: an ID that stands there keeps its number.
    pub published: &'a [&'a Model],
    /// IDs that are in use anywhere else.
    pub taken: &'a BTreeSet<Id>,
}

/// What came of it. With conflicts, `model` is not to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub model: Model,
    pub renumbered: Vec<Renumbered>,
    pub conflicts: Vec<Conflict>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Ours,
    Theirs,
}

/// An entity that got a fresh number, since the other side has another entity under its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    pub side: Side,
    pub from: Id,
    pub to: Id,
}

/// Something that only a person can decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub subject: Subject,
    pub field: Option<&'static str>,
    pub why: &'static str,
}

/// Why a value has no merge.
type Why = &'static str;

const BOTH: Why = "both sides changed it, each in its own way";

/// Merges. IDs that were born on both sides with different meanings are told apart first: the published one
/// stays (ours, when neither is), the other gets a fresh number with every reference to it.
pub fn merge(three: Three<'_>, known: &Known<'_>) -> Merged {
    let (renumbered, mut conflicts) = number::plan(three, known);
    let ours = renumbered_on(Side::Ours, three.ours, &renumbered);
    let theirs = renumbered_on(Side::Theirs, three.theirs, &renumbered);
    let three = Three { base: three.base, ours: &ours, theirs: &theirs };
    let mut model = ours.clone();
    if three.ours.id != three.theirs.id {
        conflicts.push(Conflict { subject: Subject::Head, field: Some("id"), why: BOTH });
    }
    record(&mut model.head, [&three.base.head, &ours.head, &theirs.head], &Subject::Head, &mut conflicts);
    let mut entities = Entities { three, known, conflicts: &mut conflicts };
    model.entities = entities.merge();
    let all = [&three.base.compliance, &ours.compliance, &theirs.compliance];
    record(&mut model.compliance, all, &Subject::Compliance, &mut conflicts);
    let all = [&three.base.decisions, &ours.decisions, &theirs.decisions];
    model.decisions = files(all, Subject::Decision, &mut conflicts);
    let all = [&three.base.sessions, &ours.sessions, &theirs.sessions];
    model.sessions = files(all, Subject::Session, &mut conflicts);
    let all = [&three.base.tickets, &ours.tickets, &theirs.tickets];
    record(&mut model.tickets, all, &Subject::Tickets, &mut conflicts);
    Merged { model, renumbered, conflicts }
}

/// A side as it reads with its entities renumbered.
pub fn renumbered_on(side: Side, model: &Model, renumbered: &[Renumbered]) -> Model {
    let mut after = model.clone();
    for change in renumberings(side, model, renumbered) {
        // The entity is there and the number is fresh, so the change fits.
        let _ = apply(&mut after, &[change]);
    }
    after
}

/// The renumberings of one side as changes of its model.
pub fn renumberings(side: Side, model: &Model, renumbered: &[Renumbered]) -> Vec<Change> {
    let own = renumbered.iter().filter(|moved| moved.side == side);
    own.map(|moved| Change::new(&model.id, Subject::Entity(moved.from), Act::Renumber { to: moved.to })).collect()
}

/// The merged value of one field; nothing where a person has to decide.
pub fn value(field: &Field, ways: [Option<&Value>; 3]) -> Option<Option<Value>> {
    field::merge(field, false, ways).ok()
}

fn record<R: Record + PartialEq>(into: &mut R, all: [&R; 3], subject: &Subject, conflicts: &mut Vec<Conflict>) {
    for field in R::FIELDS {
        let [base, ours, theirs] = all.map(|record| record.value(field.name));
        match field::merge(field, false, [base.as_ref(), ours.as_ref(), theirs.as_ref()]) {
            Ok(value) => {
                into.set(field.name, value.as_ref());
            }
            Err(why) => conflicts.push(Conflict { subject: subject.clone(), field: Some(field.name), why }),
        }
    }
}

/// Files that are written once: taken whole.
fn files<R: PartialEq + Clone>(
    [base, ours, theirs]: [&BTreeMap<String, R>; 3],
    subject: fn(String) -> Subject,
    conflicts: &mut Vec<Conflict>,
) -> BTreeMap<String, R> {
    let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let mut merged = BTreeMap::new();
    for name in names {
        let (was, our, their) = (base.get(name), ours.get(name), theirs.get(name));
        let taken = field::plain([was, our, their]);
        if taken.is_none() {
            conflicts.push(Conflict { subject: subject(name.clone()), field: None, why: BOTH });
        }
        taken.unwrap_or(our).map(|file| merged.insert(name.clone(), file.clone()));
    }
    merged
}

impl Conflict {
    /// One side has the table and the other deleted it.
    pub fn is_deletion(&self) -> bool {
        self.why == entity::DELETED
    }
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field {
            Some(field) => write!(f, "{}.{field}: {}", self.subject, self.why),
            None => write!(f, "{}: {}", self.subject, self.why),
        }
    }
}
