//! Files that are not valid TOML, and how much of them reads all the same.

use super::{MODEL, TOP, fixed, holds, model, repairs, said};
use redan::model::{Id, ModelId};
use redan::store::Workspace;

fn asset(line: &str) -> Workspace {
    model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\n{line}\n\n[assets.A2]\nname = \"Report\"\n"))
}

fn ids(space: &Workspace) -> Vec<String> {
    let pay = ModelId::parse("pay").expect("legal");
    space.models[&pay].entities.keys().map(Id::to_string).collect()
}

#[test]
fn a_broken_line_is_told_and_the_rest_reads() {
    for (line, expected) in [
        ("description", "toml_syntax 8:1 this line is neither `key = value` nor a `[header]`"),
        (
            "description: \"d\"",
            "toml_syntax 8:1 this is not how TOML writes it: `description = …`, not `description: …`",
        ),
        ("description =", "toml_syntax 8:14 there is no value behind the `=`"),
        (
            "description = \"d",
            "toml_syntax 8:17 the text is not closed on its line: a quote is missing | a text of several lines stands between \"\"\" and \"\"\"",
        ),
        (
            "description = 'd",
            "toml_syntax 8:17 the text is not closed on its line: a quote is missing | a text of several lines stands between \"\"\" and \"\"\"",
        ),
        (
            "description = \"d\" rationale = \"r\"",
            "toml_syntax 8:19 something stands behind the end of the value or header | one key and its value a line; a quote inside a text in double quotes is written `\\\"`",
        ),
        (
            "description = \"say \"hi\"\"",
            "toml_syntax 8:21 something stands behind the end of the value or header | one key and its value a line; a quote inside a text in double quotes is written `\\\"`",
        ),
        (
            "description = \"C:\\path\"",
            "toml_syntax 8:19 `\\` starts an escape that TOML does not have | write `\\\\` for a backslash, or put the text in single quotes",
        ),
        ("description = \"a\u{1}b\"", "toml_syntax 8:17 the text holds the control character U+0001 | delete it"),
        ("# a\u{1}b", "toml_syntax 8:4 a control character stands in this comment | delete it"),
        ("removed = { at = 2026-02-30 }", "toml_syntax 8:18 invalid date, expected day between 01 and 28"),
        ("components = [\"CMP1\" \"CMP2\"]", "toml_syntax 8:22 a comma is missing before this"),
        ("components = [\"CMP1\",,\"CMP2\"]", "toml_syntax 8:22 there is a comma too many"),
        ("components = [\"CMP1\"", "toml_syntax 8:14 the list that opens here is never closed: `]` is missing"),
        ("removed = { by = \"ada\"", "toml_syntax 8:11 the table that opens here is never closed: `}` is missing"),
        (
            "description = \"d\"\ndescription = \"e\"",
            "toml_syntax 9:1 `description` stands here a second time | a table has each key once; delete one of the two",
        ),
        ("des cription = \"d\"", "toml_syntax 8:1 this line is neither `key = value` nor a `[header]`"),
        (
            "desc$ription = \"d\"",
            "toml_syntax 8:5 a key cannot hold `$` | a key is letters, digits, `-` and `_`; anything else stands in quotes",
        ),
        ("= \"d\"", "toml_syntax 8:1 a key is missing here"),
        ("[assets.]", "toml_syntax 8:9 a key is missing here"),
        ("]", "toml_syntax 8:1 a bracket closes here that nothing opened"),
        (
            "<<<<<<< HEAD",
            "toml_syntax 8:1 this line is neither `key = value` nor a `[header]` | it looks like what is left of a merge conflict",
        ),
    ] {
        let found = asset(line);
        assert_eq!(said(&found), [expected], "{line}");
        assert_eq!(ids(&found), ["A1", "A2"], "{line}");
        assert_eq!(found.lossy.len(), 1, "{line}");
    }
}

