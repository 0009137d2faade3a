//! Adding, editing, removing, restoring, renaming, numbering.

use redan::change::{Act, Change};
use redan::model::{Entity, Kind, Model, ModelId};
use redan::ops::lifecycle::*;

use super::world::{World, bury, co, id, told, unsure, when};

#[test]
fn a_fresh_id_is_above_everything_ever_seen() {
    let mut world = World::published();
    assert_eq!(world.next(Kind::Asset), id("A4"), "tombstones count");
    world.taken.extend([id("A7"), id("T9")]);
    world.model.entities.remove(&id("A3"));
    assert_eq!(world.next(Kind::Asset), id("A8"));
    assert_eq!(world.next(Kind::Boundary), id("TB3"));
    world.taken.clear();
    assert_eq!(world.next(Kind::Asset), id("A4"), "published, and gone here");
}

#[test]
fn something_new_gets_a_fresh_id_and_opens_its_objectives() {
    let mut world = World::published();
    let sets = world.sets(Kind::Asset, &["name=Refund queue", "properties=C=high,I=low", "regulatory=none"]);
    let notes = world.act(|stage| add(stage, Kind::Asset, &sets, false));
    assert_eq!(world.value("A4", "properties"), "C = high; I = low");
    assert_eq!(world.value("A4", "impact"), "regulatory = none");
    assert_eq!(told(&notes), ["added A4 (Refund queue)", "new: 2 objectives (CO-A4-T1, CO-A4-T2)"]);
}

#[test]
fn the_same_as_a_tombstone_is_revived_with_its_own_words() {
    let mut world = World::published();
    let words = ["name=customer emails", "description=Addresses for receipts", "properties=C,I"];
    let sets = world.sets(Kind::Asset, &words);
    let notes = world.act(|stage| add(stage, Kind::Asset, &sets, false));
    assert!(world.entity("A3").live());
    assert_eq!(world.value("A3", "name"), "Customer emails");
    assert_eq!(world.value("A3", "properties"), "C");
    let Note::Revived { id: revived, would_change, .. } = &notes[0] else { panic!("{notes:?}") };
    assert_eq!((*revived, would_change.len()), (id("A3"), 2));
    assert_eq!(
        told(&notes),
        [
            "revived A3 (Customer emails) instead of adding it again; not taken over: \
             name `customer emails` (stays `Customer emails`), properties `C, I` (stays `C`)",
            "live again: 2 objectives (CO-A3-T1, CO-A3-T2)",
        ]
    );
}

#[test]
fn a_removed_control_comes_back_when_it_is_added_again() {
    let mut world = World::published();
    let sets = world.sets(Kind::Control, &["description=Backups are stored in another region"]);
    let notes = world.act(|stage| add(stage, Kind::Control, &sets, false));
    assert!(matches!(&notes[0], Note::Revived { would_change, .. } if would_change.is_empty()));
    assert_eq!(told(&notes)[1], "orphaned: C3: remap or remove what has nothing left to do");
}

#[test]
fn doubt_is_refused_unless_somebody_insists() {
    let mut world = World::published();
    let sets = world.sets(Kind::Asset, &[&format!("name={}", unsure("A3")), "description=Addresses for receipts"]);
    assert_eq!(world.refused(|stage| add(stage, Kind::Asset, &sets, false)).why, Why::Unsure);
    world.act(|stage| add(stage, Kind::Asset, &sets, true));
    assert!(world.entity("A4").live() && !world.entity("A3").live());
    let same = world.sets(Kind::Asset, &["name=Settlement report", "description=Nightly file"]);
    assert_eq!(world.refused(|stage| add(stage, Kind::Asset, &same, true)).why, Why::Duplicate);
}

#[test]
fn strangers_do_not_hold_up_a_newcomer() {
    for name in ["Consent records", "Order data", "Signing keys", "Build logs", "Marketing content"] {
        let mut world = World::published();
        let sets = world.sets(Kind::Asset, &[&format!("name={name}")]);
        let notes = world.act(|stage| add(stage, Kind::Asset, &sets, false));
        assert!(matches!(notes[0], Note::Added { .. }), "{notes:?}");
    }
}

