//! Whether a model after a sentence differs from the model before in what the table says, and in nothing else.

use std::collections::BTreeSet;

use redan::assess::{asset_levels, attacker_levels};
use redan::model::{Body, Id, Kind, Model, Objective, Status, Value};
use redan::text::normal;

/// What is not as the effect says.
pub fn check(before: &Model, after: &Model, effect: &str) -> Result<(), String> {
    let (verb, rest) = effect.split_once(' ').unwrap_or((effect, ""));
    let changed = changed(before, after);
    if verb == "rename" {
        let same = changed.is_empty() && after.head.name == rest;
        return same.then_some(()).ok_or_else(|| format!("the model is called {}", after.head.name));
    }
    let about = holds(before, after, verb, rest)?;
    let stray: Vec<&Id> = changed.iter().filter(|id| !about.contains(id)).collect();
    if stray.is_empty() && after.head == before.head { Ok(()) } else { Err(format!("{stray:?} changed as well")) }
}

fn changed(before: &Model, after: &Model) -> Vec<Id> {
    let ids: BTreeSet<Id> = before.entities.keys().chain(after.entities.keys()).copied().collect();
    ids.into_iter().filter(|id| before.entities.get(id) != after.entities.get(id)).collect()
}

/// The entities that the effect is about, when it holds.
fn holds(before: &Model, after: &Model, verb: &str, rest: &str) -> Result<Vec<Id>, String> {
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    match verb {
        "add" => added(before, after, first, more).map(|id| vec![id]),
        "between" => between(before, after, first, more),
        "set" | "with" | "without" => {
            let (id, field) = first.split_once('.').ok_or("ID.field")?;
            let id = parse(id)?;
            let value = after.entities.get(&id).and_then(|entity| entity.value(field));
            field_holds(verb, value.as_ref(), more).then_some(vec![id]).ok_or_else(|| format!("{first} is {value:?}"))
        }
        _ => {
            let id = parse(first)?;
            state(after, verb, id, more)
                .then_some(vec![id])
                .ok_or_else(|| format!("{id} is {:?}", after.entities.get(&id).map(|e| &e.life)))
        }
    }
}

fn parse(text: &str) -> Result<Id, String> {
    Id::parse(text).ok_or_else(|| format!("{text} is no ID"))
}

fn state(after: &Model, verb: &str, id: Id, more: &str) -> bool {
    let Some(entity) = after.entities.get(&id) else { return false };
    match (verb, &entity.body) {
        ("remove", _) => entity.life.removed.as_ref().is_some_and(|removed| !removed.reason.is_empty()),
        ("restore", _) => entity.live(),
        ("rate", Body::Asset(asset)) => {
            asset_levels(asset, None).iter().any(|(f, l)| format!("{}={}", f.name(), l.name) == more)
        }
        ("rate", Body::Attacker(attacker)) => {
            attacker_levels(attacker, None).iter().any(|(f, l)| format!("{}={}", f.name(), l.name) == more)
        }
        ("status", Body::Control(control)) => control.status.unwrap_or(Status::NotImplemented).word() == more,
        ("cover", Body::Control(control)) => {
            more.split(' ').all(|one| Objective::parse(one).is_some_and(|one| control.covers.group(one).is_some()))
        }
        ("attest", Body::Assumption(assumption)) => {
            assumption.attestations.last().is_some_and(|row| row.by == "ada@example.org")
        }
        _ => false,
    }
}

fn field_holds(verb: &str, value: Option<&Value>, wanted: &str) -> bool {
    let items: Vec<String> = match value {
        None => Vec::new(),
        Some(Value::List(items)) => items.iter().map(ToString::to_string).collect(),
        Some(Value::Table(table)) => table.keys().cloned().collect(),
        Some(other) => vec![other.to_string()],
    };
    match verb {
        "with" => items.iter().any(|item| item == wanted),
        "without" => !items.iter().any(|item| item == wanted),
        _ => items.join(",") == wanted || (wanted == "false" && items.is_empty()),
    }
}

fn added(before: &Model, after: &Model, kind: &str, words: &str) -> Result<Id, String> {
    let new: Vec<_> = after.entities.values().filter(|entity| !before.entities.contains_key(&entity.id)).collect();
    let [one] = new.as_slice() else { return Err(format!("{} new entities", new.len())) };
    let held = format!(" {} ", normal(one.title()));
    let wanted = format!(" {} ", normal(words));
    let named = held.contains(&wanted) || normal(words).split(' ').all(|word| held.contains(&format!(" {word} ")));
    match one.id.kind.noun() == kind && named {
        true => Ok(one.id),
        false => Err(format!("{} is called `{}`", one.id, one.title())),
    }
}

fn between(before: &Model, after: &Model, outer: &str, inner: &str) -> Result<Vec<Id>, String> {
    let (outer, inner) = (parse(outer)?, parse(inner)?);
    let new: Vec<Id> =
        after.of_kind(Kind::Boundary).map(|entity| entity.id).filter(|id| !before.entities.contains_key(id)).collect();
    let [boundary] = new.as_slice() else { return Err(format!("{} new boundaries", new.len())) };
    let stands = |id: Id| {
        after
            .entities
            .get(&id)
            .and_then(|entity| entity.value("boundaries"))
            .map(|value| value.to_string())
            .unwrap_or_default()
    };
    let inside = stands(inner).split(", ").any(|id| id == boundary.to_string());
    let shared = stands(outer).split(", ").filter(|id| stands(inner).split(", ").any(|other| other == *id)).count();
    if inside && shared <= 1 {
        Ok(vec![*boundary, outer, inner])
    } else {
        Err(format!("{outer}: {}, {inner}: {}", stands(outer), stands(inner)))
    }
}
