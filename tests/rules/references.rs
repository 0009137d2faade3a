//! No reference is forgotten: whatever field of any kind can name an entity is filled with one that
//! does not exist.

use std::collections::BTreeMap;

use redan::finding::codes;
use redan::identity::Past;
use redan::model::{Decision, Entity, Field, Id, Kind, Model, ModelId, Models, Record, Shape, Value};
use redan::rules::{self, Context};

use super::valid::TODAY;

/// Values of a shape that name one unknown entity each, with its ID.
fn strangers(field: &Field) -> Vec<(Value, Id)> {
    let text = |id: Id| Value::Text(id.to_string());
    let pair = |asset: Id, attacker: Id| Value::Table([(asset.to_string(), Value::List(vec![text(attacker)]))].into());
    let unknown = |kind| Id::new(kind, 99);
    let (asset, attacker) = (Id::new(Kind::Asset, 1), Id::new(Kind::Attacker, 1));
    let pairs = || {
        vec![
            (pair(unknown(Kind::Asset), attacker), unknown(Kind::Asset)),
            (pair(asset, unknown(Kind::Attacker)), unknown(Kind::Attacker)),
        ]
    };
    match field.shape {
        Shape::Reference(kinds) => kinds.iter().map(|&kind| (text(unknown(kind)), unknown(kind))).collect(),
        Shape::Set(inner) | Shape::Wild(inner) | Shape::List(inner) => {
            let inner = strangers(&Field { shape: *inner, ..*field });
            inner.into_iter().map(|(value, id)| (Value::List(vec![value]), id)).collect()
        }
        Shape::Pairs => pairs(),
        Shape::Covers => {
            pairs().into_iter().map(|(value, id)| (Value::Table([("1".to_owned(), value)].into()), id)).collect()
        }
        Shape::Table(fields) => {
            let one = |field: &Field| {
                strangers(field)
                    .into_iter()
                    .map(|(value, id)| (Value::Table([(field.name.to_owned(), value)].into()), id))
                    .collect::<Vec<_>>()
            };
            fields.iter().flat_map(one).collect()
        }
        _ => Vec::new(),
    }
}

fn model() -> Model {
    let id = ModelId::parse("demo").unwrap();
    let entities = [Id::new(Kind::Asset, 1), Id::new(Kind::Attacker, 1)];
    Model { id, entities: entities.map(|id| (id, Entity::new(id))).into(), ..Model::default() }
}

fn unknown(model: Model) -> Vec<String> {
    let models = Models::from([(model.id.clone(), model)]);
    let (unread, past) = (BTreeMap::new(), Past::default());
    let context = Context::new(&models, &unread, &past, TODAY);
    let findings = rules::check(&context).into_iter();
    let told = [&codes::REFERENCE_UNKNOWN, &codes::ASSET_COMPONENT_UNKNOWN, &codes::CONTROL_COMPONENT_UNKNOWN];
    findings.filter(|finding| told.contains(&finding.code)).map(|finding| finding.message).collect()
}

#[test]
fn every_field_of_every_kind_is_looked_at() {
    let mut tried = 0;
    for kind in Kind::ALL {
        for field in kind.fields() {
            for (value, id) in strangers(field) {
                let mut model = model();
                let mut entity = Entity::new(Id::new(kind, 2));
                assert!(entity.set(field.name, Some(&value)), "{kind} {} {value}", field.name);
                model.entities.insert(entity.id, entity);
                let found = unknown(model);
                assert!(
                    matches!(&found[..], [one] if one.contains(&id.to_string())),
                    "{kind} {}: {value} {found:?}",
                    field.name
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 13, "only {tried} references were tried");
}

#[test]
fn every_field_of_a_decision_is_looked_at() {
    for field in Decision::FIELDS {
        for (value, id) in strangers(field) {
            let mut model = model();
            let mut decision = Decision::default();
            assert!(decision.set(field.name, Some(&value)), "{} {value}", field.name);
            model.decisions.insert("one".to_owned(), decision);
            let found = unknown(model);
            assert!(matches!(&found[..], [one] if one.contains(&id.to_string())), "{}: {value} {found:?}", field.name);
        }
    }
}