#[test]
fn an_edit_that_keeps_the_identity_passes() {
    let mut world = World::published();
    let sets = world.sets(Kind::Asset, &["name=Settlement Report", "components=CMP1", "rationale=Acquirer needs it"]);
    let notes = world.act(|stage| edit(stage, id("A2"), &sets, None));
    assert_eq!(told(&notes), ["changed name, components, rationale of A2"]);
    let notes = world.act(|stage| edit(stage, id("A2"), &sets, None));
    assert_eq!(notes, [Note::Nothing]);
    let cleared = world.sets(Kind::Asset, &["components=", "rationale="]);
    world.act(|stage| edit(stage, id("A2"), &cleared, None));
    assert_eq!(world.value("A2", "components") + &world.value("A2", "rationale"), "");
}

#[test]
fn an_unpublished_entity_is_freely_editable() {
    let mut world = World::new();
    let sets = world.sets(Kind::Asset, &["name=Audit log", "description=Who did what"]);
    let notes = world.act(|stage| edit(stage, id("A2"), &sets, Some("better words")));
    assert_eq!(world.value("A2", "renamed"), "");
    assert_eq!(notes[0], Note::ReasonNotNeeded { id: id("A2") });
}

#[test]
fn identity_is_judged_against_the_first_base_that_has_it() {
    let mut world = World::published();
    let sets = world.sets(Kind::Asset, &["name=Audit log", "description=Who did what"]);
    let mut without = world.model.clone();
    without.entities.remove(&id("A2"));
    world.published.insert(0, without);
    assert_eq!(world.refused(|stage| edit(stage, id("A2"), &sets, None)).why, Why::Identity);
    let mut other = world.model.clone();
    let entity = other.entities.get_mut(&id("A2")).unwrap();
    sets.iter().for_each(|(field, value)| assert!(entity.set(field, value.as_ref())));
    world.published.insert(0, other);
    world.act(|stage| edit(stage, id("A2"), &sets, None));
}

#[test]
fn overruling_the_judge_leaves_a_row_and_lasts_until_it_is_published() {
    let mut world = World::published();
    let sets = world.sets(Kind::Asset, &["name=Audit log", "description=Who did what"]);
    let notes = world.act(|stage| edit(stage, id("A2"), &sets, Some(" it always was the log ")));
    assert!(matches!(notes[0], Note::Overruled { .. }), "{notes:?}");
    let row = &world.entity("A2").life.renamed[0];
    assert_eq!(row.from, "Settlement report — Nightly file");
    assert_eq!(
        (row.by.as_str(), row.at, row.reason.as_str()),
        ("ada@example.org", Some(world.now.at), "it always was the log")
    );
    let more = world.sets(Kind::Asset, &["name=audit log"]);
    world.act(|stage| edit(stage, id("A2"), &more, None));
    assert_eq!(world.entity("A2").life.renamed.len(), 1);
}

#[test]
fn old_references_to_removed_things_do_not_block_an_edit() {
    let mut world = World::published();
    bury(&mut world.model, "CMP1");
    let sets = world.sets(Kind::Asset, &["rationale=x", "components=CMP1"]);
    world.act(|stage| edit(stage, id("A1"), &sets, None));
}

#[test]
fn removing_writes_a_tombstone_and_tells_what_follows() {
    let mut world = World::published();
    let notes = world.act(|stage| remove(stage, id("A1"), "  moved to the vault ", Some("A2")));
    assert_eq!(
        world.value("A1", "removed"),
        "at = 2026-11-20; by = ada@example.org; reason = moved to the vault; replaced_by = A2"
    );
    assert_eq!(
        told(&notes),
        [
            "removed A1 (OAuth access tokens), replaced by A2",
            "tombstoned: 2 objectives (CO-A1-T1, CO-A1-T2)",
            "orphaned: C1: remap or remove what has nothing left to do",
        ]
    );
    let notes = world.act(|stage| restore(stage, id("A1")));
    assert_eq!(notes[1], Note::ObjectivesRevived { objectives: vec![co("A1-T1"), co("A1-T2")] });
    assert_eq!(notes[2], Note::Reattached { controls: vec![id("C1")] });
    assert_eq!(world.model, World::new().model, "the reference is where it was");
}

