//! Factors, revisions, and which properties an asset lists.

use redan::identity::structural;
use redan::model::{Body, Kind};
use redan::ops::lifecycle::*;

use super::world::{World, id, told};

fn rated(world: &mut World, name: &str, words: &[&str]) -> Vec<Note> {
    let id = id(name);
    world.act(|stage| rate(stage, id, &parse_factors(id.kind, words)?, " it turned out so "))
}

fn revisions(world: &World, name: &str) -> usize {
    match &world.entity(name).body {
        Body::Asset(asset) => asset.revisions.len(),
        Body::Attacker(attacker) => attacker.revisions.len(),
        _ => 0,
    }
}

#[test]
fn rating_appends_a_row_and_leaves_the_base() {
    let mut world = World::published();
    let before = world.model.clone();
    let notes = rated(&mut world, "A1", &["blast_radius=cascading", "C=high"]);
    assert_eq!(told(&notes), ["rated A1: blast_radius multiplicative -> cascading"]);
    let Body::Asset(asset) = &world.entity("A1").body else { panic!() };
    let row = &asset.revisions[0];
    assert_eq!(row.set.0.len(), 1, "what was so already is no part of the row");
    assert_eq!(
        (row.at, row.by.as_str(), row.reason.as_str()),
        (Some(world.now.at), "ada@example.org", "it turned out so")
    );
    assert_eq!(row.model, structural(&before).short());
    assert_eq!(world.value("A1", "impact"), World::new().value("A1", "impact"));
    assert_eq!(structural(&world.model), structural(&before), "no version is made");
    let notes = rated(&mut world, "A1", &["blast_radius=isolated"]);
    assert_eq!(told(&notes), ["rated A1: blast_radius cascading -> isolated", "tier critical -> high: CO-A1-T1"]);
    assert_eq!(revisions(&world, "A1"), 2);
}

#[test]
fn the_first_rating_says_everything() {
    let mut world = World::published();
    let words = ["I=high", "blast_radius=isolated", "recoverability=permanent", "regulatory=none"];
    let notes = rated(&mut world, "A2", &words);
    assert_eq!(told(&notes)[1], "tier not rated -> high: CO-A2-T1", "T2 is not rated, so CO-A2-T2 is not either");
    rated(&mut world, "A2", &["I=low"]);
    let five = ["vector=physical", "privileges=none", "complexity=low", "interaction=none", "prevalence=targeted"];
    for count in 1..5 {
        let partly = &five[..count];
        let refusal = world.refused(|stage| rate(stage, id("T2"), &parse_factors(Kind::Attacker, partly)?, "r"));
        assert_eq!(refusal.why, Why::Missing);
    }
    rated(&mut world, "T2", &five);
    assert_eq!((revisions(&world, "A2"), revisions(&world, "T2")), (2, 1));
}

fn relist(world: &World, name: &str, text: &str) -> Result<Outcome, Refusal> {
    let sets = world.sets(Kind::Asset, &[&format!("properties={text}")]);
    world.plan(|stage| edit(stage, id(name), &sets, None))
}

#[test]
fn which_properties_are_listed_is_structure() {
    let mut world = World::published();
    rated(&mut world, "A1", &["C=low"]);
    world.model = relist(&world, "A1", "C,I,A=low").unwrap().model;
    assert_eq!(world.value("A1", "properties"), "A = low; C = high; I = high", "base text stays");
    world.model = relist(&world, "A1", "C=low,A").unwrap().model;
    assert_eq!(world.value("A1", "properties"), "A = low; C = high", "what holds now may be said");
    assert_eq!(relist(&world, "A1", "A,C").unwrap().notes, [Note::Nothing]);
    world.model = relist(&world, "A2", "I,A").unwrap().model;
    assert_eq!(world.value("A2", "properties"), "I, A");
    world.model = relist(&world, "A2", "").unwrap().model;
    assert_eq!(world.value("A2", "properties"), "");
}

#[test]
fn a_property_that_comes_back_has_the_subscore_it_comes_back_with() {
    let mut world = World::published();
    rated(&mut world, "A1", &["C=low"]);
    world.model = relist(&world, "A1", "I").unwrap().model;
    assert_eq!(revisions(&world, "A1"), 1);
    world.model = relist(&world, "A1", "I,C=high").unwrap().model;
    assert_eq!(revisions(&world, "A1"), 2, "the old row said low");
    let refusal = world.refused(|stage| rate(stage, id("A1"), &parse_factors(Kind::Asset, &["C=high"])?, "r"));
    assert_eq!(refusal.why, Why::NoEffect);
}

#[test]
fn an_unrated_asset_lists_letters_and_is_rated_then() {
    let world = World::published();
    let refusal = relist(&world, "A2", "I,A=high").unwrap_err();
    assert_eq!(refusal.hints[0], "redan edit A2 --set properties=I,A -m pay");
    assert!(refusal.hints[1].starts_with("redan rate A2 --set A=high --set \"I=…\" "), "{refusal:?}");
}
