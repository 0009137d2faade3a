//! Plain words that no grammar reads: planned by a language model, judged by the rules, shown before they are written; and questions.

use std::path::Path;

use serde_json::{Value, json};

use super::server::Act;
use super::stage::{KEY, Stage};
use crate::scratch::Output;

const MODEL: &str = "threat-models/link-shortener/model.toml";
const BROAD: &str = "Restructure the model for API security";

fn stage() -> Stage {
    let stage = Stage::new();
    for name in [MODEL, "threat-models/link-shortener/controls.toml"] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
        stage.scratch.write(name, &std::fs::read_to_string(place).unwrap());
    }
    stage.scratch.commit("Add the threat model");
    stage
}

fn refine(stage: &Stage, more: &[&str]) -> Output {
    stage.redan(&[&["refine", "link-shortener", BROAD], more].concat())
}

fn act(name: &str, target: &str, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<Value> = fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({ "act": name, "target": target, "fields": fields, "objectives": [], "group": "", "reason": "Tokens open the API" })
}

fn plan(acts: &[Value]) -> Act {
    Act::Say(json!({ "reply": "Adds what an API needs.", "acts": acts }).to_string())
}

fn tokens() -> Value {
    let fields = [
        ("name", "API tokens"),
        ("description", "Tokens that services call the API with"),
        ("properties", "C=high,U=high"),
    ];
    act("add", "asset", &fields)
}