#[test]
fn something_of_another_model_can_take_its_place() {
    let mut world = World::published();
    world.act(|stage| remove(stage, id("A2"), "moved", Some("ledger/A3")));
    assert!(world.value("A2", "removed").ends_with("replaced_by = ledger/A3"));
    world.act(|stage| remove(stage, id("C2"), "moved", Some("pay/AS1")));
    assert!(world.value("C2", "removed").ends_with("replaced_by = AS1"), "its own model needs no prefix");
}

#[test]
fn the_last_attacker_stays() {
    let mut world = World::published();
    world.act(|stage| remove(stage, id("T1"), "r", None));
    assert_eq!(world.refused(|stage| remove(stage, id("T2"), "r", None)).why, Why::LastLive);
    world.act(|stage| remove(stage, id("TB1"), "r", None));
    world.act(|stage| remove(stage, id("TB2"), "the last boundary may go", None));
}

#[test]
fn a_restored_assumption_has_to_be_attested_again() {
    let mut world = World::published();
    world.act(|stage| remove(stage, id("AS1"), "r", None));
    let notes = world.act(|stage| restore(stage, id("AS1")));
    assert_eq!(world.entity("AS1").life.attest_after, Some(when("2026-11-20T09:12:00Z")));
    assert_eq!(notes[1], Note::AttestationsVoid { id: id("AS1"), attestations: 1 });
    assert_eq!(world.value("AS1", "attestations"), World::new().value("AS1", "attestations"), "rows stay");
}

#[test]
fn a_model_retires_and_returns() {
    let mut world = World::published();
    let notes = world.act(|stage| remove_model(stage, "merged", Some("ledger")));
    assert_eq!(notes, [Note::ModelRemoved]);
    assert!(world.model.retired());
    assert_eq!(world.refused(|stage| remove_model(stage, "merged", None)).why, Why::Removed);
    assert_eq!(world.act(restore_model), [Note::ModelRestored]);
    assert_eq!(world.model, World::new().model);
}

#[test]
fn a_name_is_unique_whatever_its_case() {
    let mut world = World::published();
    let mut other = Model { id: ModelId::parse("ledger").unwrap(), ..Model::default() };
    other.head.name = "Ledger  API".to_owned();
    let refusal = world.refused(|stage| rename(stage, "ledger api", &[&other]));
    assert_eq!(refusal.hints, ["redan rename pay \"ledger api 2\""]);
    let mine = world.model.clone();
    assert_eq!(world.act(|stage| rename(stage, "Payment API", &[&mine])), [Note::Nothing]);
    let notes = world.act(|stage| rename(stage, " PAYMENT API ", &[&mine, &other]));
    assert_eq!(told(&notes), ["the model is called `PAYMENT API` now, was `Payment API`"]);
}

#[test]
fn unnumbered_entities_are_numbered_with_their_references() {
    let mut world = World::published();
    world.insert_new(Kind::Component, "queue", &["name=Queue"]);
    world.insert_new(Kind::Component, "cache", &["name=Cache"]);
    let sets = world.sets(Kind::Asset, &["components=NEW-queue"]);
    world.act(|stage| edit(stage, id("A2"), &sets, None));
    world.taken.insert(id("CMP5"));
    let outcome = world.plan(number_all).unwrap();
    assert!(outcome.changes.iter().all(|change| matches!(change, Change { act: Act::Renumber { .. }, .. })));
    assert_eq!(told(&outcome.notes), ["NEW-cache is CMP6 now", "NEW-queue is CMP7 now"]);
    world.model = outcome.model;
    assert_eq!(world.value("A2", "components"), "CMP7");
    assert_eq!(world.act(number_all), [Note::Nothing]);
}

#[test]
fn what_collides_with_a_published_id_can_be_renumbered() {
    let mut world = World::published();
    let mine = world.sets(Kind::Asset, &["name=Audit log", "description=Who did what", "properties=I"]);
    let mut entity = Entity::new(id("A2"));
    mine.iter().for_each(|(field, value)| assert!(entity.set(field, value.as_ref())));
    world.model.entities.insert(id("A2"), entity);
    let notes = world.act(|stage| renumber(stage, &[], id("A2"), None));
    assert_eq!(notes, [Note::Numbered { from: id("A2"), to: id("A4") }]);
    assert_eq!(world.value("C2", "covers"), "1: (A4 = T1); depth: (A1 = T2)");
}
