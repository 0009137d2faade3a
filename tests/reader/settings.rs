//! redan.toml.

use super::source;
use redan::finding::Severity;
use redan::store::{Settings, settings};

fn read(text: &str) -> Result<Settings, Vec<String>> {
    let source = source("redan.toml", text);
    settings(Some(&source)).map_err(|findings| {
        let line = |finding: redan::finding::Finding| {
            let redan::finding::Target::Bytes { path, span } = &finding.place.target else { panic!("bytes") };
            assert_eq!(path, "redan.toml");
            let spot = source.spot(span);
            let help = finding.help.map(|help| format!(" | {help}")).unwrap_or_default();
            let fix = finding.fix.map(|fix| format!(" => {}", fix.options[0].patches[0].text)).unwrap_or_default();
            format!("{} {}:{} {}{help}{fix}", finding.code.name, spot.line, spot.column, finding.message)
        };
        findings.into_iter().map(line).collect()
    })
}

#[test]
fn every_key_is_optional() {
    assert_eq!(settings(None), Ok(Settings::default()));
    assert_eq!(read(""), Ok(Settings::default()));
    assert_eq!(read("# nothing\n"), Ok(Settings::default()));
    assert_eq!(read("format = 1\nidentity = 1\n"), Ok(Settings::default()));
}

#[test]
fn roots_and_rules_are_read() {
    let found =
        read("models = [\"threat-models/\", \"services/*/tm\"]\n[rules]\nunrated = \"off\"\nid_gone = \"error\"\n")
            .expect("sound");
    assert_eq!(found.models, ["threat-models", "services/*/tm"]);
    assert_eq!(found.rules.get("unrated"), Some(&Severity::Off));
    assert_eq!(read("models = \"models\"\n").expect("sound").models, ["models"]);
}

#[test]
fn wrong_settings_stop_everything() {
    for (text, expected) in [
        ("formt = 1\n", "key_unknown 1:1 `formt` is no key of redan.toml | did you mean `format`? => format"),
        (
            "colour = 1\n",
            "key_unknown 1:1 `colour` is no key of redan.toml | it is one of: format, engine, gate, identity, models, rules, history, sessions, track",
        ),
        ("format = 2\n", "format_unknown 1:10 redan.toml has `format = 2`; this redan knows format 1 only"),
        ("identity = \"1\"\n", "value_type 1:12 `identity` must be the number 1"),
        (
            "identity = 7\n",
            "value_unknown 1:12 redan.toml has `identity = 7`; this redan knows version 1 of the identity judge only",
        ),
        (
            "models = []\n",
            "value_type 1:10 `models` must be a folder in quotes, or a list of folders that is not empty",
        ),
        ("models = 5\n", "value_type 1:10 `models` must be a folder in quotes, or a list of folders that is not empty"),
        ("models = [1]\n", "value_type 1:11 a folder of `models` must be a text in quotes"),
        (
            "models = [\"*/tm\"]\n",
            "value_unknown 1:11 `*/tm` cannot be a folder of models | write it relative to redan.toml and start with a plain folder: threat-models, services/*/threat-model",
        ),
        (
            "models = \"../tm\"\n",
            "value_unknown 1:10 `../tm` cannot be a folder of models | write it relative to redan.toml and start with a plain folder: threat-models, services/*/threat-model",
        ),
        (
            "models = \"/tm\"\n",
            "value_unknown 1:10 `/tm` cannot be a folder of models | write it relative to redan.toml and start with a plain folder: threat-models, services/*/threat-model",
        ),
        ("rules = []\n", "value_type 1:9 `rules` must be a table, rule = \"severity\""),
        (
            "[rules]\nunratd = \"off\"\n",
            "key_unknown 2:1 there is no rule `unratd` | did you mean `unrated`? => unrated",
        ),
        (
            "[rules]\nwhatever = \"off\"\n",
            "key_unknown 2:1 there is no rule `whatever` | `redan explain` lists the rules",
        ),
        (
            "[rules]\nunrated = \"fatal\"\n",
            "value_unknown 2:11 `fatal` is no severity | it is one of: error, warning, info, off",
        ),
        ("[rules]\nunrated = \"warn\"\n", "value_unknown 2:11 `warn` is no severity | did you mean `warning`?"),
        ("[rules]\nunrated = 0\n", "value_type 2:11 `unrated` must be one of error, warning, info, off in quotes"),
        (
            "[rules]\nid_gone = \"off\"\n",
            "value_unknown 2:11 `id_gone` guards the ledger, so its severity cannot be lowered | what happened in published history is accepted by a decision of kind accepted_history, which says who and why",
        ),
        (
            "[rules]\ntombstone_edited = \"info\"\n",
            "value_unknown 2:20 `tombstone_edited` guards the ledger, so its severity cannot be lowered | what happened in published history is accepted by a decision of kind accepted_history, which says who and why",
        ),
        ("models = [\n", "toml_syntax 1:10 the list that opens here is never closed: `]` is missing"),
        ("format = one\n", "toml_syntax 1:10 the text `one` needs quotes => \"one\""),
    ] {
        assert_eq!(read(text), Err(vec![expected.to_owned()]), "{text}");
    }
}

#[test]
fn tickets_are_settled() {
    let track = read(
        "[track]\nlabels = [\"security\"]\nleave_out = [\"place\"]\nmax_new = 7\n[track.github]\nrepository = \"acme/pay\"\nparent = 12\n\
         [track.jira]\nsite = \"https://acme.atlassian.net\"\nproject = \"PAY\"\ndeployment = \"cloud\"\n[track.jira.transitions]\ndone = \"Ship it\"\n",
    )
    .expect("sound")
    .track;
    assert_eq!(
        (track.label.as_str(), track.labels.as_slice(), track.max_new),
        ("redan", ["security".to_owned()].as_slice(), 7)
    );
    assert_eq!((track.github.repository.as_deref(), track.github.parent), (Some("acme/pay"), Some(12)));
    assert_eq!(track.jira.transitions.get("done").map(String::as_str), Some("Ship it"));
    assert_eq!(read("[track]\n").expect("sound"), Settings::default());
}

#[test]
fn wrong_settings_of_tickets_are_told() {
    for (text, expected) in [
        ("[track]\nlable = \"x\"\n", "key_unknown 2:1 `lable` is no key of track | did you mean `label`? => label"),
        (
            "[track]\nlabel = \"two words\"\n",
            "value_unknown 2:9 `two words` cannot be the label that tickets are found by | letters, digits, `-`, `_`, `.`, `:` and `/`, at most 50 of them",
        ),
        (
            "[track]\nleave_out = [\"objective\"]\n",
            "value_unknown 2:14 `objective` is no part | did you mean `objectives`? => \"objectives\"",
        ),
        ("[track.github]\nparent = \"12\"\n", "value_type 2:10 the number of the parent must be a whole number from 0"),
        ("[track.jira]\nsite = \"\"\n", "value_type 2:8 `site` must be a text on one line, in quotes and not empty"),
        (
            "[track.jira]\ndeployment = \"server\"\n",
            "value_unknown 2:14 `server` is no deployment | it is one of: cloud, data-center",
        ),
    ] {
        assert_eq!(read(text).expect_err(text), [expected], "{text}");
    }
}
