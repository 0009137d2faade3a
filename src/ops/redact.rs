//! Finding the words somebody points at, and taking them out.

use std::path::Path;

use super::lifecycle::{self, Refusal, Why, Written};
use super::perform::{Answer, Order, perform};
use super::reading::split_entity;
use super::{Candidate, Desk, Trouble};
use crate::change::Subject;
use crate::finding::Place;
use crate::model::{Entity, Field, Id, Model, ModelId, Record, Role, Session, Shape};
use crate::store::{Locator, Workspace};

/// Redacts what `what` points at: the file of a decision or a session, `FILE:LINE` for the row that stands there,
/// or `A1:2` for the second row of an entity.
pub fn redact(desk: &Desk, order: &Order<'_>, what: &str, why: &str) -> Result<Answer, Trouble> {
    let read = desk.look(&Candidate::WorkingTree)?;
    let model = match find(desk, &read.workspace, order.model, what) {
        Ok((model, _)) => model,
        Err(Missed::Trouble(trouble)) => return Err(*trouble),
        Err(Missed::Refused(refusal)) => return Ok(Answer::Refused(refusal)),
    };
    let order = Order { model: Some(model.as_str()), ..*order };
    perform(desk, &order, |stage, read| match find(desk, &read.workspace, order.model, what) {
        Ok((_, written)) => lifecycle::redact(stage, &written, (what, why)),
        Err(Missed::Refused(refusal)) => Err(refusal),
        Err(Missed::Trouble(trouble)) => Err(nothing(trouble.to_string())),
    })
}

enum Missed {
    Refused(Refusal),
    Trouble(Box<Trouble>),
}

impl From<Refusal> for Missed {
    fn from(refusal: Refusal) -> Missed {
        Missed::Refused(refusal)
    }
}

type Found = Result<(ModelId, Written), Missed>;

fn find(desk: &Desk, workspace: &Workspace, asked: Option<&str>, what: &str) -> Found {
    let (head, number) = match what.rsplit_once(':').map(|(head, tail)| (head, tail.parse::<usize>())) {
        Some((head, Ok(number))) => (head, Some(number)),
        _ => (what, None),
    };
    match split_entity(head) {
        Some((named, id)) => {
            let model = desk.model(workspace, named.or(asked)).map_err(|trouble| Missed::Trouble(Box::new(trouble)))?;
            Ok((model.id.clone(), of_entity(model, id, number)?))
        }
        None => Ok(of_file(workspace, &path(desk, workspace, head)?, number)?),
    }
}

/// `A1:2`: of the rows that say what somebody decided, revisions or attestations.
fn of_entity(model: &Model, id: Id, number: Option<usize>) -> Result<Written, Refusal> {
    let entity = model.entities.get(&id).ok_or_else(|| nothing(format!("{} has no {id}", model.id)))?;
    let field = rows(entity).find(|field| field.name != "renamed");
    let count = field.map_or(0, |field| length(entity, field));
    let at = match number {
        None if count == 1 => 1,
        None => 0,
        Some(number) => number,
    };
    match field {
        Some(field) if (1..=count).contains(&at) => {
            Ok(Written { subject: Subject::Entity(id), row: Some((field.name, at - 1)) })
        }
        Some(field) if count == 0 => Err(nothing(format!("{id} has no {}", field.name))),
        Some(field) => Err(nothing(format!("name one of the {} of {id}: {id}:1 to {id}:{count}", field.name))),
        None => Err(nothing(format!("{id} has no rows with words: revisions and attestations have"))),
    }
}

/// The file that was named, from here, from the top, or by its end where only one ends so.
fn path(desk: &Desk, workspace: &Workspace, named: &str) -> Result<String, Refusal> {
    let here = desk.here.strip_prefix(&desk.root).unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
    let bare = named.trim_start_matches("./");
    let from_here = if here.is_empty() { bare.to_owned() } else { format!("{here}/{bare}") };
    let exact = [bare.to_owned(), from_here].into_iter().find(|path| workspace.sources.contains_key(path));
    let ends = [format!("/{bare}"), format!("/{bare}.toml")];
    let mut like = workspace.sources.keys().filter(|path| ends.iter().any(|end| path.ends_with(end)));
    match (exact, like.next(), like.next()) {
        (Some(path), ..) => Ok(path),
        (None, Some(only), None) => Ok(only.clone()),
        (None, Some(_), Some(_)) => Err(nothing(format!("several files end in `{named}`: name the whole path"))),
        (None, None, _) => Err(nothing(format!("there is no file `{named}` of a model here"))),
    }
}

