//! Going back to any state from any other, over random models.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use redan::finding::Severity;
use redan::identity::{Base, Past};
use redan::model::{Body, Entity, Factor, Id, Kind, Model, Models, Role, Value};
use redan::ops::lifecycle::{Note, Stage, Why, revert};
use redan::rules::{self, Context};

use super::world::{World, id, when};
use crate::arbitrary::{Dice, edited, model};
use crate::tier::cases;

/// The structure that a revert promises: live entities with their identity and structural fields, and the
/// properties that assets list. Factors change by revisions only and stay.
fn live(model: &Model) -> BTreeMap<Id, BTreeMap<&'static str, Value>> {
    let structure = |entity: &Entity| {
        let counts = |role| matches!(role, Role::Identity | Role::Structural);
        let fields = entity.id.kind.own_fields().iter().filter(|field| counts(field.role));
        let mut fields: BTreeMap<_, _> =
            fields.filter_map(|field| Some((field.name, entity.value(field.name)?))).collect();
        if let Body::Asset(asset) = &entity.body {
            let letters = asset.properties.0.keys().map(|property| Value::text(property.word())).collect();
            fields.insert("properties", Value::List(letters));
        }
        (entity.id, fields)
    };
    model.entities.values().filter(|entity| entity.live()).map(structure).collect()
}

/// Every append-only row with where it stands.
fn rows(model: &Model) -> BTreeMap<(Id, &'static str), Vec<Value>> {
    let mut rows = BTreeMap::new();
    for entity in model.entities.values() {
        for field in entity.id.kind.fields().filter(|field| field.role == Role::Rows) {
            let list = entity.value(field.name).and_then(|value| value.as_list().map(<[Value]>::to_vec));
            rows.insert((entity.id, field.name), list.unwrap_or_default());
        }
    }
    rows
}

/// Broken promises about what was published.
fn broken(published: &Model, now: &Model) -> BTreeSet<String> {
    let one = |model: &Model| Models::from([(model.id.clone(), model.clone())]);
    let base = Base { name: "HEAD".to_owned(), models: one(published), ..Base::default() };
    let past = Past { bases: vec![base], ..Past::default() };
    let (models, unread) = (one(now), BTreeMap::new());
    let today = "2026-11-20".parse().unwrap();
    let ledger = ["id_gone", "id_rewritten", "id_reused", "rating_in_place", "revision_rewritten", "tombstone_edited"];
    let found = rules::check(&Context::new(&models, &unread, &past, today));
    let found =
        found.into_iter().filter(|finding| finding.severity != Severity::Info && ledger.contains(&finding.code.name));
    found.map(|finding| format!("{}: {}", finding.code.name, finding.message)).collect()
}

/// Every entity says what it is: files in which one does not are errors, and no state to go back to.
fn name(model: &mut Model) {
    for entity in model.entities.values_mut() {
        let (field, text) = entity.identity().swap_remove(0);
        if text.trim().is_empty() {
            entity.set(field, Some(&Value::text(format!("the {} number {}", entity.id.kind, entity.id))));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(300, 10_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn going_back_restores_the_structure_and_loses_nothing(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let mut old = model(&mut dice);
        let mut now = if dice.chance(70) { edited(&mut dice, &old) } else { model(&mut dice) };
        (old.head.removed, now.head.removed) = (None, None);
        name(&mut old);
        name(&mut now);
        let mut world = World { model: now.clone(), published: vec![now.clone()], ..World::new() };
        if dice.chance(20) {
            world.published.clear();
        }
        let outcome = world.plan(|stage| revert(stage, &old, "demo@v1", "it was better")).unwrap();
        prop_assert_eq!(live(&outcome.model), live(&old));
        prop_assert_eq!(&outcome.model.head.description, &old.head.description);
        for (place, before) in rows(&now) {
            let after = &rows(&outcome.model)[&place];
            prop_assert_eq!(&after[..before.len()], &before[..], "{:?}", place);
        }
        for entity in now.entities.values().chain(old.entities.values()) {
            prop_assert!(outcome.model.entities.contains_key(&entity.id), "{} is lost", entity.id);
        }
        prop_assert_eq!(&outcome.model.decisions, &now.decisions);
        prop_assert_eq!(&outcome.model.head.name, &now.head.name);
        if !world.published.is_empty() {
            prop_assert_eq!(broken(&now, &outcome.model), BTreeSet::new());
        }
    }

    #[test]
    fn going_back_twice_is_going_back_once(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let mut old = model(&mut dice);
        let mut now = edited(&mut dice, &old);
        (old.head.removed, now.head.removed) = (None, None);
        let mut world = World { model: now.clone(), published: vec![now], ..World::new() };
        world.act(|stage| revert(stage, &old, "demo@v1", "it was better"));
        let again = world.plan(|stage| revert(stage, &old, "demo@v1", "it was better")).unwrap();
        prop_assert_eq!(again.changes, Vec::new());
        prop_assert_eq!(again.notes, vec![Note::Nothing]);
    }
}

fn removed(reason: &str) -> impl Fn(&mut Entity) + '_ {
    move |entity| {
        entity.life.removed = Some(redan::model::Removed {
            at: Some(when("2026-11-02")),
            reason: reason.to_owned(),
            ..Default::default()
        });
    }
}

#[test]
fn a_restored_assumption_has_to_be_attested_again() {
    let mut world = World::published();
    let old = world.model.clone();
    let assumption = old.of_kind(Kind::Assumption).next().unwrap().id;
    removed("no longer")(world.model.entities.get_mut(&assumption).unwrap());
    world.published = vec![world.model.clone()];
    world.act(|stage| revert(stage, &old, "payments@v1", "it was better"));
    assert!(world.model.is_live(assumption));
    assert_eq!(
        world.model.entities[&assumption].life.attest_after.map(|at| at.day().to_string()).as_deref(),
        Some("2026-11-20")
    );
}

#[test]
fn old_words_of_another_thing_are_stood_up_for() {
    let mut world = World::new();
    let old = world.model.clone();
    world.model.entities.get_mut(&id("A1")).unwrap().set("name", Some(&Value::text("Office plants in the lobby")));
    world.model.entities.get_mut(&id("A1")).unwrap().set("description", Some(&Value::text("Green and thirsty")));
    world.published = vec![world.model.clone()];
    world.act(|stage| revert(stage, &old, "payments@v1", "it was better"));
    let rows = &world.entity("A1").life.renamed;
    assert_eq!((rows.len(), rows[0].reason.as_str(), rows[0].by.as_str()), (1, "it was better", "ada@example.org"));
    assert!(rows[0].from.contains("Office plants"));
}

#[test]
fn factors_and_statuses_stay() {
    let mut world = World::published();
    let old = world.model.clone();
    let factor = Factor::BlastRadius;
    let sets = BTreeMap::from([(factor, factor.level("isolated").unwrap())]);
    world.act(|stage| redan::ops::lifecycle::rate(stage, id("A1"), &sets, "smaller than thought"));
    let rated = world.entity("A1").clone();
    world.act(|stage| revert(stage, &old, "payments@v1", "it was better"));
    assert_eq!(*world.entity("A1"), rated);
}

#[test]
fn a_retired_model_or_an_empty_reason_is_refused() {
    let mut world = World::new();
    let old = world.model.clone();
    let why =
        |world: &World, reason: &str| world.refused(|stage: &Stage<'_>| revert(stage, &old, "payments@v1", reason)).why;
    assert_eq!(why(&world, " "), Why::Reason);
    world.model.head.removed = Some(redan::model::Removed::default());
    assert_eq!(why(&world, "it was better"), Why::Removed);
}
