//! Which properties an asset lists is structure; how much each matters is a factor.

use super::{Now, Refusal, Why, command, overlay, rate, refusal};
use crate::identity::structural;
use crate::model::{Body, Entity, Factor, Kind, Level, Levels, Model, Part, Properties, Property, Value};

/// Lists other properties. Listed ones keep their base subscore; a new one of a rated asset brings its
/// own; a subscore that would change is refused.
pub(super) fn relist(model: &Model, entity: &mut Entity, value: Option<&Value>, now: &Now) -> Result<(), Refusal> {
    let Body::Asset(asset) = &entity.body else { return Ok(()) };
    let misfit = || refusal::misfit(Kind::Asset, "properties", value.unwrap_or(&Value::text("")));
    let wanted = Properties::read(value).ok_or_else(misfit)?;
    let old = asset.properties.clone();
    let mut next = Properties::default();
    for (&property, &level) in &wanted.0 {
        let base = match old.0.get(&property) {
            Some(&base) => kept(model, entity, (property, base), level)?,
            None => brought(model, entity, property, level)?,
        };
        next.0.insert(property, base);
    }
    if let Body::Asset(asset) = &mut entity.body {
        asset.properties = next;
    }
    agree_with_old_revisions(model, entity, &old, now);
    Ok(())
}

fn kept(
    model: &Model,
    entity: &Entity,
    (property, base): (Property, Option<Level>),
    given: Option<Level>,
) -> Result<Option<Level>, Refusal> {
    let factor = property.factor();
    let current = overlay::levels(entity).get(&factor).copied();
    match given {
        Some(level) if base != given && current != given => Err(subscore(model, entity, factor, level)),
        _ => Ok(base),
    }
}

fn brought(model: &Model, entity: &Entity, property: Property, given: Option<Level>) -> Result<Option<Level>, Refusal> {
    match (overlay::rated(entity), given) {
        (true, None) => {
            let Body::Asset(asset) = &entity.body else { return Ok(None) };
            let listed = asset.properties.0.keys().map(|property| format!("{property},")).collect::<String>();
            let message = format!(
                "{} is rated, so {property} ({}) brings its subscore with it: low or high",
                entity.id,
                property.meaning()
            );
            let hint = command::edit(model, entity.id, "properties", &format!("{listed}{property}=high"));
            Err(Refusal::new(Why::Rating, message).hint(hint))
        }
        (false, Some(level)) => {
            let listed: String =
                overlay::wanted(entity).into_iter().filter_map(overlay::property).map(|p| format!("{p},")).collect();
            let mut refusal = subscore(model, entity, property.factor(), level);
            refusal.hints.insert(0, command::edit(model, entity.id, "properties", &format!("{listed}{property}")));
            Err(refusal)
        }
        _ => Ok(given),
    }
}

/// Subscores change by `rate`; what nobody rated is rated as a whole.
fn subscore(model: &Model, entity: &Entity, factor: Factor, level: Level) -> Refusal {
    let id = entity.id;
    let letter = factor.name();
    let set = (factor, Some(level.name));
    if overlay::rated(entity) {
        let message = format!("{letter}={} is a rating: it changes by a revision with a reason", level.name);
        return Refusal::new(Why::Rating, message).hint(command::rate(model, id, &[set]));
    }
    let message = format!("{id} is not rated yet: list the properties by letter, then rate it as a whole");
    let others = overlay::wanted(entity).into_iter().filter(|other| *other != factor).map(|other| (other, None));
    let all: Vec<_> = std::iter::once(set).chain(others).collect();
    Refusal::new(Why::Rating, message).hint(command::rate(model, id, &all))
}

/// A property that was listed before may still have revisions; where they say something else than the
/// subscore it comes back with, one more revision says what holds.
fn agree_with_old_revisions(model: &Model, entity: &mut Entity, old: &Properties, now: &Now) {
    let current = overlay::levels(entity);
    let Body::Asset(asset) = &entity.body else { return };
    let back = asset.properties.0.iter().filter(|(property, _)| !old.0.contains_key(property));
    let wrong: Levels = back
        .filter_map(|(property, level)| Some((property.factor(), (*level)?)))
        .filter(|(factor, level)| current.get(factor) != Some(level))
        .collect();
    if !wrong.is_empty() {
        rate::revise(entity, wrong, "listed again with this subscore", now, structural(model).short());
    }
}
