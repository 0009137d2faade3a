//! Taking words out of what is only ever appended to: their hashes stay, with who took them out and why.

use super::draft::outcome;
use super::refusal::reason;
use super::{Note, Plan, Refusal, Stage, Why, command};
use crate::change::{Act, Change, Subject};
use crate::identity::redacted;
use crate::model::{Record, Redaction, Value, table};

/// What somebody wrote: a row, or everything in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: Subject,
    /// The field of rows and the place in it, from 0; absent = all the words of the subject.
    pub row: Option<(&'static str, usize)>,
}

/// Puts hashes in the place of words. `asked`: how the person pointed at them.
pub fn redact(stage: &Stage<'_>, written: &Written, (asked, why): (&str, &str)) -> Plan {
    let what = spoken(written);
    let why = reason(stage.model, &["redact", asked], why)?;
    let redaction = Redaction { at: Some(stage.now.at), by: stage.now.by.clone(), reason: why.to_owned() };
    let changes = match (&written.subject, written.row) {
        (Subject::Entity(id), Some((field, at))) => {
            let rows = stage.model.entities.get(id).and_then(|entity| entity.value(field));
            in_rows(field, rows, Some(at), &redaction)
        }
        (Subject::Decision(name), _) => stage.model.decisions.get(name).and_then(|said| whole(said, &redaction)),
        (Subject::Session(name), row) => {
            let turns = stage.model.sessions.get(name).and_then(|session| session.value("turns"));
            in_rows("turns", turns, row.map(|(_, at)| at), &redaction)
        }
        _ => None,
    };
    let Some(acts) = changes else {
        let message = format!("{what} has no words left to take out");
        let hint = command::bare(&["show", stage.model.id.as_str()]);
        return Err(Refusal::new(Why::NoEffect, message).hint(hint));
    };
    let change = |act| Change::new(&stage.model.id, written.subject.clone(), act);
    Ok(outcome(stage, acts.into_iter().map(change).collect(), vec![Note::Redacted { what }]))
}

/// One row, or every one that still has words.
fn in_rows(field: &'static str, rows: Option<Value>, at: Option<usize>, redaction: &Redaction) -> Option<Vec<Act>> {
    let before = rows.as_ref()?.as_list()?.to_vec();
    let mut after = before.clone();
    let chosen = after.iter_mut().enumerate().filter(|(row, _)| at.is_none_or(|at| at == *row));
    for (_, row) in chosen {
        if let Some(said) = row.as_table().and_then(|said| redacted(said, redaction)) {
            *row = Value::Table(said);
        }
    }
    let act = Act::Set { field, from: Some(Value::List(before.clone())), to: Some(Value::List(after.clone())) };
    (before != after).then(|| vec![act])
}

fn whole<R: Record>(said: &R, redaction: &Redaction) -> Option<Vec<Act>> {
    let before = table(said);
    let after = redacted(&before, redaction)?;
    let field = |name: &String| R::FIELDS.iter().find(|field| field.name == name);
    let set = |(name, to): (&String, &Value)| {
        let changed = before.get(name) != Some(to);
        let act = Act::Set { field: field(name)?.name, from: before.get(name).cloned(), to: Some(to.clone()) };
        changed.then_some(act)
    };
    Some(after.iter().filter_map(set).collect())
}

/// `decisions/2026-05-04-accept-9c21`, `revision 2 of A1`.
fn spoken(written: &Written) -> String {
    match (&written.subject, written.row) {
        (subject, None) | (subject @ Subject::Decision(_), _) => subject.to_string(),
        (subject, Some((field, at))) => format!("{} {} of {subject}", field.trim_end_matches('s'), at + 1),
    }
}
