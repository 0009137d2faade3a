//! Values that do not fit, one at a time.

use super::{CONTROLS, MODEL, TOP, controls, holds, model, repairs, space};

fn asset(lines: &str) -> redan::store::Workspace {
    model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\n{lines}"))
}

#[test]
fn wrong_types_say_what_is_wanted() {
    holds(&asset("description = 5\n"), &["value_type 8:15 `description` of A1 must be a text in quotes, not a number"]);
    holds(
        &asset("properties = true\n"),
        &[
            "value_type 8:14 `properties` of A1 must be a table such as { C = \"high\" }, or a list such as [\"C\"], not true or false",
        ],
    );
    holds(&asset("removed = \"yes\"\n"), &["value_type 8:11 `removed` of A1 must be a table, not a text"]);
    holds(&asset("revisions = [1]\n"), &["value_type 8:14 `revisions` of A1 must be a table, not a number"]);
    holds(
        &asset("components = [\"CMP1\", 2]\n"),
        &["value_type 8:23 an element of `components` of A1 must be the ID of a component in quotes, not a number"],
    );
    holds(
        &asset("rationale = \"\"\"\ntwo\nlines\"\"\"\nsource = \"\"\"\ntwo\nlines\"\"\"\n"),
        &["value_type 11:10 `source` of A1 must stand on one line"],
    );
    holds(
        &asset("removed = { at = 09:30:00 }\n"),
        &["value_type 8:18 `at` of A1 must be a date, or a date and time in UTC that ends in Z"],
    );
    holds(
        &asset("removed = { at = 2026-11-02T09:30:00 }\n"),
        &[
            "value_type 8:18 `at` of A1 must be a date, or a date and time in UTC that ends in Z | without an offset nobody knows when that was; add Z if it is UTC",
        ],
    );
    holds(
        &model(&format!("{TOP}[boundaries.TB1]\nname = \"Edge\"\nsealed = \"yes\"\n")),
        &["value_type 8:10 `sealed` of TB1 must be true or false, not a text"],
    );
    holds(
        &controls("[controls.C1]\ndescription = \"x\"\nrequirements = [{ score = -1 }, { score = 0x }]\n"),
        &[
            "value_type 3:27 `score` of C1 must be a whole number from 0 to 4294967295",
            "value_type 3:43 `score` of C1 must be a whole number from 0 to 4294967295",
        ],
    );
    holds(
        &controls("[controls.C1]\ndescription = \"x\"\ncovers = [\"A1\"]\n"),
        &["value_type 3:10 `covers` of C1 must be a table, group = { A1 = [\"T1\"] }, not a list"],
    );
    holds(
        &controls("[controls.C1]\ndescription = \"x\"\ncovers = { 1 = { A1 = \"T1\" } }\n"),
        &["value_type 3:23 `A1` of C1 must be a list, each element the ID of an attacker in quotes, not a text"],
    );
    holds(
        &controls("[controls.C1]\ndescription = \"x\"\nupheld_by = [[\"AS1\"], \"AS2\"]\n"),
        &[
            "value_type 3:23 `upheld_by` of C1 must be a list, each element the ID of an assumption in quotes, not a text",
        ],
    );
    holds(
        &model(&format!(
            "{TOP}[assumptions.AS1]\ndescription = \"x\"\nkind = \"external\"\nexcludes = {{ attacker = 1 }}\n"
        )),
        &[
            "value_type 9:25 `attacker` of AS1 must be \"*\", or the ID of an attacker in quotes, or a list of such, not a number",
        ],
    );
}

#[test]
fn obvious_types_are_repaired() {
    repairs(
        &asset("components = \"CMP1\"\n"),
        MODEL,
        "value_type 8:14 `components` of A1 must be a list, each element the ID of a component in quotes, not a text",
        ["\"CMP1\"", "[\"CMP1\"]"],
    );
    repairs(
        &asset("removed = { at = \"2026-11-02\" }\n"),
        MODEL,
        "value_type 8:18 `at` of A1 must be a date such as 2026-11-20, without quotes, not a text",
        ["\"2026-11-02\"", "2026-11-02"],
    );
    repairs(
        &asset("removed = { at = 2026-11-02T01:00:00+02:00 }\n"),
        MODEL,
        "value_type 8:18 `at` of A1 must be a date, or a date and time in UTC that ends in Z",
        ["2026-11-02T01:00:00+02:00", "2026-11-01T23:00:00Z"],
    );
    repairs(
        &asset("rationale = 2026\n"),
        MODEL,
        "value_type 8:13 `rationale` of A1 must be a text in quotes, not a number",
        ["2026", "\"2026\""],
    );
    repairs(
        &asset("[assets.A1.revisions]\nby = \"ada\"\n"),
        MODEL,
        "value_type 8:1 `revisions` of A1 must be a list of tables, each under a header in double brackets, not a table",
        ["[assets.A1.revisions]", "[[assets.A1.revisions]]"],
    );
}

