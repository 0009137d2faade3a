//! How every shape of field is written on the command line.

use redan::model::{Body, Entity, Id, Kind};
use redan::ops::lifecycle::{Why, parse_field};

use super::world::World;

fn shown(kind: Kind, field: &str, text: &str) -> String {
    let world = World::new();
    match parse_field(&world.model, kind, field, text) {
        Ok(None) => "cleared".to_owned(),
        Ok(Some(value)) => {
            let mut entity = Entity::new(Id::new(kind, 1));
            assert!(entity.set(field, Some(&value)), "{field}={text} gives what the field holds");
            assert_eq!(entity.value(field).unwrap_or(value.clone()), value, "in canonical form");
            format!("{value}")
        }
        Err(refusal) => format!("{:?}", refusal.why),
    }
}

#[test]
fn every_shape_has_a_form() {
    let table = [
        (Kind::Asset, "name", " Refund queue ", "Refund queue"),
        (Kind::Asset, "name", "", "cleared"),
        (Kind::Asset, "name", "two\nlines", "Value"),
        (Kind::Asset, "description", "two\nlines", "two\nlines"),
        (Kind::Asset, "properties", "I,C", "C, I"),
        (Kind::Asset, "properties", "C=high,I=low", "C = high; I = low"),
        (Kind::Asset, "properties", "C=none", "Value"),
        (Kind::Asset, "properties", "", "cleared"),
        (
            Kind::Asset,
            "impact",
            "blast_radius=cascading, regulatory=none",
            "blast_radius = cascading; regulatory = none",
        ),
        (Kind::Asset, "impact", "vector=local", "Value"),
        (Kind::Asset, "components", "CMP2, CMP1,CMP1", "CMP1, CMP2"),
        (Kind::Asset, "components", "NEW-queue,CMP1", "CMP1, NEW-queue"),
        (Kind::Asset, "components", "TB1", "Value"),
        (Kind::Attacker, "archetype", "insider", "insider"),
        (Kind::Attacker, "archetype", "Insider", "Value"),
        (Kind::Boundary, "passes", "local,network", "network, local"),
        (Kind::Boundary, "passes", "", ""),
        (Kind::Boundary, "passes", "*", "cleared"),
        (Kind::Boundary, "sealed", "true", "true"),
        (Kind::Boundary, "sealed", "no", "cleared"),
        (Kind::Boundary, "sealed", "maybe", "Value"),
        (Kind::Assumption, "objectives", "A1-T1,A2-*", "A1 = T1; A2 = T1, T2"),
        (Kind::Assumption, "excludes", "attacker=T1,property=C", "attacker = T1; property = C"),
        (Kind::Assumption, "excludes", "attacker=T1,T2,property=*", "attacker = T1, T2; property = *"),
        (Kind::Assumption, "excludes", "vector=local|physical", "vector = local, physical"),
        (Kind::Assumption, "excludes", "objectives=A1-*,asset=A1", "asset = A1; objectives: (A1 = T1, T2)"),
        (Kind::Assumption, "excludes", "T1", "Value"),
        (Kind::Assumption, "excludes", "atacker=T1", "Value"),
        (Kind::Assumption, "attestations", "x", "Field"),
        (Kind::Control, "upheld_by", "AS1|AS2+AS3", "AS1, AS2, AS3"),
        (Kind::Control, "upheld_by", "AS1,AS2", "Value"),
        (Kind::Control, "protects", "I,C", "C, I"),
        (Kind::Control, "covers", "1:A1-*; depth:A2-T1", "1: (A1 = T1, T2); depth: (A2 = T1)"),
        (Kind::Control, "covers", "01:A1-*", "Value"),
        (Kind::Control, "covers", "0:A1-*", "Value"),
        (Kind::Control, "covers", "1:A9-*", "Unknown"),
        (Kind::Control, "status", "implemented", "implemented"),
        (Kind::Control, "evidence", "x", "Value"),
        (Kind::Control, "revisions", "x", "Field"),
    ];
    for (kind, field, text, expected) in table {
        assert_eq!(shown(kind, field, text), expected, "{kind} {field}={text}");
    }
}

#[test]
fn alternatives_and_what_is_needed_together_differ() {
    let world = World::new();
    let value = parse_field(&world.model, Kind::Control, "upheld_by", "AS1|AS2+AS3").unwrap();
    let mut entity = Entity::new(Id::new(Kind::Control, 1));
    assert!(entity.set("upheld_by", value.as_ref()));
    let Body::Control(control) = &entity.body else { panic!() };
    assert_eq!(control.upheld_by.iter().map(|set| set.len()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_pattern_is_written_out_over_live_pairs_only() {
    let world = World::new();
    let value = parse_field(&world.model, Kind::Control, "covers", "1:*-T1").unwrap().unwrap();
    assert_eq!(value.to_string(), "1: (A1 = T1; A2 = T1)", "A3 is removed");
    let refusal = parse_field(&world.model, Kind::Control, "covers", "1:A3-*").unwrap_err();
    assert_eq!(refusal.why, Why::Removed);
}
