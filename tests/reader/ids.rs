//! IDs: spelled, duplicated, salvaged.

use super::{CONTROLS, MODEL, TOP, controls, fixed, holds, model, repairs, said, space};
use redan::model::{Id, ModelId};
use redan::store::Workspace;

fn asset(id: &str) -> Workspace {
    model(&format!("{TOP}[assets.{id}]\nname = \"Tokens\"\n"))
}

fn salvaged(space: &Workspace) -> Vec<String> {
    space.salvaged.values().flatten().map(Id::to_string).collect()
}

fn pay() -> ModelId {
    ModelId::parse("pay").expect("legal")
}

#[test]
fn ids_have_one_spelling() {
    repairs(
        &asset("a1"),
        MODEL,
        "id_malformed 6:9 `a1` is not how an ID is spelled: write A1",
        ["assets.a1", "assets.A1"],
    );
    repairs(
        &asset("A01"),
        MODEL,
        "id_malformed 6:9 `A01` is not how an ID is spelled: write A1",
        ["assets.A01", "assets.A1"],
    );
    repairs(
        &asset("\"\u{410}1\""),
        MODEL,
        "id_malformed 6:9 `А1` is not how an ID is spelled: write A1 | it holds U+0410, which is not the letter it looks like",
        ["assets.\"\u{410}1\"", "assets.A1"],
    );
    repairs(
        &asset("\"A\u{301}1\""),
        MODEL,
        "id_malformed 6:9 `A\u{301}1` is not how an ID is spelled: write A1 | it holds U+0301, which is not the letter it looks like",
        ["assets.\"A\u{301}1\"", "assets.A1"],
    );
    repairs(
        &asset("new-Refunds"),
        MODEL,
        "id_malformed 6:9 `new-Refunds` is not how an ID is spelled: write NEW-refunds",
        ["assets.new-Refunds", "assets.NEW-refunds"],
    );
    holds(&asset("token"), &["id_malformed 6:9 `token` is no ID: the ID of an asset, such as A1, belongs here"]);
    holds(
        &asset("T1"),
        &["id_malformed 6:9 T1 is the ID of an attacker, and the ID of an asset, such as A1, belongs here"],
    );
    holds(&asset("NEW-refunds"), &[]);
    assert_eq!(salvaged(&asset("a1")), ["A1"]);
}

#[test]
fn every_table_of_a_misspelled_id_is_renamed() {
    let text = format!("{TOP}[assets.a1]\nname = \"x\"\n[[assets.a1.revisions]]\nby = \"ada\"\n[assets.a1.impact]\n");
    assert_eq!(fixed(&model(&text), MODEL), Some(text.replace("assets.a1", "assets.A1")));
    let taken = model(&format!("{text}[assets.A1]\nname = \"y\"\n"));
    assert_eq!((said(&taken).len(), fixed(&taken, MODEL)), (1, None));
}

#[test]
fn references_are_spelled_like_ids() {
    let refs = |list: &str| model(&format!("{TOP}[components.CMP1]\nname = \"API\"\nboundaries = [{list}]\n"));
    repairs(
        &refs("\"tb1\", \"TB2\""),
        MODEL,
        "id_malformed 8:15 `tb1` is not how an ID is spelled: write TB1",
        ["tb1", "TB1"],
    );
    holds(
        &refs("\"A1\", \"TB2\", \"edge\", \"NEW-edge\""),
        &[
            "id_malformed 8:15 A1 is the ID of an asset, and the ID of a boundary, such as TB1, belongs here",
            "id_malformed 8:28 `edge` is no ID: the ID of a boundary, such as TB1, belongs here",
        ],
    );
    let covers =
        |line: &str| controls(&format!("[controls.C1]\ndescription = \"x\"\n[controls.C1.covers.1]\n{line}\n"));
    repairs(
        &covers("a1 = [\"T1\"]"),
        CONTROLS,
        "id_malformed 4:1 `a1` is not how an ID is spelled: write A1",
        ["a1", "A1"],
    );
    repairs(
        &covers("A1 = [\"T01\"]"),
        CONTROLS,
        "id_malformed 4:7 `T01` is not how an ID is spelled: write T1",
        ["T01", "T1"],
    );
    holds(
        &covers("T1 = [\"A1\"]"),
        &["id_malformed 4:1 T1 is the ID of an attacker, and the ID of an asset, such as A1, belongs here"],
    );
}

