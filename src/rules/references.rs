//! Every reference of a model: where it stands and whom it names. The one walk over them, so that no
//! rule forgets a kind.

use crate::change::Subject;
use crate::finding::Place;
use crate::model::{Assumption, Atom, Body, Control, Decision, Entity, Id, Model, ModelId, Pairs, Predicate, Wild};

/// One mention of an entity.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) place: Place,
    /// Whoever it names; the ID says the kind.
    pub(super) id: Id,
}

/// What a model's live entities and its decisions refer to, with who refers: those references to an ID that
/// `wanted` asks for.
pub(super) fn of_model<'m>(
    model: &'m Model,
    wanted: &'m dyn Fn(&Subject, Id) -> bool,
) -> impl Iterator<Item = (Subject, Vec<Reference>)> + 'm {
    let entities = model.entities.values().filter(|entity| entity.live());
    let entities = entities.map(move |entity| {
        let subject = Subject::Entity(entity.id);
        let mut walk = Walk { wanted: &|id| wanted(&subject, id), found: Vec::new() };
        walk.entity(&model.id, entity);
        let found = walk.found;
        (subject, found)
    });
    let decisions = model.decisions.iter().map(move |(name, decision)| {
        let subject = Subject::Decision(name.clone());
        let mut walk = Walk { wanted: &|id| wanted(&subject, id), found: Vec::new() };
        walk.decision(&|| Place::of(&model.id, subject.clone()), decision);
        let found = walk.found;
        (subject, found)
    });
    entities.chain(decisions)
}

/// Most references are not asked for, so places are made only for those that are.
type At<'a> = &'a dyn Fn() -> Place;

struct Walk<'w> {
    wanted: &'w dyn Fn(Id) -> bool,
    found: Vec<Reference>,
}

impl Walk<'_> {
    fn entity(&mut self, model: &ModelId, entity: &Entity) {
        let at = || Place::entity(model, entity.id);
        match &entity.body {
            Body::Boundary(_) => {}
            Body::Component(component) => self.set(&|| at().key("boundaries"), &component.boundaries, |b| b.0),
            Body::Asset(asset) => self.set(&|| at().key("components"), &asset.components, |c| c.0),
            Body::Attacker(attacker) => self.set(&|| at().key("boundaries"), &attacker.boundaries, |b| b.0),
            Body::Assumption(body) => self.assumption(&at, body),
            Body::Control(body) => self.control(&at, body),
        }
    }

    fn decision(&mut self, at: At<'_>, decision: &Decision) {
        self.pairs(&|| at().key("objectives"), &decision.objectives);
        self.set(&|| at().key("entities"), &decision.entities, |&id| id);
    }

    fn assumption(&mut self, at: At<'_>, body: &Assumption) {
        self.pairs(&|| at().key("objectives"), &body.objectives);
        if let Some(predicate) = &body.excludes {
            self.excludes(&|| at().key("excludes"), predicate);
        }
    }

    fn excludes(&mut self, at: At<'_>, predicate: &Predicate) {
        self.wild(&|| at().key("attacker"), predicate.attacker.as_ref(), |a| a.0);
        self.wild(&|| at().key("asset"), predicate.asset.as_ref(), |a| a.0);
        self.wild(&|| at().key("component"), predicate.component.as_ref(), |c| c.0);
        self.pairs(&|| at().key("objectives"), &predicate.objectives);
    }

    fn control(&mut self, at: At<'_>, body: &Control) {
        self.set(&|| at().key("components"), &body.components, |c| c.0);
        for (row, list) in body.upheld_by.iter().enumerate() {
            self.set(&|| at().key("upheld_by").row(row), list, |a| a.0);
        }
        for (group, objectives) in &body.covers.0 {
            self.pairs(&|| at().key("covers").key(group.to_string()), objectives);
        }
    }

    fn pairs(&mut self, at: At<'_>, pairs: &Pairs) {
        for (asset, attackers) in &pairs.0 {
            self.one(&|| at().name(asset.to_string()), *asset);
            self.set(&|| at().key(asset.to_string()), attackers, |&id| id);
        }
    }

    fn wild<T: Atom>(&mut self, at: At<'_>, term: Option<&Wild<T>>, id: fn(&T) -> Id) {
        if let Some(Wild::These(items)) = term {
            self.set(at, items, id);
        }
    }

    fn set<'a, T: Atom + 'a>(&mut self, at: At<'_>, items: impl IntoIterator<Item = &'a T>, id: fn(&T) -> Id) {
        items.into_iter().for_each(|item| self.one(&|| at().item(item.spell()), id(item)));
    }

    fn one(&mut self, at: At<'_>, id: Id) {
        if (self.wanted)(id) {
            self.found.push(Reference { place: at(), id });
        }
    }
}
