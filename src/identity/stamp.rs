//! The digest of what a decision about objectives was about.

use super::digest::{Digest, string};
use crate::model::{Id, Objective};

/// The identities on both sides of every objective, with the tier it had (`""` = not rated); `words` is the whole digest of
/// an entity's identity. `None` when one of them is not known.
pub fn of_objectives(
    objectives: impl Iterator<Item = (Objective, &'static str)>,
    words: impl Fn(Id) -> Option<String>,
) -> Option<Digest> {
    let mut json = String::from("{");
    for (at, (objective, tier)) in objectives.enumerate() {
        if at > 0 {
            json.push(',');
        }
        string(&mut json, &objective.to_string());
        json.push_str(":[");
        string(&mut json, &words(objective.asset)?);
        json.push(',');
        string(&mut json, &words(objective.attacker)?);
        json.push(',');
        string(&mut json, tier);
        json.push(']');
    }
    json.push('}');
    Some(Digest::of(&json))
}
