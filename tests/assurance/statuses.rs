//! Every combination of decisions, reachability, groups and listed assumptions.

use std::collections::BTreeMap;

use redan::assess::{View, assess};
use redan::model::{Body, DecisionKind, Group, Model};

use super::groups::shown;
use super::naive::Naive;
use super::world::{
    PAIR, STATES, TODAY, assume, boundaries, control, decision, put, the_assumption, the_attacker, the_boundary,
    together, void,
};
use crate::tier;

const STANDINGS: [&str; 7] = ["none", "active", "future", "expired", "revoked", "stale", "incomplete"];

fn decide(model: &mut Model, kind: DecisionKind, standing: &str) {
    let (at, review_by) = match standing {
        "none" => return,
        "future" => ("2026-11-21", "2027-11-21"),
        "expired" => ("2026-01-01", "2026-11-19"),
        _ => ("2026-01-01", "2026-11-20"),
    };
    let mut row = decision(kind, at, review_by);
    match standing {
        "stale" => row.of = "changed".into(),
        "incomplete" => row.owner.clear(),
        "revoked" => {
            // A withdrawal reaches every decision about the objective until then, of either kind.
            model.decisions.insert("w".into(), decision(DecisionKind::Withdrawn, "2026-02-01", "2027-01-01"));
        }
        _ => {}
    }
    model.decisions.insert(format!("{kind:?}"), row);
}

/// Reachable, unreachable, indeterminate.
fn worlds() -> [Model; 3] {
    let mut shut = together();
    the_boundary(&mut shut, "TB1").passes = Some(std::collections::BTreeSet::new());
    let mut nowhere = together();
    the_attacker(&mut nowhere, "T1").boundaries = boundaries(&[]);
    [together(), shut, nowhere]
}

#[test]
fn every_precedence_of_statuses() {
    let groups: [Option<(Option<Group>, bool)>; 4] = [
        None,
        Some((Some(Group::Depth), true)),
        Some((Some(Group::Number(1)), false)),
        Some((Some(Group::Number(1)), true)),
    ];
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (refused, accepted) in STANDINGS.iter().flat_map(|one| STANDINGS.iter().map(move |two| (one, two))) {
        for (world, group) in worlds().iter().flat_map(|world| groups.iter().map(move |group| (world, group))) {
            for listed in STATES.iter().map(Some).chain([None]) {
                let mut model = world.clone();
                decide(&mut model, DecisionKind::NotApplicable, refused);
                decide(&mut model, DecisionKind::RiskAccepted, accepted);
                if let Some((group, implemented)) = group {
                    put(&mut model, "C1", Body::Control(control(*group, *implemented, &[])));
                }
                if let Some(state) = listed {
                    assume(&mut model, "AS1", state);
                    the_assumption(&mut model, "AS1").objectives.insert(PAIR);
                }
                let assessed = assess(&model, View::on(TODAY).judged_by(&void));
                let ours = shown(assessed.outcome(PAIR).unwrap());
                let theirs = Naive { model: &model, today: TODAY }.status(PAIR);
                assert_eq!(ours, theirs, "not applicable {refused}, accepted {accepted}, {group:?}, AS1 {listed:?}");
                *seen.entry(ours.0).or_default() += 1;
            }
        }
    }
    let worlds: u32 = seen.values().sum();
    tier::say(&format!("statuses: {worlds} worlds agree with the second formulation: {seen:?}"));
    assert_eq!(seen.len(), 6, "every status occurs: {seen:?}");
}

#[test]
fn a_retired_model_and_removed_controls_count_nowhere() {
    let mut model = together();
    put(&mut model, "C1", Body::Control(control(Some(Group::Number(1)), true, &[])));
    let status = |model: &Model| assess(model, View::on(TODAY)).outcome(PAIR).map(|outcome| outcome.status.word());
    assert_eq!(status(&model), Some("mitigated"));
    super::world::entity(&mut model, "C1").life.removed = Some(redan::model::Removed::default());
    assert_eq!(status(&model), Some("unassessed"));
    model.head.removed = Some(redan::model::Removed::default());
    assert_eq!(status(&model), None);
}
