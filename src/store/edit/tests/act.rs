//! New things, new files, and what is refused.

use super::*;
use crate::change::Thing;
use crate::model::{Decision, Entity, Head, Provenance};

fn named(id: &str, name: &str) -> Change {
    let mut entity = Entity::new(Id::parse(id).expect("legal"));
    assert!(entity.set("name", Some(&Value::text(name))));
    Change::put(&shop(), entity)
}

#[test]
fn a_new_entity_follows_the_last_of_its_kind() {
    let text = "[components.CMP1]\nname = \"c\"\n\n[assets.A1]\nname = \"a\"\n\n[[assets.A1.revisions]]\nby = \"b\"\n# of the revision\n\n# ---- attackers ----\n\n# T1\n[attackers.T1]\nposition = \"p\"\n";
    let text = format!("{HEAD}\n{text}");
    let want = text.replace("revision\n", "revision\n\n[assets.A2]\nname = \"two\"\n\n[assets.A3]\nname = \"three\"\n");
    assert_eq!(after(MODEL, &text, &[named("A2", "two"), named("A3", "three")]), want);
    let want = text.replace("\n[components", "\n[boundaries.TB1]\nname = \"b\"\n\n[components");
    assert_eq!(after(MODEL, &text, &[named("TB1", "b")]), want);
    let mut assumption = Entity::new(Id::parse("AS1").expect("legal"));
    assert!(assumption.set("description", Some(&Value::text("d"))));
    let want = format!("{text}\n[assumptions.AS1]\ndescription = \"d\"\n");
    assert_eq!(after(MODEL, &text, &[Change::put(&shop(), assumption)]), want);
}

#[test]
fn a_whole_control_reads_like_the_format_page() {
    let mut control = Entity::new(Id::parse("C1").expect("legal"));
    let covers = map(&[
        ("depth", map(&[("A4", texts(&["T1"]))])),
        ("1", map(&[("A10", texts(&["T1"])), ("A2", texts(&["T1", "T2"]))])),
    ]);
    let requirement = map(&[("req", Value::text("asvs@5.0.0:V1.1.1")), ("state", Value::text("accepted"))]);
    let fields = [
        ("description", Value::text("d")),
        ("status", Value::text("implemented")),
        ("upheld_by", Value::List(vec![texts(&["AS1"]), texts(&["AS2", "AS3"])])),
        ("requirements", Value::List(vec![requirement])),
        ("covers", covers),
        ("evidence", Value::List(vec![map(&[("kind", Value::text("file_exists")), ("path", Value::text("p"))])])),
    ];
    for (field, value) in fields {
        assert!(control.set(field, Some(&value)), "{field}");
    }
    let files = edited(&[(MODEL, HEAD)], &[Change::put(&shop(), control)]).expect("performed");
    let want = "#:schema ../.schema/controls.schema.json

[controls.C1]
description = \"d\"
status = \"implemented\"
upheld_by = [[\"AS1\"], [\"AS2\", \"AS3\"]]
requirements = [
  { req = \"asvs@5.0.0:V1.1.1\", state = \"accepted\" },
]

[controls.C1.covers.1]
A2 = [\"T1\", \"T2\"]
A10 = [\"T1\"]

[controls.C1.covers.depth]
A4 = [\"T1\"]

[[controls.C1.evidence]]
kind = \"file_exists\"
path = \"p\"
";
    assert_eq!(files.get(CONTROLS).map(String::as_str), Some(want));
}

#[test]
fn a_new_model_gets_its_folder() {
    let head = Head {
        name: "Shop".into(),
        description:
            "Sells things to people who want them, takes their money through an acquirer and sends parcels to them."
                .into(),
        provenance: Some(Provenance { source: "docs/shop.md".into(), ..Provenance::default() }),
        ..Head::default()
    };
    let put = change(Subject::Head, Act::Put(Box::new(Thing::Head(head.clone()))));
    let files = edited(&[], &[put.clone(), named("A1", "Money")]).expect("performed");
    let want = format!(
        "#:schema ../.schema/model.schema.json\nformat = 1\nid = \"shop\"\nname = \"Shop\"\ndescription = \"\"\"\n{}\"\"\"\n\n[provenance]\nsource = \"docs/shop.md\"\n\n[assets.A1]\nname = \"Money\"\n",
        head.description
    );
    assert_eq!(files.get(MODEL), Some(&want));
    let taken = workspace(&[("threat-models/other/model.toml", "id = \"other\"\n")]);
    let mut taken = taken;
    let other = taken.sources.pop_first().expect("one").1;
    taken.sources.insert("threat-models/shop/notes.md".into(), other);
    assert!(matches!(plan(&taken, "threat-models", std::slice::from_ref(&put)), Err(Refused::Taken { .. })));
    assert_eq!(plan(&taken, "", &[put]), Err(Refused::NoRoot));
}

#[test]
fn a_decision_gets_a_file() {
    let mut decision = Decision { reason: "pilot".into(), ..Decision::default() };
    let objectives = map(&[("A1", texts(&["T2"]))]);
    assert!(crate::model::Record::set(&mut decision, "objectives", Some(&objectives)));
    assert!(crate::model::Record::set(&mut decision, "at", Some(&Value::When("2026-11-20".parse().expect("a date")))));
    let subject = Subject::Decision("2026-11-20-accept-3f9a".into());
    let put = change(subject.clone(), Act::Put(Box::new(Thing::Decision(decision))));
    let files = edited(&[(MODEL, HEAD)], std::slice::from_ref(&put)).expect("performed");
    let want = "#:schema ../../.schema/decision.schema.json\nformat = 1\nobjectives = { A1 = [\"T2\"] }\nat = 2026-11-20\nreason = \"pilot\"\n";
    assert_eq!(files.values().next().map(String::as_str), Some(want));
    let named = |name: &str| match &put.act {
        Act::Put(thing) => change(Subject::Decision(name.into()), Act::Put(thing.clone())),
        _ => put.clone(),
    };
    for name in ["../x", "", ".x", "a/b", "a\\b"] {
        assert_eq!(edited(&[(MODEL, HEAD)], &[named(name)]), Err(Refused::Name { name: name.into() }));
    }
}

#[test]
fn what_cannot_be_is_refused_whole() {
    let text = format!("{HEAD}[assets.A1]\nname = \"n\"\n");
    let good = set(entity("A1"), "name", Some(Value::text("other")));
    let lost = Act::Lost { rows: "revisions", row: map(&[]) };
    let bad = [
        change(entity("A1"), Act::Drop),
        change(entity("A1"), lost),
        set(entity("A2"), "name", Some(Value::text("n"))),
        set(entity("A1"), "nmae", Some(Value::text("n"))),
        set(entity("A1"), "components", Some(texts(&["A1"]))),
        named("A1", "again"),
        Change { model: ModelId::parse("unknown").expect("legal"), ..good.clone() },
    ];
    for bad in bad {
        assert!(edited(&[(MODEL, &text)], &[good.clone(), bad.clone()]).is_err(), "{bad:?}");
    }
}
