//! Several models in one workspace.

use super::{TOP, holds, said, space};
use redan::model::{ModelId, Record};

const A: &str = "threat-models/a/model.toml";
const B: &str = "threat-models/b/model.toml";

#[test]
fn two_folders_cannot_be_one_model() {
    let found = space(&[(A, TOP), (B, &format!("{TOP}[assets.A1]\nnmae = \"x\"\n"))]);
    holds(
        &found,
        &[
            "model_id_clash 2:6 the model ID pay is taken: two folders cannot be one model | a folder copied from another model needs an `id` of its own; an ID is set once and never moves",
            "key_unknown 7:1 `nmae` is no key of an asset (A1) | did you mean `name`?",
        ],
    );
    let locator = found.locator();
    let places: Vec<String> = found
        .findings
        .iter()
        .flat_map(|finding| finding.related.iter())
        .map(|(place, label)| {
            let spot = locator.locate(place).expect("it is there");
            format!("{}:{}:{} {label}", spot.path, spot.line, spot.column)
        })
        .collect();
    assert_eq!(places, ["threat-models/a/model.toml:2:6 taken here"]);
    let pay = ModelId::parse("pay").expect("legal");
    assert_eq!(found.folders[&pay], "threat-models/a");
    assert_eq!(found.models.len(), 1);
}

#[test]
fn a_model_without_a_legal_id_reads_under_its_folder() {
    let found =
        space(&[("threat-models/Pay_API v2/model.toml", "format = 1\nname = \"Pay\"\n[assets.A1]\nname = \"x\"\n")]);
    holds(
        &found,
        &[
            "key_missing 1:1 the model has no `id` | add id = \"pay-api-v2\" at the top; it is set once and never changes",
        ],
    );
    let found = space(&[(B, "format = 1\nid = \"Pay API\"\nname = \"Pay\"\n[assets.A1]\nname = \"x\"\n")]);
    holds(
        &found,
        &[
            "id_malformed 2:6 `Pay API` cannot be a model's ID | an ID is 1 to 64 of a-z, 0-9 and -, starts with a letter and does not end with -",
        ],
    );
    assert!(found.models.contains_key(&ModelId::parse("b").expect("legal")));
    assert_eq!(
        said(&space(&[(B, "format = 1\nid = 5\nname = \"Pay\"\n")])),
        [
            "id_malformed 2:6 `5` cannot be a model's ID | an ID is 1 to 64 of a-z, 0-9 and -, starts with a letter and does not end with -"
        ]
    );
}

#[test]
fn controls_without_a_model_are_told() {
    holds(
        &space(&[("threat-models/pay/controls.toml", "")]),
        &[
            "key_missing 1:1 threat-models/pay/controls.toml belongs to no model: there is no model.toml in threat-models/pay | bring model.toml back: git log -- shows when it went",
        ],
    );
}

#[test]
fn kinds_have_their_file_and_read_from_the_other() {
    let model = format!("{TOP}[controls.C1]\ndescription = \"x\"\n");
    let found = space(&[(A, &model)]);
    holds(&found, &["key_misplaced 6:2 `controls` belong into controls.toml | move the tables there as they are"]);
    let (pay, read) = found.models.iter().next().expect("one model");
    assert_eq!((read.entities.len(), found.lossy.contains(pay)), (1, true));
}

#[test]
fn a_whole_model_reads() {
    let compliance = "[frameworks.\"asvs@5.0.0\"]\nlevel = \"2\"\n";
    let decision = "format = 1\nkind = \"risk_accepted\"\nobjectives = { A1 = [\"T2\"] }\nat = 2026-11-20\n";
    let session = "at = 2026-11-22T10:00:00Z\n[[turns]]\nwords = \"Add an insider\"\nchanges = [\"T2\"]\n";
    let found = space(&[
        (
            A,
            &format!(
                "{TOP}[provenance]\nkind = \"code\"\n[assets.A1]\nname = \"x\"\nproperties = {{ C = \"high\" }}\n"
            ),
        ),
        (
            "threat-models/a/controls.toml",
            "[controls.C1]\ndescription = \"x\"\ncovers.1.A1 = [\"T2\"]\ncovers.depth = { A1 = [\"T1\"] }\n",
        ),
        ("threat-models/a/compliance.toml", compliance),
        ("threat-models/a/decisions/d.toml", decision),
        ("threat-models/a/sessions/s.toml", session),
    ]);
    holds(&found, &[]);
    assert!(found.lossy.is_empty() && found.salvaged.is_empty());
    let model = found.models.values().next().expect("one model");
    let shown = [
        model.head.value("provenance").expect("there").to_string(),
        model.entities.values().filter_map(|entity| entity.value("covers")).map(|value| value.to_string()).collect(),
        model.compliance.value("frameworks").expect("there").to_string(),
        model.decisions["d"].value("at").expect("there").to_string(),
        model.sessions["s"].value("turns").expect("there").to_string(),
    ];
    assert_eq!(
        shown,
        [
            "kind = code",
            "1: (A1 = T2); depth: (A1 = T1)",
            "asvs@5.0.0: (level = 2)",
            "2026-11-20",
            "changes = T2; words = Add an insider"
        ]
    );
}
