//! Things that differ: entities, the head, decisions and the rest, each with the fields that changed.

use super::part::{Part, parts};
use super::rows::rows;
use crate::change::{Act, Change, Subject, Thing as Whole, diff};
use crate::model::{Compliance, Decision, Entity, Field, Head, Model, Record, Role, Session, Tickets, Value};

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Added,
    /// It got a tombstone; or it is gone, see [`Thing::dropped`].
    Removed,
    Restored,
    Changed,
    /// The same content in a file of another name.
    Moved,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    pub subject: Subject,
    pub kind: Kind,
    /// Its table or file is gone, and no tombstone says why.
    pub dropped: bool,
    /// What people call it; empty where it has no name.
    pub title: String,
    /// In the order of the file; of something new, every field.
    pub fields: Vec<FieldChange>,
    /// What stayed, of something that changed.
    pub rest: Vec<(&'static str, Value)>,
}

/// A field that differs. Of append-only rows, one for every row that came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub name: &'static str,
    pub from: Option<Value>,
    pub to: Option<Value>,
    /// The same, down to words, members and keys.
    pub parts: Vec<Part>,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Added, Kind::Removed, Kind::Restored, Kind::Changed, Kind::Moved];

    pub const fn word(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Restored => "restored",
            Kind::Changed => "changed",
            Kind::Moved => "moved",
        }
    }
}

/// Everything that differs, in the order of the files.
pub(super) fn things(before: &Model, after: &Model) -> Vec<Thing> {
    let changes = diff(before, after);
    let found = changes.chunk_by(|a, b| a.subject == b.subject).filter_map(|changes| thing(before, after, changes));
    paired(before, after, found.collect())
}

fn thing(before: &Model, after: &Model, changes: &[Change]) -> Option<Thing> {
    let subject = changes.first()?.subject.clone();
    let of = |kind: Kind| {
        let title = title(after, &subject).or_else(|| title(before, &subject)).unwrap_or_default();
        let mut fields: Vec<FieldChange> = changes.iter().flat_map(|change| fields(&subject, &change.act)).collect();
        fields.extend(rows(changes, entity_of(after, &subject)));
        Thing { kind, dropped: false, title, fields, rest: Vec::new(), subject: subject.clone() }
    };
    let act = &changes.first()?.act;
    if matches!(act, Act::Drop) {
        return Some(Thing { dropped: true, ..of(Kind::Removed) });
    }
    if let Act::Put(_) = act {
        let dead = matches!(&subject, Subject::Entity(id) if !after.is_live(*id));
        return Some(of(if dead { Kind::Removed } else { Kind::Added }));
    }
    let kind = changes.iter().find_map(|change| match &change.act {
        Act::Set { field: "removed", from: None, .. } => Some(Kind::Removed),
        Act::Set { field: "removed", to: None, .. } => Some(Kind::Restored),
        _ => None,
    });
    let changed = of(kind.unwrap_or(Kind::Changed));
    let rest = rest(after, &subject, &changed.fields);
    Some(Thing { rest, ..changed })
}

fn title(model: &Model, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Entity(id) => model.entities.get(id).map(|entity| entity.title().to_owned()),
        Subject::Head => Some(model.head.name.clone()),
        Subject::Decision(name) => {
            let kind = model.decisions.get(name)?.kind?;
            Some(kind.word().replace('_', " "))
        }
        Subject::Compliance | Subject::Session(_) | Subject::Tickets => None,
    }
}

fn fields(subject: &Subject, act: &Act) -> Vec<FieldChange> {
    match act {
        Act::Put(thing) => present(thing).into_iter().map(|(field, value)| change(field, None, Some(value))).collect(),
        Act::Set { field, from, to } => {
            let field = grammar(subject, field);
            field.map(|field| change(field, from.clone(), to.clone())).into_iter().collect()
        }
        Act::Push { .. } | Act::Lost { .. } | Act::Drop | Act::Renumber { .. } => Vec::new(),
    }
}

