//! Controls that a machine adds.

use redan::model::{Atom, Body, ComponentRef, Control, Cover, Group, Kind, MappingState, Requirement, Status};
use redan::ops::lifecycle::*;

use super::world::{World, co, id, told};

const PASSWORDS: &str = "passwords are hashed with argon2id.";

fn newcomer(description: &str, places: &[(&str, &str)]) -> Control {
    let mut control = Control { description: description.to_owned(), ..Control::default() };
    places.iter().for_each(|(group, objective)| control.covers.put(co(objective), Group::parse(group).unwrap()));
    control
}

fn requirement(req: &str, state: MappingState, cover: Cover) -> Requirement {
    Requirement { req: req.to_owned(), state: Some(state), cover: Some(cover), ..Requirement::default() }
}

fn body<'w>(world: &'w World, name: &str) -> &'w Control {
    let Body::Control(control) = &world.entity(name).body else { panic!("{name}") };
    control
}

fn group_of(world: &World, name: &str, objective: &str) -> Option<Group> {
    body(world, name).covers.group(co(objective))
}

#[test]
fn what_is_there_already_grows_and_keeps_its_groups() {
    let mut world = World::published();
    let batch = [newcomer(PASSWORDS, &[("3", "A2-T1"), ("3", "A2-T2")])];
    let notes = world.act(|stage| fold(stage, &batch, "offline"));
    assert_eq!(group_of(&world, "C2", "A2-T1"), Some(Group::Number(1)), "it covered that already");
    assert_eq!(group_of(&world, "C2", "A2-T2"), Some(Group::Number(3)), "the newcomer's number is free");
    assert_eq!(world.value("C2", "description"), "Passwords are hashed with Argon2id");
    assert_eq!((world.value("C2", "source").as_str(), body(&world, "C2").status), ("", Some(Status::NotImplemented)));
    assert_eq!(
        told(&notes),
        [
            "`passwords are hashed with argon2id.` is C2 already, which gains CO-A2-T2",
            "C2 covers CO-A2-T2 in group 3",
            "unassessed -> at risk: CO-A2-T2",
        ]
    );
    assert_eq!(world.next(Kind::Control), id("C4"), "no number was used");
}

#[test]
fn a_group_number_that_is_in_use_is_replaced_for_the_whole_batch() {
    let mut world = World::published();
    let batch = [
        newcomer(PASSWORDS, &[("1", "A1-T1")]),
        newcomer("Logs are shipped to the SIEM", &[("1", "A1-T1"), ("1", "A2-T2"), ("depth", "A1-T2")]),
        newcomer("Certificates are pinned in the mobile app", &[("2", "A1-T1")]),
    ];
    let notes = world.act(|stage| fold(stage, &batch, "offline"));
    assert_eq!(group_of(&world, "C1", "A1-T1"), Some(Group::Number(1)));
    assert_eq!(group_of(&world, "C2", "A1-T1"), Some(Group::Number(3)), "C1 is alone in group 1");
    assert_eq!(group_of(&world, "C4", "A2-T2"), Some(Group::Number(3)), "what belonged together still does");
    assert_eq!(group_of(&world, "C4", "A1-T1"), Some(Group::Number(3)));
    assert_eq!(group_of(&world, "C5", "A1-T1"), Some(Group::Number(2)), "a free number stays");
    assert_eq!(group_of(&world, "C4", "A1-T2"), Some(Group::Depth));
    assert_eq!((world.value("C4", "source"), world.value("C5", "source")), ("offline".into(), "offline".into()));
    assert!(!notes.iter().any(|note| matches!(note, Note::Reopened { .. })), "{notes:?}");
}

#[test]
fn requirements_are_united_by_the_stronger_state() {
    use MappingState::{Accepted, Proposed, Rejected};
    let mut world = World::published();
    let Body::Control(control) = &mut world.model.entities.get_mut(&id("C2")).unwrap().body else { panic!() };
    control.requirements = vec![
        requirement("a", Proposed, Cover::Part),
        requirement("b", Rejected, Cover::Part),
        requirement("c", Accepted, Cover::Part),
    ];
    let mut batch = newcomer(PASSWORDS, &[]);
    batch.requirements = vec![
        requirement("a", Rejected, Cover::Full),
        requirement("b", Proposed, Cover::Full),
        requirement("c", Accepted, Cover::Full),
        requirement("d", Proposed, Cover::Full),
    ];
    let notes = world.act(|stage| fold(stage, &[batch], "offline"));
    let rows = body(&world, "C2").requirements.iter();
    let rows: Vec<_> = rows.map(|row| (row.req.as_str(), row.state, row.cover)).collect();
    let expected = [
        ("a", Some(Rejected), Some(Cover::Full)),
        ("b", Some(Rejected), Some(Cover::Part)),
        ("c", Some(Accepted), Some(Cover::Part)),
        ("d", Some(Proposed), Some(Cover::Full)),
    ];
    assert_eq!(rows, expected);
    assert_eq!(told(&notes), ["`passwords are hashed with argon2id.` is C2 already, which gains a, d"]);
}

#[test]
fn a_removed_control_comes_back_and_takes_the_newcomer_in() {
    let mut world = World::published();
    let batch = [newcomer("Backups are stored in another region", &[("1", "A2-T2")])];
    let notes = world.act(|stage| fold(stage, &batch, "offline"));
    assert!(matches!(&notes[0], Note::Revived { id: back, .. } if *back == id("C3")), "{notes:?}");
    assert_eq!(group_of(&world, "C3", "A2-T2"), Some(Group::Number(1)));
    assert_eq!(group_of(&world, "C3", "A3-T1"), Some(Group::Number(1)), "what it covered is kept");
}

#[test]
fn twins_in_one_batch_become_one_control() {
    let mut world = World::published();
    let batch = [
        newcomer("Logs are shipped to the SIEM", &[("1", "A2-T2")]),
        newcomer("logs are shipped to the SIEM", &[("1", "A2-T2"), ("1", "A1-T2")]),
    ];
    world.act(|stage| fold(stage, &batch, "offline"));
    assert_eq!(body(&world, "C4").covers.iter().count(), 2);
    assert_eq!(world.next(Kind::Control), id("C5"));
    assert_eq!(world.act(|stage| fold(stage, &batch, "offline")).len(), 2, "a second run only says where they are");
    assert!(world.plan(|stage| fold(stage, &batch, "offline")).unwrap().changes.is_empty());
}

#[test]
fn invented_ids_are_refused() {
    let world = World::published();
    let dead = world.refused(|stage| fold(stage, &[newcomer("x", &[("1", "A3-T1")])], "offline"));
    assert_eq!((dead.why, dead.hints), (Why::Reference, vec!["redan restore A3 -m pay".to_owned()]));
    let invented = world.refused(|stage| fold(stage, &[newcomer("x", &[("1", "A1-T7")])], "offline"));
    assert_eq!(invented.why, Why::Reference);
    let mut scoped = newcomer("x", &[]);
    scoped.components = ComponentRef::parse("CMP9").into_iter().collect();
    assert_eq!(world.refused(|stage| fold(stage, &[scoped], "offline")).why, Why::Reference);
}
