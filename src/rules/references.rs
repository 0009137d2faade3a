//! Every reference of a model: where it stands and whom it names. The one walk over them, so that no
//! rule forgets a kind.

use crate::change::Subject;
use crate::finding::Place;
use crate::model::{
    Assumption, Atom, Body, Control, Covers, Decision, Entity, Id, Model, ModelId, Pairs, Predicate, Wild,
};

/// One mention of an entity.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) place: Place,
    /// Whoever it names; the ID says the kind.
    pub(super) id: Id,
}

/// What a live entity refers to.
pub(super) fn of_entity(model: &ModelId, entity: &Entity) -> Vec<Reference> {
    let at = Place::entity(model, entity.id);
    let mut found = Vec::new();
    match &entity.body {
        Body::Boundary(_) => {}
        Body::Component(component) => set(&mut found, &at.key("boundaries"), &component.boundaries, |b| b.0),
        Body::Asset(asset) => set(&mut found, &at.key("components"), &asset.components, |c| c.0),
        Body::Attacker(attacker) => set(&mut found, &at.key("boundaries"), &attacker.boundaries, |b| b.0),
        Body::Assumption(body) => assumption(&mut found, &at, body),
        Body::Control(body) => control(&mut found, &at, body),
    }
    found
}

/// What a decision refers to.
pub(super) fn of_decision(model: &ModelId, name: &str, decision: &Decision) -> Vec<Reference> {
    let at = Place::of(model, Subject::Decision(name.to_owned()));
    let mut found = Vec::new();
    pairs(&mut found, &at.clone().key("objectives"), &decision.objectives);
    set(&mut found, &at.key("entities"), &decision.entities, |&id| id);
    found
}

/// Everything a model's live entities and its decisions refer to, with who refers.
pub(super) fn of_model(model: &Model) -> impl Iterator<Item = (Subject, Vec<Reference>)> + '_ {
    let live = model.entities.values().filter(|entity| entity.live());
    let entities = live.map(|entity| (Subject::Entity(entity.id), of_entity(&model.id, entity)));
    let decisions = model.decisions.iter();
    entities.chain(decisions.map(|(name, d)| (Subject::Decision(name.clone()), of_decision(&model.id, name, d))))
}

type Found = Vec<Reference>;

fn set<'a, T: Atom + 'a>(found: &mut Found, at: &Place, items: impl IntoIterator<Item = &'a T>, id: fn(&T) -> Id) {
    found.extend(items.into_iter().map(|item| Reference { place: at.clone().item(item.spell()), id: id(item) }));
}

fn pairs(found: &mut Found, at: &Place, pairs: &Pairs) {
    for (asset, attackers) in &pairs.0 {
        found.push(Reference { place: at.clone().name(asset.to_string()), id: *asset });
        set(found, &at.clone().key(asset.to_string()), attackers, |&id| id);
    }
}

fn assumption(found: &mut Found, at: &Place, body: &Assumption) {
    pairs(found, &at.clone().key("objectives"), &body.objectives);
    if let Some(predicate) = &body.excludes {
        excludes(found, &at.clone().key("excludes"), predicate);
    }
}

fn excludes(found: &mut Found, at: &Place, predicate: &Predicate) {
    wild(found, &at.clone().key("attacker"), predicate.attacker.as_ref(), |a| a.0);
    wild(found, &at.clone().key("asset"), predicate.asset.as_ref(), |a| a.0);
    wild(found, &at.clone().key("component"), predicate.component.as_ref(), |c| c.0);
    pairs(found, &at.clone().key("objectives"), &predicate.objectives);
}

fn wild<T: Atom>(found: &mut Found, at: &Place, term: Option<&Wild<T>>, id: fn(&T) -> Id) {
    if let Some(Wild::These(items)) = term {
        set(found, at, items, id);
    }
}

fn control(found: &mut Found, at: &Place, body: &Control) {
    set(found, &at.clone().key("components"), &body.components, |c| c.0);
    for (row, list) in body.upheld_by.iter().enumerate() {
        set(found, &at.clone().key("upheld_by").row(row), list, |a| a.0);
    }
    covers(found, &at.clone().key("covers"), &body.covers);
}

fn covers(found: &mut Found, at: &Place, covers: &Covers) {
    for (group, objectives) in &covers.0 {
        pairs(found, &at.clone().key(group.to_string()), objectives);
    }
}
