//! What hangs together: from a row to the entities its query may ask about.

use std::collections::BTreeSet;

use super::select::Scope;
use super::{Hit, Row};
use crate::model::{Body, Id, Kind, Objective};

const ASSET: Row = Row::Entity(Kind::Asset);
const ATTACKER: Row = Row::Entity(Kind::Attacker);
const COMPONENT: Row = Row::Entity(Kind::Component);
const BOUNDARY: Row = Row::Entity(Kind::Boundary);
const ASSUMPTION: Row = Row::Entity(Kind::Assumption);
const CONTROL: Row = Row::Entity(Kind::Control);

/// The kinds that a row is related to.
pub(super) const fn related(row: Row) -> &'static [Row] {
    match row {
        Row::Objective => &[ASSET, ATTACKER, CONTROL, COMPONENT, BOUNDARY, ASSUMPTION],
        Row::Entity(Kind::Asset) => &[COMPONENT, BOUNDARY, CONTROL, Row::Objective],
        Row::Entity(Kind::Attacker) => &[BOUNDARY, CONTROL, Row::Objective],
        Row::Entity(Kind::Component) => &[BOUNDARY, ASSET, CONTROL],
        Row::Entity(Kind::Boundary) => &[COMPONENT, ATTACKER, ASSET],
        Row::Entity(Kind::Assumption) => &[CONTROL, Row::Objective],
        Row::Entity(Kind::Control) => &[COMPONENT, ASSET, ATTACKER, ASSUMPTION, Row::Objective],
    }
}

impl Scope<'_, '_> {
    /// What a row is related to, of one kind; live only.
    pub(super) fn related(&self, hit: Hit, to: Row) -> Vec<Hit> {
        if to == Row::Objective {
            return self.objectives(hit).into_iter().map(Hit::Objective).collect();
        }
        let ids: BTreeSet<Id> = match hit {
            Hit::Objective(objective) => self.of_objective(objective, to),
            Hit::Entity(id) => self.of_entity(id, to),
        };
        ids.into_iter().filter(|id| self.model().is_live(*id)).map(Hit::Entity).collect()
    }

    /// Live objectives of an entity.
    fn objectives(&self, hit: Hit) -> Vec<Objective> {
        let Hit::Entity(id) = hit else { return Vec::new() };
        let model = self.model();
        match model.entities.get(&id).map(|entity| &entity.body) {
            Some(Body::Asset(_) | Body::Attacker(_)) => {
                model.objectives().filter(|one| one.asset == id || one.attacker == id).collect()
            }
            Some(Body::Control(control)) => {
                control.covers.iter().map(|(_, one)| one).filter(|one| model.is_open(*one)).collect()
            }
            Some(Body::Assumption(assumption)) => {
                assumption.objectives.iter().filter(|one| model.is_open(*one)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn of_objective(&self, objective: Objective, to: Row) -> BTreeSet<Id> {
        match to {
            ASSET => BTreeSet::from([objective.asset]),
            ATTACKER => BTreeSet::from([objective.attacker]),
            CONTROL => self.covering(objective).collect(),
            ASSUMPTION => {
                let lists = |body: &Body| matches!(body, Body::Assumption(one) if one.objectives.contains(objective));
                let all = self.model().of_kind(Kind::Assumption).filter(|entity| lists(&entity.body));
                all.map(|entity| entity.id).chain(self.assessment.excluded_by(objective)).collect()
            }
            _ => self.of_entity(objective.asset, to),
        }
    }

    fn of_entity(&self, id: Id, to: Row) -> BTreeSet<Id> {
        let model = self.model();
        let Some(entity) = model.entities.get(&id) else { return BTreeSet::new() };
        match (&entity.body, to) {
            (Body::Asset(asset), COMPONENT) => asset.components.iter().map(|one| one.0).collect(),
            (Body::Asset(asset), BOUNDARY) => {
                asset.components.iter().flat_map(|one| self.of_entity(one.0, BOUNDARY)).collect()
            }
            (Body::Attacker(attacker), BOUNDARY) => attacker.boundaries.iter().map(|one| one.0).collect(),
            (Body::Component(component), BOUNDARY) => component.boundaries.iter().map(|one| one.0).collect(),
            (Body::Control(control), COMPONENT) => control.components.iter().map(|one| one.0).collect(),
            (Body::Control(control), ASSUMPTION) => control.upheld_by.iter().flatten().map(|one| one.0).collect(),
            (Body::Control(_), ASSET) => self.objectives(Hit::Entity(id)).iter().map(|one| one.asset).collect(),
            (Body::Control(_), ATTACKER) => self.objectives(Hit::Entity(id)).iter().map(|one| one.attacker).collect(),
            // The other way round: whatever of that kind leads here.
            (_, Row::Entity(kind)) => {
                let leads = |other: Id| self.of_entity(other, Row::Entity(entity.id.kind)).contains(&id);
                let forward = forward(kind).contains(&Row::Entity(entity.id.kind));
                model.of_kind(kind).map(|other| other.id).filter(|other| forward && leads(*other)).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Live controls that cover an objective.
    pub(super) fn covering(&self, objective: Objective) -> impl Iterator<Item = Id> + '_ {
        self.covered.get(&objective).into_iter().flatten().copied()
    }
}

/// The kinds that an entity names itself.
const fn forward(kind: Kind) -> &'static [Row] {
    match kind {
        Kind::Asset => &[COMPONENT, BOUNDARY],
        Kind::Attacker | Kind::Component => &[BOUNDARY],
        Kind::Control => &[COMPONENT, ASSUMPTION, ASSET, ATTACKER],
        Kind::Boundary | Kind::Assumption => &[],
    }
}
