//! What the fields of a row say, as plain words.

use std::collections::BTreeSet;

use super::select::Scope;
use crate::assess::{Rating, asset_levels, attacker_levels, impact, likelihood};
use crate::model::{Body, Entity, Factor, Id, Levels, Objective, Value, Vector};

impl Scope<'_, '_> {
    pub(super) fn of_the_pair(&self, objective: Objective, name: &str) -> Vec<String> {
        let Some(outcome) = self.assessment.outcome(objective) else { return Vec::new() };
        let one = |word: Option<&str>| word.map(str::to_owned).into_iter().collect();
        match name {
            "id" => vec![objective.to_string()],
            "tier" => one(outcome.tier.map(|tier| tier.word())),
            "impact" => self.of_the_entity(objective.asset, name),
            "likelihood" => self.of_the_entity(objective.attacker, name),
            "status" => one(Some(outcome.status.word())),
            "reason" => one(outcome.reason.map(|reason| reason.word())),
            "reach" => one(Some(outcome.reach.verdict.word())),
            "cause" => one(outcome.reach.cause.map(|cause| cause.word())),
            "mitigated_by" => one(outcome.mitigated_by.map(|by| by.word())),
            "properties" => self.of_the_entity(objective.asset, name),
            "gap" => outcome.gap.iter().map(|property| property.word().to_owned()).collect(),
            "controls" => self.covering(objective).map(|id| id.to_string()).collect(),
            "covered" => vec![self.covering(objective).next().is_some().to_string()],
            _ => Vec::new(),
        }
    }

    pub(super) fn of_the_entity(&self, id: Id, name: &str) -> Vec<String> {
        let Some(entity) = self.model().entities.get(&id) else { return Vec::new() };
        let flag = |is: bool| vec![is.to_string()];
        match (&entity.body, name) {
            (_, "id") => vec![id.to_string()],
            (_, "removed") => flag(!entity.live()),
            (Body::Asset(asset), "impact") => band(&impact(asset, None)),
            (Body::Attacker(attacker), "likelihood") => band(&likelihood(attacker, None)),
            (Body::Asset(asset), "rated") => flag(matches!(impact(asset, None), Rating::Rated(_))),
            (Body::Attacker(attacker), "rated") => flag(matches!(likelihood(attacker, None), Rating::Rated(_))),
            (Body::Asset(asset), "properties") => asset.properties.0.keys().map(|p| p.word().to_owned()).collect(),
            (Body::Boundary(boundary), "passes") if boundary.passes.is_none() => {
                Vector::WORDS.iter().map(|word| (*word).to_owned()).collect()
            }
            (Body::Boundary(boundary), "sealed") => flag(boundary.sealed),
            (Body::Assumption(_), "state") => vec![self.ledger.state(entity).word().to_owned()],
            (Body::Assumption(assumption), "expires") => {
                let latest = assumption.attestations.iter().max_by_key(|row| row.at.map(|at| at.moment()));
                latest.and_then(|row| row.expires).map(|day| day.day().to_string()).into_iter().collect()
            }
            (Body::Control(control), "implemented") => flag(control.implemented()),
            (Body::Control(control), "status") if control.status.is_none() => vec!["not_implemented".to_owned()],
            (Body::Control(_), "orphaned") => flag(self.model().is_orphaned(entity)),
            (Body::Control(control), "covers") => {
                control.covers.iter().map(|(_, objective)| objective.to_string()).collect()
            }
            (Body::Assumption(assumption), "objectives") => {
                assumption.objectives.iter().map(|objective| objective.to_string()).collect()
            }
            _ => factor(entity, name).unwrap_or_else(|| words(entity.value(name).as_ref())),
        }
    }
}

fn band(rating: &Rating) -> Vec<String> {
    match rating {
        Rating::Rated(rated) => vec![rated.band.to_string()],
        Rating::Partial(_) | Rating::Unrated => Vec::new(),
    }
}

/// The level of a factor today, where the name is one.
fn factor(entity: &Entity, name: &str) -> Option<Vec<String>> {
    let factor = Factor::of(super::field::factors(entity.id.kind), name)?;
    let levels: Levels = match &entity.body {
        Body::Asset(asset) => asset_levels(asset, None),
        Body::Attacker(attacker) => attacker_levels(attacker, None),
        _ => Levels::new(),
    };
    Some(levels.get(&factor).map(|level| level.name.to_owned()).into_iter().collect())
}

/// A value of a file as words: an item each, nested lists flat.
fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(Value::List(items)) => {
            let all: BTreeSet<String> = items.iter().flat_map(|item| words(Some(item))).collect();
            all.into_iter().collect()
        }
        Some(Value::When(when)) => vec![when.day().to_string()],
        Some(other) => vec![other.to_string()],
    }
}
