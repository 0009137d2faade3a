//! The sticky comment: the built program against the server.

use std::sync::{Arc, Barrier};

use serde_json::json;

use super::http::Reply;
use super::server::{Fault, PERSONAL, WORKFLOW};
use super::stage::{MODEL, Stage};
use super::world::{PULL, Said};

/// An asset without a number: an error with a safe fix.
const UNNUMBERED: &str = "\n[assets.NEW-audit]\nname = \"Audit trail\"\ndescription = \"Who changed which link\"\n\
    properties = { I = \"high\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"trivial\", regulatory = \"none\" }\n";
const NUMBERED: &str = "\n[assets.A3]\nname = \"Audit trail\"\ndescription = \"Who changed which link\"\n\
    properties = { I = \"high\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"trivial\", regulatory = \"none\" }\n";

const MARKER: &str = "<!-- redan:1 key=all -->";

#[test]
fn the_first_run_creates_and_the_second_writes_nothing() {
    let stage = Stage::new(UNNUMBERED);
    let first = stage.comment(&["--no-suggestions"]);
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert!(
        first.stdout.starts_with("commented: https://github.com/acme/pay/pull/7#issuecomment-"),
        "{}",
        first.stdout
    );
    let body = stage.body();
    assert!(body.starts_with(MARKER), "{body}");
    assert!(body.contains("/redan fix --rule id_unnumbered"), "{body}");
    stage.server.forget();
    let second = stage.comment(&["--no-suggestions"]);
    assert!(second.stdout.starts_with("unchanged: "), "{}", second.stdout);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
    assert_eq!(stage.body(), body);
}

#[test]
fn a_changed_change_edits_the_same_comment() {
    let stage = Stage::new(UNNUMBERED);
    stage.comment(&["--no-suggestions"]);
    let id = stage.server.world(|world| world.ours()[0].id);
    let before = stage.server.world(|world| world.head[..10].to_owned());
    stage.push(|scratch| scratch.write(MODEL, &scratch.read(MODEL).replace("NEW-audit", "A3")));
    let run = stage.comment(&["--no-suggestions"]);
    assert!(run.stdout.starts_with("edited: "), "{}{}", run.stdout, run.stderr);
    assert_eq!(stage.server.world(|world| world.ours()[0].id), id);
    let body = stage.body();
    assert!(body.contains(&format!(" fixed since `{before}`")), "{body}");
    // Told again, it says the same: what is new is counted from the head told before.
    stage.server.forget();
    stage.comment(&["--no-suggestions"]);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
    assert_eq!(stage.body(), body);
}

#[test]
fn all_resolved_is_one_line() {
    let stage = Stage::new(UNNUMBERED);
    stage.comment(&["--no-suggestions"]);
    stage.push(|scratch| {
        scratch.write(MODEL, &scratch.read(MODEL).replace(UNNUMBERED, ""));
        scratch.write(
            "README.md",
            "a commit is never empty
",
        );
    });
    let run = stage.comment(&["--no-suggestions"]);
    assert!(run.stdout.starts_with("edited: "), "{}{}", run.stdout, run.stderr);
    let body = stage.body();
    let lines: Vec<&str> = body.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 3, "{body}");
    assert!(lines[1].contains("redan: all resolved"), "{body}");
}

#[test]
fn nothing_to_say_is_silence() {
    let stage = Stage::on("", |scratch| scratch.write("README.md", "hello\n"));
    let run = stage.comment(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "nothing to say: no comment\n"));
    assert_eq!(stage.server.writes(), Vec::<String>::new());
}

