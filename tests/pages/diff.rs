//! Comparisons as pages: hostile models stay text at every depth, and the order of the files is no difference.

use std::collections::BTreeMap;

use jiff::civil::date;
use proptest::prelude::*;
use redan::assess::{View, assess};
use redan::difference::{Compared, Side, State, between};
use redan::model::{Model, ModelId};
use redan::ops::diff::{Sides, compare};
use redan::render::units;
use redan::report::diff::{Depth, LIMIT, Telling, comment, diff, document, page};
use redan::store::{Content, Settings, Source, Workspace, read};

use super::hostile::{TEXTS, seen};
use crate::arbitrary::{Dice, edited, model};
use crate::schema::generated::read as text_of;
use crate::tier::cases;

fn state(name: &str) -> State {
    State { name: name.to_owned(), commit: None }
}

fn compared(before: &Model, after: &Model) -> Compared {
    let day = date(2026, 2, 1);
    let (old, new) = (assess(before, View::on(day)), assess(after, View::on(day)));
    let side = |assessment, folder| Some(Side { assessment, folder });
    let models = vec![between(side(&old, "before/@octocat"), side(&new, "after/#1"))];
    Compared { from: state("main @octocat"), to: state("<b>#1"), as_of: day, alone: true, models }
}

/// The model of the payment example with a text in the place of every text of a person.
fn infected(text: &str) -> Model {
    let folder = "examples/payment-api/threat-models/payment-gateway-api";
    let mut files = vec![];
    for name in ["model.toml", "controls.toml"] {
        let content = Content::Bytes(text_of(&format!("{folder}/{name}")).into_bytes().into());
        files.push(Source { path: format!("threat-models/x/{name}"), content });
    }
    let mut model = read(files, &Settings::default()).models.into_values().next().unwrap();
    let words = redan::model::Value::text(text);
    model.head.name = text.to_owned();
    for entity in model.entities.values_mut() {
        for field in ["name", "description", "capability", "position", "rationale"] {
            entity.set(field, Some(&words));
        }
    }
    let decision = redan::model::Decision { reason: text.to_owned(), owner: text.to_owned(), ..Default::default() };
    model.decisions.insert(text.to_owned(), decision);
    model
}

#[test]
fn hostile_models_stay_text_at_every_depth() {
    let plain = infected("plain");
    for text in TEXTS {
        let hostile = infected(text);
        for (before, after) in [(&plain, &hostile), (&hostile, &plain)] {
            let compared = compared(before, after);
            for depth in Depth::ALL {
                seen(&redan::render::markdown(&page(&compared, Telling::comment(depth))));
            }
            assert!(!document(&compared).contains("<script"));
        }
    }
}

#[test]
fn comments_fit_whatever_is_in_them() {
    let mut big = infected("@octocat ```| <!-- ");
    let entity = big.entities.values_mut().next().unwrap();
    entity.set("description", Some(&redan::model::Value::text("@octocat ```| <!-- ".repeat(500_000))));
    let compared = compared(&infected("plain"), &big);
    for limit in [LIMIT, 20_000, 5_000, 1_000, 200, 60, 0] {
        let body = comment(&compared, limit);
        assert!(units(&body) <= limit, "{} of {limit}", units(&body));
        seen(&body);
    }
    assert!(comment(&compared, LIMIT).contains("changed"), "a comment says what it can");
}

/// The files of an example, with the tables of their entities in an order of the dice.
fn shuffled(dice: &mut Dice, texts: &[(&str, String)]) -> Vec<Source> {
    let source = |(path, text): &(&str, String), dice: &mut Dice| {
        let mut groups: BTreeMap<String, String> = BTreeMap::new();
        let mut key = String::new();
        for line in text.split_inclusive('\n') {
            if line.starts_with('[') && !line.starts_with("[ ") {
                let name = line.trim_start_matches('[');
                key = name.split([']', '.']).take(2).collect::<Vec<_>>().join(".");
            }
            groups.entry(key.clone()).or_default().push_str(line);
        }
        let head = groups.remove("").unwrap_or_default();
        let mut rest: Vec<String> = groups.into_values().collect();
        for at in (1..rest.len()).rev() {
            rest.swap(at, dice.below(at + 1));
        }
        Source { path: (*path).to_owned(), content: Content::Bytes((head + &rest.concat()).into_bytes().into()) }
    };
    texts.iter().map(|text| source(text, dice)).collect()
}

