//! The digest of what a decision about objectives was about.

use super::digest::{Digest, of_entity, string};
use crate::model::{Id, Model, Objective, Pairs};

/// The identities on both sides of every objective, with the tier it had (`""` = not rated). `None` when
/// one of them is not in the model.
pub fn of_objectives(model: &Model, objectives: &Pairs, tier: impl Fn(Objective) -> &'static str) -> Option<Digest> {
    let words = |id: Id| model.entities.get(&id).map(|entity| of_entity(entity).to_string());
    let mut json = String::from("{");
    for (at, objective) in objectives.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        string(&mut json, &objective.to_string());
        json.push_str(":[");
        string(&mut json, &words(objective.asset)?);
        json.push(',');
        string(&mut json, &words(objective.attacker)?);
        json.push(',');
        string(&mut json, tier(objective));
        json.push(']');
    }
    json.push('}');
    Some(Digest::of(&json))
}
