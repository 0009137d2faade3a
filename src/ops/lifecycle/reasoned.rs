//! Factors for newcomers that nobody rated, as the knowledge base has them for their kind.

use super::{Note, Outcome, Stage};
use crate::change::diff;
use crate::model::{Asset, Attacker, Body, Entity, Id};
use crate::suggest::{AssetKind, AttackerKind, Engine as _, Offline, knowledge};

/// The same outcome, where assets and attackers that are new and unrated have the factors of the kind that their words name. One that
/// names no kind stays unrated: a guess would look like an answer. What somebody gave stays.
pub fn reasoned(stage: &Stage<'_>, mut outcome: Outcome) -> Outcome {
    let mut told: Vec<(Id, String)> = Vec::new();
    let news = outcome.model.entities.values_mut().filter(|entity| !stage.model.entities.contains_key(&entity.id));
    for entity in news {
        told.extend(rate(entity).map(|like| (entity.id, like)));
    }
    if !told.is_empty() {
        outcome.changes = diff(stage.model, &outcome.model);
    }
    let words = |(id, like): (Id, String)| format!("{id} is rated like {like}; overrule it with redan rate {id}");
    outcome.notes.extend(told.into_iter().map(words).map(Note::Remark));
    outcome
}

/// Rates an entity, and says like what.
fn rate(entity: &mut Entity) -> Option<String> {
    let (like, reason) = match &mut entity.body {
        Body::Asset(asset) => asset_factors(asset)?,
        Body::Attacker(attacker) => attacker_factors(attacker)?,
        _ => return None,
    };
    if entity.life.source.is_empty() {
        Offline.name().clone_into(&mut entity.life.source);
    }
    if entity.life.rationale.is_empty() {
        entity.life.rationale = format!("Rated like {like}. {reason}");
    }
    Some(like)
}

fn asset_factors(asset: &mut Asset) -> Option<(String, String)> {
    let rated = !asset.impact.0.is_empty() || asset.properties.0.values().any(Option::is_some);
    let words = format!("{} {}", asset.name, asset.description);
    let found = knowledge().find_assets(&words).into_iter().find(|found| found.sure && !rated);
    let kind: &AssetKind = found?.kind;
    asset.impact = kind.impact.clone();
    if asset.properties.0.is_empty() {
        asset.properties = kind.properties.clone();
    }
    for (property, level) in &mut asset.properties.0 {
        let usual = kind.properties.0.get(property).copied().flatten();
        *level = usual.or_else(|| property.factor().level("low"));
    }
    Some((format!("“{}”", kind.name), kind.reason()))
}

fn attacker_factors(attacker: &mut Attacker) -> Option<(String, String)> {
    let rated = !attacker.likelihood.0.is_empty();
    let words = format!("{} {}", attacker.capability, attacker.position);
    let found = knowledge().find_attackers(&words).into_iter().find(|found| found.sure && !rated);
    let kind: &AttackerKind = found?.kind;
    attacker.likelihood = kind.likelihood.clone();
    Some((format!("one who is “{}”", kind.capability), kind.reason()))
}
