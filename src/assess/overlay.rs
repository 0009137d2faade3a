//! The live view of factors: what the entity was made with, and every revision laid over it.

use crate::model::{Asset, Attacker, Factor, Levels, Property, When};

/// An asset's levels in force at the end of `until`; `None` = now. A revision of a property that the
/// asset does not list counts for nothing.
pub fn asset_levels(asset: &Asset, until: Option<When>) -> Levels {
    let subscores = asset.properties.0.iter().filter_map(|(property, level)| Some((property.factor(), (*level)?)));
    let base = subscores.chain(asset.impact.0.iter().map(|(&factor, &level)| (factor, level)));
    let mut levels = laid(base.collect(), asset.revisions.iter().map(|row| (row.at, &row.set.0)), until);
    levels.retain(|&factor, _| counts(asset, factor));
    levels
}

/// An attacker's levels in force at the end of `until`; `None` = now.
pub fn attacker_levels(attacker: &Attacker, until: Option<When>) -> Levels {
    laid(attacker.likelihood.0.clone(), attacker.revisions.iter().map(|row| (row.at, &row.set.0)), until)
}

/// Whether an asset has this factor: it is no subscore, or the subscore of a listed property.
pub(super) fn counts(asset: &Asset, factor: Factor) -> bool {
    let property = Property::ALL.iter().find(|property| property.factor() == factor);
    property.is_none_or(|property| asset.properties.0.contains_key(property))
}

fn laid<'a>(base: Levels, rows: impl Iterator<Item = (Option<When>, &'a Levels)>, until: Option<When>) -> Levels {
    rows.filter(|(at, _)| until.is_none_or(|until| made_by(*at, until))).fold(base, |mut levels, (_, set)| {
        levels.extend(set);
        levels
    })
}

/// A row without a date was made nobody knows when, so no earlier moment can count on it.
fn made_by(at: Option<When>, until: When) -> bool {
    at.is_some_and(|at| match until {
        When::Day(day) => at.day() <= day,
        When::Instant(_) => at.moment() <= until.moment(),
    })
}
