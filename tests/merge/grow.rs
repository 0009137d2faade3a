//! What a branch does to a model: legal edits, as the commands make them. Two branches often take one number.

use redan::model::{Body, Entity, Group, Id, Kind, Model, Objective, Removed, Value};
use std::collections::BTreeMap;

use crate::arbitrary::Dice;

const THINGS: [(&str, &str); 6] = [
    ("Refund queue", "Payments that wait to be sent back"),
    ("Audit trail", "Who changed which record, kept for a year"),
    ("Signing key", "Private half of the certificate of the gateway"),
    ("Holiday calendar", "Days on which no settlement runs"),
    ("Customer photographs", "Portraits that people uploaded themselves"),
    ("Build pipeline", "Programs that turn source text into releases"),
];
const PEOPLE: [&str; 4] = [
    "can read the backups at the hoster",
    "knows last year's staff passwords",
    "walks past the unlocked server room",
    "supplies the mail library",
];
const MEASURES: [&str; 4] = [
    "Every export is signed twice",
    "Sessions end after an hour",
    "Backups are encrypted before they leave",
    "A second person approves each release",
];

const PARTS: [&str; 4] = ["Refund service", "Mail relay", "Report generator", "Key store"];
const BELIEFS: [&str; 4] = [
    "The hoster wipes disks before it sells them",
    "Nobody but operators reaches the admin network",
    "The payment provider checks every card",
    "Laptops of the staff are encrypted",
];

/// The model after a few edits; `mark` is in every row and note it writes.
pub fn grown(dice: &mut Dice, model: &Model, mark: &str) -> Model {
    let mut grown = model.clone();
    for step in 0..dice.below(5) + 1 {
        let note = format!("{mark} {step}");
        match dice.below(11) {
            0 | 1 => add(dice, &mut grown, Kind::Asset),
            2 => add(dice, &mut grown, Kind::Attacker),
            3 => add(dice, &mut grown, Kind::Control),
            4 => bury(dice, &mut grown, &note),
            5 | 6 => rate(dice, &mut grown, step, &note),
            7 => cover(dice, &mut grown),
            8 => add(dice, &mut grown, Kind::Assumption),
            9 => add(dice, &mut grown, Kind::Component),
            _ => edit(dice, &mut grown, &note),
        }
    }
    grown
}

fn ids(model: &Model, kind: Kind) -> Vec<Id> {
    model.of_kind(kind).filter(|entity| entity.live()).map(|entity| entity.id).collect()
}

fn set(entity: &mut Entity, field: &str, value: Value) {
    assert!(entity.set(field, Some(&value)), "{}.{field} refuses {value:?}", entity.id);
}

fn add(dice: &mut Dice, model: &mut Model, kind: Kind) {
    let number = model.of_kind(kind).filter_map(|entity| entity.id.number()).max().unwrap_or(0) + 1;
    let mut entity = Entity::new(Id::new(kind, number));
    match kind {
        Kind::Asset => {
            let (name, description) = dice.pick(&THINGS);
            set(&mut entity, "name", Value::text(*name));
            set(&mut entity, "description", Value::text(*description));
            set(&mut entity, "properties", Value::List(vec![Value::text("C")]));
        }
        Kind::Attacker => {
            set(&mut entity, "capability", Value::text(*dice.pick(&PEOPLE)));
            set(&mut entity, "position", Value::text("somewhere"));
            set(&mut entity, "archetype", Value::text("other"));
        }
        Kind::Component => set(&mut entity, "name", Value::text(*dice.pick(&PARTS))),
        Kind::Assumption => {
            set(&mut entity, "description", Value::text(*dice.pick(&BELIEFS)));
            set(&mut entity, "kind", Value::text("external"));
        }
        _ => set(&mut entity, "description", Value::text(*dice.pick(&MEASURES))),
    }
    let title = entity.title().to_owned();
    if model.of_kind(kind).all(|known| known.title() != title) {
        model.entities.insert(entity.id, entity);
        if kind == Kind::Control {
            cover_by(dice, model, Id::new(kind, number));
        }
    }
}

