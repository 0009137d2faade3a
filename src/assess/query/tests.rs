use super::{Hit, Query, Row, Scope, select};
use crate::assess::{View, assess};
use crate::model::{Asset, Attacker, Body, Boundary, BoundaryRef, Component, ComponentRef, Control, Entity, Group, Id};
use crate::model::{Kind, Model, Objective, Part, Properties, Removed, Status, Value};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn put(model: &mut Model, text: &str, body: Body) {
    model.entities.insert(id(text), Entity { body, ..Entity::new(id(text)) });
}

fn asset(name: &str, letters: &[&str], components: &[&str]) -> Body {
    let letters = Value::List(letters.iter().map(|letter| Value::text(*letter)).collect());
    Body::Asset(Asset {
        name: name.to_owned(),
        properties: Properties::read(Some(&letters)).unwrap(),
        components: components.iter().map(|one| ComponentRef(id(one))).collect(),
        ..Asset::default()
    })
}

/// Two assets and a removed one, two attackers, a component in a sealed boundary, one control.
fn model() -> Model {
    let mut model = Model::default();
    let sealed = Boundary { name: "Edge".to_owned(), sealed: true, ..Boundary::default() };
    put(&mut model, "TB1", Body::Boundary(sealed));
    let boundaries = [BoundaryRef(id("TB1"))].into();
    put(&mut model, "CMP1", Body::Component(Component { name: "API".to_owned(), boundaries, ..Component::default() }));
    put(&mut model, "A1", asset("Access tokens", &["C", "U"], &["CMP1"]));
    put(&mut model, "A2", asset("Audit log", &["I"], &[]));
    put(&mut model, "A3", asset("Old keys", &["C"], &[]));
    model.entities.get_mut(&id("A3")).unwrap().life.removed = Some(Removed::default());
    let stands = Attacker { position: "internet".to_owned(), ..Attacker::default() };
    put(&mut model, "T1", Body::Attacker(Attacker { boundaries: [BoundaryRef(id("TB1"))].into(), ..stands.clone() }));
    put(&mut model, "T2", Body::Attacker(Attacker { position: "office".to_owned(), ..stands }));
    let mut control = Control { status: Some(Status::Implemented), ..Control::default() };
    control.covers.put(Objective { asset: id("A1"), attacker: id("T1") }, Group::Number(1));
    put(&mut model, "C1", Body::Control(control));
    model
}

fn found(text: &str) -> Vec<String> {
    let model = model();
    let view = View::on("2026-01-01".parse().unwrap());
    let assessment = assess(&model, view);
    let query = Query::read(text, None).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
    select(&Scope::new(&assessment, view), &query).iter().map(Hit::to_string).collect()
}

fn wrong(text: &str) -> (String, String) {
    let wrong = Query::read(text, None).expect_err(text);
    (format!("{} @ {:?}", wrong.message, wrong.at), wrong.hint.unwrap_or_default())
}

#[test]
fn fields_say_what_is_listed() {
    assert_eq!(found("asset.properties has U"), ["A1"]);
    assert_eq!(found("properties has usage"), ["A1"]);
    assert_eq!(found("asset.properties has U and status != mitigated"), ["CO-A1-T2"]);
    assert_eq!(found("status = implemented"), ["C1"]);
    assert_eq!(found("status = mitigated"), ["CO-A1-T1"]);
    assert_eq!(found("attacker.position = internet and asset.name has log"), ["CO-A2-T1"]);
}

#[test]
fn what_is_related_counts_when_any_of_it_does() {
    assert_eq!(found("asset.properties has C and boundary.sealed"), ["A1"]);
    assert_eq!(found("asset.components = 0"), ["A2"]);
    assert_eq!(found("control.components < 1 and asset.name = 'access tokens'"), ["C1"]);
    assert_eq!(found("boundary.name = edge and asset.id = A1"), ["TB1"]);
    assert_eq!(found("attacker.boundaries = none"), ["T2"]);
}

#[test]
fn words_bind_as_in_speech() {
    assert_eq!(found("asset.id = A1 or asset.id = A2 and asset.properties has C"), ["A1"]);
    assert_eq!(found("(asset.id = A1 or asset.id = A2) and not asset.properties has C"), ["A2"]);
    assert_eq!(found("asset.id in (A1, A3)"), ["A1"]);
    assert_eq!(found("asset.properties has (C, U)"), ["A1"]);
    assert_eq!(found("asset.properties = (U, C)"), ["A1"]);
}

#[test]
fn the_removed_are_asked_for_by_name() {
    assert_eq!(found("asset.removed"), ["A3"]);
    assert_eq!(found("asset.properties has C"), ["A1"]);
    assert_eq!(found("not asset.removed and asset.properties has C"), ["A1"]);
}

#[test]
fn nothing_known_is_above_or_below_nothing() {
    assert_eq!(found("tier >= low"), Vec::<String>::new());
    assert_eq!(found("tier = none and asset.id = A1"), ["CO-A1-T1", "CO-A1-T2"]);
    assert_eq!(found("asset.impact = high or not asset.rated"), ["A1", "A2"]);
}

#[test]
fn mistakes_say_where_and_what_instead() {
    let told = [
        ("asset.propertys has U", "asset has no field `propertys` @ 0..15", "did you mean `properties`?"),
        ("aset.properties has U", "`aset` is no kind of thing @ 0..15", "did you mean `asset.properties`?"),
        ("tier >= hgh", "`tier` cannot be `hgh` @ 8..11", "did you mean `high`?"),
        ("tier >=", "`>=` needs a value here @ 7..7", ""),
        (
            "tier = high status = at_risk",
            "`and` or `or` is missing before this @ 12..18",
            "a and b, a or b, not (a or b)",
        ),
        (
            "name = x",
            "this may be about assets, components, boundaries @ 0..4",
            "say which with --of, or write asset.…",
        ),
        (
            "asset.name > b",
            "`name` has no order, so `>` says nothing about it @ 0..10",
            "name = \"…\", or name has \"…\" for a part of it",
        ),
        ("(tier = high", "`)` is missing here @ 12..12", ""),
        ("colour = blue", "nothing has a field `colour` @ 0..6", "write asset.name, attacker.vector, tier, status, …"),
        ("asset.name = 'x", "a quote is not closed @ 13..15", ""),
        ("tier; status", "`;` means nothing here @ 4..5", ""),
        ("component.attacker.name = x", "component has no field `attacker.name` @ 0..23", ""),
    ];
    for (text, message, hint) in told {
        let (said, advice) = wrong(text);
        assert_eq!(said, message, "{text}");
        assert!(hint.is_empty() || advice == hint, "{text}: {advice}");
    }
}

#[test]
fn no_text_is_a_crash() {
    for text in [
        "",
        " ",
        "not",
        "and",
        "((((",
        "a.b.c",
        "=",
        "'",
        "\"\"",
        "é",
        "tier in ()",
        &"(".repeat(5000),
        &"not ".repeat(5000),
    ] {
        let _ = Query::read(text, None);
        let _ = Query::read(text, Some(Row::Entity(Kind::Asset)));
    }
    assert_eq!(Query::read("", Some(Row::Objective)).map(|query| query.row), Ok(Row::Objective));
}
