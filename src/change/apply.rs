//! Performing changes on a value.

use std::collections::BTreeMap;
use std::fmt;

use super::renumber::renumber;
use super::{Act, Change, Subject, Thing};
use crate::model::{Entity, Model, Record, Value};

/// A change that cannot be performed on this state; the model is then as far as the changes before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub subject: Subject,
    pub why: &'static str,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.why)
    }
}

impl std::error::Error for Misfit {}

/// Performs changes in order. Whether they *should* be performed is for the rules to say.
pub fn apply(model: &mut Model, changes: &[Change]) -> Result<(), Misfit> {
    changes
        .iter()
        .try_for_each(|change| one(model, change).map_err(|why| Misfit { subject: change.subject.clone(), why }))
}

type Step = Result<(), &'static str>;

const GONE: &str = "there is no such thing in the model";
const TAKEN: &str = "there already is one";
const SHAPE: &str = "the field does not exist or the value does not fit";

fn one(model: &mut Model, change: &Change) -> Step {
    match (&change.act, &change.subject) {
        (Act::Put(thing), subject) => put(model, subject, thing),
        (Act::Drop, subject) => drop_thing(model, subject),
        (Act::Renumber { to }, Subject::Entity(from)) => renumber(model, *from, *to),
        (Act::Renumber { .. }, _) => Err("only entities have numbers"),
        (Act::Set { field, to, .. }, subject) => set(model, subject, field, to.as_ref()),
        (Act::Push { rows, row }, subject) => with_rows(model, subject, rows, |list| {
            list.push(row.clone());
            Ok(())
        }),
        (Act::Lost { rows, row }, subject) => with_rows(model, subject, rows, |list| match list.pop() {
            Some(last) if last == *row => Ok(()),
            _ => Err("the last row is another one"),
        }),
    }
}

fn put(model: &mut Model, subject: &Subject, thing: &Thing) -> Step {
    match (subject, thing) {
        (Subject::Head, Thing::Head(head)) => model.head = head.clone(),
        (Subject::Entity(id), Thing::Entity(entity)) if entity.id == *id => {
            return insert(&mut model.entities, *id, entity);
        }
        (Subject::Compliance, Thing::Compliance(compliance)) => model.compliance = compliance.clone(),
        (Subject::Tickets, Thing::Tickets(tickets)) => model.tickets = tickets.clone(),
        (Subject::Decision(name), Thing::Decision(decision)) => {
            return insert(&mut model.decisions, name.clone(), decision);
        }
        (Subject::Session(name), Thing::Session(session)) => {
            return insert(&mut model.sessions, name.clone(), session);
        }
        _ => return Err("the thing is of another kind"),
    }
    Ok(())
}

fn insert<K: Ord, V: Clone>(map: &mut BTreeMap<K, V>, key: K, value: &V) -> Step {
    match map.insert(key, value.clone()) {
        None => Ok(()),
        Some(_) => Err(TAKEN),
    }
}

fn drop_thing(model: &mut Model, subject: &Subject) -> Step {
    let gone = match subject {
        Subject::Head => std::mem::take(&mut model.head) != Default::default(),
        Subject::Compliance => std::mem::take(&mut model.compliance) != Default::default(),
        Subject::Entity(id) => model.entities.remove(id).is_some(),
        Subject::Decision(name) => model.decisions.remove(name).is_some(),
        Subject::Session(name) => model.sessions.remove(name).is_some(),
        Subject::Tickets => std::mem::take(&mut model.tickets) != Default::default(),
    };
    gone.then_some(()).ok_or(GONE)
}

fn entity(model: &mut Model, id: crate::model::Id) -> Result<&mut Entity, &'static str> {
    model.entities.get_mut(&id).ok_or(GONE)
}

fn set(model: &mut Model, subject: &Subject, field: &str, to: Option<&Value>) -> Step {
    let fits = match subject {
        Subject::Head => model.head.set(field, to),
        Subject::Entity(id) => entity(model, *id)?.set(field, to),
        Subject::Compliance => model.compliance.set(field, to),
        Subject::Decision(name) => model.decisions.get_mut(name).ok_or(GONE)?.set(field, to),
        Subject::Session(name) => model.sessions.get_mut(name).ok_or(GONE)?.set(field, to),
        Subject::Tickets => model.tickets.set(field, to),
    };
    fits.then_some(()).ok_or(SHAPE)
}

fn with_rows(model: &mut Model, subject: &Subject, rows: &str, then: impl Fn(&mut Vec<Value>) -> Step) -> Step {
    let Subject::Entity(id) = subject else { return Err("only entities have append-only rows") };
    let entity = entity(model, *id)?;
    let mut list = match entity.value(rows) {
        Some(Value::List(list)) => list,
        _ => Vec::new(),
    };
    then(&mut list)?;
    let value = (!list.is_empty()).then_some(Value::List(list));
    entity.set(rows, value.as_ref()).then_some(()).ok_or(SHAPE)
}
