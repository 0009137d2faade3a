//! What the built-in engine makes of the descriptions in `examples/descriptions`.

mod update;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use redan::assess::{Assessment, Tier, Verdict, View, assess};
use redan::model::{Body, Group, Kind, Model, Objective};
use redan::suggest::{Brief, Engine as _, Offline, Text};

/// Every description, by the name of its folder.
fn descriptions() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/descriptions");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.is_dir());
    all.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(path.join("description.md")).unwrap();
        (path.file_name().unwrap().to_string_lossy().into_owned(), text)
    };
    all.into_iter().map(read).collect()
}

fn generated(content: &str) -> Model {
    let text = Text { path: "description.md".to_owned(), content: content.to_owned() };
    Offline.generate(&Brief { texts: vec![text], ..Brief::default() }).unwrap().model
}

fn count(model: &Model, kind: Kind) -> usize {
    model.of_kind(kind).count()
}

/// Objectives that somebody can reach and that are high or critical.
fn urgent<'a>(assessment: &'a Assessment<'_>) -> impl Iterator<Item = Objective> + 'a {
    let urgent = assessment.outcomes().filter(|(_, outcome)| outcome.tier >= Some(Tier::High));
    urgent.filter(|(_, outcome)| outcome.reach.verdict != Verdict::Unreachable).map(|(objective, _)| objective)
}

#[test]
fn there_is_a_description_for_every_domain() {
    assert_eq!(descriptions().len(), 12);
}

/// One screen, whatever the text: a model that nobody reads helps nobody.
#[test]
fn models_stay_readable() {
    for (name, text) in descriptions() {
        let model = generated(&text);
        let bounds = [
            (Kind::Component, 4..=14),
            (Kind::Asset, 4..=9),
            (Kind::Attacker, 4..=8),
            (Kind::Assumption, 1..=4),
            (Kind::Control, 10..=25),
        ];
        for (kind, bound) in bounds {
            let count = count(&model, kind);
            assert!(bound.contains(&count), "{name}: {count} of {kind}, not {bound:?}");
        }
    }
}

#[test]
fn every_urgent_objective_has_a_group_that_can_be_completed() {
    for (name, text) in descriptions() {
        let model = generated(&text);
        let assessment = assess(&model, View::on(Date::ZERO));
        let bare: Vec<String> = urgent(&assessment)
            .filter(|objective| {
                let groups = assessment.groups(*objective);
                !groups.iter().any(|state| matches!(state.group, Group::Number(_)) && !state.members.is_empty())
            })
            .map(|objective| objective.to_string())
            .collect();
        assert!(bare.is_empty(), "{name}: {bare:?}");
    }
}

/// With everything that is proposed in place, nothing urgent is left and no property is forgotten.
#[test]
fn what_is_proposed_would_be_enough() {
    for (name, text) in descriptions() {
        let mut model = generated(&text);
        for entity in model.entities.values_mut() {
            if let Body::Control(control) = &mut entity.body {
                control.status = Some(redan::model::Status::Implemented);
            }
        }
        let assessment = assess(&model, View::on(Date::ZERO));
        for objective in urgent(&assessment).collect::<Vec<_>>() {
            let outcome = assessment.outcome(objective).unwrap();
            let held = assessment.groups(objective).iter().any(|state| state.complete);
            assert!(held && outcome.gap.is_empty(), "{name}: {objective} {outcome:?}");
        }
    }
}

/// Whoever cannot be reached is somebody with hands on a device, or near its radio: nothing else is taken out of the count.
#[test]
fn only_what_is_physical_is_out_of_reach() {
    for (name, text) in descriptions() {
        let model = generated(&text);
        let assessment = assess(&model, View::on(Date::ZERO));
        let lost = assessment.outcomes().filter(|(_, outcome)| outcome.reach.verdict == Verdict::Unreachable);
        for (objective, _) in lost {
            let Body::Attacker(attacker) = &model.entities[&objective.attacker].body else { panic!("an attacker") };
            let vector = attacker.likelihood.0.values().next().map(|level| level.name);
            assert!(matches!(vector, Some("physical" | "adjacent" | "local")), "{name}: {objective} {vector:?}");
        }
    }
}
