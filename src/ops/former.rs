//! Subscores of properties that come back: no base lists them any more, and history knows how much they mattered.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, Trouble};
use crate::history::{Commit, GitError, Line, Sight};
use crate::identity::Past;
use crate::model::{Asset, Body, Factor, Id, Level, Levels, Model, ModelId};
use crate::store::Settings;

/// Base subscores by asset.
type Former = BTreeMap<(ModelId, Id), Levels>;

impl Desk {
    /// Adds what the listed properties of these models were last published with, where their base lists them not.
    /// History is walked only where a property comes; where it is not all here, nothing is known.
    pub(super) fn remember<'m>(
        &self,
        past: &mut Past,
        models: impl Iterator<Item = &'m Model>,
        settings: &Settings,
    ) -> Result<(), Trouble> {
        for model in models {
            for base in &past.bases {
                let wanted = base.models.get(&model.id).map(|old| coming(old, model)).unwrap_or_default();
                if wanted.is_empty() {
                    continue;
                }
                let tip = self.repo()?.commit(&base.commit)?;
                match self.published_with(&tip, settings, &model.id, &wanted) {
                    Ok(former) => past.former.extend(former),
                    Err(GitError::Incomplete { .. } | GitError::Shallow { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    fn published_with(
        &self,
        tip: &Commit,
        settings: &Settings,
        id: &ModelId,
        wanted: &BTreeSet<(Id, Factor)>,
    ) -> Result<Former, GitError> {
        let mut former = Former::new();
        self.repo.as_ref().ok_or(GitError::Bare)?.follow(&Line { tip, settings, model: Some(id) }, |step| {
            let Sight::Read(model) = step.now else { return };
            for (asset, listed) in assets(model) {
                let known = former.entry((id.clone(), asset)).or_default();
                known.extend(subscores(listed).filter(|(factor, _)| wanted.contains(&(asset, *factor))));
            }
        })?;
        Ok(former)
    }
}

/// The rated properties of published assets that the published state does not list.
fn coming(old: &Model, new: &Model) -> BTreeSet<(Id, Factor)> {
    let published: BTreeMap<Id, &Asset> = assets(old).collect();
    let mut coming = BTreeSet::new();
    for (id, asset) in assets(new) {
        let Some(before) = published.get(&id) else { continue };
        let before: BTreeSet<Factor> = before.properties.0.keys().map(|property| property.factor()).collect();
        coming.extend(subscores(asset).map(|(factor, _)| (id, factor)).filter(|(_, factor)| !before.contains(factor)));
    }
    coming
}

fn assets(model: &Model) -> impl Iterator<Item = (Id, &Asset)> {
    model.entities.values().filter_map(|entity| match &entity.body {
        Body::Asset(asset) => Some((entity.id, asset)),
        _ => None,
    })
}

fn subscores(asset: &Asset) -> impl Iterator<Item = (Factor, Level)> {
    asset.properties.0.iter().filter_map(|(property, level)| Some((property.factor(), (*level)?)))
}
