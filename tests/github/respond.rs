//! Answers to `/redan …`: the built program against the server.

use serde_json::json;

use super::http::Reply;
use super::server::{Fault, WORKFLOW};
use super::stage::{MODEL, Stage};
use super::world::PULL;
use crate::scratch::Output;

pub const CHANGED: &str = "\n[assets.A3]\nname = \"Audit trail\"\ndescription = \"Who changed which link\"\n\
    properties = { I = \"high\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"trivial\", regulatory = \"none\" }\n";

impl Stage {
    /// Somebody comments, and a workflow hears of it.
    pub fn hears(&self, login: &str, body: &str) -> Output {
        self.event(login, body);
        self.respond()
    }

    fn event(&self, login: &str, body: &str) {
        let id = self.server.world(|world| world.say(login, false, body));
        self.write_event(json!({
            "action": "created",
            "issue": { "number": PULL, "state": "open", "pull_request": { "url": "x" } },
            "comment": {
                "id": id, "body": body, "user": { "login": login, "id": 42, "type": "User" },
                "html_url": format!("https://github.com/acme/pay/pull/7#issuecomment-{id}"),
                "author_association": "OWNER",
            },
            "repository": { "full_name": "acme/pay", "html_url": "https://github.com/acme/pay" },
        }));
    }

    fn write_event(&self, event: serde_json::Value) {
        std::fs::write(self.scratch.path().join("../event.json"), event.to_string()).unwrap();
    }

    fn read_event(&self) -> serde_json::Value {
        serde_json::from_str(&self.scratch.read("../event.json")).unwrap()
    }

    fn respond(&self) -> Output {
        let mut variables = self.variables(WORKFLOW);
        variables.push(("GITHUB_EVENT_PATH", "../event.json".to_owned()));
        self.scratch.redan_with(&variables, &["respond"])
    }

    /// The same through the verb that the action runs.
    fn respond_in_ci(&self) -> Output {
        let event = self.read_event();
        self.runs("issue_comment", &event, &[])
    }

    /// As a workflow starts: a fresh checkout of the commit the branch had when the event came.
    fn reset(&self) {
        self.scratch.ok(&["reset", "--quiet", "--hard"]).unwrap();
        self.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    }

    /// The answers of ours.
    pub fn answers(&self) -> Vec<String> {
        self.server.world(|world| {
            let ours = world.ours();
            ours.iter().map(|said| said.body.clone()).filter(|body| body.starts_with("<!-- redan:reply ")).collect()
        })
    }

    pub fn commits(&self) -> usize {
        self.server.world(|world| world.commits.len())
    }
}

#[test]
fn what_is_asked_is_done_committed_and_answered() {
    let stage = Stage::new(CHANGED);
    let run = stage.hears("ada", "Not ours any more.\n\n/redan remove A3 --reason \"not ours\"\r\n");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let (head, message, files) = stage.server.world(|world| world.commits[1].clone());
    let id = stage.server.world(|world| world.comments[0].id);
    assert_eq!(
        message,
        format!(
            "Threat model: remove A3\n\nhttps://github.com/acme/pay/pull/7#issuecomment-{id}\n\nRedan-Comment: {id}\n\
             Co-authored-by: ada <42+ada@users.noreply.github.com>"
        )
    );
    assert_eq!(files.keys().collect::<Vec<_>>(), [MODEL]);
    let text = String::from_utf8(files[MODEL].clone()).unwrap();
    assert!(text.contains("by = \"@ada\"") && text.contains("reason = \"not ours\""), "{text}");
    let answers = stage.answers();
    assert_eq!(answers.len(), 1);
    assert!(answers[0].contains(&format!("Done: `{}`", &head[..10])), "{}", answers[0]);
    assert!(answers[0].contains("- removed link-shortener/A3"), "{}", answers[0]);
    let statuses = stage.server.world(|world| world.statuses.clone());
    assert_eq!(statuses.len(), 1);
    assert_eq!((statuses[0].0.as_str(), &statuses[0].1["state"]), (head.as_str(), &json!("success")));
    assert_eq!(stage.server.world(|world| world.reactions.clone()), [(id, "+1".to_owned())]);
}

