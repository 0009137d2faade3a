//! An entity: an ID, the fields of its kind, and its life.

use super::record::table;
use super::{Asset, Assumption, Attacker, Boundary, Component, Control, Field, Id, Kind, Life, Record, Role, Value};
use std::collections::BTreeMap;

/// One entity of a model, live or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    pub id: Id,
    pub body: Body,
    pub life: Life,
}

/// The fields of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Boundary(Boundary),
    Component(Component),
    Asset(Asset),
    Attacker(Attacker),
    Assumption(Assumption),
    Control(Control),
}

macro_rules! each {
    ($body:expr, $record:ident => $then:expr) => {
        match $body {
            Body::Boundary($record) => $then,
            Body::Component($record) => $then,
            Body::Asset($record) => $then,
            Body::Attacker($record) => $then,
            Body::Assumption($record) => $then,
            Body::Control($record) => $then,
        }
    };
}

impl Body {
    pub fn empty(kind: Kind) -> Body {
        match kind {
            Kind::Boundary => Body::Boundary(Boundary::default()),
            Kind::Component => Body::Component(Component::default()),
            Kind::Asset => Body::Asset(Asset::default()),
            Kind::Attacker => Body::Attacker(Attacker::default()),
            Kind::Assumption => Body::Assumption(Assumption::default()),
            Kind::Control => Body::Control(Control::default()),
        }
    }
}

impl Kind {
    /// What an entity of this kind is, in a sentence.
    pub const fn doc(self) -> &'static str {
        match self {
            Kind::Boundary => Boundary::DOC,
            Kind::Component => Component::DOC,
            Kind::Asset => Asset::DOC,
            Kind::Attacker => Attacker::DOC,
            Kind::Assumption => Assumption::DOC,
            Kind::Control => Control::DOC,
        }
    }

    /// The fields of this kind's own, without [`Life`].
    pub const fn own_fields(self) -> &'static [Field] {
        match self {
            Kind::Boundary => Boundary::FIELDS,
            Kind::Component => Component::FIELDS,
            Kind::Asset => Asset::FIELDS,
            Kind::Attacker => Attacker::FIELDS,
            Kind::Assumption => Assumption::FIELDS,
            Kind::Control => Control::FIELDS,
        }
    }

    /// Every field an entity of this kind may have, in the order of the file.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        let legal = move |field: &&Field| self == Kind::Assumption || field.name != "attest_after";
        self.own_fields().iter().chain(Life::FIELDS.iter().filter(legal))
    }

    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }
}

impl Entity {
    pub fn new(id: Id) -> Entity {
        Entity { id, body: Body::empty(id.kind), life: Life::default() }
    }

    pub fn live(&self) -> bool {
        self.life.removed.is_none()
    }

    /// The field's value; `None` when absent.
    pub fn value(&self, name: &str) -> Option<Value> {
        self.life.value(name).or_else(|| each!(&self.body, record => record.value(name)))
    }

    /// Sets or clears a field; `false` when the kind has no such field or the value does not fit.
    pub fn set(&mut self, name: &str, value: Option<&Value>) -> bool {
        match self.id.kind.field(name) {
            None => false,
            Some(_) if Life::FIELDS.iter().any(|field| field.name == name) => self.life.set(name, value),
            Some(_) => each!(&mut self.body, record => record.set(name, value)),
        }
    }

    /// Every field that is present.
    pub fn table(&self) -> BTreeMap<String, Value> {
        let mut all = each!(&self.body, record => table(record));
        all.extend(table(&self.life));
        all
    }

    /// The identity fields with their text, in the order of the file; absent ones read empty.
    pub fn identity(&self) -> Vec<(&'static str, String)> {
        let fields = self.id.kind.own_fields().iter().filter(|field| field.role == Role::Identity);
        let text = |field: &Field| self.value(field.name).map(|value| value.to_string()).unwrap_or_default();
        fields.map(|field| (field.name, text(field))).collect()
    }

    /// What people call it: its name, or the sentence that stands for one.
    pub fn title(&self) -> &str {
        match &self.body {
            Body::Boundary(boundary) => &boundary.name,
            Body::Component(component) => &component.name,
            Body::Asset(asset) => &asset.name,
            Body::Attacker(attacker) => &attacker.capability,
            Body::Assumption(assumption) => &assumption.description,
            Body::Control(control) => &control.description,
        }
    }
}
