//! Published IDs that are neither live nor removed any more.

use super::ledger::{self, Pair};
use super::{Context, Rule, filling, named};
use crate::change::Change;
use crate::finding::{Choice, Finding, Fix, Place, codes};
use crate::model::{Entity, ModelId, Removed};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_GONE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    ledger::models(context, findings, |Pair { old, new }| {
        let gone = |entity: &&Entity| {
            let numbered = entity.id.number().is_some();
            numbered && !new.entities.contains_key(&entity.id) && !context.is_unread(&new.id, entity.id)
        };
        old.entities.values().filter(gone).map(|entity| finding(&new.id, entity)).collect()
    });
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
    let mut tombstone = old.clone();
    tombstone.life.removed = Some(Removed::default());
    let label = format!("put {} back as removed", old.id);
    let option = Choice { label: label.clone(), changes: vec![Change::put(model, tombstone)], patches: Vec::new() };
    filling::fix(label, vec![option], &filling::ALL)
}
