//! Exchanges on disk: for tests and audits, and for a run that goes on.

use super::server::Act;
use super::stage::{KEY, Stage};

#[test]
fn a_record_plays_again_byte_for_byte_without_a_server() {
    let stage = Stage::new();
    stage.server.on(1, Act::Say("{}".to_owned()));
    let made = stage.made(&["--record", "../record"]);
    let files = stage.scratch.sh("ls ../record");
    assert_eq!(files.stdout.lines().count(), 7, "{}", files.stdout);
    assert!(files.stdout.starts_with("01-assets-"), "{}", files.stdout);
    let text = stage.scratch.sh("cat ../record/*.json").stdout;
    assert!(!text.contains(KEY) && text.contains("\"schema\": \"exchange/1\""), "{text}");
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.server.forget();
    stage.scratch.write("redan.toml", "");
    stage.scratch.commit("Configure nothing");
    // No key, no settings, no question: the record says who answered.
    let run = stage.scratch.redan(&["generate", "--from", "docs/kiosk.md", "--replay", "../record"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let read = |name: &str| stage.scratch.read(&format!("threat-models/photo-kiosk-prints/{name}.toml"));
    assert_eq!((read("model"), read("controls")), made);
    assert!(made.0.contains("source = \"openai/test\""));
    assert_eq!(stage.server.log().len(), 0);
}

#[test]
fn a_record_of_something_else_is_told() {
    let stage = Stage::new();
    stage.made(&["--record", "../record"]);
    stage.scratch.ok(&["clean", "-fdq"]).unwrap();
    stage.scratch.write("docs/kiosk.md", "# Kiosk\n\nSomething else altogether.\n");
    stage.scratch.commit("Change the description");
    let told = stage.fails(6, &["--replay", "../record"]);
    assert!(told.contains("it holds no answer to this"), "{told}");
    let again = stage.generate(&["--record", "../record"]);
    assert_eq!(again.code, 5, "{}", again.stderr);
    assert!(again.stderr.contains("it is not empty"), "{}", again.stderr);
}

#[test]
fn secrets_of_a_reply_are_in_no_record() {
    let stage = Stage::new();
    stage.server.on(
        0,
        Act::Change(|reply| {
            reply["assets"][0]["rationale"] =
                format!("the key is {} and ghp_0123456789abcdefABCDEF0123", super::stage::KEY).into();
        }),
    );
    stage.made(&["--record", "../record"]);
    let text = stage.scratch.sh("cat ../record/*.json").stdout;
    assert!(!text.contains(KEY) && !text.contains("ghp_0123"), "{text}");
    assert!(!stage.scratch.read("threat-models/photo-kiosk-prints/model.toml").contains(KEY));
}

#[test]
fn an_interrupted_run_goes_on_where_it_ended() {
    let whole = Stage::new().made(&[]);
    for broken in 1..6 {
        let stage = Stage::with("openai", "tries = 1\n");
        stage.server.from(broken, Act::Status(500, "gone", None));
        stage.fails(6, &[]);
        stage.server.heal();
        stage.server.forget();
        let run = stage.generate(&[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(stage.server.log().len(), 6 - broken);
        let told = format!("{} request(s) to openai/test, ", 6 - broken);
        assert!(
            run.stderr.contains(&told) && run.stderr.contains(&format!("and {broken} answer(s) of an interrupted run")),
            "{}",
            run.stderr
        );
        assert_eq!(stage.scratch.read("threat-models/photo-kiosk-prints/model.toml"), whole.0);
        // What is written needs no memory.
        assert_eq!(stage.scratch.sh("ls .git/redan/engine").stdout, "");
    }
}

#[test]
fn a_run_that_was_killed_goes_on_where_it_ended() {
    let stage = Stage::new();
    stage.server.from(3, Act::Hang);
    let key = [("TEST_KEY", KEY.to_owned())];
    let mut run = stage.scratch.start_with(&key, &["generate", "--from", "docs/kiosk.md", "--yes"]);
    stage.server.wait(4);
    run.kill().unwrap();
    run.wait().unwrap();
    stage.untouched();
    stage.server.heal();
    stage.server.forget();
    stage.made(&[]);
    assert_eq!(stage.server.steps(), ["attackers again", "structure", "controls"]);
}
