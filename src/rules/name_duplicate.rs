//! Two live entities of one kind that say the same thing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::wording::folded;
use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Entity, Kind, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::NAME_DUPLICATE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        let mut seen: BTreeMap<(Kind, String), &Entity> = BTreeMap::new();
        for entity in model.entities.values().filter(|entity| entity.live()) {
            let said = said(entity);
            if said.is_empty() {
                continue;
            }
            match seen.entry((entity.id.kind, said)) {
                Entry::Occupied(first) => findings.push(finding(context, model, first.get(), entity)),
                Entry::Vacant(free) => drop(free.insert(entity)),
            }
        }
    }
}

/// An attacker is its capability where it stands: the same tools elsewhere are another attacker.
fn said(entity: &Entity) -> String {
    match &entity.body {
        Body::Attacker(attacker) => folded(&format!("{} {}", attacker.capability, attacker.position)),
        _ => folded(entity.title()),
    }
}

fn finding(context: &Context<'_>, model: &Model, first: &Entity, entity: &Entity) -> Finding {
    let field = match entity.id.kind {
        Kind::Attacker => "capability",
        Kind::Assumption | Kind::Control => "description",
        _ => "name",
    };
    let place = |entity: &Entity| Place::entity(&model.id, entity.id).key(field);
    let message = format!("the {} {} says the same as {}", entity.id.kind, named(entity), first.id);
    let flag = context.flag(model);
    Finding::new(&codes::NAME_DUPLICATE, place(entity), message)
        .help(format!(
            "say how they differ: redan edit {id} --set {field}=\"…\"{flag}; or remove one: redan remove {id} --replaced-by {} --reason \"…\"{flag}",
            first.id,
            id = entity.id
        ))
        .also(place(first), "said here first")
}
