//! Words that were taken out of published rows: allowed, and never without being told.

use super::ledger::{self, Pair};
use super::{Context, Rule, listed, named};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::identity::REDACTED;
use crate::model::{Decision, Entity, Model, Part, Redaction, Role, Session, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::WORDS_REDACTED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    ledger::models(context, findings, |Pair { old, new }| {
        let pair = Pair { old, new };
        let entity = |(old, new): (&Entity, &Entity)| {
            let found: Vec<Gone> =
                fields(new).flat_map(|field| rows(field, old.value(field), new.value(field))).collect();
            tell(pair.new, Subject::Entity(new.id), &named(new), &found)
        };
        let decision = |(name, now): (&String, &Decision)| {
            let was = old.decisions.get(name)?;
            let gone = Gone { at: None, by: now.redacted.clone().filter(|_| was.redacted.is_none())? };
            tell(new, Subject::Decision(name.clone()), &format!("decisions/{name}"), &[gone])
        };
        let session = |(name, now): (&String, &Session)| {
            let was = old.sessions.get(name)?;
            let found = rows("turns", was.turns.show(), now.turns.show());
            tell(new, Subject::Session(name.clone()), &format!("sessions/{name}"), &found)
        };
        let files = new.decisions.iter().filter_map(decision).chain(new.sessions.iter().filter_map(session));
        pair.edited().filter_map(entity).chain(files).collect()
    });
}

/// A redaction that the base does not have.
struct Gone {
    /// The row, where the subject has rows.
    at: Option<(&'static str, usize)>,
    by: Redaction,
}

fn fields(entity: &Entity) -> impl Iterator<Item = &'static str> + use<> {
    entity.id.kind.fields().filter(|field| field.role == Role::Rows).map(|field| field.name)
}

/// Rows with a record of redaction that no row of the base has.
fn rows(field: &'static str, old: Option<Value>, new: Option<Value>) -> Vec<Gone> {
    let known: Vec<Redaction> = redactions(old).into_iter().map(|(_, by)| by).collect();
    let fresh = redactions(new).into_iter().filter(|(_, by)| !known.contains(by));
    fresh.map(|(row, by)| Gone { at: Some((field, row)), by }).collect()
}

fn redactions(rows: Option<Value>) -> Vec<(usize, Redaction)> {
    let rows = rows.as_ref().and_then(Value::as_list).unwrap_or_default().iter().enumerate();
    let one =
        |(at, row): (usize, &Value)| Some((at, Option::<Redaction>::read(row.as_table()?.get(REDACTED)).flatten()?));
    rows.filter_map(one).collect()
}

fn tell(model: &Model, subject: Subject, name: &str, gone: &[Gone]) -> Option<Finding> {
    let at = |place: Place| match gone.first().and_then(|gone| gone.at) {
        Some((field, row)) => place.key(field).row(row),
        None => place.key(REDACTED),
    };
    gone.first()?;
    let mut who: Vec<String> =
        gone.iter().map(|gone| format!("by {}: {}", gone.by.by, gone.by.reason.trim())).collect();
    who.dedup();
    let message = format!("words of {name} were taken out {}", listed(&who));
    Some(Finding::new(&codes::WORDS_REDACTED, at(Place::of(&model.id, subject)), message))
}