#[test]
fn everybody_keeps_what_they_said() {
    let stage = Stage::new(UNNUMBERED);
    let quoted = format!("{MARKER}\nlook what it says");
    let before: Vec<Said> = stage.server.world(|world| {
        for nth in 0..250 {
            world.say("ada", false, &format!("remark {nth}"));
        }
        world.say("eve", false, &quoted);
        world.say("renovate[bot]", true, &format!("> {MARKER}"));
        world.comments.clone()
    });
    stage.comment(&["--no-suggestions"]);
    stage.push(|scratch| scratch.write(MODEL, &scratch.read(MODEL).replace("NEW-audit", "A3")));
    stage.comment(&["--no-suggestions"]);
    let after = stage.server.world(|world| world.comments.clone());
    assert_eq!(after.len(), before.len() + 1);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((old.id, &old.body), (new.id, &new.body));
    }
    assert_eq!(stage.body(), after[after.len() - 1].body);
}

#[test]
fn two_runs_at_once_leave_one_comment() {
    let stage = Stage::new(UNNUMBERED);
    let both = Arc::new(Barrier::new(2));
    for _ in 0..2 {
        stage.server.trap("GET", "/issues/7/comments", Fault::Meet(Arc::clone(&both)));
    }
    let line = ["comment", "--pr", "7", "--no-suggestions"];
    let runs = [0, 1].map(|_| stage.scratch.start_with(&stage.variables(WORKFLOW), &line));
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let posts = stage.server.writes().iter().filter(|write| write.starts_with("POST ")).count();
    assert_eq!(posts, 2, "both saw no comment: {:?}", stage.server.writes());
    assert!(stage.body().starts_with(MARKER));
}

#[test]
fn a_lost_answer_leaves_one_comment() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.trap("POST", "/comments", Fault::After(Reply::refuse(502, "lost")));
    let run = stage.comment(&["--no-suggestions"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(stage.body().starts_with(MARKER));
}

#[test]
fn a_token_that_may_only_read_is_one_notice() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.world(|world| world.read_only = true);
    let run = stage.comment(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stderr.starts_with("notice: posting a comment: "), "{}", run.stderr);
}

#[test]
fn other_refusals_are_failures_of_the_environment() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.trap("POST", "/comments", Fault::Answer(Reply::refuse(422, "Validation Failed")));
    let run = stage.comment(&[]);
    assert_eq!(run.code, 5);
    assert_eq!(run.stderr, "error: posting a comment: not accepted: Validation Failed\n");
    let run = stage.comment_as("ghs_expired_0123456789", &[]);
    assert_eq!(run.code, 5);
    assert!(run.stderr.contains("the token is wrong or has expired (401)"), "{}", run.stderr);
    assert!(!run.stderr.contains("ghs_expired"), "{}", run.stderr);
    let slow = Reply::refuse(429, "slow down").header("Retry-After", "3600");
    stage.server.trap("GET", "/pulls/7", Fault::Answer(slow));
    let run = stage.comment(&[]);
    assert_eq!((run.code, run.stderr.contains("asks to wait 3600 s")), (5, true), "{}", run.stderr);
}

