//! Small worlds, built in a line each.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use redan::model::{
    Assumption, AssumptionKind, AssumptionRef, Attestation, Body, BoundaryRef, ComponentRef, Control, Decision,
    DecisionKind, Entity, Factor, Group, Id, Kind, Model, Objective, Property, Status, Vector, When,
};

use crate::rating::{asset, attacker};

pub(super) const TODAY: Date = date(2026, 11, 20);

pub(super) const PAIR: Objective = Objective { asset: Id::new(Kind::Asset, 1), attacker: Id::new(Kind::Attacker, 1) };

pub(super) fn id(text: &str) -> Id {
    Id::parse(text).unwrap_or_else(|| panic!("{text} is no ID"))
}

pub(super) fn day(text: &str) -> Option<When> {
    Some(text.parse().unwrap_or_else(|()| panic!("{text} is no date")))
}

pub(super) fn put(model: &mut Model, id: &str, body: Body) {
    let mut entity = Entity::new(self::id(id));
    entity.body = body;
    model.entities.insert(entity.id, entity);
}

pub(super) fn entity<'m>(model: &'m mut Model, id: &str) -> &'m mut Entity {
    model.entities.get_mut(&self::id(id)).unwrap_or_else(|| panic!("{id} is not in the world"))
}

macro_rules! body {
    ($($name:ident, $kind:ident;)+) => {$(
        pub(super) fn $name<'m>(model: &'m mut Model, id: &str) -> &'m mut redan::model::$kind {
            match &mut entity(model, id).body {
                Body::$kind(body) => body,
                other => panic!("{id} is {other:?}"),
            }
        }
    )+};
}

body! {
    the_asset, Asset;
    the_attacker, Attacker;
    the_assumption, Assumption;
    the_component, Component;
    the_boundary, Boundary;
}

pub(super) fn boundaries(ids: &[&str]) -> BTreeSet<BoundaryRef> {
    ids.iter().map(|text| BoundaryRef(id(text))).collect()
}

pub(super) fn components(ids: &[&str]) -> BTreeSet<ComponentRef> {
    ids.iter().map(|text| ComponentRef(id(text))).collect()
}

pub(super) fn upheld(lists: &[&[&str]]) -> Vec<BTreeSet<AssumptionRef>> {
    lists.iter().map(|list| list.iter().map(|text| AssumptionRef(id(text))).collect()).collect()
}

/// A1 (C high, I high) and T1 with this vector; nothing else.
pub(super) fn pair(vector: Option<Vector>) -> Model {
    let mut model = Model::default();
    let levels = ["isolated", "manageable", "none"];
    put(&mut model, "A1", Body::Asset(asset(&[(Property::C, "high"), (Property::I, "high")], levels)));
    let word = vector.map_or("network", |vector| vector.word());
    let mut one = attacker([word, "none", "low", "none", "commodity"]);
    if vector.is_none() {
        one.likelihood.0.remove(&Factor::Vector);
    }
    put(&mut model, "T1", Body::Attacker(one));
    model
}

/// A1 in CMP1 in TB1, where T1 stands: reachable.
pub(super) fn together() -> Model {
    let mut model = pair(Some(Vector::Network));
    put(&mut model, "TB1", Body::Boundary(redan::model::Boundary::default()));
    put(&mut model, "CMP1", Body::Component(redan::model::Component::default()));
    the_component(&mut model, "CMP1").boundaries = boundaries(&["TB1"]);
    the_asset(&mut model, "A1").components = components(&["CMP1"]);
    the_attacker(&mut model, "T1").boundaries = boundaries(&["TB1"]);
    model
}

pub(super) fn control(group: Option<Group>, implemented: bool, upheld_by: &[&[&str]]) -> Control {
    let mut control = Control { upheld_by: upheld(upheld_by), ..Control::default() };
    control.status = implemented.then_some(Status::Implemented);
    group.into_iter().for_each(|group| control.covers.put(PAIR, group));
    control
}

pub(super) fn attestation(at: &str, expires: Option<&str>) -> Attestation {
    Attestation {
        by: "ada@example.org".into(),
        at: day(at),
        statement: "seen".into(),
        expires: expires.and_then(day),
        of: "0123456789ab".into(),
        ..Attestation::default()
    }
}

/// The states an assumption can be in, by name.
pub(super) const STATES: [&str; 6] = ["active", "pending", "expired", "void", "violated", "retired"];

/// Puts an assumption in a state. `void` relies on [`void`] as the judge of changes.
pub(super) fn assume(model: &mut Model, id: &str, state: &str) {
    let mut assumption = Assumption { kind: Some(AssumptionKind::External), ..Assumption::default() };
    let expires = if state == "expired" { "2026-11-19" } else { "2026-11-20" };
    let mut row = attestation("2026-01-01", Some(expires));
    if state == "void" {
        row.of = "changed".into();
    }
    if state != "pending" {
        assumption.attestations.push(row);
    }
    put(model, id, Body::Assumption(assumption));
    if state == "retired" {
        entity(model, id).life.removed = Some(redan::model::Removed::default());
    }
    if state == "violated" {
        let mut withdrawn = decision(DecisionKind::Withdrawn, "2026-11-01", "2027-01-01");
        withdrawn.objectives = redan::model::Pairs::default();
        withdrawn.entities = BTreeSet::from([self::id(id)]);
        model.decisions.insert(format!("withdrawn-{id}"), withdrawn);
    }
}

/// Says that rows marked `changed` are about something that has changed.
pub(super) fn void(row: redan::assess::Row<'_>) -> bool {
    match row {
        redan::assess::Row::Attestation(_, row) => row.of == "changed",
        redan::assess::Row::Decision(_, decision) => decision.of == "changed",
    }
}

pub(super) fn decision(kind: DecisionKind, at: &str, review_by: &str) -> Decision {
    Decision {
        kind: Some(kind),
        objectives: [PAIR].into_iter().collect(),
        owner: "ada@example.org".into(),
        by: "ada@example.org".into(),
        at: day(at),
        reason: "a pilot".into(),
        review_by: day(review_by),
        ..Decision::default()
    }
}
