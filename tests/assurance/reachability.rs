//! Every structure of two boundaries, two components, an asset and an attacker; and every predicate.

use std::collections::{BTreeMap, BTreeSet};

use redan::assess::{Reach, View, assess};
use redan::model::{
    AssetRef, Atom, AttackerRef, Body, Boundary, BoundaryRef, Component, ComponentRef, Model, Predicate, Property,
    Removed, Vector, Wild,
};

use super::naive::Naive;
use super::world::{
    PAIR, TODAY, assume, boundaries, components, entity, pair, put, the_asset, the_assumption, the_attacker,
    the_boundary, the_component, void,
};
use crate::tier;

pub(super) fn shown(reach: Reach) -> (&'static str, Option<&'static str>) {
    (reach.verdict.word(), reach.cause.map(|cause| cause.word()))
}

/// Every subset, smallest first.
fn subsets<'a>(of: &[&'a str]) -> Vec<Vec<&'a str>> {
    let with = |sets: Vec<Vec<&'a str>>, one: &&'a str| {
        let more: Vec<Vec<&'a str>> = sets.iter().map(|set| set.iter().copied().chain([*one]).collect()).collect();
        sets.into_iter().chain(more).collect()
    };
    of.iter().fold(vec![Vec::new()], with)
}

/// How a boundary can be: what it passes, sealed or not; `None` = removed.
fn kinds(thorough: bool) -> Vec<Option<(Option<BTreeSet<Vector>>, bool)>> {
    let network = BTreeSet::from([Vector::Network]);
    let both = BTreeSet::from([Vector::Network, Vector::Physical]);
    let mut passes = vec![None, Some(BTreeSet::new()), Some(network)];
    if thorough {
        passes.extend([Some(both), Some(BTreeSet::from([Vector::Physical]))]);
    }
    let open = passes.iter().cloned().map(|passes| Some((passes, false)));
    let sealed = passes.iter().cloned().map(|passes| Some((passes, true)));
    open.chain(sealed).chain([None]).collect()
}

fn bound(model: &mut Model, id: &str, kind: &Option<(Option<BTreeSet<Vector>>, bool)>) {
    let (passes, sealed) = kind.clone().unwrap_or_default();
    let boundary = the_boundary(model, id);
    (boundary.passes, boundary.sealed) = (passes, sealed);
    entity(model, id).life.removed = kind.is_none().then(Removed::default);
}

fn world(vector: Option<Vector>) -> Model {
    let mut model = pair(vector);
    ["TB1", "TB2"].iter().for_each(|id| put(&mut model, id, Body::Boundary(Boundary::default())));
    ["CMP1", "CMP2"].iter().for_each(|id| put(&mut model, id, Body::Component(Component::default())));
    model
}

