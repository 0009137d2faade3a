//! Covering, groups, remapping, status, and what they do to objectives.

use redan::model::{Body, DecisionKind, Group, Objective, Status};
use redan::ops::lifecycle::*;

use super::world::{World, co, control, cover as covers, id, told};

/// Two implemented controls hold A1-T1 and A2-T1; C5 is planned and covers nothing.
fn mitigated() -> World {
    let mut world = World::published();
    control(&mut world.model, "C4", "Logs are shipped to the SIEM", Status::Implemented);
    control(&mut world.model, "C5", "Certificates are pinned in the mobile app", Status::NotImplemented);
    covers(&mut world.model, "C4", &[("1", "A1-T1"), ("1", "A2-T1"), ("depth", "A2-T2")]);
    covers(&mut world.model, "C2", &[("depth", "A1-T2")]);
    world
}

fn group_of(world: &World, name: &str, objective: &str) -> Option<Group> {
    let Body::Control(control) = &world.entity(name).body else { panic!("{name}") };
    control.covers.group(co(objective))
}

#[test]
fn patterns_are_written_out_over_live_pairs() {
    let world = World::new();
    let list = |patterns: &[&str]| expand(&world.model, patterns).unwrap().into_iter().collect::<Vec<Objective>>();
    assert_eq!(list(&["A1-*"]), [co("A1-T1"), co("A1-T2")]);
    assert_eq!(list(&["*-T2", "CO-A1-T2"]), [co("A1-T2"), co("A2-T2")]);
    assert_eq!(list(&["*-*"]).len(), 4, "A3 is removed");
    for bad in ["A1", "T1-A1", "a1-*", "A1-", "", "-", "A01-T1", "A1-T1-T2", "**"] {
        assert_eq!(expand(&world.model, &[bad]).unwrap_err().why, Why::Pattern, "{bad}");
    }
    for none in ["A9-*", "*-T9", "A3-T1"] {
        assert!(expand(&world.model, &["A1-*", none]).is_err(), "{none}");
    }
}

#[test]
fn a_planned_control_in_a_complete_group_reopens_it_and_says_so_first() {
    let mut world = mitigated();
    let notes = world.act(|stage| cover(stage, id("C5"), &["*-T1"], GroupChoice::Number(1)));
    assert_eq!(
        told(&notes),
        [
            "C5 reopens 2 mitigated objectives (CO-A1-T1, CO-A2-T1)",
            "C5 covers 2 objectives (CO-A1-T1, CO-A2-T1) in group 1"
        ]
    );
    let notes = world.act(|stage| status(stage, id("C5"), Status::Implemented));
    assert_eq!(told(&notes), ["C5 is implemented now", "at risk -> mitigated: 2 objectives (CO-A1-T1, CO-A2-T1)"]);
    assert_eq!(world.act(|stage| status(stage, id("C5"), Status::Implemented)), [Note::Nothing]);
    let notes = world.act(|stage| status(stage, id("C5"), Status::NotImplemented));
    assert!(
        matches!(&notes[0], Note::Reopened { controls, objectives } if *controls == [id("C5")] && objectives.len() == 2)
    );
}

#[test]
fn next_is_an_alternative_for_all_of_the_objectives() {
    let mut world = mitigated();
    let notes = world.act(|stage| cover(stage, id("C5"), &["A2-*"], GroupChoice::Next));
    assert_eq!(group_of(&world, "C5", "A2-T1"), Some(Group::Number(2)));
    assert_eq!(group_of(&world, "C5", "A2-T2"), Some(Group::Number(2)), "one number for the batch");
    assert!(!notes.iter().any(|note| matches!(note, Note::Reopened { .. })), "{notes:?}");
    let again = world.act(|stage| cover(stage, id("C5"), &["A2-*"], GroupChoice::Next));
    assert_eq!(again, [Note::Nothing], "its own group does not count as taken");
    let moved = world.act(|stage| cover(stage, id("C5"), &["A2-T1"], GroupChoice::Depth));
    assert_eq!(told(&moved), ["C5 moves from group 2 to defense in depth for CO-A2-T1"]);
}

#[test]
fn depth_never_counts() {
    let mut world = mitigated();
    let notes = world.act(|stage| cover(stage, id("C1"), &["*-T2"], GroupChoice::Depth));
    assert_eq!(told(&notes), ["C1 covers 2 objectives (CO-A1-T2, CO-A2-T2) in defense in depth"]);
    assert_eq!(world.refused(|stage| cover(stage, id("C1"), &["*-T2"], GroupChoice::Number(0))).why, Why::Group);
}

#[test]
fn an_asset_is_covered_like_another() {
    let mut world = mitigated();
    let notes = world.act(|stage| cover_like(stage, id("A2"), id("A1")));
    assert_eq!(group_of(&world, "C1", "A2-T1"), Some(Group::Number(1)));
    assert_eq!(group_of(&world, "C2", "A2-T2"), Some(Group::Depth));
    assert_eq!(told(&notes), ["C1 covers CO-A2-T1 in group 1", "C2 covers CO-A2-T2 in defense in depth"]);
    assert_eq!(world.act(|stage| cover_like(stage, id("A2"), id("A1"))), [Note::Nothing]);
    world.act(|stage| remove(stage, id("C4"), "r", None));
    let mut bare = World::published();
    covers(&mut bare.model, "C2", &[]);
    assert_eq!(bare.refused(|stage| cover_like(stage, id("A1"), id("A2"))).why, Why::Empty);
}

