//! When what was decided is about something else than what is there.

use std::sync::Arc;

use redan::assess::Row;
use redan::identity::{Gap, Told, Words, of_entity};
use redan::model::{
    AssetRevision, Body, Decision, DecisionKind, Factor, Impact, Model, ModelId, Pairs, Properties, Property, Renamed,
};
use redan::rules::Memory;

use super::world::{PAIR, assume, day, decision, entity, id, the_asset, the_assumption, the_attacker, together};
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

fn stale(model: &Model, words: &Words) -> bool {
    Memory::new(model, words).changed(Row::Decision("accept", &model.decisions["accept"]))
}

fn revise(model: &mut Model, factor: Factor, name: &str) {
    let set = Impact([(factor, level(factor, name))].into());
    let row = AssetRevision { at: day("2026-06-01"), set: redan::model::AssetLevels(set.0), ..Default::default() };
    the_asset(model, "A1").revisions.push(row);
}

/// A history in which everything was once called what this model calls it.
fn was(model: &Model) -> Words {
    let told = model.entities.values().map(|entity| (entity.id, vec![Arc::new(Told::known(entity))]));
    Words { models: [(model.id.clone(), told.collect())].into(), gap: None }
}

#[test]
fn a_tier_that_rises_makes_stale_and_one_that_falls_does_not() {
    let model = accepted();
    assert!(!stale(&model, &Words::default()));
    let mut worse = model.clone();
    revise(&mut worse, Factor::BlastRadius, "cascading");
    assert!(stale(&worse, &Words::default()), "medium to high impact");
    let mut milder = model.clone();
    revise(&mut milder, Factor::Recoverability, "trivial");
    assert!(!stale(&milder, &Words::default()));
    let mut fewer = model;
    the_asset(&mut fewer, "A1").properties = Properties([(Property::I, Some(level(Factor::I, "low")))].into());
    assert!(!stale(&fewer, &Words::default()), "a falling tier without any revision");
}

#[test]
fn other_words_make_stale_and_the_same_in_other_letters_do_not() {
    let mut model = accepted();
    model.id = ModelId::parse("demo").unwrap();
    let words = was(&model);
    the_asset(&mut model, "A1").name = "session-tokens".into();
    assert!(!stale(&model, &words), "equal after normalisation");
    assert!(stale(&model, &Words::default()), "nobody knows the words of then");
    the_asset(&mut model, "A1").name = "Settlement files".into();
    assert!(stale(&model, &words));
}

#[test]
fn confirming_lasts_until_the_next_change() {
    let mut model = accepted();
    the_asset(&mut model, "A1").name = "Settlement files".into();
    assert!(stale(&model, &Words::default()));
    let confirmed = |model: &Model, at: &str| Decision {
        entities: [id("A1")].into(),
        objectives: Pairs::default(),
        of: of_entity(&model.entities[&id("A1")]).short(),
        ..decision(DecisionKind::Confirmed, at, "2027-01-01")
    };
    let early = confirmed(&model, "2026-04-30");
    model.decisions.insert("confirm".into(), early);
    assert!(stale(&model, &Words::default()), "confirmed before it was decided");
    let later = confirmed(&model, "2026-06-01");
    model.decisions.insert("confirm".into(), later);
    assert!(!stale(&model, &Words::default()));
    the_asset(&mut model, "A1").name = "Payout files".into();
    assert!(stale(&model, &Words::default()), "confirmed in other words");
}

#[test]
fn an_attestation_is_about_the_words_of_its_assumption() {
    let mut model = together();
    assume(&mut model, "AS1", "active");
    the_assumption(&mut model, "AS1").description = "The acquirer encrypts card data at rest".into();
    let of = of_entity(entity(&mut model, "AS1")).short();
    let changed = |model: &Model, words: &Words| {
        let assumption = &model.entities[&id("AS1")];
        let Body::Assumption(body) = &assumption.body else { panic!("{assumption:?}") };
        Memory::new(model, words).changed(Row::Attestation(assumption, &body.attestations[0]))
    };
    assert!(changed(&model, &Words::default()), "the row names another digest");
    the_assumption(&mut model, "AS1").attestations[0].of.clear();
    assert!(!changed(&model, &Words::default()), "a row without a stamp counts");
    the_assumption(&mut model, "AS1").attestations[0].of = of;
    assert!(!changed(&model, &Words::default()));
    model.id = ModelId::parse("demo").unwrap();
    let words = was(&model);
    the_assumption(&mut model, "AS1").description = "The acquirer encrypts card data at rest.".into();
    assert!(!changed(&model, &words));
    the_assumption(&mut model, "AS1").description = "The acquirer never encrypts card data at rest".into();
    assert!(changed(&model, &words));
}

