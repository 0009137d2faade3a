//! Keys: unknown, misplaced, missing.

use super::{CONTROLS, MODEL, TOP, controls, fixed, holds, model, repairs, space};
use redan::finding::Safety;

#[test]
fn misspelled_keys_have_a_suggestion() {
    let asset = |line: &str| model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\n{line}\n"));
    repairs(
        &asset("propertys = [\"C\"]"),
        MODEL,
        "key_unknown 8:1 `propertys` is no key of an asset (A1) | did you mean `properties`?",
        ["propertys", "properties"],
    );
    repairs(
        &asset("[[assets.A1.revision]]\nby = \"ada\"\n[[assets.A1.revision]]"),
        MODEL,
        "key_unknown 8:13 `revision` is no key of an asset (A1) | did you mean `revisions`?",
        [
            "[[assets.A1.revision]]\nby = \"ada\"\n[[assets.A1.revision]]",
            "[[assets.A1.revisions]]\nby = \"ada\"\n[[assets.A1.revisions]]",
        ],
    );
    repairs(
        &asset("removed = { reson = \"gone\" }"),
        MODEL,
        "key_unknown 8:13 `reson` is no key of `removed` of A1 | did you mean `reason`?",
        ["reson", "reason"],
    );
    repairs(
        &model(&format!("{TOP}[asset.A1]\nname = \"Tokens\"\n")),
        MODEL,
        "key_unknown 6:2 `asset` is no key of model.toml | did you mean `assets`?",
        ["[asset.", "[assets."],
    );
    repairs(
        &model("format = 1\nid = \"pay\"\nnmae = \"Pay\"\n"),
        MODEL,
        "key_unknown 3:1 `nmae` is no key of model.toml | did you mean `name`?",
        ["nmae", "name"],
    );
}

#[test]
fn taken_keys_are_not_written_twice() {
    let found = model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\nnames = \"x\"\n"));
    holds(&found, &["key_unknown 8:1 `names` is no key of an asset (A1) | did you mean `name`?"]);
    assert_eq!(fixed(&found, MODEL), None);
}

#[test]
fn unheard_keys_get_the_list() {
    holds(
        &model(&format!("{TOP}[boundaries.TB1]\nname = \"Edge\"\ncolour = \"red\"\n")),
        &[
            "key_unknown 8:1 `colour` is no key of a boundary (TB1) | keys here: name, description, passes, sealed, rationale, source, removed, renamed",
        ],
    );
    holds(
        &model(&format!("zzz = 1\n{TOP}")),
        &[
            "key_unknown 1:1 `zzz` is no key of model.toml | keys here: format, id, boundaries, components, assets, attackers, assumptions, name, description, provenance, removed",
        ],
    );
    holds(
        &controls("[assests.A1]\nname = \"x\"\n"),
        &["key_unknown 1:2 `assests` is no key of controls.toml | keys here: format, controls"],
    );
}

#[test]
fn slipped_keys_are_moved_back() {
    let text = format!(
        "{TOP}[assets.A1]\nname = \"Tokens\"\n\n# later\n[[assets.A1.revisions]]\nby = \"ada\"\nremoved = {{ by = \"ada\",\n  reason = \"gone\" }} # why\n\n[assets.A2]\nname = \"Report\"\n"
    );
    let found = model(&text);
    holds(&found, &["key_misplaced 12:1 `removed` belongs to A1: move it above line 10"]);
    let line = "removed = { by = \"ada\",\n  reason = \"gone\" } # why\n";
    let right = text.replace(line, "").replace("name = \"Tokens\"\n", &format!("name = \"Tokens\"\n{line}"));
    assert_eq!(fixed(&found, MODEL).as_deref(), Some(right.as_str()));
    holds(&model(&right), &[]);
    assert_eq!(found.findings[0].fix.as_ref().map(|fix| fix.safety), Some(Safety::Safe));
}

#[test]
fn slips_out_of_covers_and_at_the_end_of_the_file() {
    let found = controls(
        "[controls.C1]\r\ndescription = \"x\"\r\n[controls.C1.covers.1]\r\nA1 = [\"T1\"]\r\nstatus = \"implemented\"",
    );
    holds(&found, &["key_misplaced 5:1 `status` belongs to C1: move it above line 3"]);
    let right = "[controls.C1]\r\ndescription = \"x\"\r\nstatus = \"implemented\"\r\n[controls.C1.covers.1]\r\nA1 = [\"T1\"]\r\n";
    assert_eq!(fixed(&found, CONTROLS).as_deref(), Some(right));
}

#[test]
fn guesses_are_not_safe() {
    let text =
        format!("{TOP}[components.CMP1]\nname = \"API\"\n\n[assets.A1]\nname = \"Tokens\"\nrepo = \"acme/pay\"\n");
    let found = model(&text);
    holds(&found, &["key_misplaced 11:1 `repo` belongs to CMP1: move it above line 9"]);
    assert_eq!(found.findings[0].fix.as_ref().map(|fix| fix.safety), Some(Safety::Unsafe));
    let text = "format = 1\nid = \"pay\"\n\n[provenance]\nkind = \"manual\"\nname = \"Pay\"\n";
    holds(&model(text), &["key_misplaced 6:1 `name` belongs to the top of the file: move it above line 4"]);
}

#[test]
fn slips_within_braces_have_no_line_to_move() {
    let found = model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\nimpact = {{ removed = 1 }}\n"));
    holds(&found, &["key_misplaced 8:12 `removed` belongs to A1: move it out of these braces"]);
    assert_eq!(fixed(&found, MODEL), None);
}

#[test]
fn what_everything_has_is_missed() {
    holds(
        &model("format = 1\n[boundaries.TB1]\n[components.CMP1]\n[assets.A1]\n[attackers.T1]\n[assumptions.AS1]\n"),
        &[
            "key_missing 1:1 the model has no `id` | add id = \"pay\" at the top; it is set once and never changes",
            "key_missing 1:1 the model has no `name`",
            "key_missing 2:1 TB1 has no `name`",
            "key_missing 3:1 CMP1 has no `name`",
            "key_missing 4:1 A1 has no `name`",
            "key_missing 5:1 T1 has no `capability`",
            "key_missing 6:1 AS1 has no `description`",
            "key_missing 6:1 AS1 has no `kind`",
        ],
    );
    holds(&controls("[controls.C1]\n"), &["key_missing 1:1 C1 has no `description`"]);
    let found = space(&[(MODEL, TOP), ("threat-models/pay/decisions/d.toml", "owner = \"ada\"\n")]);
    holds(&found, &["key_missing 1:1 the decision has no `kind`"]);
    assert!(found.lossy.is_empty());
}

#[test]
fn a_dotted_entity_is_placed_by_its_key() {
    holds(&model(&format!("{TOP}assets.A1.description = \"x\"\n")), &["key_missing 6:8 A1 has no `name`"]);
    holds(&model(&format!("{TOP}[assets]\nA1 = {{ description = \"x\" }}\n")), &["key_missing 7:6 A1 has no `name`"]);
}
