//! What turns one state of a model into another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, Change, Subject, Thing};
use crate::model::{Entity, Field, Model, Record, Role, Value};

/// Changes that turn `a` into `b`, in the order of the files: head, entities by kind and number,
/// compliance, decisions, sessions, tickets. Both states are of one model: `b.id` names it.
pub fn diff(a: &Model, b: &Model) -> Vec<Change> {
    let mut found = Found { model: b, changes: Vec::new() };
    found.record(&Subject::Head, &a.head, &b.head);
    found.entities(a, b);
    found.record(&Subject::Compliance, &a.compliance, &b.compliance);
    found.files(&a.decisions, &b.decisions, Subject::Decision, Thing::Decision);
    found.files(&a.sessions, &b.sessions, Subject::Session, Thing::Session);
    found.record(&Subject::Tickets, &a.tickets, &b.tickets);
    found.changes
}

struct Found<'b> {
    model: &'b Model,
    changes: Vec<Change>,
}

impl Found<'_> {
    fn push(&mut self, subject: &Subject, act: Act) {
        self.changes.push(Change::new(&self.model.id, subject.clone(), act));
    }

    fn entities(&mut self, a: &Model, b: &Model) {
        let ids: BTreeSet<_> = a.entities.keys().chain(b.entities.keys()).collect();
        for &id in ids {
            let subject = Subject::Entity(id);
            match (a.entities.get(&id), b.entities.get(&id)) {
                (Some(old), Some(new)) if old != new => self.entity(&subject, old, new),
                (None, Some(new)) => self.push(&subject, Act::Put(Box::new(Thing::Entity(new.clone())))),
                (Some(_), None) => self.push(&subject, Act::Drop),
                _ => {}
            }
        }
    }

    fn entity(&mut self, subject: &Subject, old: &Entity, new: &Entity) {
        for field in new.id.kind.fields() {
            self.field(subject, field, old.value(field.name), new.value(field.name));
        }
    }

    fn record<R: Record + PartialEq>(&mut self, subject: &Subject, old: &R, new: &R) {
        if old != new {
            for field in R::FIELDS {
                self.field(subject, field, old.value(field.name), new.value(field.name));
            }
        }
    }

    fn files<R: Record + PartialEq + Clone>(
        &mut self,
        old: &BTreeMap<String, R>,
        new: &BTreeMap<String, R>,
        subject: fn(String) -> Subject,
        thing: fn(R) -> Thing,
    ) {
        let names: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        for name in names {
            let subject = subject(name.clone());
            match (old.get(name), new.get(name)) {
                (Some(a), Some(b)) => self.record(&subject, a, b),
                (None, Some(b)) => self.push(&subject, Act::Put(Box::new(thing(b.clone())))),
                (Some(_), None) => self.push(&subject, Act::Drop),
                (None, None) => {}
            }
        }
    }

    fn field(&mut self, subject: &Subject, field: &'static Field, from: Option<Value>, to: Option<Value>) {
        if from == to {
            return;
        }
        match field.role {
            Role::Rows => self.rows(subject, field.name, from, to),
            _ => self.push(subject, Act::Set { field: field.name, from, to }),
        }
    }

    /// Rows after the common start: what is gone is lost from the end, what is new is pushed.
    fn rows(&mut self, subject: &Subject, rows: &'static str, from: Option<Value>, to: Option<Value>) {
        let (from, to) = (items(from), items(to));
        let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        for row in from.into_iter().skip(same).rev() {
            self.push(subject, Act::Lost { rows, row });
        }
        for row in to.into_iter().skip(same) {
            self.push(subject, Act::Push { rows, row });
        }
    }
}

fn items(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    }
}