#[test]
fn unknown_words_name_the_choices() {
    let attacker =
        |word: &str| model(&format!("{TOP}[attackers.T1]\ncapability = \"calls\"\narchetype = \"{word}\"\n"));
    holds(
        &attacker("hacker"),
        &[
            "value_unknown 8:13 `archetype` of T1 cannot be `hacker` | it is one of: external, tenant, insider, operator, supplier, physical, automated, other",
        ],
    );
    repairs(
        &attacker("External"),
        MODEL,
        "value_unknown 8:13 `archetype` of T1 cannot be `External` | did you mean `external`? it is one of: external, tenant, insider, operator, supplier, physical, automated, other",
        ["External", "external"],
    );
    repairs(
        &attacker("suplier"),
        MODEL,
        "value_unknown 8:13 `archetype` of T1 cannot be `suplier` | did you mean `supplier`? it is one of: external, tenant, insider, operator, supplier, physical, automated, other",
        ["suplier", "supplier"],
    );
    let control = |status: &str| controls(&format!("[controls.C1]\ndescription = \"x\"\nstatus = \"{status}\"\n"));
    holds(
        &control("done"),
        &["value_unknown 3:10 `status` of C1 cannot be `done` | it is one of: not_implemented, implemented"],
    );
    repairs(
        &control("not-implemented"),
        CONTROLS,
        "value_unknown 3:10 `status` of C1 cannot be `not-implemented` | did you mean `not_implemented`? it is one of: not_implemented, implemented",
        ["not-implemented", "not_implemented"],
    );
    holds(
        &model(&format!("{TOP}[boundaries.TB1]\nname = \"Edge\"\npasses = [\"network\", \"wifi\", \"local\"]\n")),
        &["value_unknown 8:22 `passes` of TB1 cannot be `wifi` | it is one of: network, adjacent, local, physical"],
    );
}

#[test]
fn groups_are_numbers_or_depth() {
    let control = |group: &str| {
        controls(&format!("[controls.C1]\ndescription = \"x\"\n\n[controls.C1.covers.{group}]\nA1 = [\"T1\"]\n"))
    };
    holds(
        &control("first"),
        &[
            "group_shape 4:21 `first` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
        ],
    );
    holds(
        &control("0"),
        &[
            "group_shape 4:21 `0` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
        ],
    );
    repairs(
        &control("01"),
        CONTROLS,
        "group_shape 4:21 `01` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
        ["covers.01", "covers.1"],
    );
    repairs(
        &control("Depth"),
        CONTROLS,
        "group_shape 4:21 `Depth` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
        ["covers.Depth", "covers.depth"],
    );
    repairs(
        &control("group-2"),
        CONTROLS,
        "group_shape 4:21 `group-2` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
        ["covers.group-2", "covers.2"],
    );
}

#[test]
fn hidden_characters_are_told_and_kept() {
    let text =
        format!("{TOP}[assets.A1]\nname = \"Pay\u{202e}roll\"\ndescription = \"to\\u200bken\"\nproperties = [\"C\"]\n");
    let found = model(&text);
    holds(
        &found,
        &[
            "text_hidden 7:8 `name` of A1 hides U+202E, a direction mark | write the text again by hand; what is copied from elsewhere often brings such characters along",
            "text_hidden 8:15 `description` of A1 hides U+200B, an invisible character | write the text again by hand; what is copied from elsewhere often brings such characters along",
        ],
    );
    let id = redan::model::Id::parse("A1").expect("legal");
    let pay = redan::model::ModelId::parse("pay").expect("legal");
    assert_eq!(found.models[&pay].entities[&id].title(), "Pay\u{202e}roll");
    assert!(found.lossy.is_empty());
}

#[test]
fn digests_are_kept_whatever_they_look_like() {
    let found = asset("\n[[assets.A1.revisions]]\nmodel = \"4F0C\"\n");
    holds(
        &found,
        &[
            "value_type 10:9 `model` of A1 must be 12 hex digits in lower case, not `4F0C` | delete the line: `redan fix` writes the right digest",
        ],
    );
    assert!(found.lossy.is_empty());
}

#[test]
fn decisions_and_sessions_have_their_words() {
    let decision = "format = 1\nkind = \"accepted\"\nobjectives = { A1 = [\"T1\"] }\nentities = [\"A1\", \"TB01\"]\n";
    let session = "format = 1\n[[turns]]\nintent = \"chat\"\nchanges = [\"a\", 1]\nbefore = \"x\"\n";
    let files = [
        (MODEL, TOP),
        ("threat-models/pay/decisions/d.toml", decision),
        ("threat-models/pay/sessions/s.toml", session),
        (
            "threat-models/pay/compliance.toml",
            "format = 1\nframeworks.\"asvs@5.0.0\".level = 2\n[[exclusions]]\nreason = \"too-hard\"\n",
        ),
    ];
    holds(
        &space(&files),
        &[
            "value_type 2:33 `level` of compliance.toml must be a text in quotes, not a number",
            "value_unknown 4:10 `reason` of compliance.toml cannot be `too-hard` | it is one of: not-applicable, inherited, compensating, risk-accepted, inherently-met, out-of-scope",
            "value_unknown 2:8 `kind` of the decision cannot be `accepted` | did you mean `accepted_history`? it is one of: risk_accepted, not_applicable, confirmed, withdrawn, grouping, accepted_history",
            "id_malformed 4:19 `TB01` is not how an ID is spelled: write TB1",
            "value_unknown 3:10 `intent` of the session cannot be `chat` | it is one of: generate, refine, query, general",
            "value_type 4:17 an element of `changes` of the session must be a text in quotes, not a number",
            "value_type 5:10 `before` of the session must be 12 hex digits in lower case, not `x` | delete the line: `redan fix` writes the right digest",
        ],
    );
}