#[test]
fn an_event_that_comes_twice_is_answered_once() {
    let stage = Stage::new(CHANGED);
    stage.hears("ada", "/redan remove A3 --reason \"not ours\"");
    stage.reset();
    let again = stage.respond();
    assert_eq!((again.code, again.stdout.as_str()), (0, "ignored: it was answered already\n"));
    assert_eq!((stage.commits(), stage.answers().len()), (2, 1));
    // The first run died between the commit and the answer.
    stage.server.world(|world| world.comments.retain(|said| !said.body.starts_with("<!-- redan:reply ")));
    stage.reset();
    let third = stage.respond();
    assert_eq!(third.code, 0, "{}", third.stderr);
    assert_eq!((stage.commits(), stage.answers().len()), (2, 1));
    assert!(stage.answers()[0].contains("This was done already"), "{}", stage.answers()[0]);
}

#[test]
fn a_commit_whose_answer_was_lost_is_found() {
    let stage = Stage::new(CHANGED);
    stage.server.trap("POST", "/graphql", Fault::After(Reply::refuse(502, "lost")));
    let run = stage.hears("ada", "/redan remove A3 --reason \"not ours\"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stage.commits(), 2);
    assert!(stage.answers()[0].contains("This was done already"), "{}", stage.answers()[0]);
}

#[test]
fn a_branch_that_moves_meanwhile_is_left_alone() {
    let stage = Stage::new(CHANGED);
    let stale = json!({ "data": null, "errors": [{ "type": "STALE_DATA", "message": "Expected branch to point to" }] });
    stage.server.trap("POST", "/graphql", Fault::Answer(Reply::new(200, stale)));
    let run = stage.hears("ada", "/redan remove A3 --reason \"not ours\"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stage.commits(), 1);
    assert!(stage.answers()[0].contains("Somebody pushed to the branch meanwhile"), "{}", stage.answers()[0]);
}

#[test]
fn who_may_not_write_is_told_so_whatever_the_event_says() {
    let stage = Stage::new(CHANGED);
    for login in ["eve", "nobody-known"] {
        let run = stage.hears(login, "/redan remove A3 --reason \"not ours\"");
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert_eq!(stage.commits(), 1);
    let answers = stage.answers();
    assert_eq!(answers.len(), 2);
    assert!(answers[0].contains("Only people who may write"), "{}", answers[0]);
    assert_eq!(stage.scratch.ok(&["status", "--porcelain"]).unwrap(), "");
}

#[test]
fn not_everything_that_is_heard_is_for_us() {
    let stage = Stage::new(CHANGED);
    let change = |what: fn(&mut serde_json::Value)| {
        stage.event("ada", "/redan remove A3 --reason \"not ours\"");
        let mut event = stage.read_event();
        what(&mut event);
        stage.write_event(event);
        stage.respond().stdout
    };
    let edited = change(|event| event["action"] = json!("edited"));
    assert_eq!(edited, "ignored: only new comments are heard, not changed ones\n");
    let deleted = change(|event| event["action"] = json!("deleted"));
    assert_eq!(deleted, "ignored: only new comments are heard, not changed ones\n");
    let bot = change(|event| event["comment"]["user"]["type"] = json!("Bot"));
    assert_eq!(bot, "ignored: it was said by a bot\n");
    let issue = change(|event| event["issue"]["pull_request"] = json!(null));
    assert_eq!(issue, "ignored: it is about an issue\n");
    let quoted = change(|event| event["comment"]["body"] = json!("> /redan fix\n```\n/redan fix\n```"));
    assert_eq!(quoted, "ignored: it holds no /redan\n");
    assert_eq!(stage.server.asked(), Vec::<String>::new());
}

#[test]
fn an_event_of_another_repository_is_wrong_usage() {
    let stage = Stage::new(CHANGED);
    stage.event("ada", "/redan fix");
    let mut event = stage.read_event();
    event["repository"]["full_name"] = json!("evil/acme-pay");
    stage.write_event(event);
    let run = stage.respond();
    assert_eq!((run.code, run.stderr.contains("another repository")), (2, true), "{}", run.stderr);
    assert_eq!(stage.server.asked(), Vec::<String>::new());
}

#[test]
fn all_commands_of_a_comment_or_none() {
    let stage = Stage::new(CHANGED);
    let run =
        stage.hears("ada", "/redan remove A3 --reason \"not ours\"\n/redan remove A99 --reason \"x\"\n/redan fix");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stage.commits(), 1);
    let answers = stage.answers();
    assert!(answers[0].contains("Not done: nothing was committed."), "{}", answers[0]);
    assert!(answers[0].contains("A99") && !answers[0].contains("/redan fix"), "{}", answers[0]);
    assert_eq!(stage.server.world(|world| world.reactions[0].1.clone()), "confused");
    stage.reset();
    stage.hears(
        "ada",
        "/redan edit A3 --set name=\"Audit log\" --renamed-because \"clearer\"\n/redan remove A3 --reason x",
    );
    assert_eq!(stage.commits(), 2, "{:?}", stage.answers());
    let message = stage.server.world(|world| world.commits[1].1.clone());
    assert!(message.starts_with("Threat model: edit A3, remove A3\n"), "{message}");
}

#[test]
fn options_that_reach_outside_and_other_verbs_are_refused() {
    let stage = Stage::new(CHANGED);
    for line in [
        "/redan -C .. remove A3 --reason x",
        "/redan remove A3 --reason x --by mallory@example.org",
        "/redan init",
        "/redan redact redan.toml --reason x",
        "/redan remove A3 --reason \"open",
        "/redan remove A3 --reason x; rm -rf .",
        "/redan $(touch owned)",
    ] {
        stage.hears("ada", line);
        let answers = stage.answers();
        let last = answers.last().unwrap();
        assert!(last.contains("Not done"), "{line}: {last}");
        assert_eq!(stage.scratch.ok(&["status", "--porcelain"]).unwrap(), "", "{line}");
    }
    assert_eq!(stage.commits(), 1);
}

#[test]
fn help_and_trials_change_nothing() {
    let stage = Stage::new(CHANGED);
    stage.hears("ada", "/redan");
    stage.hears("ada", "/redan help remove");
    stage.hears("ada", "/redan remove A3 --reason x --dry-run");
    let answers = stage.answers();
    assert!(answers[0].contains("/redan cover") && answers[1].contains("--replaced-by"), "{answers:?}");
    assert!(answers[2].contains("- removed link-shortener/A3"), "{}", answers[2]);
    assert!(answers.iter().all(|answer| !answer.contains("Nothing had to be changed")), "{answers:?}");
    stage.hears("ada", "/redan fix");
    assert!(stage.answers()[3].contains("Nothing had to be changed."), "{:?}", stage.answers());
    assert_eq!((stage.commits(), stage.server.world(|world| world.statuses.len())), (1, 0));
}

#[test]
fn a_fork_is_told_what_to_do() {
    let stage = Stage::new(CHANGED);
    for head in [Some("eve/pay"), None] {
        stage.server.world(|world| world.head_repository = head);
        let run = stage.hears("ada", "/redan fix");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(stage.answers().last().unwrap().contains("comes from a fork"), "{:?}", stage.answers());
    }
    stage.server.world(|world| (world.head_repository, world.state) = (Some("acme/pay"), "closed"));
    stage.hears("ada", "/redan fix");
    assert!(stage.answers().last().unwrap().contains("is closed"), "{:?}", stage.answers());
    assert_eq!(stage.commits(), 1);
}

#[test]
fn a_checkout_of_something_else_is_not_touched() {
    let stage = Stage::new(CHANGED);
    stage.server.world(|world| world.head = "0123456789012345678901234567890123456789".to_owned());
    let run = stage.hears("ada", "/redan remove A3 --reason x");
    assert_eq!((run.code, run.stderr.contains("check out its head")), (5, true), "{}", run.stderr);
    let stage = Stage::new(CHANGED);
    stage.scratch.write(MODEL, &(stage.scratch.read(MODEL) + "# mine\n"));
    let run = stage.hears("ada", "/redan remove A3 --reason x");
    assert_eq!((run.code, run.stderr.contains("changes that are not committed")), (5, true), "{}", run.stderr);
    assert_eq!((stage.commits(), stage.answers().len()), (1, 1));
    assert!(stage.answers()[0].contains("nothing was committed"), "whoever asked is told: {:?}", stage.answers());
}

#[test]
fn the_comment_of_the_pull_request_follows() {
    let stage = Stage::new(&CHANGED.replace("A3", "NEW-audit"));
    stage.comment(&["--no-suggestions"]);
    let run = stage.hears("ada", "/redan fix");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let head = stage.server.world(|world| world.head.clone());
    let sticky = stage.server.world(|world| {
        let ours = world.ours();
        ours.iter().find(|said| said.body.starts_with("<!-- redan:1 ")).map(|said| said.body.clone()).unwrap()
    });
    assert!(sticky.contains(&format!("\"head\":\"{head}\"")) && sticky.contains(" fixed since "), "{sticky}");
    assert!(!sticky.contains("id_unnumbered"), "{sticky}");
}

/// The author of a pull request owns every file of the checkout; a maintainer's `/redan` works on them.
#[test]
fn a_hostile_model_gets_nothing_out() {
    let stage = Stage::on("", |scratch| {
        let evil = "<!-- redan:reply comment=1 -->\\n/redan remove A1 --reason x\\n@acme ::set-output name=x::y";
        scratch.write(MODEL, &(scratch.read(MODEL) + &CHANGED.replace("Who changed which link", evil)));
        let folder = scratch.path().join("threat-models/link-shortener");
        std::os::unix::fs::symlink("/proc/self/environ", folder.join("compliance.toml")).unwrap();
        std::os::unix::fs::symlink("../../../outside", folder.join("decisions")).unwrap();
        scratch.write(".gitattributes", "*.toml filter=evil diff=evil merge=evil\n");
        scratch.write(".git/hooks/pre-commit", "#!/bin/sh\ntouch ../owned\n");
    });
    std::fs::create_dir(stage.scratch.path().join("../outside")).unwrap();
    stage.hears("ada", "/redan remove A3 --reason \"not ours\"");
    stage.hears("ada", "/redan accept CO-A1-T1 --owner a --reason b --review-by 2027-01-01");
    stage.comment(&[]);
    let outside = std::fs::read_dir(stage.scratch.path().join("../outside")).unwrap().count();
    assert_eq!((outside, stage.scratch.path().join("../owned").exists()), (0, false));
    for request in stage.server.log() {
        assert!(!request.body.to_string().contains(WORKFLOW), "{} {}", request.method, request.path);
    }
    let said: Vec<String> = stage.server.world(|world| world.comments.iter().map(|said| said.body.clone()).collect());
    assert!(said.iter().all(|body| !body.contains(WORKFLOW)));
    for answer in stage.answers() {
        let typed = answer.lines().filter(|line| line.starts_with("/redan ")).count();
        assert!(typed <= 1, "{answer}");
    }
}

#[test]
fn the_action_answers_comments_too() {
    let stage = Stage::new(CHANGED);
    stage.event("ada", "/redan remove A3 --reason \"not ours\"");
    let run = stage.respond_in_ci();
    assert_eq!((run.code, run.stdout.starts_with("answered: ")), (0, true), "{}{}", run.stdout, run.stderr);
    assert_eq!((stage.commits(), stage.answers().len()), (2, 1));
    let set = |name: &str| stage.scratch.read("../outputs").matches(&format!("{name}<<")).count();
    assert_eq!((set("verdict"), stage.output("verdict").as_deref()), (1, Some("none")));
    // What could not be answered is one verdict as well.
    stage.event("ada", "/redan fix");
    stage.server.world(|world| world.rights.clear());
    stage.server.trap("GET", "/comments", super::server::Fault::Answer(Reply::refuse(401, "Bad credentials")));
    assert_eq!(stage.respond_in_ci().code, 5);
    assert_eq!((set("verdict"), stage.output("verdict").as_deref()), (2, Some("fail")));
    stage.event("ada", "thanks");
    let run = stage.respond_in_ci();
    assert_eq!((run.code, run.stdout.as_str()), (0, "ignored: it holds no /redan\n"));
}

/// The checkout ends its lines with CR LF, the repository does not.
#[test]
fn a_commit_keeps_the_ends_of_lines_that_the_repository_has() {
    let stage = Stage::on("", |scratch| {
        scratch.write(".gitattributes", "*.toml text eol=crlf\n");
        scratch.write(MODEL, &(scratch.read(MODEL) + CHANGED));
    });
    stage.scratch.ok(&["rm", "--quiet", "-r", "--cached", "."]).unwrap();
    stage.scratch.ok(&["reset", "--quiet", "--hard"]).unwrap();
    assert!(stage.scratch.read(MODEL).contains("\r\n"));
    let run = stage.hears("ada", "/redan remove A3 --reason \"not ours\"");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let (_, _, files) = stage.server.world(|world| world.commits[1].clone());
    let text = String::from_utf8(files[MODEL].clone()).unwrap();
    assert!(text.contains("reason = \"not ours\"") && !text.contains('\r'), "{text:?}");
}
