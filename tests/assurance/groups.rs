//! Every shape of groups over three controls and two assumptions in every state.

use std::collections::{BTreeMap, BTreeSet};

use redan::assess::{Badge, Outcome, View, assess};
use redan::model::{Body, Control, Group, Predicate, Property, Wild};

use super::naive::Naive;
use super::world::{PAIR, STATES, TODAY, assume, control, id, put, the_asset, the_assumption, together, void};
use crate::tier;

type Shown = (&'static str, Option<&'static str>, Option<&'static str>);

pub(super) fn shown(outcome: &Outcome) -> Shown {
    let by = outcome.mitigated_by.map(|by| by.word());
    (outcome.status.word(), by, outcome.reason.map(|reason| reason.word()))
}

const GROUPS: [Option<Group>; 4] = [None, Some(Group::Number(1)), Some(Group::Number(2)), Some(Group::Depth)];

/// What a control may rest on.
fn controls() -> Vec<Control> {
    let rests: [(bool, &[&[&str]]); 6] = [
        (true, &[]),
        (false, &[]),
        (false, &[&["AS1"]]),
        (false, &[&["AS1"], &["AS2"]]),
        (false, &[&["AS1", "AS2"]]),
        (false, &[&[]]),
    ];
    let each = |group: &Option<Group>| rests.map(|(implemented, upheld)| control(*group, implemented, upheld));
    GROUPS.iter().flat_map(each).collect()
}

#[test]
fn every_shape_of_groups() {
    let controls = controls();
    let thirds: Vec<Option<Control>> = match tier::cases(0, 1) {
        0 => vec![None, Some(control(Some(Group::Number(1)), false, &[]))],
        _ => [None].into_iter().chain(controls.iter().cloned().map(Some)).collect(),
    };
    let mut seen: BTreeMap<Shown, u32> = BTreeMap::new();
    for (first, second) in STATES.iter().flat_map(|one| STATES.iter().map(move |two| (one, two))) {
        let mut model = together();
        assume(&mut model, "AS1", first);
        assume(&mut model, "AS2", second);
        for (one, two) in controls.iter().flat_map(|one| controls.iter().map(move |two| (one, two))) {
            put(&mut model, "C1", Body::Control(one.clone()));
            put(&mut model, "C2", Body::Control(two.clone()));
            for three in &thirds {
                model.entities.remove(&id("C3"));
                three.iter().for_each(|three| put(&mut model, "C3", Body::Control(three.clone())));
                let assessed = assess(&model, View::on(TODAY).judged_by(&void));
                let ours = shown(assessed.outcome(PAIR).unwrap());
                let naive = Naive { model: &model, today: TODAY };
                assert_eq!(ours, naive.status(PAIR), "AS1 {first}, AS2 {second}\n{one:?}\n{two:?}\n{three:?}");
                *seen.entry(ours).or_default() += 1;
            }
        }
    }
    let worlds: u32 = seen.values().sum();
    tier::say(&format!("groups: {worlds} worlds agree with the second formulation: {seen:?}"));
    assert_eq!(seen.len(), 7, "both ways to be mitigated and all five reasons occur: {seen:?}");
}

#[test]
fn every_gap_of_properties() {
    let sets = [vec![], vec![Property::C], vec![Property::I], vec![Property::C, Property::I]];
    let one = |group: Option<Group>, implemented: bool, protects: &[Property]| {
        let mut one = control(group, implemented, &[]);
        one.protects = protects.iter().copied().collect();
        Body::Control(one)
    };
    let (mut worlds, mut gaps) = (0, 0);
    for (lists, excluded, assumed) in sets.iter().flat_map(|lists| {
        sets.iter().flat_map(move |excluded| [false, true].map(move |assumed| (lists, excluded, assumed)))
    }) {
        let mut model = together();
        the_asset(&mut model, "A1").properties.0.retain(|property, _| lists.contains(property));
        if !excluded.is_empty() {
            assume(&mut model, "AS1", "active");
            let property = Some(Wild::These(excluded.iter().copied().collect::<BTreeSet<_>>()));
            the_assumption(&mut model, "AS1").excludes = Some(Predicate { property, ..Predicate::default() });
        }
        if assumed {
            assume(&mut model, "AS2", "active");
            the_assumption(&mut model, "AS2").objectives.insert(PAIR);
        }
        for (first, second) in sets.iter().flat_map(|first| sets.iter().map(move |second| (first, second))) {
            for (left, right) in GROUPS.iter().flat_map(|left| GROUPS.iter().map(move |right| (left, right))) {
                for done in [true, false] {
                    put(&mut model, "C1", one(*left, true, first));
                    put(&mut model, "C2", one(*right, done, second));
                    let outcome = *assess(&model, View::on(TODAY)).outcome(PAIR).unwrap();
                    let ours: Vec<Property> = outcome.gap.iter().collect();
                    let naive = Naive { model: &model, today: TODAY };
                    assert_eq!(ours, naive.gap(PAIR), "{lists:?} {excluded:?} {first:?} {left:?} {second:?} {right:?}");
                    worlds += 1;
                    gaps += u32::from(!ours.is_empty());
                }
            }
        }
    }
    tier::say(&format!("property gaps: {worlds} worlds agree with the second formulation, {gaps} with a gap"));
    assert!(gaps > 0);
}

#[test]
fn once_a_group_is_complete_the_others_show_as_depth() {
    let mut model = together();
    put(&mut model, "C1", Body::Control(control(Some(Group::Number(1)), false, &[])));
    put(&mut model, "C2", Body::Control(control(Some(Group::Number(2)), false, &[])));
    put(&mut model, "C3", Body::Control(control(Some(Group::Depth), true, &[])));
    let badges = |model: &redan::model::Model| -> Vec<(bool, String)> {
        let groups = assess(model, View::on(TODAY)).groups(PAIR);
        groups.iter().map(|state| (state.complete, state.badge.to_string())).collect()
    };
    let shown = |rows: [(bool, &str); 3]| rows.map(|(complete, badge)| (complete, badge.to_owned())).to_vec();
    assert_eq!(badges(&model), shown([(false, "Group 1"), (false, "Group 2"), (false, "Defense-in-depth")]));
    put(&mut model, "C2", Body::Control(control(Some(Group::Number(2)), true, &[])));
    assert_eq!(badges(&model), shown([(false, "Defense-in-depth"), (true, "Group 2"), (false, "Defense-in-depth")]));
    assert_ne!(Badge::Group(1), Badge::Depth);
}
