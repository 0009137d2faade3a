//! Assets and attackers that nobody rated.

use super::{Context, Rule, named};
use crate::assess::{Rating, impact, likelihood};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Entity, Factor, Model, Property};

pub(super) static RULE: Rule = Rule { codes: &[&codes::UNRATED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        if rating(entity) == Some(Rating::Unrated) {
            findings.push(finding(context, model, entity));
        }
    }
}

/// The rating of an asset or attacker as of now; nothing for other kinds.
pub(super) fn rating(entity: &Entity) -> Option<Rating> {
    match &entity.body {
        Body::Asset(asset) => Some(impact(asset, None)),
        Body::Attacker(attacker) => Some(likelihood(attacker, None)),
        _ => None,
    }
}

fn finding(context: &Context<'_>, model: &Model, entity: &Entity) -> Finding {
    let message = format!("nobody rated {}, so its objectives have no tier", named(entity));
    Finding::new(&codes::UNRATED, Place::entity(&model.id, entity.id), message)
        .help(format!("rate it: {}", command(context, model, entity, &needed(entity))))
}

/// `redan rate A1 --set C=… --set blast_radius=… --reason "…"`. Commands know numbers only, so an entity
/// that waits for its own gets it first.
pub(super) fn command(context: &Context<'_>, model: &Model, entity: &Entity, factors: &[Factor]) -> String {
    let sets: Vec<String> = factors.iter().map(|factor| format!("--set {}=…", factor.name())).collect();
    let (first, id) = match entity.id.number() {
        Some(_) => ("", entity.id.to_string()),
        None => ("redan fix --rule id_unnumbered, then ", "ID".to_owned()),
    };
    format!("{first}redan rate {id} {} --reason \"…\"{}", sets.join(" "), context.flag(model))
}

fn needed(entity: &Entity) -> Vec<Factor> {
    match &entity.body {
        Body::Asset(asset) => {
            let subscores = asset.properties.0.keys().copied().map(Property::factor);
            subscores.chain(Factor::IMPACT).collect()
        }
        _ => Factor::LIKELIHOOD.to_vec(),
    }
}
