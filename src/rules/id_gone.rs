//! Published IDs that are neither live nor removed any more.

use std::collections::BTreeMap;

use super::ledger::{self, Pair};
use super::{Context, Rule, breaks, filling, model_reused, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Place, codes};
use crate::identity::{Owed, Sighting};
use crate::model::{Entity, Id, ModelId, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_GONE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::models(context, findings, |Pair { old, new, .. }| {
        let gone = |entity: &&Entity| {
            let numbered = entity.id.number().is_some();
            numbered && !new.entities.contains_key(&entity.id) && !context.is_unread(&new.id, entity.id)
        };
        old.entities.values().filter(gone).map(|entity| finding(&new.id, entity)).collect()
    });
    for (model, id, owed) in lost(context) {
        let mut finding = match owed.told.as_ref().and_then(|told| told.entity()) {
            Some(entity) => finding(model, entity),
            None => unread(model, id, &owed.at),
        };
        finding.evidence.push(breaks::evidence(&owed.at));
        breaks::join((findings, start), finding);
    }
}

/// What history owes and the candidate does not have.
fn lost<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a ModelId, Id, &'a Owed)> {
    let accounts = context.past.ledger.iter().flat_map(|ledger| &ledger.models);
    let there = accounts.filter_map(|(id, account)| Some((context.models.get(id)?, account)));
    let there = there.filter(|(model, account)| !model_reused::is_other(context, model, account));
    there.flat_map(|(model, account)| {
        let owed = account.entities.iter().filter_map(|(id, known)| Some((*id, known.owed.as_ref()?)));
        let gone = owed.filter(|(id, _)| !model.entities.contains_key(id) && !context.is_unread(&model.id, *id));
        gone.map(|(id, owed)| (&model.id, id, owed)).collect::<Vec<_>>()
    })
}

/// No version of it could be read, so only its place in history is known.
fn unread(model: &ModelId, id: Id, at: &Sighting) -> Finding {
    let message = format!("the published {} {id} is gone: neither live nor removed", id.kind);
    let help = format!("put its table back with `removed`: git show {}:{}", breaks::short(&at.commit), at.path);
    Finding::new(&codes::ID_GONE, Place::entity(model, id), message).help(help)
}

fn finding(model: &ModelId, old: &Entity) -> Finding {
    let message = format!("the published {} {} is gone: neither live nor removed", old.id.kind, named(old));
    let (help, fix) = match old.live() {
        true => (
            "put its table back with `removed`, so that its ID keeps its meaning: redan fix --rule id_gone --reason \"…\"",
            bury(model, old),
        ),
        false => {
            ("put its tombstone back, so that its ID is not used again: redan fix --rule id_gone", put_back(model, old))
        }
    };
    Finding::new(&codes::ID_GONE, Place::entity(model, old.id), message)
        .help(format!("{help}; next time: redan remove {} --reason \"…\"", old.id))
        .fix(fix)
}

fn put_back(model: &ModelId, old: &Entity) -> Fix {
    Fix::safe(format!("put the tombstone of {} back", old.id), vec![Change::put(model, old.clone())])
}

fn bury(model: &ModelId, old: &Entity) -> Fix {
    let label = format!("put {} back as removed", old.id);
    let removed = Act::Set { field: "removed", from: None, to: Some(Value::Table(BTreeMap::new())) };
    let changes = vec![Change::put(model, old.clone()), Change::new(model, Subject::Entity(old.id), removed)];
    let option = Choice { label: label.clone(), changes, patches: Vec::new() };
    filling::fix(label, vec![option], &filling::ALL)
}
