//! The identity judge asks for an opinion where it cannot tell, and nowhere else.

use std::path::Path;

use serde_json::json;

use super::server::Act;
use super::stage::{KEY, Stage};
use crate::scratch::Output;

const CONTROLS: &str = "threat-models/link-shortener/controls.toml";
/// A number more: the judge cannot tell what it means.
const UNSURE: &str = "description=Staff sign in with a security key of series 5";

fn stage() -> Stage {
    let stage = Stage::with("openai", "tries = 1\n");
    for name in ["threat-models/link-shortener/model.toml", CONTROLS] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
        stage.scratch.write(name, &std::fs::read_to_string(place).unwrap());
    }
    stage.scratch.commit("Add the threat model");
    stage
}

fn edit(stage: &Stage, set: &str, more: &[&str]) -> Output {
    stage.redan(&[&["edit", "C2", "--set", set], more].concat())
}

fn says(verdict: &str, before: &str, after: &str) -> Act {
    let reason = "A model of key changes nothing of what is done";
    Act::Say(json!({ "verdict": verdict, "before": before, "after": after, "reason": reason }).to_string())
}

fn same() -> Act {
    says("same", "a security key", "a security key of series 5")
}

#[test]
fn what_it_holds_for_the_same_is_recorded_with_its_name() {
    let stage = stage();
    assert_eq!(edit(&stage, UNSURE, &[]).code, 1);
    stage.server.on(0, same());
    let run = edit(&stage, UNSURE, &["--ask-judge", "--yes", "--record", "../record"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("is sent two wordings of one control"), "{}", run.stderr);
    let made = stage.scratch.read(CONTROLS);
    assert!(made.contains("judge = \"openai/test\"") && made.contains("A model of key changes nothing"), "{made}");
    let asked = &stage.server.asked()[0];
    assert!(asked.task.contains("description: Staff sign in with a security key\n"), "{}", asked.task);
    assert!(!asked.task.contains(KEY));
    // The judge that is built in is content with the row.
    stage.scratch.commit("Say which key");
    assert_eq!(stage.scratch.redan(&["check"]).code, 0);
    stage.scratch.ok(&["reset", "--quiet", "--hard", "HEAD^"]).unwrap();
    stage.server.forget();
    let run = stage.scratch.redan(&["edit", "C2", "--set", UNSURE, "--ask-judge", "--replay", "../record"]);
    assert_eq!((run.code, stage.server.log().len()), (0, 0), "{}", run.stderr);
    assert_eq!(stage.scratch.read(CONTROLS).matches("judge = \"openai/test\"").count(), 1);
}

#[test]
fn what_it_holds_for_another_thing_is_refused() {
    for verdict in ["different", "unsure"] {
        let stage = stage();
        stage.server.on(0, says(verdict, "a security key", "series 5"));
        let run = edit(&stage, UNSURE, &["--ask-judge", "--yes"]);
        assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("openai/test does not hold it for the same control"), "{}", run.stderr);
        stage.untouched();
    }
}

#[test]
fn nobody_is_asked_where_the_judge_can_tell() {
    let stage = stage();
    let run = edit(&stage, "description=Staff sign in with a security key.", &["--ask-judge", "--yes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    stage.scratch.ok(&["checkout", "--quiet", "."]).unwrap();
    let run = edit(&stage, "description=Salaries are paid twice a month", &["--ask-judge", "--yes"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("C2 would become another control"), "{}", run.stderr);
    assert_eq!(edit(&stage, UNSURE, &["--ask-judge"]).code, 2);
    assert_eq!(edit(&stage, UNSURE, &["--engine", "openai/test"]).code, 2);
    assert_eq!(edit(&stage, UNSURE, &["--ask-judge", "--engine", "offline"]).code, 6);
    assert_eq!(stage.server.log().len(), 0);
    stage.untouched();
}

#[test]
fn an_opinion_that_rests_on_nothing_is_none() {
    for act in [
        says("same", "a hardware token", "series 5"),
        says("same", "a security key", ""),
        says("yes", "a security key", "series 5"),
        Act::Say("{".to_owned()),
    ] {
        let stage = stage();
        stage.server.from(0, act);
        assert_eq!(edit(&stage, UNSURE, &["--ask-judge", "--yes"]).code, 7);
        stage.untouched();
    }
    let stage = stage();
    stage.server.from(0, Act::Status(500, "gone", None));
    assert_eq!(edit(&stage, UNSURE, &["--ask-judge", "--yes"]).code, 6);
    stage.untouched();
}
