//! Ratings that somebody began and nobody finished.

use super::unrated::{command, rating};
use super::{Context, Rule, listed, named};
use crate::assess::Rating;
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Entity, Factor, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::RATING_PARTIAL], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        if let Some(Rating::Partial(missing)) = rating(entity) {
            findings.push(finding(context, model, entity, &missing));
        }
    }
}

fn finding(context: &Context<'_>, model: &Model, entity: &Entity, missing: &[Factor]) -> Finding {
    let names: Vec<&str> = missing.iter().map(|factor| factor.name()).collect();
    let message = format!("the rating of {} lacks {}", named(entity), listed(&names));
    Finding::new(&codes::RATING_PARTIAL, place(model, entity, missing), message)
        .help(format!("add what is missing: {}", command(context, model, entity, missing)))
}

/// The table that lacks something, where the file has it; else the entity.
fn place(model: &Model, entity: &Entity, missing: &[Factor]) -> Place {
    let place = Place::entity(&model.id, entity.id);
    let subscore = missing.iter().any(|factor| !Factor::IMPACT.contains(factor));
    let field = match &entity.body {
        Body::Asset(_) if subscore => "properties",
        Body::Asset(_) => "impact",
        _ => "likelihood",
    };
    if entity.value(field).is_some() { place.key(field) } else { place }
}
