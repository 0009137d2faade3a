//! Whether the verb goes the way that the act goes.

use crate::assess::{asset_levels, attacker_levels};
use crate::model::{Body, Factor, Id, Level, Model};
use crate::suggest::words::Act;
use crate::suggest::words::frame::Frame;
use crate::suggest::words::phrases::phrases;

/// What is wrong with the verb: it says up and the level goes down, or it detaches and something comes.
pub(super) fn against(frame: &Frame<'_>, act: &Act) -> Option<String> {
    let said = frame.said.iter().map(|token| token.low.as_str()).collect::<Vec<_>>().join(" ");
    let verb = |section: &str| phrases(section).contains(&said.as_str());
    let (up, down) = (verb("goes up"), verb("goes down"));
    match act {
        Act::Rate { id, sets, .. } if up || down => {
            let (name, level) = sets.first()?;
            let factor = Factor::OF_ASSET.iter().chain(&Factor::LIKELIHOOD).copied().find(|one| one.name() == name)?;
            let (old, new) = (now(frame.model, *id, factor)?, factor.level(level)?);
            // To raise recoverability may mean the factor or what it stands for.
            let either = factor == Factor::Recoverability;
            let fits = either || old == new || (place(factor, new) > place(factor, old)) == up;
            (!fits).then(|| format!("{name} of {id} is {} now, and `{said}` says the other way", old.name))
        }
        Act::Edit { id, sets } if verb("takes away") => {
            let (field, value) = sets.first()?;
            let before = super::listed(frame.model.entities.get(id)?, field);
            let comes = value
                .split(',')
                .map(str::trim)
                .any(|one| !one.is_empty() && !before.iter().any(|held| one.starts_with(held.as_str())));
            comes.then(|| format!("`{said}` takes away, and this would add"))
        }
        _ => None,
    }
}

fn now(model: &Model, id: Id, factor: Factor) -> Option<Level> {
    let levels = match &model.entities.get(&id)?.body {
        Body::Asset(asset) => asset_levels(asset, None),
        Body::Attacker(attacker) => attacker_levels(attacker, None),
        _ => return None,
    };
    levels.get(&factor).copied()
}

/// Where a level stands among those of its factor, from the least of what the factor is called to the most.
fn place(factor: Factor, level: Level) -> usize {
    let at = factor.levels().iter().position(|one| one.name == level.name).unwrap_or_default();
    // These two are listed from the most common and the farthest down.
    let falls = matches!(factor, Factor::Prevalence | Factor::Vector);
    if falls { factor.levels().len() - at } else { at }
}
