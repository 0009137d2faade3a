//! `/redan refine …` and `/redan ask …`: plain words in a comment, read by the grammar and by nobody else.

use super::respond::CHANGED;
use super::stage::{MODEL, Stage};
use crate::language::server::Server as Mind;

#[test]
fn a_sentence_is_done_and_the_turn_is_kept_with_it() {
    let stage = Stage::new(CHANGED);
    let run = stage.hears("ada", "/redan refine \"Add a DDoS attacker\"");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let (head, message, files) = stage.server.world(|world| world.commits[1].clone());
    assert!(message.starts_with("Threat model: refine\n"), "{message}");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert!(
        matches!(names[..], [MODEL, turn] if turn.starts_with("threat-models/link-shortener/sessions/")),
        "{names:?}"
    );
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    assert!(text(MODEL).contains("[attackers.T3]"), "{}", text(MODEL));
    assert!(
        text(names[1]).contains("by = \"@ada\"") && text(names[1]).contains("Add a DDoS attacker"),
        "{}",
        text(names[1])
    );
    let answer = stage.answers().remove(0);
    assert!(answer.contains(&format!("Done: `{}`", &head[..10])), "{answer}");
    assert!(answer.contains("+ added link-shortener/T3"), "{answer}");
    assert_eq!(stage.server.world(|world| world.statuses[0].0.clone()), head);
}

#[test]
fn a_question_is_answered_and_nothing_is_committed() {
    let stage = Stage::new(CHANGED);
    let run = stage.hears("ada", "/redan ask \"Which assets have the integrity property?\"");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let answer = stage.answers().remove(0);
    assert!(answer.contains("A1") && answer.contains("A3") && !answer.contains("A2"), "{answer}");
    assert!(!answer.contains("Nothing had to be changed") && !answer.contains("Done"), "{answer}");
    assert_eq!((stage.commits(), stage.server.world(|world| world.statuses.len())), (1, 0));
    assert_eq!(stage.scratch.ok(&["status", "--porcelain"]).unwrap(), "");
    // A question to somebody who is not sure what is meant is asked back, and that is no success.
    stage.hears("ada", "/redan ask \"Would you say it is fine?\"");
    assert!(stage.answers()[1].contains("Not done"), "{:?}", stage.answers());
}

/// Whoever opened the pull request could have named a server of theirs.
#[test]
fn no_comment_reaches_a_language_model() {
    let evil = Mind::start();
    let engine = format!("\n[engine]\nuse = \"openai/test\"\nurl = \"{}\"\n", evil.url());
    let stage = Stage::on("", |scratch| scratch.write("redan.toml", &(scratch.read("redan.toml") + &engine)));
    for line in ["refine \"Restructure the model for API security\"", "ask \"Would you say it is fine?\""] {
        stage.hears("ada", &format!("/redan {line}"));
        let answers = stage.answers();
        assert!(answers.last().unwrap().contains("Not done"), "{line}: {answers:?}");
    }
    assert_eq!((evil.log().len(), stage.commits()), (0, 1));
}
