//! The assessment of a whole model, in time linear in its objectives.

use std::collections::HashMap;

use super::exclude::Exclusions;
use super::group::{ControlFacts, Covering, Hold, weigh};
use super::mask::Mask;
use super::outcome::{Decided, Inputs, Outcome, settle};
use super::predicate::Scene;
use super::rating::tier;
use super::reach::{AssetFacts, AttackerFacts, Reach, reach};
use super::standing::{Ledger, Standing};
use super::structure::{Structure, places};
use super::view::View;
use crate::model::{Body, DecisionKind, Id, Kind, Model, Objective};

/// Every live objective of a model, assessed. Texts are made when they are asked for.
pub struct Assessment<'m> {
    pub(super) model: &'m Model,
    pub(super) structure: Structure<'m>,
    pub(super) assets: Vec<AssetFacts>,
    pub(super) attackers: Vec<AttackerFacts>,
    pub(super) controls: Vec<ControlFacts>,
    pub(super) exclusions: Exclusions<'m>,
    pub(super) grid: Grid,
    /// By asset, then attacker.
    outcomes: Vec<Outcome>,
}

/// Assesses a model from a point of view. A retired model has no objectives.
pub fn assess<'m>(model: &'m Model, view: View<'_>) -> Assessment<'m> {
    let ledger = Ledger::new(model, view);
    let structure = Structure::new(model);
    let counts = !model.retired();
    let assets = model.assets().filter(|(entity, _)| counts && entity.live());
    let assets: Vec<AssetFacts> =
        assets.map(|(entity, asset)| AssetFacts::new(&structure, entity, asset, view.factors)).collect();
    let attackers = model.attackers().filter(|(entity, _)| counts && entity.live());
    let attackers: Vec<AttackerFacts> =
        attackers.map(|(entity, one)| AttackerFacts::new(&structure, entity, one, view.factors)).collect();
    let controls = model.controls().filter(|(entity, _)| entity.live());
    let controls: Vec<ControlFacts> =
        controls.map(|(entity, control)| ControlFacts::new(model, &ledger, entity.id, control)).collect();
    let mut grid = Grid::new(&assets, &attackers);
    grid.cover(model);
    let exclusions = Exclusions::new(model, &ledger);
    let mut assessment =
        Assessment { model, structure, assets, attackers, controls, exclusions, grid, outcomes: Vec::new() };
    assessment.outcomes = assessment.settle(&Said::new(model, &ledger, &assessment.grid));
    assessment
}

impl<'m> Assessment<'m> {
    fn settle(&self, said: &Said) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(self.grid.len());
        let mut scratch = Vec::new();
        for asset in &self.assets {
            for attacker in &self.attackers {
                let at = outcomes.len();
                let (excluded, out) = self.exclusions.judge(&scene(asset, attacker));
                let covering = self.grid.covering(at);
                let groups = weigh(covering, &self.controls, &mut scratch);
                let assumed = said.assumed[at];
                let addressed = if assumed.is_some_and(Hold::counts) { Mask::ALL } else { groups.addressed };
                outcomes.push(settle(&Inputs {
                    tier: tier(&asset.rating, &attacker.rating),
                    reach: reach(asset, attacker, excluded),
                    decided: said.decided[at],
                    covered: !covering.is_empty(),
                    best: groups.best.into_iter().chain(assumed).min(),
                    gap: asset.properties.without(addressed).without(out),
                }));
            }
        }
        outcomes
    }

    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// Live objectives by asset and attacker.
    pub fn outcomes(&self) -> impl Iterator<Item = (Objective, &Outcome)> {
        self.outcomes.iter().enumerate().map(|(at, outcome)| (self.objective(at), outcome))
    }

    /// `None` when the asset or the attacker is not live.
    pub fn outcome(&self, objective: Objective) -> Option<&Outcome> {
        self.grid.at(objective).map(|at| &self.outcomes[at])
    }

    /// Of any pair: one that is not live has a missing entity.
    pub fn reach(&self, objective: Objective) -> Reach {
        self.outcome(objective).map_or(Reach::MISSING, |outcome| outcome.reach)
    }

    /// What a live control gives to what leans on it; `None` when it is not live.
    pub fn hold(&self, control: Id) -> Option<Hold> {
        let at = self.controls.binary_search_by_key(&control, |facts| facts.id).ok()?;
        Some(self.controls[at].hold)
    }

    pub(super) fn objective(&self, at: usize) -> Objective {
        let (asset, attacker) = self.grid.pair(at);
        Objective { asset: self.assets[asset].id, attacker: self.attackers[attacker].id }
    }
}

