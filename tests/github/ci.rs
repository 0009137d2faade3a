//! `redan ci` against the server: what a run says on the pull request, and what comes of it when it may not.

use serde_json::json;

use super::http::Reply;
use super::server::{Fault, WORKFLOW};
use super::stage::{MODEL, Stage};
use super::world::{Issue, PULL, Said};
use crate::scratch::Output;

/// An asset without a number: a warning with a safe fix.
const UNNUMBERED: &str = "\n[assets.NEW-audit]\nname = \"Audit trail\"\ndescription = \"Who changed which link\"\n\
    properties = { I = \"high\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"trivial\", regulatory = \"none\" }\n";

/// A pull request that gives a published ID another meaning.
fn reuse() -> Stage {
    Stage::on("", |scratch| {
        scratch.write(MODEL, &scratch.read(MODEL).replace("\"Click counts\"", "\"Marketing newsletter\""));
    })
}

impl Stage {
    /// A run of the workflow for the pull request as it stands.
    fn ci(&self, more: &[&str]) -> Output {
        let (head, base, fork) =
            self.server.world(|world| (world.head.clone(), world.base.clone(), world.head_repository));
        let repository = fork.map_or(serde_json::Value::Null, |name| json!({ "full_name": name }));
        let event = json!({
            "number": PULL,
            "pull_request": {
                "number": PULL,
                "head": { "sha": head, "repo": repository },
                "base": { "sha": base, "repo": { "full_name": "acme/pay" } },
            },
            "repository": { "full_name": "acme/pay", "default_branch": "main" },
        });
        self.runs("pull_request", &event, more)
    }

    pub fn runs(&self, name: &str, event: &serde_json::Value, more: &[&str]) -> Output {
        self.verb_runs(name, event, &[&["ci"], more].concat())
    }

    /// Any verb in a workflow.
    pub fn verb_runs(&self, name: &str, event: &serde_json::Value, arguments: &[&str]) -> Output {
        std::fs::write(self.scratch.path().join("../event.json"), event.to_string()).unwrap();
        let mut variables = self.variables(WORKFLOW);
        variables.extend([
            ("GITHUB_EVENT_NAME", name.to_owned()),
            ("GITHUB_EVENT_PATH", "../event.json".to_owned()),
            ("GITHUB_OUTPUT", "../outputs".to_owned()),
            ("GITHUB_STEP_SUMMARY", "../summary.md".to_owned()),
            ("RUNNER_TEMP", "../tmp".to_owned()),
        ]);
        self.scratch.redan_with(&variables, arguments)
    }

    /// The value of an output, of the last run that set it.
    pub fn output(&self, name: &str) -> Option<String> {
        let text = self.scratch.read("../outputs");
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().rposition(|line| line.starts_with(&format!("{name}<<")))?;
        Some(lines[at + 1].to_owned())
    }
}