fn outputs(before: Workspace, after: &Workspace) -> [String; 4] {
    let compared = compare(Sides::new(before, after), (state("a"), state("b")), &Default::default(), date(2026, 2, 1));
    let mut json = diff(&compared);
    json.models.iter_mut().for_each(|model| model.rewritten.clear());
    let human = redan::render::terminal(&page(&compared, Telling::TERMINAL));
    [human, comment(&compared, LIMIT), document(&compared), serde_json::to_string_pretty(&json).unwrap()]
}

#[test]
fn the_order_of_the_files_is_no_difference() {
    let file = |name: &str| text_of(&format!("examples/payment-api/threat-models/payment-gateway-api/{name}"));
    let old =
        [("threat-models/x/model.toml", file("model.toml")), ("threat-models/x/controls.toml", file("controls.toml"))];
    let change = |text: &str| {
        let text =
            text.replace("Settlement files", "Files of settlements").replace("\"implemented\"", "\"not_implemented\"");
        text.replace("boundaries = [\"TB1\"]", "boundaries = [\"TB1\", \"TB2\"]")
    };
    let new = old.clone().map(|(path, text)| (path, change(&text)));
    let mut dice = Dice::new(7);
    let mut first: Option<[String; 4]> = None;
    for _ in 0..cases(6, 200) {
        let [before, after] = [&old, &new].map(|texts| read(shuffled(&mut dice, texts), &Settings::default()));
        assert_eq!((before.models.len(), before.lossy.len(), after.lossy.len()), (1, 0, 0));
        let told = outputs(before, &after);
        assert_eq!(first.get_or_insert_with(|| told.clone()), &told);
    }
}

#[test]
fn files_that_only_read_differently_are_said_to() {
    let mut dice = Dice::new(3);
    let file = |name: &str| text_of(&format!("examples/payment-api/threat-models/payment-gateway-api/{name}"));
    let texts = [("threat-models/x/model.toml", file("model.toml"))];
    let before = read(shuffled(&mut dice, &texts), &Settings::default());
    let after = read(shuffled(&mut dice, &texts), &Settings::default());
    let [human, ..] = outputs(before, &after);
    assert!(human.starts_with("only comments and order changed"), "{human}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(60, 3_000), failure_persistence: None, ..ProptestConfig::default() })]

    /// Every change that the one comparison finds is told, and a state differs in nothing from itself.
    #[test]
    fn everything_that_differs_is_told(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let before = Model { id: ModelId::parse("m").unwrap(), ..model(&mut dice) };
        let after = Model { id: before.id.clone(), ..edited(&mut dice, &before) };
        let told = compared(&before, &after);
        let things: Vec<_> = told.models[0].things.iter().map(|thing| thing.subject.clone()).collect();
        for change in redan::change::diff(&before, &after) {
            let moved = told.models[0].things.iter().any(|thing| thing.kind == redan::difference::Kind::Moved);
            prop_assert!(things.contains(&change.subject) || moved, "{}", change.subject);
        }
        let same = compared(&before, &before.clone());
        prop_assert!(same.models[0].things.is_empty() && same.models[0].objectives.statuses.is_empty());
        for depth in Depth::ALL {
            let body = redan::render::markdown(&page(&told, Telling::comment(depth)));
            seen(&body);
            prop_assert_eq!(body, redan::render::markdown(&page(&told, Telling::comment(depth))));
        }
    }
}
