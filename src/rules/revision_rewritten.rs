//! Published rows, decisions and sessions that were changed, dropped or put in another order.

use std::collections::BTreeMap;

use super::ledger::{self, Pair};
use super::published_rows::{altered, first_lost, put_back};
use super::{Context, Rule, listed, named};
use crate::change::{Act, Change, Subject, Thing};
use crate::finding::{Finding, Fix, Place, codes};
use crate::identity::owed;
use crate::model::{Decision, Entity, Field, Model, ModelId, Record, Role, Session, Shape, Value, table};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REVISION_REWRITTEN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    ledger::models(context, findings, |Pair { old, new }| {
        let pair = Pair { old, new };
        let mut found: Vec<Finding> =
            pair.edited().filter_map(|(old, new)| of_entity(&pair.new.id, old, new)).collect();
        let decision = |thing: &Decision| Thing::Decision(thing.clone());
        files(&mut found, pair.new, (&old.decisions, &new.decisions), (Subject::Decision, decision));
        let session = |thing: &Session| Thing::Session(thing.clone());
        files(&mut found, pair.new, (&old.sessions, &new.sessions), (Subject::Session, session));
        found
    });
}

const HELP: &str =
    "rows are only ever appended: put back what was published, and write what changed since as a new one";

pub(super) fn of_entity(model: &ModelId, old: &Entity, new: &Entity) -> Option<Finding> {
    let subject = Subject::Entity(new.id);
    let fields = new.id.kind.fields().filter(|field| field.role == Role::Rows);
    let lost = fields.filter_map(|field| lost_rows(field, old.value(field.name), new.value(field.name)));
    let lost: Vec<Lost> = lost.collect();
    let names: Vec<&str> = lost.iter().map(|lost| lost.field).collect();
    let message = format!("published {} of {} were changed or dropped", listed(&names), named(new));
    let place = lost.first()?.place(Place::of(model, subject.clone()));
    let changes = lost.into_iter().map(|lost| Change::new(model, subject.clone(), lost.back)).collect();
    let fix = Fix::risky(format!("put the published {} of {} back", listed(&names), new.id), changes);
    Some(Finding::new(&codes::REVISION_REWRITTEN, place, message).help(HELP).fix(fix))
}

/// A field of rows that lacks a published one.
struct Lost {
    field: &'static str,
    /// The place of the first lost row in the candidate's list, where there is one.
    row: Option<usize>,
    empty: bool,
    back: Act,
}

impl Lost {
    fn place(&self, at: Place) -> Place {
        match self.row {
            Some(row) => at.key(self.field).row(row),
            None if self.empty => at,
            None => at.key(self.field),
        }
    }
}

fn lost_rows(field: &'static Field, old: Option<Value>, new: Option<Value>) -> Option<Lost> {
    let items = |value: &Option<Value>| value.as_ref().and_then(Value::as_list).unwrap_or_default().to_vec();
    let (before, after) = (items(&old), items(&new));
    let row = first_lost(&before, &after)?;
    Some(Lost {
        field: field.name,
        row: (row < after.len()).then_some(row),
        empty: after.is_empty(),
        back: Act::Set { field: field.name, from: new, to: Some(Value::List(put_back(&before, &after))) },
    })
}

type Both<'a, R> = (&'a BTreeMap<String, R>, &'a BTreeMap<String, R>);
type Make<R> = (fn(String) -> Subject, fn(&R) -> Thing);

fn files<R: Record + PartialEq>(found: &mut Vec<Finding>, model: &Model, (old, new): Both<'_, R>, make: Make<R>) {
    for (name, before) in old {
        let subject = make.0(name.clone());
        match new.get(name) {
            Some(after) if after == before => {}
            Some(after) => found.extend(of_file(&model.id, subject, before, after)),
            None => found.push(gone(&model.id, subject, make.1(before))),
        }
    }
}

fn gone(model: &ModelId, subject: Subject, thing: Thing) -> Finding {
    let message = format!("the published {subject} is gone");
    let fix =
        Fix::safe(format!("put {subject} back"), vec![Change::new(model, subject.clone(), Act::Put(Box::new(thing)))]);
    Finding::new(&codes::REVISION_REWRITTEN, Place::of(model, subject), message)
        .help("put it back: redan fix --rule revision_rewritten; a decision that no longer holds is withdrawn by a new one")
        .fix(fix)
}

/// Every field but rows says what it said; rows (the turns of a session) are only appended.
fn of_file<R: Record>(model: &ModelId, subject: Subject, old: &R, new: &R) -> Option<Finding> {
    let at = Place::of(model, subject.clone());
    let mut changes = Vec::new();
    let mut place = None;
    let (said, says) = (table(old), table(new));
    let owed = owed(&said, &says);
    for field in R::FIELDS {
        if owed.get(field.name) == says.get(field.name) {
            continue;
        }
        let (before, after) = (old.value(field.name), new.value(field.name));
        let (here, back) = match field.shape {
            Shape::Rows(_) => match lost_rows(field, before, after) {
                Some(lost) => (lost.place(at.clone()), lost.back),
                None => continue,
            },
            _ if altered(&row(field, &before), &row(field, &after)).is_none() => continue,
            _ if after.is_none() => (at.clone(), Act::Set { field: field.name, from: after, to: before }),
            _ => (at.clone().key(field.name), Act::Set { field: field.name, from: after, to: before }),
        };
        place.get_or_insert(here);
        changes.push(Change::new(model, subject.clone(), back));
    }
    let message = format!("the published {subject} was changed");
    let fix = Fix::risky(format!("put {subject} back as it was"), changes);
    Some(Finding::new(&codes::REVISION_REWRITTEN, place?, message).help(HELP).fix(fix))
}

fn row(field: &Field, value: &Option<Value>) -> BTreeMap<String, Value> {
    value.iter().map(|value| (field.name.to_owned(), value.clone())).collect()
}