#[test]
fn regrouping_keeps_its_reason_as_a_decision() {
    let mut world = mitigated();
    let groups = [(id("C1"), Group::Number(2)), (id("C4"), Group::Depth)];
    let notes = world.act(|stage| group(stage, co("A1-T1"), &groups, " binding alone is enough "));
    assert_eq!(group_of(&world, "C1", "A1-T1"), Some(Group::Number(2)));
    assert_eq!(group_of(&world, "C4", "A1-T1"), Some(Group::Depth));
    let (name, decision) = world.model.decisions.first_key_value().unwrap();
    assert!(name.starts_with("2026-11-20-grouping-") && name.len() == 24, "{name}");
    assert_eq!(decision.kind, Some(DecisionKind::Grouping));
    assert_eq!((decision.by.as_str(), decision.reason.as_str()), ("ada@example.org", "binding alone is enough"));
    assert_eq!(decision.entities, [id("C1"), id("C4")].into());
    assert!(decision.objectives.contains(co("A1-T1")));
    assert!(told(&notes).contains(&format!("the reason is in decisions/{name}.toml")));
    assert_eq!(world.act(|stage| group(stage, co("A1-T1"), &groups, "again")), [Note::Nothing]);
    assert_eq!(world.model.decisions.len(), 1);
}

#[test]
fn remapping_replaces_everything() {
    let mut world = mitigated();
    let notes = world.act(|stage| remap(stage, id("C1"), &["A2-*"], None, None));
    assert_eq!(group_of(&world, "C1", "A2-T2"), Some(Group::Number(1)), "the only group it had");
    assert_eq!(group_of(&world, "C1", "A1-T1"), None, "C4 covers it too, so no reason is needed");
    assert!(told(&notes).contains(&"C1 no longer covers CO-A1-T1".to_owned()));
    world.act(|stage| remap(stage, id("C4"), &["A2-*"], Some(GroupChoice::Next), Some("A1 has no one")));
    assert_eq!(group_of(&world, "C4", "A2-T1"), Some(Group::Number(2)), "a group that is said moves all");
    assert_eq!(world.model.decisions.len(), 1);
    assert_eq!(world.refused(|stage| remap(stage, id("C1"), &["A9-*"], None, None)).why, Why::Unknown);
}

#[test]
fn an_orphan_is_remapped_to_a_live_objective() {
    let mut world = World::published();
    world.act(|stage| restore(stage, id("C3")));
    let notes = world.act(|stage| remap(stage, id("C3"), &["A1-T2"], None, None));
    assert_eq!(
        told(&notes),
        [
            "C3 no longer covers CO-A3-T1",
            "C3 covers CO-A1-T2 in group 1",
            "at risk -> mitigated: CO-A1-T2",
            "re-attached: C3"
        ]
    );
}

#[test]
fn uncovering_the_only_cover_needs_a_reason() {
    let mut world = mitigated();
    let refusal = world.refused(|stage| uncover(stage, id("C2"), &["A1-T2"], Some(" ")));
    assert_eq!(refusal.why, Why::Empty, "it covers nothing else");
    let refusal = world.refused(|stage| uncover(stage, id("C4"), &["*-T2"], None));
    assert_eq!(refusal.hints, ["redan uncover C4 '*-T2' --reason \"…\" -m pay"]);
    let notes = world.act(|stage| uncover(stage, id("C4"), &["*-T2"], Some("it never did")));
    assert!(told(&notes).contains(&"at risk -> unassessed: CO-A2-T2".to_owned()), "{notes:?}");
    let notes = world.act(|stage| uncover(stage, id("C4"), &["A1-*"], None));
    assert_eq!(told(&notes), ["C4 no longer covers CO-A1-T1"], "C1 still does");
}

#[test]
fn removing_a_control_may_reopen_and_may_complete() {
    let mut world = mitigated();
    let notes = world.act(|stage| remove(stage, id("C4"), "switched off", None));
    assert_eq!(
        told(&notes),
        [
            "C4 reopens 1 mitigated objective (CO-A2-T1)",
            "removed C4 (Logs are shipped to the SIEM)",
            "at risk -> unassessed: CO-A2-T2"
        ]
    );
    world.act(|stage| cover(stage, id("C5"), &["A1-T1"], GroupChoice::Number(1)));
    let notes = world.act(|stage| remove(stage, id("C5"), "never built", None));
    assert_eq!(
        notes[1],
        Note::StandingChanged { objectives: vec![co("A1-T1")], from: Standing::AtRisk, to: Standing::Mitigated }
    );
}

#[test]
fn group_choices_read_as_people_write_them() {
    let table = [
        ("1", Some(GroupChoice::Number(1))),
        ("next", Some(GroupChoice::Next)),
        ("depth", Some(GroupChoice::Depth)),
        ("0", None),
        ("01", None),
        ("", None),
        ("Depth", None),
    ];
    for (text, expected) in table {
        assert_eq!(GroupChoice::parse(text), expected, "{text}");
    }
}