type Sets<'a> = [&'a [&'a str]; 4];

/// Positions, CMP1, CMP2, components of the asset.
fn place(model: &mut Model, [positions, first, second, held]: Sets<'_>) {
    the_attacker(model, "T1").boundaries = boundaries(positions);
    the_component(model, "CMP1").boundaries = boundaries(first);
    the_component(model, "CMP2").boundaries = boundaries(second);
    the_asset(model, "A1").components = components(held);
}

fn each_place(mut visit: impl FnMut(Sets<'_>)) {
    let (walls, parts) = (subsets(&["TB1", "TB2"]), subsets(&["CMP1", "CMP2"]));
    for positions in &walls {
        for first in &walls {
            for second in &walls {
                parts.iter().for_each(|held| visit([positions, first, second, held]));
            }
        }
    }
}

#[test]
fn every_structure_of_two_boundaries() {
    let kinds = kinds(tier::cases(0, 1) == 1);
    let mut seen: BTreeMap<(&str, Option<&str>), u32> = BTreeMap::new();
    for vector in [Some(Vector::Network), Some(Vector::Physical), None] {
        let mut model = world(vector);
        for (one, two) in kinds.iter().flat_map(|one| kinds.iter().map(move |two| (one, two))) {
            bound(&mut model, "TB1", one);
            bound(&mut model, "TB2", two);
            each_place(|sets| {
                place(&mut model, sets);
                let assessed = assess(&model, View::on(TODAY));
                let (ours, theirs) = (shown(assessed.reach(PAIR)), Naive { model: &model, today: TODAY }.reach(PAIR));
                assert_eq!(ours, theirs, "{vector:?} TB1 {one:?} TB2 {two:?} {sets:?}");
                assert!(assessed.narrate(PAIR).contains("T1") || assessed.narrate(PAIR).contains("A1"));
                *seen.entry(ours).or_default() += 1;
            });
        }
    }
    let worlds: u32 = seen.values().sum();
    tier::say(&format!("reachability: {worlds} worlds agree with the second formulation: {seen:?}"));
    assert_eq!(seen.len(), 5, "every verdict and cause occurs: {seen:?}");
}

fn wild<T: Atom>(options: &[Option<&[T]>]) -> Vec<Option<Wild<T>>> {
    let these = |set: &Option<&[T]>| match set {
        None => Wild::Any,
        Some(set) => Wild::These(set.iter().copied().collect()),
    };
    [None].into_iter().chain(options.iter().map(|set| Some(these(set)))).collect()
}

fn predicates() -> Vec<Predicate> {
    let id = super::world::id;
    let attackers = wild(&[None, Some(&[AttackerRef(id("T1"))]), Some(&[AttackerRef(id("T2"))])]);
    let vectors = wild(&[None, Some(&[Vector::Network]), Some(&[Vector::Physical])]);
    let assets = wild(&[None, Some(&[AssetRef(id("A1"))]), Some(&[AssetRef(id("A2"))])]);
    let one = [ComponentRef(id("CMP1"))];
    let both = [ComponentRef(id("CMP1")), ComponentRef(id("CMP2"))];
    let components = wild(&[None, Some(&one), Some(&both)]);
    let properties = wild(&[None, Some(&[Property::C]), Some(&[Property::C, Property::I])]);
    let listed = [Vec::new(), vec![PAIR], vec![redan::model::Objective { asset: id("A2"), ..PAIR }]];
    let mut all = Vec::new();
    for (attacker, vector) in attackers.iter().flat_map(|one| vectors.iter().map(move |two| (one, two))) {
        for (asset, component) in assets.iter().flat_map(|one| components.iter().map(move |two| (one, two))) {
            for (property, objectives) in properties.iter().flat_map(|one| listed.iter().map(move |two| (one, two))) {
                all.push(Predicate {
                    attacker: attacker.clone(),
                    vector: vector.clone(),
                    asset: asset.clone(),
                    component: component.clone(),
                    property: property.clone(),
                    objectives: objectives.iter().copied().collect(),
                });
            }
        }
    }
    all
}

#[test]
fn every_predicate_matches_what_it_says() {
    let predicates = predicates();
    let (mut worlds, mut out) = (0, 0);
    for vector in [Some(Vector::Network), None] {
        for held in subsets(&["CMP1", "CMP2"]) {
            let mut model = world(vector);
            assume(&mut model, "AS1", "active");
            place(&mut model, [&["TB1"], &["TB1"], &["TB1"], &held]);
            for predicate in &predicates {
                the_assumption(&mut model, "AS1").excludes = Some(predicate.clone());
                let ours = shown(assess(&model, View::on(TODAY)).reach(PAIR));
                assert_eq!(
                    ours,
                    Naive { model: &model, today: TODAY }.reach(PAIR),
                    "{vector:?} {held:?} {predicate:?}"
                );
                worlds += 1;
                out += u32::from(ours.1 == Some("assumption_excludes"));
            }
        }
    }
    tier::say(&format!("predicates: {worlds} worlds agree with the second formulation, {out} of them excluded"));
    assert!(out > 0);
}

#[test]
fn two_predicates_can_take_out_together_what_neither_does_alone() {
    let half = |property| Predicate { property: Some(Wild::These(BTreeSet::from([property]))), ..Predicate::default() };
    let mut model = world(Some(Vector::Network));
    place(&mut model, [&["TB1"], &["TB1"], &["TB1"], &["CMP1"]]);
    for (id, property) in [("AS1", Property::C), ("AS2", Property::I)] {
        assert_eq!(shown(assess(&model, View::on(TODAY)).reach(PAIR)).0, "reachable");
        assume(&mut model, id, "active");
        the_assumption(&mut model, id).excludes = Some(half(property));
    }
    let assessed = assess(&model, View::on(TODAY));
    assert_eq!(shown(assessed.reach(PAIR)), ("unreachable", Some("assumption_excludes")));
    assert_eq!(assessed.excluded_by(PAIR), [super::world::id("AS1"), super::world::id("AS2")]);
}

#[test]
fn only_an_active_assumption_excludes() {
    for state in super::world::STATES {
        let mut model = world(Some(Vector::Network));
        place(&mut model, [&["TB1"], &["TB1"], &[], &["CMP1"]]);
        assume(&mut model, "AS1", state);
        the_assumption(&mut model, "AS1").excludes =
            Some(Predicate { attacker: Some(Wild::Any), ..Predicate::default() });
        let reach = assess(&model, View::on(TODAY).judged_by(&void)).reach(PAIR);
        let expected = if state == "active" { "unreachable" } else { "reachable" };
        assert_eq!(reach.verdict.word(), expected, "{state}");
        assert_eq!(Naive { model: &model, today: TODAY }.reach(PAIR), shown(reach), "{state}");
    }
}

#[test]
fn a_pair_that_is_not_live_is_missing_and_not_reachable() {
    let mut model = world(Some(Vector::Network));
    place(&mut model, [&["TB1"], &["TB1"], &[], &["CMP1"]]);
    entity(&mut model, "A1").life.removed = Some(Removed::default());
    let assessed = assess(&model, View::on(TODAY));
    assert_eq!(shown(assessed.reach(PAIR)), ("indeterminate", Some("missing_entity")));
    assert!(assessed.outcome(PAIR).is_none());
    assert_eq!(assessed.narrate(PAIR), "A1 is removed.");
    assert_eq!(BoundaryRef(super::world::id("TB1")).spell(), "TB1");
}