/// Removes anything but the first asset and the first attacker.
fn bury(dice: &mut Dice, model: &mut Model, note: &str) {
    let all: Vec<Id> =
        [Kind::Asset, Kind::Attacker, Kind::Control].into_iter().flat_map(|kind| ids(model, kind)).collect();
    let id = *dice.pick(&all);
    if id.number() == Some(1) {
        return;
    }
    let tombstone = Removed {
        at: Some(format!("2026-02-{:02}", dice.below(28) + 1).parse().unwrap()),
        by: "ada@example.org".to_owned(),
        reason: note.to_owned(),
        ..Removed::default()
    };
    model.entities.get_mut(&id).unwrap().life.removed = Some(tombstone);
}

fn rate(dice: &mut Dice, model: &mut Model, step: usize, note: &str) {
    let all = ids(model, Kind::Asset);
    let entity = model.entities.get_mut(dice.pick(&all)).unwrap();
    let mut rows = match entity.value("revisions") {
        Some(Value::List(rows)) => rows,
        _ => Vec::new(),
    };
    let level = *dice.pick(&["isolated", "multiplicative", "cascading"]);
    rows.push(Value::Table(BTreeMap::from([
        ("at".to_owned(), Value::When(format!("2026-03-{:02}", 5 * step + dice.below(5) + 1).parse().unwrap())),
        ("by".to_owned(), Value::text("ada@example.org")),
        ("set".to_owned(), Value::Table(BTreeMap::from([("blast_radius".to_owned(), Value::text(level))]))),
        ("reason".to_owned(), Value::text(note)),
        ("model".to_owned(), Value::text("4f0c9a1b2d3e")),
    ])));
    set(entity, "revisions", Value::List(rows));
}

fn cover(dice: &mut Dice, model: &mut Model) {
    let all = ids(model, Kind::Control);
    if !all.is_empty() {
        let control = *dice.pick(&all);
        cover_by(dice, model, control);
    }
}

fn cover_by(dice: &mut Dice, model: &mut Model, control: Id) {
    let (assets, attackers) = (ids(model, Kind::Asset), ids(model, Kind::Attacker));
    let objective = Objective { asset: *dice.pick(&assets), attacker: *dice.pick(&attackers) };
    let group = Group::Number(dice.below(2) as u32 + 1);
    if let Some(Body::Control(control)) = model.entities.get_mut(&control).map(|entity| &mut entity.body)
        && control.covers.group(objective).is_none()
    {
        control.covers.put(objective, group);
    }
}

fn edit(dice: &mut Dice, model: &mut Model, note: &str) {
    let all: Vec<Id> = model.entities.values().filter(|entity| entity.live()).map(|entity| entity.id).collect();
    let entity = model.entities.get_mut(dice.pick(&all)).unwrap();
    match dice.below(3) {
        0 => set(entity, "rationale", Value::text(note)),
        1 if entity.id.kind == Kind::Asset => set(entity, "components", Value::List(vec![Value::text("CMP1")])),
        _ if entity.id.kind == Kind::Control => {
            set(entity, "status", Value::text(*dice.pick(&["implemented", "not_implemented"])));
        }
        _ => model.head.name = format!("Shop {}", dice.below(3)),
    }
}

/// Everything that must outlive a merge: kinds with titles, and the reasons of rows.
pub fn holdings(model: &Model) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for entity in model.entities.values() {
        all.push(format!("{} {}", entity.id.kind, entity.title()));
        if let Some(Value::List(rows)) = entity.value("revisions") {
            all.extend(rows.iter().map(|row| format!("revision {row}")));
        }
        if entity.life.removed.is_some() {
            all.push(format!("tombstone of {} {}", entity.id.kind, entity.title()));
        }
    }
    all
}

/// The objectives each control covers, by what people call the three: whatever their numbers.
pub fn covered(model: &Model) -> Vec<String> {
    let title = |id: Id| model.entities.get(&id).map_or_else(|| id.to_string(), |entity| entity.title().to_owned());
    let covered = model.controls().flat_map(|(entity, control)| {
        control.covers.iter().map(|(_, o)| format!("{}: {} by {}", entity.title(), title(o.asset), title(o.attacker)))
    });
    covered.collect()
}
