//! Control objectives as `show` lists them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::assess::{Grouped, Reachability};
use crate::assess::{Rating, impact, likelihood, tier};
use crate::model::{Asset, Attacker, Body, Entity, Id, Model, Objective};

/// A control objective: keep these properties of the asset from this attacker.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Goal {
    /// `CO-A1-T1`.
    pub id: String,
    pub asset: String,
    pub attacker: String,
    /// C, I, A, U.
    pub properties: Vec<&'static str>,
    pub statement: String,
    /// `live`, or `tombstoned` when its asset or attacker is removed.
    pub state: &'static str,
    /// critical, high, medium or low; absent = not rated.
    pub tier: Option<&'static str>,
    /// not_applicable, unreachable, mitigated, accepted, at_risk or unassessed; absent for tombstones, and where
    /// history is needed to tell and is not here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Live controls that cover it, with their group: a number or `depth`.
    pub controls: Vec<Covered>,
    /// Why it is open, when it is; where one objective was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Its mitigation groups, complete or not; where one objective was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Grouped>>,
    /// Whether the attacker gets to the asset; where one objective was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reachability: Option<Reachability>,
}

/// A control's cover of an objective.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Covered {
    pub control: String,
    pub group: String,
    pub implemented: bool,
}

/// Every objective of the model, by asset and attacker: live ones, and tombstones.
pub fn objectives(model: &Model) -> Vec<Goal> {
    let covers = covers(model);
    let attackers: Vec<(&Entity, &Attacker, Rating)> =
        model.attackers().map(|(entity, attacker)| (entity, attacker, likelihood(attacker, None))).collect();
    let mut goals = Vec::new();
    for (entity, asset) in model.assets() {
        let impact = impact(asset, None);
        for (attacker_entity, attacker, likelihood) in &attackers {
            let objective = Objective { asset: entity.id, attacker: attacker_entity.id };
            goals.push(Goal {
                id: objective.to_string(),
                asset: entity.id.to_string(),
                attacker: attacker_entity.id.to_string(),
                properties: asset.properties.0.keys().map(|property| property.word()).collect(),
                statement: statement(asset, attacker),
                state: if entity.live() && attacker_entity.live() { "live" } else { "tombstoned" },
                tier: tier(&impact, likelihood).map(|tier| tier.word()),
                controls: covers.get(&objective).cloned().unwrap_or_default(),
                status: None,
                reason: None,
                groups: None,
                reachability: None,
            });
        }
    }
    goals
}

/// `Keep the confidentiality and integrity of X from an attacker who …`.
fn statement(asset: &Asset, attacker: &Attacker) -> String {
    let meanings: Vec<&str> = asset.properties.0.keys().map(|property| property.meaning()).collect();
    let what = match meanings.as_slice() {
        [] => "security".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    format!("Protect the {what} of {} against: {}", asset.name, attacker.capability)
}

fn covers(model: &Model) -> BTreeMap<Objective, Vec<Covered>> {
    let mut covers: BTreeMap<Objective, Vec<Covered>> = BTreeMap::new();
    for (entity, control) in model.controls().filter(|(entity, _)| entity.live()) {
        for (group, objective) in control.covers.iter() {
            let covered = Covered {
                control: entity.id.to_string(),
                group: group.to_string(),
                implemented: control.implemented(),
            };
            covers.entry(objective).or_default().push(covered);
        }
    }
    covers
}

/// `high (6 of 9)`, `not rated`, or what is missing; nothing for kinds that are not rated.
pub fn rating(entity: &Entity) -> Option<String> {
    let rating = match &entity.body {
        Body::Asset(asset) => impact(asset, None),
        Body::Attacker(attacker) => likelihood(attacker, None),
        _ => return None,
    };
    Some(in_words(&rating))
}

/// The same for a rating that is known.
pub(super) fn in_words(rating: &Rating) -> String {
    match rating {
        Rating::Rated(rated) => format!("{} ({} of 9)", rated.band, rated.sum),
        Rating::Partial(missing) => {
            let names: Vec<&str> = missing.iter().map(|factor| factor.name()).collect();
            format!("not rated: {} missing", names.join(", "))
        }
        Rating::Unrated => "not rated".to_owned(),
    }
}

/// Whether an objective hangs on the entity.
pub fn hangs_on(goal: &Goal, id: Id) -> bool {
    let id = id.to_string();
    goal.asset == id || goal.attacker == id || goal.controls.iter().any(|covered| covered.control == id)
}