/// Each of them said something else in another version; no one version had all the words of the decision.
#[test]
fn words_of_different_times_give_the_stamp_together() {
    let mut model = together();
    the_asset(&mut model, "A1").name = "Session tokens".into();
    the_attacker(&mut model, "T1").capability = "reads traffic on the wire".into();
    let about: Pairs = [PAIR].into_iter().collect();
    let mut row = decision(DecisionKind::RiskAccepted, "2026-05-01", "2027-05-01");
    row.of = Memory::alone(&model).stamp(&about).unwrap();
    model.decisions.insert("accept".into(), row);
    let mut words = was(&model);
    let told = words.models.get_mut(&model.id).unwrap();
    let mut early = model.clone();
    the_asset(&mut early, "A1").name = "Passwords".into();
    told.get_mut(&id("A1")).unwrap().insert(0, Arc::new(Told::known(&early.entities[&id("A1")])));
    the_attacker(&mut early, "T1").capability = "owns the building".into();
    told.get_mut(&id("T1")).unwrap().push(Arc::new(Told::known(&early.entities[&id("T1")])));
    the_asset(&mut model, "A1").name = "Session token".into();
    the_attacker(&mut model, "T1").capability = "reads the traffic on the wire".into();
    assert!(!stale(&model, &words));
    the_attacker(&mut model, "T1").capability = "owns the building".into();
    assert!(stale(&model, &words), "one of the two means something else");
}

#[test]
fn what_lies_beyond_the_end_of_the_clone_is_not_known() {
    let mut model = accepted();
    let whole = was(&model);
    the_asset(&mut model, "A1").name = "session-tokens".into();
    let gap = Some(Gap { why: "the clone is shallow".into(), command: "git fetch --unshallow".into() });
    let cut = Words { gap: gap.clone(), ..Words::default() };
    let unknown = |model: &Model, words: &Words| Memory::new(model, words).unknown().map(|(rows, _)| rows.len());
    assert_eq!((stale(&model, &cut), unknown(&model, &cut)), (false, Some(1)));
    let found = Words { gap, ..whole };
    assert_eq!((stale(&model, &found), unknown(&model, &found)), (false, None), "what is found is enough");
    the_asset(&mut model, "A1").name = "Settlement files".into();
    assert_eq!((stale(&model, &found), unknown(&model, &found)), (true, None));
}

/// Attested, then written with other letters, then renamed by somebody who stood up for that.
#[test]
fn standing_up_for_words_stands_up_for_those_that_said_the_same() {
    let mut model = accepted();
    let mut words = was(&model);
    let mut between = model.clone();
    the_asset(&mut between, "A1").name = "session-tokens".into();
    the_asset(&mut model, "A1").name = "Proofs of sign-in".into();
    let from = "session-tokens".to_owned();
    entity(&mut model, "A1").life.renamed.push(Renamed { from, ..Renamed::default() });
    let told = words.models.get_mut(&model.id).unwrap().get_mut(&id("A1")).unwrap();
    told.push(Arc::new(Told::known(&between.entities[&id("A1")])));
    assert!(!stale(&model, &words));
}

#[test]
fn an_earlier_day_knows_nothing_of_what_came_later() {
    let mut model = accepted();
    revise(&mut model, Factor::BlastRadius, "cascading");
    let on = |model: &Model, at: &str| {
        let words = Words::default();
        Memory::new(model, &words).until(day(at)).changed(Row::Decision("accept", &model.decisions["accept"]))
    };
    assert!(!on(&model, "2026-05-31"), "the tier rose on the first of June");
    assert!(on(&model, "2026-06-01"));
    let confirmed = decision(DecisionKind::Confirmed, "2026-07-01", "2027-01-01");
    let of = Memory::alone(&model).stamp(&confirmed.objectives).unwrap();
    model.decisions.insert("confirm".into(), Decision { of, ..confirmed });
    assert!(on(&model, "2026-06-30"), "not confirmed yet");
    assert!(!on(&model, "2026-07-01"));
}