fn change(field: &'static Field, from: Option<Value>, to: Option<Value>) -> FieldChange {
    let parts = parts(field.shape, from.as_ref(), to.as_ref());
    FieldChange { name: field.name, from, to, parts }
}

fn entity_of<'m>(model: &'m Model, subject: &Subject) -> Option<&'m Entity> {
    match subject {
        Subject::Entity(id) => model.entities.get(id),
        _ => None,
    }
}

fn grammar(subject: &Subject, name: &str) -> Option<&'static Field> {
    let of = |fields: &'static [Field]| fields.iter().find(|field| field.name == name);
    match subject {
        Subject::Head => of(Head::FIELDS),
        Subject::Entity(id) => id.kind.field(name),
        Subject::Compliance => of(Compliance::FIELDS),
        Subject::Decision(_) => of(Decision::FIELDS),
        Subject::Session(_) => of(Session::FIELDS),
        Subject::Tickets => of(Tickets::FIELDS),
    }
}

type Present = Vec<(&'static Field, Value)>;

fn present(thing: &Whole) -> Present {
    match thing {
        Whole::Entity(entity) => entity_fields(entity),
        Whole::Head(head) => record_fields(head),
        Whole::Compliance(compliance) => record_fields(compliance),
        Whole::Decision(decision) => record_fields(decision),
        Whole::Session(session) => record_fields(session),
        Whole::Tickets(tickets) => record_fields(tickets),
    }
}

fn entity_fields(entity: &Entity) -> Present {
    entity.id.kind.fields().filter_map(|field| Some((field, entity.value(field.name)?))).collect()
}

fn record_fields<R: Record>(record: &R) -> Present {
    R::FIELDS.iter().filter_map(|field| Some((field, record.value(field.name)?))).collect()
}

/// The fields that stayed as they are; rows that are only ever appended stay by definition.
fn rest(model: &Model, subject: &Subject, changed: &[FieldChange]) -> Vec<(&'static str, Value)> {
    let all = match subject {
        Subject::Entity(id) => model.entities.get(id).map(entity_fields),
        Subject::Head => Some(record_fields(&model.head)),
        Subject::Compliance => Some(record_fields(&model.compliance)),
        Subject::Decision(name) => model.decisions.get(name).map(record_fields),
        Subject::Session(name) => model.sessions.get(name).map(record_fields),
        Subject::Tickets => Some(record_fields(&model.tickets)),
    };
    let stays = |field: &Field| field.role != Role::Rows && !changed.iter().any(|change| change.name == field.name);
    all.into_iter().flatten().filter(|(field, _)| stays(field)).map(|(field, value)| (field.name, value)).collect()
}

/// A file that is gone and a new one of the same content are one that moved.
fn paired(before: &Model, after: &Model, things: Vec<Thing>) -> Vec<Thing> {
    let (mut lost, mut kept): (Vec<Thing>, Vec<Thing>) = things.into_iter().partition(|thing| thing.dropped);
    for new in kept.iter_mut().filter(|thing| thing.kind == Kind::Added) {
        let Some(at) = lost.iter().position(|old| alike(before, &old.subject, after, &new.subject)) else { continue };
        let (from, to) = (lost.remove(at).subject.to_string(), new.subject.to_string());
        let parts = vec![Part::text(String::new(), &from, &to)];
        new.kind = Kind::Moved;
        new.fields =
            vec![FieldChange { name: "file", from: Some(Value::text(from)), to: Some(Value::text(to)), parts }];
    }
    kept.extend(lost);
    kept.sort_by(|a, b| a.subject.cmp(&b.subject));
    kept
}

fn alike(before: &Model, old: &Subject, after: &Model, new: &Subject) -> bool {
    match (old, new) {
        (Subject::Decision(old), Subject::Decision(new)) => before.decisions.get(old) == after.decisions.get(new),
        (Subject::Session(old), Subject::Session(new)) => before.sessions.get(old) == after.sessions.get(new),
        _ => false,
    }
}
