//! A second state read next to a known one comes out as if it were read alone, whatever the two are.

use redan::store::{Settings, Source, read, read_beside};

use super::{TOP, source};

/// What a folder may hold: nothing, sound models, and models with everything that keeps one from being taken over.
fn folders(name: &str) -> Vec<Vec<Source>> {
    let file = |file: &str, text: &str| source(&format!("threat-models/{name}/{file}"), text);
    let sound = format!("format = 1\nid = \"{name}\"\nname = \"Pay\"\n[assets.A1]\nname = \"Tokens\"\n");
    let asset = |key: &str| format!("{TOP}[assets.A1]\n{key} = \"Tokens\"\n");
    let controls = file("controls.toml", "[controls.C1]\ndescription = \"x\"\n");
    vec![
        vec![],
        vec![file("model.toml", &sound)],
        vec![file("model.toml", &sound), controls.clone()],
        vec![file("model.toml", &sound), file("decisions/d.toml", "kind = \"risk_accepted\"\n")],
        vec![file("model.toml", &sound), file("sessions/s.toml", "= broken\n")],
        vec![file("model.toml", TOP)],
        vec![file("model.toml", &asset("name")), controls.clone()],
        vec![file("model.toml", &asset("nmae"))],
        vec![file("model.toml", &format!("{TOP}[assets.A1\nname = \"x\"\n"))],
        vec![file("model.toml", "format = 2\n")],
        vec![controls],
    ]
}

#[test]
fn it_reads_as_it_would_alone() {
    let mut states = Vec::new();
    for first in folders("a") {
        states.extend(folders("b").into_iter().step_by(2).map(|second| [first.clone(), second].concat()));
    }
    let settings = Settings::default();
    let alone = |state: &Vec<Source>| format!("{:?}", read(state.clone(), &settings));
    let expected: Vec<String> = states.iter().map(alone).collect();
    for known in &states {
        let known = read(known.clone(), &settings);
        for (then, expected) in states.iter().zip(&expected) {
            let space = read_beside(then.clone(), &settings, &known);
            assert_eq!(format!("{space:?}"), *expected, "beside {:?}", known.sources);
        }
    }
}

#[test]
fn further_roots_are_read_too() {
    let known = read(folders("a")[1].clone(), &Settings::default());
    let models = vec!["threat-models".to_owned(), "former".to_owned()];
    let settings = Settings { models, ..Settings::default() };
    let sources = [folders("a")[1].clone(), vec![source("former/pay/model.toml", TOP)]].concat();
    let space = read_beside(sources.clone(), &settings, &known);
    assert_eq!(space.models.len(), 2);
    assert_eq!(format!("{space:?}"), format!("{:?}", read(sources, &settings)));
}

#[test]
fn what_says_the_same_is_shared() {
    let known = read([folders("a")[2].clone(), folders("b")[1].clone()].concat(), &Settings::default());
    let then = [folders("a")[2].clone(), folders("b")[3].clone()].concat();
    let space = read_beside(then, &Settings::default(), &known);
    let shared: Vec<bool> = known.models.iter().map(|(id, model)| std::ptr::eq(model, &space.models[id])).collect();
    assert_eq!(shared, [true, false]);
}