#[test]
fn bare_words_are_put_in_quotes() {
    let quoted = |word: &str| [format!("= {word}"), format!("= \"{word}\"")];
    for word in ["external", "none", "isolated", "targeted", "internet", "A1"] {
        let found = model(&format!("{TOP}[assets.A1]\nname = {word}\n"));
        let [from, to] = quoted(word);
        repairs(&found, MODEL, &format!("toml_syntax 7:8 the text `{word}` needs quotes"), [&from, &to]);
    }
    repairs(
        &asset("description = “curly”"),
        MODEL,
        "toml_syntax 8:15 the quotes are curly ones; TOML wants straight ones",
        ["“curly”", "\"curly\""],
    );
    let sealed = model(&format!("{TOP}[boundaries.TB1]\nname = \"x\"\nsealed = True\n"));
    repairs(&sealed, MODEL, "toml_syntax 8:10 `True` is written `true`", ["True", "true"]);
    assert_eq!(fixed(&asset("description = two words"), MODEL), None);
}

#[test]
fn a_committed_conflict_is_one_finding_and_our_side_reads() {
    let text = format!(
        "{TOP}[assets.A1]\nname = \"x\"\n\n<<<<<<< HEAD\n[assets.A2]\nname = \"ours\"\n=======\n[assets.A2]\nname = \"theirs\"\n\n[assets.A3]\nname = \"theirs\"\n>>>>>>> topic\n\n[assets.A4]\nname = \"y\"\n"
    );
    let found = model(&text);
    holds(
        &found,
        &[
            "toml_syntax 9:1 a merge conflict was committed: lines 9 to 18 hold both sides | keep what both sides added, give one of two equal IDs a fresh number, delete the marker lines",
        ],
    );
    assert_eq!(ids(&found), ["A1", "A2", "A4"]);
    let salvaged: Vec<String> = found.salvaged.values().flatten().map(Id::to_string).collect();
    assert_eq!(salvaged, ["A3"]);
}

#[test]
fn open_things_are_told_where_they_open() {
    holds(
        &asset("description = \"\"\"open"),
        &["toml_syntax 8:15 the text that opens here is never closed: `\"\"\"` is missing"],
    );
    holds(
        &asset("description = '''open"),
        &["toml_syntax 8:15 the text that opens here is never closed: `'''` is missing"],
    );
    holds(
        &asset("removed = {\n  by = \"ada\","),
        &["toml_syntax 8:11 the table that opens here is never closed: `}` is missing"],
    );
    holds(
        &asset("revisions = [\n  { by = \"ada\" },\n  { by = \"bob\" },"),
        &["toml_syntax 8:13 the list that opens here is never closed: `]` is missing"],
    );
}

#[test]
fn every_line_has_its_own_finding() {
    holds(
        &asset("description = d\nrationale = r s\nstray\nsource = \"a\" \"b\""),
        &[
            "toml_syntax 8:15 the text `d` needs quotes",
            "toml_syntax 9:13 the text `r s` needs quotes",
            "toml_syntax 10:1 this line is neither `key = value` nor a `[header]`",
            "toml_syntax 11:14 something stands behind the end of the value or header | one key and its value a line; a quote inside a text in double quotes is written `\\\"`",
        ],
    );
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let text = format!("\u{feff}{}", format!("{TOP}[assets.A1]\nname = high\n").replace('\n', "\r\n"));
    let found = model(&text);
    holds(&found, &["toml_syntax 7:8 the text `high` needs quotes"]);
    assert_eq!(fixed(&found, MODEL), Some(text.replace("high", "\"high\"")));
    let multi = "description = \"\"\"\r\nfirst\r\nsecond\"\"\"";
    let found = asset(multi);
    holds(&found, &[]);
    let a1 = Id::parse("A1").expect("legal");
    let value = found.models.values().next().and_then(|model| model.entities[&a1].value("description"));
    assert_eq!(value.map(|value| value.to_string()).as_deref(), Some("first\nsecond"));
}