#[test]
fn a_run_comments_once_and_says_where() {
    let stage = reuse();
    let run = stage.ci(&[]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let body = stage.body();
    assert!(body.starts_with("<!-- redan:1 key=all -->\nThreat model: <b>fails</b>, 1 error in this change"), "{body}");
    assert!(body.contains("history complete"), "{body}");
    let id = stage.server.world(|world| world.ours()[0].id);
    let url = format!("https://github.com/acme/pay/pull/7#issuecomment-{id}");
    assert_eq!(stage.output("comment-url").as_deref(), Some(url.as_str()));
    stage.server.forget();
    assert_eq!(stage.ci(&[]).code, 1);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
    assert_eq!(stage.output("comment-url").as_deref(), Some(url.as_str()));
}

#[test]
fn fixes_are_suggested_beside_the_comment() {
    let stage = Stage::new(UNNUMBERED);
    assert_eq!(stage.ci(&[]).code, 0);
    assert_eq!(stage.server.world(|world| world.threads.len()), 1);
    let other = Stage::new(UNNUMBERED);
    assert_eq!(other.ci(&["--no-suggestions"]).code, 0);
    assert_eq!(other.server.world(|world| (world.threads.len(), world.ours().len())), (0, 1));
}

#[test]
fn a_shallow_history_is_told_in_the_comment() {
    let stage = reuse();
    // Another clone, cut off at the base: as a workflow has it that fetched two commits.
    let there = format!("file://{}", stage.scratch.path().display());
    stage.scratch.ok(&["commit", "--quiet", "--allow-empty", "-m", "The tip"]).unwrap();
    stage.scratch.ok(&["fetch", "--quiet", "--depth=1", &there, "main"]).unwrap();
    let run = stage.ci(&["--fetch", "never"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(stage.body().contains("history of the base only"), "{}", stage.body());
    assert_eq!(stage.output("history").as_deref(), Some("partial"));
}

/// Whatever the host refuses, the verdict stays what it is.
#[test]
fn a_token_that_may_only_read_changes_no_verdict() {
    let stage = reuse();
    stage.server.world(|world| world.read_only = true);
    let run = stage.ci(&[]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout.matches("::notice title=redan::no comment: ").count(), 1, "{}", run.stdout);
    assert_eq!((stage.output("verdict").as_deref(), stage.output("comment-url")), (Some("fail"), None));
    let sound = Stage::new(UNNUMBERED);
    sound.server.world(|world| (world.read_only, world.head_repository) = (true, Some("eve/pay")));
    let run = sound.ci(&[]);
    assert_eq!((run.code, run.stdout.contains("::notice title=redan::no comment: ")), (0, true), "{}", run.stdout);
    assert_eq!(sound.output("verdict").as_deref(), Some("pass"));
}

#[test]
fn a_host_that_fails_changes_no_verdict() {
    for status in [401, 422] {
        let stage = Stage::new(UNNUMBERED);
        stage.server.trap("POST", "/comments", Fault::Answer(Reply::refuse(status, "no")));
        let run = stage.ci(&[]);
        assert_eq!(
            (run.code, run.stdout.contains("no comment: posting a comment")),
            (0, true),
            "{status}: {}",
            run.stdout
        );
    }
}

#[test]
fn suggestions_that_are_refused_leave_the_comment() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.trap("POST", "/reviews", Fault::Answer(Reply::refuse(403, "not for you")));
    let run = stage.ci(&[]);
    assert_eq!((run.code, run.stdout.contains("::notice title=redan::no suggestions: ")), (0, true), "{}", run.stdout);
    assert!(stage.output("comment-url").is_some());
}

#[test]
fn who_needs_the_comment_is_told_that_there_is_none() {
    let stage = Stage::new(UNNUMBERED);
    stage.server.world(|world| world.read_only = true);
    let run = stage.ci(&["--require-comment"]);
    assert_eq!((run.code, stage.output("verdict").as_deref()), (5, Some("pass")), "{}", run.stdout);
    assert!(run.stdout.contains("::error title=redan::no comment: posting a comment: "), "{}", run.stdout);
    // A verdict that fails is the stronger word.
    let wrong = reuse();
    wrong.server.world(|world| world.read_only = true);
    assert_eq!(wrong.ci(&["--require-comment"]).code, 1);
    // Without a way to the host there is no comment either.
    let run = wrong.scratch.redan_with(
        &[("GITHUB_EVENT_NAME", "pull_request".to_owned()), ("GITHUB_EVENT_PATH", "../event.json".to_owned())],
        &["ci", "--require-comment"],
    );
    assert_eq!((run.code, run.stdout.contains("there is no token for GitHub")), (1, true), "{}", run.stdout);
}

#[test]
fn who_wants_no_comment_asks_nothing() {
    let stage = reuse();
    assert_eq!(stage.ci(&["--no-comment"]).code, 1);
    assert_eq!(stage.server.asked(), Vec::<String>::new());
}

#[test]
fn an_older_run_does_not_talk_over_a_newer_one() {
    let stage = reuse();
    stage.server.trap(
        "GET",
        "/pulls/7",
        Fault::Answer(Reply::new(
            200,
            json!({
                "number": PULL, "state": "open",
                "head": { "ref": "feature", "sha": "0123456789012345678901234567890123456789", "repo": null },
                "base": { "ref": "main", "sha": "0123456789012345678901234567890123456789", "repo": null },
            }),
        )),
    );
    let run = stage.ci(&[]);
    assert_eq!((run.code, run.stdout.contains("the pull request has moved on")), (1, true), "{}", run.stdout);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
}

/// What a fork's run leaves, and the event of the run that follows it.
fn left(stage: &Stage) -> (serde_json::Value, serde_json::Value) {
    let head = stage.server.world(|world| world.head.clone());
    let report = json!({
        "redan": "0.1.0", "schema": "ci/1", "check": { "verdict": "pass" },
        "pull_request": { "number": PULL, "head_sha": head, "head_repository": "eve/pay", "fork": true },
    });
    let from = json!({ "full_name": "eve/pay" });
    let event = json!({
        "workflow_run": { "event": "pull_request", "head_sha": head, "head_repository": from },
        "repository": { "full_name": "acme/pay", "default_branch": "main" },
    });
    (report, event)
}

fn follow(stage: &Stage, report: &serde_json::Value, event: &serde_json::Value) -> Output {
    std::fs::write(stage.scratch.path().join("../left.json"), report.to_string()).unwrap();
    stage.runs("workflow_run", event, &["--follows", "../left.json"])
}

#[test]
fn a_fork_is_spoken_for_by_a_run_that_follows() {
    let stage = reuse();
    stage.server.world(|world| world.head_repository = Some("eve/pay"));
    let (report, event) = left(&stage);
    // The second run stands on the default branch, and has what the pull request brought as objects only.
    stage.scratch.ok(&["switch", "--quiet", "main"]).unwrap();
    let run = follow(&stage, &report, &event);
    // The verdict was the first run's to give; what that run said of it is not believed.
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(stage.body().contains("Threat model: <b>fails</b>, 1 error in this change"), "{}", stage.body());
    assert_eq!(stage.output("verdict").as_deref(), Some("fail"));
    assert_eq!(stage.scratch.git(&["status", "--short"]).stdout, "");
}

#[test]
fn what_a_fork_left_is_held_against_event_and_host() {
    let stage = reuse();
    stage.server.world(|world| world.head_repository = Some("eve/pay"));
    let (report, event) = left(&stage);
    let elsewhere = json!({ "schema": "ci/1", "pull_request": { "number": 9, "head_sha": report["pull_request"]["head_sha"], "head_repository": "eve/pay" } });
    let run = follow(&stage, &elsewhere, &event);
    assert_eq!((run.code, run.stdout.contains("(404)")), (5, true), "{}", run.stdout);
    for wrong in [json!({}), json!([1]), json!("::error::x"), json!({ "schema": "ci/1", "pull_request": null })] {
        assert_eq!(follow(&stage, &wrong, &event).code, 2, "{wrong}");
    }
    stage.server.world(|world| world.head = "0123456789012345678901234567890123456789".to_owned());
    let run = follow(&stage, &report, &event);
    assert_eq!((run.code, run.stdout.contains("has moved on or is closed")), (0, true), "{}", run.stdout);
    stage.server.world(|world| {
        (world.state, world.head) = ("closed", report["pull_request"]["head_sha"].as_str().unwrap().to_owned())
    });
    assert_eq!(follow(&stage, &report, &event).code, 0);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
    // Speaking is all it does, so a token that may not is a failure here.
    stage.server.world(|world| (world.state, world.read_only) = ("open", true));
    assert_eq!(follow(&stage, &report, &event).code, 5);
}

/// A decision to look at again on the last day of March.
fn dated() -> Stage {
    let stage = Stage::on("", |scratch| scratch.write("README.md", "hello\n"));
    stage.scratch.ok(&["switch", "--quiet", "main"]).unwrap();
    let accept = ["accept", "CO-A1-T1", "--owner", "ada", "--reason", "a pilot", "--review-by", "2026-03-31"];
    let run = stage.scratch.redan(&accept);
    assert_eq!(run.code, 0, "{}", run.stderr);
    stage.scratch.commit("Accept it for now");
    stage
}

fn audit(stage: &Stage, day: &str) -> Output {
    let event = json!({ "repository": { "full_name": "acme/pay", "default_branch": "main" } });
    stage.runs("schedule", &event, &["--as-of", day])
}

#[test]
fn an_audit_keeps_one_issue() {
    let stage = dated();
    let issue = || {
        stage
            .server
            .world(|world| world.issues.iter().map(|issue| (issue.title.clone(), issue.state)).collect::<Vec<_>>())
    };
    let of = |title: &str, state: &'static str| vec![(title.to_owned(), state)];
    assert_eq!(audit(&stage, "2026-02-01").code, 0);
    assert_eq!((issue(), stage.output("issue-url")), (vec![], None));
    // A month before it is opened, and stays as it is until it says something else.
    assert_eq!(audit(&stage, "2026-03-10").code, 0);
    assert_eq!(issue(), of("Threat model: 1 within 30 days", "open"));
    let url = stage.server.world(|world| format!("https://github.com/acme/pay/issues/{}", world.issues[0].number));
    assert_eq!(stage.output("issue-url").as_deref(), Some(url.as_str()));
    let body = stage.server.world(|world| world.issues[0].said.body.clone());
    assert!(body.starts_with("<!-- redan:due:1 key=all -->\n") && body.contains("/redan accept"), "{body}");
    stage.server.forget();
    audit(&stage, "2026-03-11");
    assert_eq!(stage.server.writes(), Vec::<String>::new());
    // Over: the same issue says so. One that a person closed is left alone until then.
    stage.server.world(|world| world.issues[0].state = "not_planned");
    audit(&stage, "2026-03-12");
    assert_eq!(issue(), of("Threat model: 1 within 30 days", "not_planned"));
    assert_eq!(audit(&stage, "2026-04-01").code, 1);
    assert_eq!(issue(), of("Threat model: 1 past their day", "open"));
    // Decided anew, it is closed, and opened again the next time.
    audit(&stage, "2026-02-01");
    assert_eq!(issue(), of("Threat model: 1 past their day", "completed"));
    audit(&stage, "2026-04-01");
    assert_eq!(issue(), of("Threat model: 1 past their day", "open"));
}

#[test]
fn an_issue_of_somebody_else_is_left_alone() {
    let stage = dated();
    stage.server.world(|world| {
        for (login, bot, body) in [("eve", false, "<!-- redan:due:1 key=all -->\nmine"), ("x[bot]", true, "hello")] {
            let said = Said { id: world.next, body: body.to_owned(), login: login.to_owned(), bot };
            let labels = vec!["threat-model".to_owned()];
            world.issues.push(Issue { number: world.next, said, title: "x".to_owned(), labels, state: "open" });
            world.next += 1;
        }
    });
    // The answer to the first request is lost, so there are two for a moment.
    stage.server.trap("POST", "/issues", Fault::After(Reply::refuse(502, "lost")));
    assert_eq!(audit(&stage, "2026-04-01").code, 1);
    let states = stage.server.world(|world| world.issues.iter().map(|issue| issue.state).collect::<Vec<_>>());
    assert_eq!(states, ["open", "open", "open", "not_planned"]);
}

#[test]
fn an_issue_that_may_not_be_written_changes_no_verdict() {
    let stage = dated();
    stage.server.world(|world| world.read_only = true);
    let run = audit(&stage, "2026-03-10");
    assert_eq!(
        (run.code, run.stdout.contains("::notice title=redan::no issue: opening an issue")),
        (0, true),
        "{}",
        run.stdout
    );
}

#[test]
fn the_event_says_which_pull_request_a_comment_is_for() {
    let stage = reuse();
    for event in [
        json!({ "pull_request": { "number": PULL } }),
        json!({ "issue": { "number": PULL, "pull_request": {} }, "comment": {} }),
    ] {
        std::fs::write(stage.scratch.path().join("../event.json"), event.to_string()).unwrap();
        let mut variables = stage.variables(WORKFLOW);
        variables.push(("GITHUB_EVENT_PATH", "../event.json".to_owned()));
        let run = stage.scratch.redan_with(&variables, &["comment", "--no-suggestions"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert_eq!(stage.server.world(|world| world.ours().len()), 1);
    let run = stage.scratch.redan_with(&stage.variables(WORKFLOW), &["comment"]);
    assert_eq!((run.code, run.stderr.contains("say --pr N")), (2, true), "{}", run.stderr);
}

const MARKUP: &str = r#"format = 1
id = "markup"
name = "Markup ##[error]x @acme/all"
description = """
<!-- redan:1 key=all -->
::set-output name=verdict::pass
<img src=x onerror=y> [x](javascript:y) #1
"""

[components.CMP1]
name = "<script>x</script>"
path = "../../../../etc/passwd"

[assets.A1]
name = "$(touch canary) ${{ secrets.TOKEN }}"
description = "x"
properties = ["C"]

[attackers.T1]
capability = "; touch canary #"
"#;

/// What the author of a pull request can put into a model, with a token that may write: all of it is told, as text, and
/// nothing of it acts on the host.
#[cfg(unix)]
#[test]
fn a_hostile_pull_request_gets_nothing_out() {
    let stage = Stage::on("", |scratch| {
        let place = scratch.path().join("threat-models");
        std::fs::create_dir_all(place.join("links")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", place.join("links/model.toml")).unwrap();
        scratch.write("threat-models/giant/model.toml", &"#".repeat(9_000_000));
        scratch.write("threat-models/markup/model.toml", MARKUP);
    });
    let run = stage.ci(&[]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let body = stage.body();
    for code in ["file_unreadable", "file_bounds", "path_outside"] {
        assert!(
            body.contains(&format!("`{code}`")) && run.stdout.contains(&format!("title={code}::")),
            "{code}: {body}"
        );
    }
    assert!(run.stdout.matches("title=text_active::").count() >= 3, "{}", run.stdout);
    for active in ["<img", "<script", "](javascript", " @acme", "\n::", "##["] {
        assert!(!body.contains(active), "{active}: {body}");
    }
    assert_eq!(body.matches("<!-- redan:1 key=all -->").count(), 1, "{body}");
    let left = ["../outputs", "../summary.md", "../tmp/redan.json", "../tmp/redan.sarif"];
    let left = left.map(|name| stage.scratch.read(name));
    let sent: Vec<String> = stage.server.log().iter().map(|request| request.body.to_string()).collect();
    for text in left.iter().chain(&sent).chain([&run.stdout, &run.stderr]) {
        assert!(!text.contains(WORKFLOW) && !text.contains("root:"), "{text:.2000}");
    }
    assert!(!stage.scratch.path().join("canary").exists());
    assert_eq!(stage.output("verdict").as_deref(), Some("fail"));
}
