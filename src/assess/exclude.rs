//! The active exclusions, filed so that each objective meets only those that may be about it.

use super::mask::Mask;
use super::predicate::{Relief, Scene, says_nothing};
use super::standing::{Ledger, State};
use crate::model::{Body, Id, Kind, Model, Predicate, Wild};
use std::collections::{BTreeMap, HashMap};

pub(super) struct Exclusions<'m> {
    all: Vec<(Id, &'m Predicate)>,
    by_asset: HashMap<Id, Vec<usize>>,
    by_attacker: HashMap<Id, Vec<usize>>,
    general: Vec<usize>,
}

impl<'m> Exclusions<'m> {
    pub(super) fn new(model: &'m Model, ledger: &Ledger<'_>) -> Exclusions<'m> {
        let mut exclusions =
            Exclusions { all: Vec::new(), by_asset: HashMap::new(), by_attacker: HashMap::new(), general: Vec::new() };
        for entity in model.of_kind(Kind::Assumption).filter(|entity| ledger.state(entity) == State::Active) {
            if let Body::Assumption(assumption) = &entity.body {
                let predicate = assumption.excludes.as_ref().filter(|predicate| !says_nothing(predicate));
                predicate.into_iter().for_each(|predicate| exclusions.file(entity.id, predicate));
            }
        }
        exclusions
    }

    fn file(&mut self, id: Id, predicate: &'m Predicate) {
        let at = self.all.len();
        self.all.push((id, predicate));
        if !predicate.objectives.is_empty() {
            let assets = predicate.objectives.0.keys();
            assets.for_each(|&asset| self.by_asset.entry(asset).or_default().push(at));
        } else if let Some(Wild::These(assets)) = &predicate.asset {
            assets.iter().for_each(|asset| self.by_asset.entry(asset.0).or_default().push(at));
        } else if let Some(Wild::These(attackers)) = &predicate.attacker {
            attackers.iter().for_each(|attacker| self.by_attacker.entry(attacker.0).or_default().push(at));
        } else {
            self.general.push(at);
        }
    }

    fn about(&self, scene: &Scene<'_>) -> impl Iterator<Item = &(Id, &'m Predicate)> {
        let asset = self.by_asset.get(&scene.objective.asset).into_iter().flatten();
        let attacker = self.by_attacker.get(&scene.objective.attacker).into_iter().flatten();
        asset.chain(attacker).chain(&self.general).map(|&at| &self.all[at])
    }

    /// Whether the objective is out as a whole, and the properties that are out in any case.
    pub(super) fn judge(&self, scene: &Scene<'_>) -> (bool, Mask) {
        if self.all.is_empty() {
            return (false, Mask::NONE);
        }
        let mut relief = Relief::new(scene);
        let any = self.about(scene).fold(false, |any, (_, predicate)| relief.add(predicate, scene) || any);
        if any { (relief.complete(scene), relief.properties()) } else { (false, Mask::NONE) }
    }

    /// The assumptions that take something out of the objective, by ID.
    pub(super) fn behind(&self, scene: &Scene<'_>) -> Vec<Id> {
        let hits = self.about(scene).filter(|(_, predicate)| Relief::new(scene).add(predicate, scene));
        let ids: BTreeMap<Id, ()> = hits.map(|(id, _)| (*id, ())).collect();
        ids.into_keys().collect()
    }
}
