//! When what was decided is about something else than what is there.

use redan::assess::Row;
use redan::identity::{Base, Past, of_entity};
use redan::model::{
    AssetRevision, Body, Decision, DecisionKind, Factor, Impact, Model, ModelId, Pairs, Properties, Property,
};
use redan::rules::Memory;

use super::world::{PAIR, assume, day, decision, entity, id, the_asset, the_assumption, together};
use crate::rating::level;

/// Accepted on the first of May, with what the objective was then.
fn accepted() -> Model {
    let mut model = together();
    the_asset(&mut model, "A1").name = "Session tokens".into();
    let about: Pairs = [PAIR].into_iter().collect();
    let mut row = decision(DecisionKind::RiskAccepted, "2026-05-01", "2027-05-01");
    row.of = Memory::alone(&model).stamp(&about).unwrap();
    model.decisions.insert("accept".into(), row);
    model
}

fn stale(model: &Model, past: &Past) -> bool {
    Memory::new(model, past).changed(Row::Decision("accept", &model.decisions["accept"]))
}

fn revise(model: &mut Model, factor: Factor, name: &str) {
    let set = Impact([(factor, level(factor, name))].into());
    let row = AssetRevision { at: day("2026-06-01"), set: redan::model::AssetLevels(set.0), ..Default::default() };
    the_asset(model, "A1").revisions.push(row);
}

fn was(model: &Model) -> Past {
    let id = ModelId::parse("demo").unwrap();
    let mut old = model.clone();
    old.id = id.clone();
    let base = Base { models: [(id, old)].into(), ..Base::default() };
    Past { bases: vec![base], ..Past::default() }
}

#[test]
fn a_tier_that_rises_makes_stale_and_one_that_falls_does_not() {
    let model = accepted();
    assert!(!stale(&model, &Past::default()));
    let mut worse = model.clone();
    revise(&mut worse, Factor::BlastRadius, "cascading");
    assert!(stale(&worse, &Past::default()), "medium to high impact");
    let mut milder = model.clone();
    revise(&mut milder, Factor::Recoverability, "trivial");
    assert!(!stale(&milder, &Past::default()));
    let mut fewer = model;
    the_asset(&mut fewer, "A1").properties = Properties([(Property::I, Some(level(Factor::I, "low")))].into());
    assert!(!stale(&fewer, &Past::default()), "a falling tier without any revision");
}

#[test]
fn other_words_make_stale_and_the_same_in_other_letters_do_not() {
    let mut model = accepted();
    model.id = ModelId::parse("demo").unwrap();
    let past = was(&model);
    the_asset(&mut model, "A1").name = "session-tokens".into();
    assert!(!stale(&model, &past), "equal after normalisation");
    assert!(stale(&model, &Past::default()), "nobody knows the words of then");
    the_asset(&mut model, "A1").name = "Settlement files".into();
    assert!(stale(&model, &past));
}

#[test]
fn confirming_lasts_until_the_next_change() {
    let mut model = accepted();
    the_asset(&mut model, "A1").name = "Settlement files".into();
    assert!(stale(&model, &Past::default()));
    let confirmed = |model: &Model, at: &str| Decision {
        entities: [id("A1")].into(),
        objectives: Pairs::default(),
        of: of_entity(&model.entities[&id("A1")]).short(),
        ..decision(DecisionKind::Confirmed, at, "2027-01-01")
    };
    let early = confirmed(&model, "2026-04-30");
    model.decisions.insert("confirm".into(), early);
    assert!(stale(&model, &Past::default()), "confirmed before it was decided");
    let later = confirmed(&model, "2026-06-01");
    model.decisions.insert("confirm".into(), later);
    assert!(!stale(&model, &Past::default()));
    the_asset(&mut model, "A1").name = "Payout files".into();
    assert!(stale(&model, &Past::default()), "confirmed in other words");
}

#[test]
fn an_attestation_is_about_the_words_of_its_assumption() {
    let mut model = together();
    assume(&mut model, "AS1", "active");
    the_assumption(&mut model, "AS1").description = "The acquirer encrypts card data at rest".into();
    let of = of_entity(entity(&mut model, "AS1")).short();
    let changed = |model: &Model, past: &Past| {
        let assumption = &model.entities[&id("AS1")];
        let Body::Assumption(body) = &assumption.body else { panic!("{assumption:?}") };
        Memory::new(model, past).changed(Row::Attestation(assumption, &body.attestations[0]))
    };
    assert!(changed(&model, &Past::default()), "the row names another digest");
    the_assumption(&mut model, "AS1").attestations[0].of.clear();
    assert!(!changed(&model, &Past::default()), "a row without a stamp counts");
    the_assumption(&mut model, "AS1").attestations[0].of = of;
    assert!(!changed(&model, &Past::default()));
    model.id = ModelId::parse("demo").unwrap();
    let past = was(&model);
    the_assumption(&mut model, "AS1").description = "The acquirer encrypts card data at rest.".into();
    assert!(!changed(&model, &past));
    the_assumption(&mut model, "AS1").description = "The acquirer never encrypts card data at rest".into();
    assert!(changed(&model, &past));
}