fn of_file(workspace: &Workspace, path: &str, line: Option<usize>) -> Result<(ModelId, Written), Refusal> {
    let own = |(id, folder): (&ModelId, &String)| {
        let rest = path.strip_prefix(folder.as_str())?.strip_prefix('/')?;
        Some((workspace.models.get(id)?, rest.strip_suffix(".toml")?))
    };
    let (model, name) =
        workspace.folders.iter().find_map(own).ok_or_else(|| nothing(format!("{path} is of no model")))?;
    let whole = |subject| Ok((model.id.clone(), Written { subject, row: None }));
    match (name.split_once('/'), line) {
        (Some(("decisions", name)), _) => whole(Subject::Decision(name.to_owned())),
        (Some(("sessions", name)), None) => whole(Subject::Session(name.to_owned())),
        (_, None) => {
            let message = format!("{path} has words of many people: point at a row, {path}:LINE or A1:2");
            Err(nothing(message))
        }
        (_, Some(line)) => at_line(workspace, model, path, line).map(|written| (model.id.clone(), written)),
    }
}

/// The row that a line of a file lies in.
fn at_line(workspace: &Workspace, model: &Model, path: &str, line: usize) -> Result<Written, Refusal> {
    let locator = workspace.locator();
    let entities = model.entities.values().flat_map(|entity| {
        let all = rows(entity).flat_map(|field| (0..length(entity, field)).map(|row| (field.name, row)));
        all.map(|row| (Subject::Entity(entity.id), row))
    });
    let turns = model.sessions.iter().flat_map(|(name, session): (&String, &Session)| {
        (0..session.turns.len()).map(|row| (Subject::Session(name.clone()), ("turns", row)))
    });
    let found = entities.chain(turns).find(|(subject, (field, row))| {
        let place = Place::of(&model.id, subject.clone()).key(*field).row(*row);
        spans(&locator, &place, subject, field).is_some_and(|(file, lines)| file == path && lines.contains(&line))
    });
    let missing = || nothing(format!("line {line} of {path} lies in no revision, attestation, renaming or turn"));
    found.map(|(subject, row)| Written { subject, row: Some(row) }).ok_or_else(missing)
}

/// The lines of a row: its header and all its keys.
fn spans(
    locator: &Locator<'_>,
    row: &Place,
    subject: &Subject,
    field: &str,
) -> Option<(String, std::ops::RangeInclusive<usize>)> {
    let top = locator.locate(row)?;
    let keys = keys(subject, field).iter().filter_map(|key| locator.locate(&row.clone().key(key.name)));
    let lines: Vec<u32> = keys.flat_map(|spot| [spot.line, spot.end_line]).chain([top.line, top.end_line]).collect();
    let (first, last) = (lines.iter().min()?, lines.iter().max()?);
    Some((top.path, usize::try_from(*first).ok()?..=usize::try_from(*last).ok()?))
}

fn keys(subject: &Subject, field: &str) -> &'static [Field] {
    let fields: Vec<&'static Field> = match subject {
        Subject::Entity(id) => id.kind.fields().collect(),
        _ => Session::FIELDS.iter().collect(),
    };
    match fields.into_iter().find(|known| known.name == field).map(|field| field.shape) {
        Some(Shape::Rows(keys)) => keys,
        _ => &[],
    }
}

/// The fields of an entity that hold append-only rows.
fn rows(entity: &Entity) -> impl Iterator<Item = &'static Field> + use<> {
    entity.id.kind.fields().filter(|field| field.role == Role::Rows)
}

fn length(entity: &Entity, field: &Field) -> usize {
    entity.value(field.name).as_ref().and_then(crate::model::Value::as_list).map_or(0, <[_]>::len)
}

fn nothing(message: String) -> Refusal {
    Refusal { why: Why::Value, message, hints: Vec::new() }
}