#[test]
fn one_id_is_one_entity() {
    let found = model(&format!(
        "{TOP}[assets.A1]\nname = \"Tokens\"\n\n[[assets.A1.revisions]]\nby = \"ada\"\n\n[assets.A2]\nname = \"x\"\n\n[assets.A1]\nname = \"Keys\"\ndescription = \"d\"\n[[assets.A1.revisions]]\nby = \"bob\"\n"
    ));
    holds(
        &found,
        &[
            "id_duplicate 15:1 A1 stands here a second time: one ID cannot be two assets | give one of the two a fresh ID: [assets.NEW-<word>], then `redan fix`",
        ],
    );
    let locator = found.locator();
    let first = locator.locate(&found.findings[0].related[0].0).expect("the first one is there");
    assert_eq!((first.line, first.column, found.findings[0].related[0].1.as_str()), (6, 1, "A1 stands here first"));
    assert!(found.lossy.contains(&pay()));
    assert_eq!(found.models[&pay()].entities.len(), 2);
}

#[test]
fn one_id_in_two_files_is_two_entities() {
    let found = space(&[
        (MODEL, &format!("{TOP}[assets.A1]\nname = \"x\"\n")),
        (CONTROLS, "[assets.A1]\nname = \"y\"\n[assets.A2]\nname = \"z\"\n"),
    ]);
    holds(
        &found,
        &[
            "key_misplaced 1:2 `assets` belong into model.toml | move the tables there as they are",
            "id_duplicate 1:9 A1 stands in both files of the model: one ID cannot be two assets",
        ],
    );
    assert_eq!(found.models[&pay()].entities.len(), 2);
}

#[test]
fn what_an_open_list_swallows_reads_on() {
    let found = model(&format!(
        "{TOP}[assets.A1]\nname = \"x\"\ncomponents = [\"CMP1\",\nrationale = \"kept\"\n\n[assets.A2]\nname = \"y\"\n"
    ));
    holds(&found, &["toml_syntax 8:14 the list that opens here is never closed: `]` is missing"]);
    let ids: Vec<String> = found.models[&pay()].entities.keys().map(Id::to_string).collect();
    assert_eq!((ids, salvaged(&found)), (vec!["A1".to_owned(), "A2".to_owned()], vec![]));
}

#[test]
fn what_cannot_be_read_is_salvaged() {
    let found = model(&format!("{TOP}[assets.A1\nname = \"x\"\n\n[assets.A2]\nname = \"y\"\n"));
    holds(&found, &["toml_syntax 6:11 the header is not closed: `]` is missing"]);
    assert_eq!(salvaged(&found), ["A1"]);
    let found = model(&format!("{TOP}[assets.A1]\nname = \"x\"\ndescription = \"\"\"open\n"));
    holds(&found, &["toml_syntax 8:15 the text that opens here is never closed: `\"\"\"` is missing"]);
    let found = model(&format!("{TOP}[assets]\nA1 = 5\nA2 = {{ name = \"y\" }}\n"));
    holds(&found, &["value_type 7:6 A1 must be a table | write [assets.A1] and the fields below it"]);
    assert_eq!(salvaged(&found), ["A1"]);
    holds(
        &model(&format!("{TOP}[[assets]]\nname = \"y\"\n")),
        &["value_type 6:1 `assets` holds one table for each ID | write [assets.A1] and the fields below it"],
    );
}