#[test]
fn a_plan_is_written_whole_with_its_source_and_its_turn() {
    let stage = stage();
    let mut cover = act("cover", "C1", &[]);
    cover["objectives"] = json!(["CO-A3-T1"]);
    stage.server.on(0, plan(&[tokens(), cover]));
    let run = refine(&stage, &["--yes"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.starts_with("openai/test at "), "{}", run.stderr);
    assert!(run.stderr.contains(&format!(" entities) and “{BROAD}”, with the key in TEST_KEY\n")), "{}", run.stderr);
    let model = stage.scratch.read(MODEL);
    let added = model.split("[assets.A3]").nth(1).unwrap();
    assert!(
        added.contains("source = \"openai/test\"") && added.contains("rationale = \"Tokens open the API\""),
        "{added}"
    );
    let session = stage.scratch.sh("cat threat-models/link-shortener/sessions/*.toml").stdout;
    assert!(session.contains("engine = \"openai/test\"") && session.contains(BROAD), "{session}");
    assert!(session.contains("Adds what an API needs."), "{session}");
    let asked = &stage.server.asked()[0];
    assert!(
        asked.task.ends_with(BROAD) || asked.task.contains(&format!("The person asks:\n{BROAD}")),
        "{}",
        asked.task
    );
    assert!(!asked.task.contains(KEY));
}

#[test]
fn what_the_grammar_reads_is_sent_nowhere() {
    let stage = stage();
    let run = stage.redan(&["refine", "link-shortener", "Add a DDoS attacker"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = stage.redan(&["ask", "link-shortener", "Which assets have the integrity property?"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stage.server.log().len(), 0);
}

#[test]
fn nothing_is_sent_or_written_before_somebody_agreed() {
    let stage = stage();
    let run = refine(&stage, &[]);
    assert_eq!((run.code, stage.server.log().len()), (2, 0), "{}", run.stderr);
    stage.server.on(0, plan(&[tokens()]));
    let run = refine(&stage, &["--yes", "--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("A3") && run.stdout.contains("API tokens"), "{}", run.stdout);
    stage.untouched();
}

#[test]
fn what_the_rules_refuse_is_told_back_and_put_right() {
    let stage = stage();
    let wrong = [
        act("edit", "A1", &[("name", "Payroll of the parent company"), ("description", "Salaries of everybody")]),
        act("remove", "A99", &[]),
    ];
    stage.server.on(0, plan(&wrong[..1]));
    stage.server.on(1, plan(&wrong[1..]));
    stage.server.on(2, plan(&[tokens()]));
    let run = refine(&stage, &["--yes"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let asked = stage.server.asked();
    assert!(asked[1].last.contains("- act 1: "), "{}", asked[1].last);
    assert!(asked[2].last.contains("A99"), "{}", asked[2].last);
    assert!(!stage.scratch.read(MODEL).contains("Payroll"));
}

#[test]
fn what_stays_wrong_ends_with_seven_and_changes_nothing() {
    let evil = |fields: &[(&str, &str)]| plan(&[act("edit", "C1", fields)]);
    for (act, words) in [
        (plan(&[act("remove", "A99", &[])]), "A99"),
        (plan(&[act("remove", "payments/A1", &[])]), "`payments/A1` is no ID"),
        (plan(&[act("add", "../model", &[])]), "`../model` is no kind of entity"),
        (evil(&[("status", "implemented")]), "`status` is no field that may be set here"),
        (evil(&[("evidence", "x")]), "`evidence` is no field that may be set here"),
        (
            Act::Say("{\"reply\": \"x\", \"acts\": [], \"shell\": \"rm -rf /\"}".to_owned()),
            "a key that is not in the schema: shell",
        ),
    ] {
        let stage = stage();
        stage.server.from(0, act);
        let run = refine(&stage, &["--yes"]);
        assert_eq!(run.code, 7, "{words}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
        stage.untouched();
    }
}

#[test]
fn a_model_that_does_not_know_asks_back() {
    let stage = stage();
    stage.server.on(0, Act::Say(json!({ "reply": "Which API is meant?", "acts": [] }).to_string()));
    let run = refine(&stage, &["--yes"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("error: Which API is meant?\n"), "{}", run.stderr);
    stage.untouched();
}

#[test]
fn a_question_is_answered_with_the_ids_it_rests_on() {
    let stage = stage();
    let question = ["ask", "link-shortener", "Explain to the board what keeps you awake", "--yes"];
    let said = |answer: &str, ids: &[&str]| Act::Say(json!({ "answer": answer, "ids": ids }).to_string());
    stage.server.on(0, said("A77 worries me", &["A1"]));
    stage.server.on(1, said("Mostly A1, since T1 is everywhere", &["CO-A1-T1"]));
    let run = stage.redan(&question);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.starts_with("Mostly A1, since T1 is everywhere\n"), "{}", run.stdout);
    assert!(run.stdout.contains("CO-A1-T1") && run.stdout.contains("answered by openai/test"), "{}", run.stdout);
    assert!(stage.server.asked()[1].last.contains("- there is no A77 in the model"));
    stage.server.from(2, said("All is well", &[]));
    let run = stage.redan(&question);
    assert_eq!(run.code, 7, "{}", run.stdout);
    stage.untouched();
}

#[test]
fn a_plan_plays_again_without_a_server() {
    let stage = stage();
    stage.server.on(0, plan(&[tokens()]));
    assert_eq!(refine(&stage, &["--yes", "--record", "../record"]).code, 0);
    let made = stage.scratch.read(MODEL);
    stage.scratch.ok(&["checkout", "--quiet", "."]).unwrap();
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.server.forget();
    let run = stage.scratch.redan(&["refine", "link-shortener", BROAD, "--yes", "--replay", "../record"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(stage.scratch.read(MODEL), made);
    assert_eq!(stage.server.log().len(), 0);
}

#[test]
fn controls_are_proposed_for_what_has_none() {
    let stage = stage();
    let run = stage.redan(&["generate", "--controls", "link-shortener", "--yes"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let controls = stage.scratch.read("threat-models/link-shortener/controls.toml");
    let added = controls.split("[controls.C4]").nth(1).unwrap();
    assert!(added.contains("source = \"openai/test\"") && added.contains("A2 = [\"T1\"]"), "{added}");
    assert!(!added.contains("status = \"implemented\"") && !added.contains("A1 ="), "{added}");
    assert_eq!(stage.scratch.redan(&["check"]).code, 0);
}

/// A conversation whose lines come from standard input.
fn chat(stage: &Stage, more: &str, lines: &[&str]) -> Output {
    stage.scratch.write("../lines", &(lines.join("\n") + "\n"));
    stage.scratch.sh(&format!("TEST_KEY={KEY} redan chat link-shortener {more} < ../lines"))
}

#[test]
fn a_conversation_goes_beyond_the_grammar_when_somebody_agrees() {
    let stage = stage();
    let told = json!({ "answer": "Mostly A1, since T1 is everywhere", "ids": ["CO-A1-T1"] });
    stage.server.on(0, plan(&[tokens()]));
    stage.server.on(1, Act::Say(told.to_string()));
    let question = "Explain to the board what keeps you awake";
    let run = chat(
        &stage,
        "",
        &[BROAD, "n", BROAD, "a", "n", "Which assets have the integrity property?", question, "/quit"],
    );
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    // Not sent; sent, shown and not written; read by the grammar; sent without another question.
    assert_eq!(stage.server.steps(), ["plan", "answer"], "{}", run.stdout);
    assert_eq!(run.stdout.matches("send it?").count(), 2, "{}", run.stdout);
    assert!(run.stdout.contains("nothing was sent") && run.stdout.contains("left as it was"), "{}", run.stdout);
    assert!(
        run.stdout.contains("Mostly A1, since T1 is everywhere") && run.stdout.contains("CO-A1-T1"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("2 request(s) to openai/test"), "{}", run.stderr);
    assert!(!stage.scratch.read(MODEL).contains("API tokens"));
    let session = stage.scratch.sh("cat threat-models/link-shortener/sessions/*.toml").stdout;
    assert!(session.contains(question) && session.contains("CO-A1-T1"), "{session}");
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.server.forget();
    stage.server.on(0, plan(&[tokens()]));
    let run = chat(&stage, "", &[BROAD, "y", "y", "/undo", "/quit"]);
    assert!(run.stdout.contains("wrote threat-models/link-shortener/model.toml"), "{}", run.stdout);
    assert!(run.stdout.contains("API tokens") && run.stdout.contains("took back the last change"), "{}", run.stdout);
    assert!(!stage.scratch.read(MODEL).contains("API tokens"));
}

#[test]
fn a_conversation_outlives_a_model_that_fails_and_plays_again() {
    let stage = stage();
    stage.server.from(0, Act::Say("nonsense".to_owned()));
    let run = chat(&stage, "--yes", &[BROAD, "Which assets have the integrity property?"]);
    assert_eq!(run.code, 7, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("gave no usable reply") && run.stdout.contains("A1"), "{}", run.stdout);
    assert!(!stage.scratch.read(MODEL).contains("API tokens"));
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.server.heal();
    stage.server.forget();
    stage.server.on(0, plan(&[tokens()]));
    let lines = [BROAD, "Explain to the board what keeps you awake"];
    let first = chat(&stage, "--yes --record ../record", &lines);
    assert_eq!(first.code, 0, "{}{}", first.stdout, first.stderr);
    let made = stage.scratch.read(MODEL);
    assert!(made.contains("API tokens"));
    stage.scratch.ok(&["checkout", "--quiet", "."]).unwrap();
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.server.forget();
    let again = chat(&stage, "--yes --replay ../record", &lines);
    assert_eq!((again.code, again.stdout), (0, first.stdout), "{}", again.stderr);
    assert_eq!((stage.scratch.read(MODEL), stage.server.log().len()), (made, 0));
}