pub(super) fn scene<'a>(asset: &'a AssetFacts, attacker: &AttackerFacts) -> Scene<'a> {
    Scene {
        objective: Objective { asset: asset.id, attacker: attacker.id },
        vector: attacker.vector,
        components: &asset.components,
        properties: asset.properties,
    }
}

/// Objectives as positions, and the controls that cover each.
pub(super) struct Grid {
    assets: HashMap<Id, u32>,
    attackers: HashMap<Id, u32>,
    /// Where an objective's coverings start; one more at the end.
    starts: Vec<u32>,
    coverings: Vec<Covering>,
}

impl Grid {
    fn new(assets: &[AssetFacts], attackers: &[AttackerFacts]) -> Grid {
        let (rows, columns) = (assets.len(), attackers.len());
        Grid {
            assets: places(assets.iter().map(|asset| asset.id)),
            attackers: places(attackers.iter().map(|attacker| attacker.id)),
            starts: vec![0; rows * columns + 1],
            coverings: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.assets.len() * self.attackers.len()
    }

    pub(super) fn at(&self, objective: Objective) -> Option<usize> {
        let asset = *self.assets.get(&objective.asset)? as usize;
        let attacker = *self.attackers.get(&objective.attacker)? as usize;
        Some(asset * self.attackers.len() + attacker)
    }

    pub(super) fn pair(&self, at: usize) -> (usize, usize) {
        (at / self.attackers.len(), at % self.attackers.len())
    }

    pub(super) fn covering(&self, at: usize) -> &[Covering] {
        &self.coverings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Files every covering under its objective: counted once, then placed, controls in order.
    fn cover(&mut self, model: &Model) {
        let controls = model.controls().filter(|(entity, _)| entity.live());
        let mut found: Vec<(u32, Covering)> = Vec::new();
        for (control, (_, body)) in (0..).zip(controls) {
            for (group, objective) in body.covers.iter() {
                if let Some(at) = self.at(objective).and_then(|at| u32::try_from(at).ok()) {
                    found.push((at, Covering { control, group }));
                }
            }
        }
        found.sort_by_key(|(at, _)| *at);
        let mut next = 0;
        for (at, start) in self.starts.iter_mut().enumerate() {
            while found.get(next).is_some_and(|(place, _)| (*place as usize) < at) {
                next += 1;
            }
            *start = u32::try_from(next).unwrap_or(u32::MAX);
        }
        self.coverings = found.into_iter().map(|(_, covering)| covering).collect();
    }
}

/// What people and assumptions say about objectives directly.
struct Said {
    decided: Vec<Decided>,
    assumed: Vec<Option<Hold>>,
}

impl Said {
    fn new(model: &Model, ledger: &Ledger<'_>, grid: &Grid) -> Said {
        let mut said = Said { decided: vec![Decided::default(); grid.len()], assumed: vec![None; grid.len()] };
        for (name, decision) in &model.decisions {
            let active = |objective| ledger.standing(name, decision, objective) == Standing::Active;
            let about = decision.objectives.iter().filter_map(|one| grid.at(one).filter(|_| active(one)));
            match decision.kind {
                Some(DecisionKind::NotApplicable) => about.for_each(|at| said.decided[at].not_applicable = true),
                Some(DecisionKind::RiskAccepted) => about.for_each(|at| said.decided[at].accepted = true),
                _ => {}
            }
        }
        for entity in model.of_kind(Kind::Assumption).filter(|entity| entity.live()) {
            let Body::Assumption(assumption) = &entity.body else { continue };
            if assumption.excludes.is_some() {
                continue; // it takes objectives out, and mitigates none
            }
            let hold = Hold::of(ledger.state(entity));
            for at in assumption.objectives.iter().filter_map(|objective| grid.at(objective)) {
                said.assumed[at] = said.assumed[at].into_iter().chain([hold]).min();
            }
        }
        said
    }
}
