//! Any sequence of acts: what holds after each of them, whatever was refused in between.

use std::collections::BTreeSet;

use proptest::prelude::*;
use redan::identity::Verdict;
use redan::model::{Body, Control, Entity, Factor, Group, Id, Kind, Model, Status};
use redan::ops::lifecycle::*;

use super::world::{World, judged, payments};
use crate::tier::cases;

/// An act by its verb, with numbers that pick what it is about.
#[derive(Debug, Clone)]
struct Deed {
    verb: usize,
    who: usize,
    other: usize,
    word: usize,
}

const TITLES: [&str; 12] = [
    "Settlement report",
    "Customer emails",
    "OAuth access tokens",
    "Refund queue",
    "Audit log",
    "Signing key",
    "Steals an unlocked phone",
    "Compromises a build dependency",
    "Office network",
    "Ledger database",
    "Backups are stored in another region",
    "Employees lock their screens",
];

fn deed() -> impl Strategy<Value = Deed> {
    (0..14usize, 0..64usize, 0..64usize, 0..TITLES.len()).prop_map(|(verb, who, other, word)| Deed {
        verb,
        who,
        other,
        word,
    })
}

fn pick(model: &Model, number: usize) -> Id {
    *model.entities.keys().nth(number % model.entities.len()).unwrap()
}

fn of_kind(model: &Model, kind: Kind, number: usize) -> Id {
    let all: Vec<Id> = model.of_kind(kind).map(|entity| entity.id).collect();
    all[number % all.len()]
}

fn perform(stage: &Stage<'_>, deed: &Deed) -> Result<Outcome, Refusal> {
    let (id, title) = (pick(stage.model, deed.who), TITLES[deed.word]);
    let control = of_kind(stage.model, Kind::Control, deed.who);
    let pattern = ["*-T1", "A1-*", "A2-T2", "*-*"][deed.other % 4];
    let choice = [GroupChoice::Number(1), GroupChoice::Next, GroupChoice::Depth][deed.other % 3];
    let field = |kind: Kind| match kind {
        Kind::Attacker => "capability",
        Kind::Assumption | Kind::Control => "description",
        _ => "name",
    };
    match deed.verb {
        0 | 1 => {
            let kind = Kind::ALL[deed.who % 6];
            add(
                stage,
                kind,
                &parse_sets(stage.model, kind, &[format!("{}={title}", field(kind))])?,
                deed.other.is_multiple_of(2),
            )
        }
        2 | 3 => remove(stage, id, "because", None),
        4 | 5 => restore(stage, id),
        6 => {
            let own = stage.model.entities[&id].title().to_uppercase();
            let words = if deed.other.is_multiple_of(2) { own.as_str() } else { title };
            edit(stage, id, &parse_sets(stage.model, id.kind, &[format!("{}={words}", field(id.kind))])?, None)
        }
        7 => {
            let text = ["properties=C", "properties=C,A=high", "properties=A,U", "rationale=so"][deed.other % 4];
            edit(stage, id, &parse_sets(stage.model, id.kind, &[text])?, Some("it is what it was"))
        }
        8 => {
            let factor = [Factor::C, Factor::BlastRadius, Factor::Vector, Factor::Prevalence][deed.other % 4];
            let level = factor.levels()[deed.word % factor.levels().len()];
            rate(stage, id, &[(factor, level)].into(), "because")
        }
        9 => cover(stage, control, &[pattern], choice),
        10 => remap(stage, control, &[pattern], Some(choice), Some("because")),
        11 => status(stage, control, [Status::Implemented, Status::NotImplemented][deed.other % 2]),
        12 => cover_like(
            stage,
            of_kind(stage.model, Kind::Asset, deed.who),
            of_kind(stage.model, Kind::Asset, deed.other),
        ),
        _ => {
            let mut newcomer = Control { description: title.to_owned(), ..Control::default() };
            let open: Vec<_> = stage.model.objectives().collect();
            newcomer.covers.put(open[deed.other % open.len()], Group::Number(1));
            fold(stage, &[newcomer], "offline")
        }
    }
}

/// What every act leaves true.
fn holds(before: &Model, after: &Model, seen: &BTreeSet<Id>) {
    for (id, old) in &before.entities {
        let new = after.entities.get(id).unwrap_or_else(|| panic!("{id} is lost"));
        let stood_up_for = new.life.renamed.len() > old.life.renamed.len();
        assert!(judged(old, new) == Verdict::Same || stood_up_for, "{id} means something else");
        assert!(rows(new).starts_with(&rows(old)), "rows of {id} are only appended");
    }
    for id in after.entities.keys().filter(|id| !before.entities.contains_key(id)) {
        let highest = seen.iter().filter(|other| other.kind == id.kind).max();
        assert!(highest.is_none_or(|highest| id > highest), "{id} is not above {highest:?}");
    }
    for kind in [Kind::Asset, Kind::Attacker] {
        assert!(after.of_kind(kind).any(Entity::live), "no live {kind}");
    }
    for (entity, control) in after.controls() {
        let twice = control.covers.iter().find(|(group, objective)| control.covers.group(*objective) != Some(*group));
        assert!(twice.is_none(), "{} covers {twice:?} twice", entity.id);
    }
}

fn rows(entity: &Entity) -> Vec<String> {
    let text = |row: &dyn std::fmt::Debug| format!("{row:?}");
    match &entity.body {
        Body::Asset(asset) => asset.revisions.iter().map(|row| text(row)).collect(),
        Body::Attacker(attacker) => attacker.revisions.iter().map(|row| text(row)).collect(),
        Body::Assumption(assumption) => assumption.attestations.iter().map(|row| text(row)).collect(),
        _ => Vec::new(),
    }
}

/// Restoring what was just removed gives it back, but for the day attestations count from.
fn undone(world: &World, id: Id, before: &Entity) {
    let outcome = world.plan(|stage| restore(stage, id)).unwrap();
    let mut back = outcome.model.entities[&id].clone();
    back.life.attest_after = before.life.attest_after;
    assert_eq!(&back, before);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(40, 600)) })]

    #[test]
    fn any_sequence_keeps_the_ledger(deeds in prop::collection::vec(deed(), 1..40), taken in 1..30u32) {
        let mut world = World::new();
        world.taken.insert(Id::new(Kind::Asset, taken));
        let mut seen: BTreeSet<Id> = payments().entities.into_keys().chain(world.taken.clone()).collect();
        for deed in &deeds {
            // Every state is published at once, so each act is judged against the one before.
            world.published = vec![world.model.clone()];
            let Ok(outcome) = world.plan(|stage| perform(stage, deed)) else { continue };
            holds(&world.model, &outcome.model, &seen);
            let before = std::mem::replace(&mut world.model, outcome.model);
            seen.extend(world.model.entities.keys());
            let removed = outcome.notes.iter().find_map(|note| match note {
                Note::Removed { id, .. } => Some(*id),
                _ => None,
            });
            if let Some(id) = removed {
                undone(&world, id, &before.entities[&id]);
            }
        }
    }
}

#[test]
fn every_verb_can_happen() {
    let world = World::published();
    let happens = |deed: &Deed| world.plan(|stage| perform(stage, deed)).is_ok_and(|plan| !plan.changes.is_empty());
    for verb in 0..14 {
        let mut deeds = (0..64).flat_map(|who| (0..TITLES.len()).map(move |word| (who, word)));
        let any = deeds.any(|(who, word)| happens(&Deed { verb, who, other: who / 3, word }));
        assert!(any, "verb {verb} is always refused, so it would test nothing");
    }
}
