//! Fields of an entity under change: which there are, what they need, what they refer to.

use std::collections::BTreeSet;

use super::near::did_you_mean;
use super::{Refusal, Why, command, refusal, sentence};
use crate::model::{Entity, Field, Id, Kind, Model, Role, Shape, Value};

/// The field of this name, or a refusal that names the nearest.
pub(super) fn find(kind: Kind, name: &str) -> Result<&'static Field, Refusal> {
    let names = || kind.fields().map(|field| field.name);
    kind.field(name).ok_or_else(|| {
        let message = format!("{} has no field `{name}`{}", sentence::a(kind.noun()), did_you_mean(name, names()));
        let own = kind.fields().filter(|field| !matches!(field.shape, Shape::Rows(_))).map(|field| field.name);
        let own = own.filter(|name| guard(kind, name).is_none());
        Refusal::new(Why::Field, message).hint(own.collect::<Vec<_>>().join(", "))
    })
}

/// Fields that another act writes, with that act.
pub(super) fn guard(kind: Kind, name: &str) -> Option<(&'static str, &'static [&'static str])> {
    match (kind, name) {
        (_, "removed") => {
            Some(("an entity is removed by a command of its own", &["remove", "--reason", command::BLANK]))
        }
        (_, "renamed") => Some((
            "it is written when an identity change is overruled",
            &["edit", "--set", "name=…", "--renamed-because", command::BLANK],
        )),
        (_, "attest_after") => Some(("it is written when an assumption is restored", &["restore"])),
        (_, "revisions") => {
            Some(("factors change by revisions", &["rate", "--set", "blast_radius=…", "--reason", command::BLANK]))
        }
        (_, "attestations") => {
            Some(("an assumption is attested by a command of its own", &["attest", "--statement", command::BLANK]))
        }
        _ => None,
    }
}

/// Refuses a field that another act writes.
pub(super) fn guarded(kind: Kind, name: &str) -> Result<(), Refusal> {
    let Some((why, verb)) = guard(kind, name) else { return Ok(()) };
    let example = Id::new(kind, 1).to_string();
    let words = [&[verb[0], &example], &verb[1..]].concat();
    Err(Refusal::new(Why::Field, format!("{name} is not set by hand: {why}")).hint(command::bare(&words)))
}

/// The value as its field shows it (sets sorted, nothing twice), or a refusal when it does not fit.
pub(super) fn canonical(kind: Kind, name: &str, value: &Value) -> Result<Value, Refusal> {
    let mut scratch = Entity::new(Id::new(kind, 1));
    let field = find(kind, name)?;
    match scratch.set(field.name, Some(value)) {
        true => Ok(scratch.value(field.name).unwrap_or_else(|| value.clone())),
        false => Err(refusal::misfit(kind, name, value)),
    }
}

/// Sets or clears a field that this act may write.
pub(super) fn set(entity: &mut Entity, name: &str, value: Option<&Value>) -> Result<&'static str, Refusal> {
    let kind = entity.id.kind;
    let field = find(kind, name)?;
    guarded(kind, name)?;
    let trimmed = value.map(trimmed);
    match entity.set(field.name, trimmed.as_ref()) {
        true => Ok(field.name),
        false => Err(refusal::misfit(kind, name, value.unwrap_or(&Value::text("")))),
    }
}

fn trimmed(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::text(text.trim()),
        other => other.clone(),
    }
}

/// The field without which an entity of the kind says nothing.
pub(super) fn required(kind: Kind) -> &'static str {
    let identity = kind.own_fields().iter().find(|field| field.role == Role::Identity);
    identity.map_or("name", |field| field.name)
}

/// Refuses references that the change brings in and that name nothing live.
pub(super) fn check_references(model: &Model, before: Option<&Entity>, after: &Entity) -> Result<(), Refusal> {
    for field in after.id.kind.fields() {
        let known = before.map(|entity| references(field.shape, entity.value(field.name))).unwrap_or_default();
        let named = references(field.shape, after.value(field.name));
        if let Some(&id) = named.difference(&known).find(|id| !model.is_live(**id)) {
            return Err(dangling(model, field, id));
        }
    }
    Ok(())
}

fn dangling(model: &Model, field: &Field, id: Id) -> Refusal {
    match model.entities.get(&id) {
        Some(entity) => {
            let message = format!("{} names {id}, which {}", field.name, refusal::when(entity));
            Refusal::new(Why::Reference, message).hint(command::restore(model, id))
        }
        None => {
            let unknown = refusal::unknown(model, id);
            let message = format!("{} names {id}: {}", field.name, unknown.message);
            Refusal { why: Why::Reference, message, ..unknown }
        }
    }
}

fn references(shape: Shape, value: Option<Value>) -> BTreeSet<Id> {
    let mut ids = BTreeSet::new();
    if let Some(value) = value {
        collect(shape, &value, &mut ids);
    }
    ids
}

fn collect(shape: Shape, value: &Value, ids: &mut BTreeSet<Id>) {
    match (shape, value) {
        (Shape::Reference(kinds), Value::Text(text)) => {
            ids.extend(kinds.iter().find_map(|&kind| Id::within(kind, text)));
        }
        (Shape::Set(inner) | Shape::List(inner) | Shape::Wild(inner), Value::List(items)) => {
            items.iter().for_each(|item| collect(*inner, item, ids));
        }
        (Shape::Wild(inner), text) => collect(*inner, text, ids),
        (Shape::Pairs, Value::Table(table)) => {
            for (asset, attackers) in table {
                ids.extend(Id::within(Kind::Asset, asset));
                collect(Shape::Set(&Shape::Reference(&[Kind::Attacker])), attackers, ids);
            }
        }
        (Shape::Covers, Value::Table(groups)) => {
            groups.values().for_each(|pairs| collect(Shape::Pairs, pairs, ids));
        }
        (Shape::Table(fields), Value::Table(table)) => {
            let inner = fields.iter().filter_map(|field| Some((field.shape, table.get(field.name)?)));
            inner.for_each(|(shape, value)| collect(shape, value, ids));
        }
        _ => {}
    }
}