#[test]
fn an_enterprise_server_is_spoken_to_below_its_path() {
    let stage = Stage::on("/api/v3", |scratch| scratch.write(MODEL, &(scratch.read(MODEL) + UNNUMBERED)));
    let run = stage.comment(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(stage.server.asked().contains(&"POST /graphql".to_owned()), "{:?}", stage.server.asked());
    assert!(stage.body().starts_with(MARKER));
}

#[test]
fn a_persons_token_is_told_to_say_whose_it_is() {
    let stage = Stage::new(UNNUMBERED);
    let first = stage.comment_as(PERSONAL, &["--no-suggestions"]);
    assert!(first.stderr.contains("say --author ada"), "{}", first.stderr);
    let second = stage.comment_as(PERSONAL, &["--no-suggestions", "--author", "ada"]);
    assert!(second.stdout.starts_with("unchanged: "), "{}{}", second.stdout, second.stderr);
    assert_eq!(stage.server.world(|world| world.comments.len()), 1);
}

#[test]
fn without_writing_nothing_is_asked() {
    let stage = Stage::new(UNNUMBERED);
    let run = stage.scratch.redan(&["comment", "--pr", "7", "--base", "main", "--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with(MARKER), "{}", run.stdout);
    assert_eq!(stage.server.asked(), Vec::<String>::new());
}

#[test]
fn a_base_that_is_not_here_is_history() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.world(|world| world.base = "0123456789012345678901234567890123456789".to_owned());
    let run = stage.comment(&[]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("git fetch --no-tags origin 0123456789"), "{}", run.stderr);
}

#[test]
fn a_safe_fix_on_the_diff_is_suggested_once_and_settled_when_it_is_done() {
    let stage = Stage::new(UNNUMBERED);
    stage.comment(&[]);
    let suggested = stage.server.world(|world| world.threads.clone());
    assert_eq!(suggested.len(), 1, "{suggested:?}");
    let (at, body) = (suggested[0].lines, &suggested[0].said[0].body);
    assert!(body.contains("```suggestion\n[assets.A3]\n```"), "{body}");
    let line = stage.scratch.read(MODEL).lines().position(|line| line == "[assets.NEW-audit]").unwrap() as u64 + 1;
    assert_eq!((suggested[0].path.as_str(), at), (MODEL, (line, line)));
    stage.comment(&[]);
    assert_eq!(stage.server.world(|world| world.reviews), 1);
    stage.push(|scratch| scratch.write(MODEL, &scratch.read(MODEL).replace("NEW-audit", "A3")));
    let run = stage.comment(&[]);
    assert!(run.stdout.contains("0 suggested, 1 resolved"), "{}{}", run.stdout, run.stderr);
    assert!(stage.server.world(|world| world.threads[0].resolved));
}

#[test]
fn a_suggestion_that_somebody_answered_is_theirs() {
    let stage = Stage::new(UNNUMBERED);
    stage.comment(&[]);
    let reply = Said { id: 1, body: "why?".to_owned(), login: "eve".to_owned(), bot: false };
    stage.server.world(|world| world.threads[0].said.push(reply));
    stage.push(|scratch| scratch.write(MODEL, &scratch.read(MODEL).replace(UNNUMBERED, NUMBERED)));
    stage.comment(&[]);
    assert!(!stage.server.world(|world| world.threads[0].resolved));
}

#[test]
fn what_a_model_says_stays_text_and_fits() {
    let evil = "@acme/security <img src=x> #1 <!-- --> [x](javascript:0) | ``` ::error::x </details>";
    let assets: String = (3..600)
        .map(|nth| {
            format!(
                "\n[assets.A{nth}]\nname = \"Thing {nth} {evil}\"\ndescription = \"{}\"\nproperties = {{ I = \"high\" }}\n",
                "secret words ".repeat(20)
            )
        })
        .collect();
    let stage = Stage::new(&assets);
    let run = stage.comment(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let body = stage.body();
    assert!(body.encode_utf16().count() <= 60_000, "{}", body.len());
    for markup in ["@acme", "<img", "](javascript", "::error"] {
        assert!(!body.contains(markup), "{markup}");
    }
    let comments = body.matches("<!--").count();
    assert_eq!(comments, 2, "ours, first and last");
    let block = body.trim_end().lines().next_back().unwrap();
    assert!(block.starts_with("<!-- redan:state {") && block.ends_with("} -->"), "{block}");
}

#[test]
fn the_pull_request_is_asked_for_by_number() {
    let stage = Stage::new(UNNUMBERED);
    let gone = stage.scratch.redan_with(&stage.variables(WORKFLOW), &["comment", "--pr", "8"]);
    assert_eq!((gone.code, gone.stderr.contains("(404)")), (5, true), "{}", gone.stderr);
    stage.server.trap("GET", &format!("/pulls/{PULL}"), Fault::Answer(Reply::new(200, json!({ "number": "x" }))));
    let odd = stage.comment(&[]);
    assert_eq!((odd.code, odd.stderr.contains("makes no sense")), (5, true), "{}", odd.stderr);
}
