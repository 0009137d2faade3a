//! `redan generate --pr` against the server: on the branch of a pull request, and in one of its own that later runs bring up to date.

use std::sync::{Arc, Barrier};

use serde_json::{Value, json};

use super::http::Reply;
use super::server::Fault;
use super::stage::{MODEL, Stage};
use super::world::PULL;
use crate::language::server::Server as Mind;
use crate::pages::hostile;
use crate::scratch::Output;

const CLINIC: &str = "# Clinic portal\n\nPatients book appointments in a web portal and read their laboratory results. The portal talks to a REST API,\n\
    which keeps medical records in PostgreSQL and sends letters through an email provider. Doctors sign in with single sign-on.\n";
/// The same, and an object store.
const MORE: &str = "# Clinic portal\n\nPatients book appointments in a web portal and read their laboratory results. The portal talks to a REST API,\n\
    which keeps medical records in PostgreSQL, X-ray pictures in an S3 bucket, and sends letters through an email provider. Doctors sign in with\n\
    single sign-on.\n";
const MADE: &str = "threat-models/clinic-portal-patients/model.toml";

/// A push to main, where a description lies.
fn described() -> Stage {
    let stage = Stage::on("", |scratch| scratch.write("README.md", "hello\n"));
    stage.scratch.ok(&["switch", "--quiet", "main"]).unwrap();
    push(&stage, CLINIC);
    stage
}

fn push(stage: &Stage, description: &str) {
    stage.scratch.ok(&["reset", "--quiet", "--hard"]).unwrap();
    stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    stage.scratch.write("docs/clinic.md", description);
    let base = stage.scratch.commit("Describe the clinic");
    stage.server.world(|world| world.base = base);
}

/// A fresh checkout, and a run for it.
fn run(stage: &Stage, more: &[&str]) -> Output {
    stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    let event =
        json!({ "ref": "refs/heads/main", "repository": { "full_name": "acme/pay", "default_branch": "main" } });
    stage.verb_runs("push", &event, &[&["generate", "--from", "docs/clinic.md", "--pr"], more].concat())
}

/// The lines of a run after the change itself.
fn last(run: &Output) -> &str {
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.lines().next_back().unwrap_or_default()
}

fn pulls(stage: &Stage) -> Vec<(u64, &'static str)> {
    stage.server.world(|world| world.proposals.pulls.iter().map(|pull| (pull.number, pull.state)).collect())
}

/// The files of the commit that the one branch of ours stands at, and its message.
fn proposed(stage: &Stage) -> (Vec<String>, String) {
    stage.server.world(|world| {
        let (branch, head) = world.proposals.branches.iter().next().unwrap();
        assert!(branch.starts_with("redan/from-docs-clinic-md-"), "{branch}");
        let built = &world.proposals.built[head];
        assert_eq!(built.parent, world.base);
        (built.files.keys().cloned().collect(), built.message.clone())
    })
}

#[test]
fn a_description_becomes_a_pull_request_that_follows_it() {
    let stage = described();
    let first = run(&stage, &[]);
    assert!(last(&first).starts_with("proposed: https://github.com/acme/pay/pull/"), "{}", first.stdout);
    assert!(first.stdout.contains("+ added clinic-portal-patients/A1"), "{}", first.stdout);
    let (files, message) = proposed(&stage);
    assert!(files.contains(&MADE.to_owned()), "{files:?}");
    assert!(message.starts_with("Threat model: propose clinic-portal-patients\n\nRedan-Proposal: "), "{message}");
    let (number, url) = (pulls(&stage)[0].0, stage.output("proposal-url").unwrap());
    assert_eq!(url, format!("https://github.com/acme/pay/pull/{number}"));
    let (title, body, base) = stage.server.world(|world| {
        let pull = &world.proposals.pulls[0];
        (pull.title.clone(), pull.body.clone(), pull.base.clone())
    });
    assert_eq!((title.as_str(), base.as_str()), ("Threat model: propose clinic-portal-patients", "main"));
    assert!(body.contains("Proposed from docs/clinic.md.") && body.chars().count() < 60_000, "{body}");
    let (head, status) = stage.server.world(|world| world.statuses[0].clone());
    assert_eq!(stage.server.world(|world| world.proposals.branches.values().next().cloned()), Some(head));
    assert_eq!((&status["context"], &status["state"]), (&json!("redan"), &json!("success")));

    // The same again, later and after other work on main: nothing is written.
    stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    stage.scratch.write("elsewhere.txt", "work\n");
    let base = stage.scratch.commit("Work elsewhere");
    stage.server.world(|world| world.base = base);
    stage.server.forget();
    let again = run(&stage, &[]);
    assert_eq!(last(&again), format!("proposed already: {url}"));
    assert_eq!(stage.server.writes(), Vec::<String>::new());

    // The description says more: the same pull request does too.
    push(&stage, MORE);
    let third = run(&stage, &[]);
    assert_eq!(last(&third), format!("brought up to date: {url}"));
    assert_eq!(pulls(&stage), [(number, "open")]);
    let (_, now) = proposed(&stage);
    assert_ne!(now, message);
}

#[test]
fn a_trial_shows_the_change_and_asks_nobody() {
    let stage = described();
    let trial = run(&stage, &["--dry-run"]);
    assert_eq!(trial.code, 0, "{}", trial.stderr);
    assert!(
        trial.stdout.contains("+ added clinic-portal-patients/A1") && trial.stdout.contains("dry run, would write")
    );
    assert_eq!(stage.server.asked(), Vec::<String>::new());
    assert_eq!(stage.scratch.ok(&["status", "--porcelain"]).unwrap(), "");
}

#[test]
fn what_was_merged_is_brought_up_to_date_next_time() {
    let stage = described();
    run(&stage, &[]);
    stage.scratch.ok(&["add", "--all"]).unwrap();
    stage.server.world(|world| {
        world.proposals.pulls[0].state = "merged";
        world.proposals.pulls[0].head = world.proposals.branches.values().next().cloned().unwrap();
    });
    let base = stage.scratch.commit("Merge what was proposed");
    stage.server.world(|world| world.base = base);
    let quiet = run(&stage, &[]);
    assert_eq!(last(&quiet), "nothing to propose");
    push(&stage, MORE);
    let next = run(&stage, &[]);
    assert!(last(&next).starts_with("proposed: "), "{}", next.stdout);
    assert_eq!(pulls(&stage).iter().map(|(_, state)| *state).collect::<Vec<_>>(), ["merged", "open"]);
    assert_eq!(proposed(&stage).1.lines().next(), Some("Threat model: bring clinic-portal-patients up to date"));
}

#[test]
fn what_somebody_closed_is_not_opened_again_until_it_says_something_else() {
    let stage = described();
    run(&stage, &[]);
    for deleted in [false, true] {
        stage.server.world(|world| {
            world.proposals.pulls[0].state = "closed";
            world.proposals.pulls[0].head = world.proposals.branches.values().next().cloned().unwrap_or_default();
            if deleted {
                world.proposals.branches.clear();
            }
        });
        stage.server.forget();
        let quiet = run(&stage, &[]);
        assert!(last(&quiet).starts_with("closed by somebody, and nothing is new: "), "{}", quiet.stdout);
        assert_eq!(stage.server.writes(), Vec::<String>::new());
    }
    push(&stage, MORE);
    assert!(last(&run(&stage, &[])).starts_with("proposed: "));
    assert_eq!(pulls(&stage).iter().map(|(_, state)| *state).collect::<Vec<_>>(), ["closed", "open"]);
}

#[test]
fn a_branch_that_somebody_works_on_is_left_alone() {
    let stage = described();
    run(&stage, &[]);
    stage.server.world(|world| {
        let (branch, ours) = world.proposals.branches.iter().next().map(|(b, id)| (b.clone(), id.clone())).unwrap();
        let theirs =
            super::proposals::Built { message: "Say it better".to_owned(), parent: ours, ..Default::default() };
        world.proposals.built.insert("b".repeat(40), theirs);
        world.proposals.branches.insert(branch, "b".repeat(40));
    });
    push(&stage, MORE);
    stage.server.forget();
    let quiet = run(&stage, &[]);
    assert_eq!(quiet.code, 0, "{}", quiet.stderr);
    assert!(
        quiet.stderr.contains("notice: no proposal: somebody else committed to redan/from-docs-clinic-md-"),
        "{}",
        quiet.stderr
    );
    assert_eq!(stage.server.writes(), Vec::<String>::new());
}

#[test]
fn two_runs_at_once_leave_one_pull_request() {
    for path in ["/graphql", "/pulls"] {
        let stage = described();
        let barrier = Arc::new(Barrier::new(2));
        // Both have seen that nothing is there; or both have the branch and none a pull request.
        for _ in 0..2 {
            let method = if path == "/pulls" { "GET" } else { "POST" };
            stage.server.trap(method, path, Fault::Meet(Arc::clone(&barrier)));
        }
        let other = stage.scratch.path().join("../other");
        let from = stage.scratch.path().display().to_string();
        stage.scratch.ok(&["clone", "--quiet", &from, &other.display().to_string()]).unwrap();
        let event = json!({ "ref": "refs/heads/main", "repository": { "default_branch": "main" } });
        std::fs::write(stage.scratch.path().join("../event.json"), event.to_string()).unwrap();
        let mut variables = stage.variables(super::server::WORKFLOW);
        variables.push(("GITHUB_EVENT_PATH", "../event.json".to_owned()));
        let line = |folder: &'static str| ["-C", folder, "generate", "--from", "docs/clinic.md", "--pr"];
        let mut runs = [".", "../other"].map(|folder| stage.scratch.start_with(&variables, &line(folder)));
        let ended: Vec<bool> = runs.iter_mut().map(|run| run.wait().unwrap().success()).collect();
        assert_eq!(ended, [true, true], "{path}");
        assert_eq!(pulls(&stage).len(), 1, "{path}");
    }
}

#[test]
fn an_answer_that_was_lost_is_found() {
    for (method, end) in [("POST", "/pulls"), ("POST", "/git/commits"), ("POST", "/git/trees")] {
        let stage = described();
        stage.server.trap(method, end, Fault::After(Reply::refuse(502, "lost")));
        let run = run(&stage, &[]);
        assert!(last(&run).starts_with("propos"), "{end}: {}", run.stdout);
        assert_eq!(pulls(&stage).len(), 1, "{end}");
    }
    // The branch moved, and nobody said so.
    let stage = described();
    stage.server.trap("POST", "/graphql", Fault::Answer(Reply::refuse(502, "busy")));
    assert!(last(&run(&stage, &[])).starts_with("proposed: "));
}

#[test]
fn a_token_that_may_not_is_told_in_one_notice() {
    let stage = described();
    stage.server.world(|world| world.read_only = true);
    let refused = run(&stage, &[]);
    assert_eq!(refused.code, 0, "{}", refused.stderr);
    assert_eq!(refused.stderr.matches("notice: no proposal: ").count(), 1, "{}", refused.stderr);
    // It may write the branch and open nothing: people are told where to do that.
    stage.server.world(|world| (world.read_only, world.proposals.forbidden) = (false, true));
    for _ in 0..2 {
        let half = run(&stage, &[]);
        assert_eq!(half.code, 0, "{}", half.stderr);
        let place = "open it at https://github.com/acme/pay/compare/main...redan/from-docs-clinic-md-";
        assert!(half.stderr.contains(place) && half.stderr.contains("not permitted to create"), "{}", half.stderr);
    }
    stage.server.world(|world| world.proposals.forbidden = false);
    assert!(last(&run(&stage, &[])).starts_with("proposed: "));
    assert_eq!(pulls(&stage).len(), 1);
}

#[test]
fn what_the_host_does_not_take_is_an_error() {
    let stage = described();
    let run = run(&stage, &["--base", "gone"]);
    assert_eq!((run.code, run.stderr.contains("base is invalid")), (5, true), "{}", run.stderr);
    assert_eq!(pulls(&stage), []);
    let stage = described();
    for _ in 0..2 {
        stage.server.trap("POST", "/pulls", Fault::Answer(Reply::refuse(422, "Validation Failed: no")));
    }
    let run = super::propose::run(&stage, &[]);
    assert_eq!((run.code, run.stderr.contains("opening a pull request: not accepted")), (5, true), "{}", run.stderr);
    // A checkout that the host does not know.
    let stage = described();
    stage.server.world(|world| world.base = "0".repeat(40));
    let run = super::propose::run(&stage, &[]);
    assert_eq!((run.code, run.stderr.contains("the commit it rests on")), (5, true), "{}", run.stderr);
}

#[test]
fn what_a_description_says_stays_text() {
    let stage = described();
    let evil = hostile::TEXTS[..10].join(" ");
    push(&stage, &CLINIC.replace("Patients", &format!("{evil} Patients")));
    let run = run(&stage, &["--name", "Clinic portal"]);
    assert!(last(&run).starts_with("proposed: "), "{}", run.stdout);
    let (title, body) = stage.server.world(|world| {
        let pull = &world.proposals.pulls[0];
        (pull.title.clone(), pull.body.clone())
    });
    assert_eq!(title, "Threat model: propose clinic-portal");
    let shown = body.split_once('\n').unwrap().1;
    assert!(hostile::seen(shown).text.contains("octocat"), "{shown}");
}

#[test]
fn a_checkout_with_changes_of_its_own_proposes_nothing() {
    let stage = described();
    stage.scratch.write(MODEL, &(stage.scratch.read(MODEL) + "# mine\n"));
    let run = run(&stage, &[]);
    assert_eq!((run.code, run.stderr.contains("changes that are not committed")), (5, true), "{}", run.stderr);
    assert_eq!(stage.server.writes(), Vec::<String>::new());
}

// ---- On the branch of a pull request.

/// The event of the pull request as it stands.
fn event(stage: &Stage) -> Value {
    let (head, base, from) =
        stage.server.world(|world| (world.head.clone(), world.base.clone(), world.head_repository));
    let from = from.map_or(Value::Null, |name| json!({ "full_name": name }));
    json!({
        "number": PULL,
        "pull_request": {
            "number": PULL,
            "head": { "sha": head, "repo": from },
            "base": { "sha": base, "repo": { "full_name": "acme/pay" } },
        },
        "repository": { "full_name": "acme/pay", "default_branch": "main" },
    })
}

fn in_pull(stage: &Stage, more: &[&str]) -> Output {
    let arguments = [&["generate", "--from", "docs/clinic.md", "--pr"], more].concat();
    stage.verb_runs("pull_request", &event(stage), &arguments)
}

fn asked() -> Stage {
    Stage::on("", |scratch| scratch.write("docs/clinic.md", CLINIC))
}

#[test]
fn a_pull_request_gets_the_commit_the_status_and_the_comment() {
    let stage = asked();
    let first = in_pull(&stage, &[]);
    let head = stage.server.world(|world| world.head.clone());
    assert_eq!(last(&first), format!("proposed: https://github.com/acme/pay/pull/7/commits/{head}"));
    let (id, message, files) = stage.server.world(|world| world.commits[1].clone());
    assert_eq!((id.as_str(), files.contains_key(MADE)), (head.as_str(), true));
    assert!(message.starts_with("Threat model: propose clinic-portal-patients\n\nRedan-Proposal: "), "{message}");
    assert_eq!(stage.server.world(|world| world.statuses[0].0.clone()), head);
    assert!(stage.body().contains("1 model added"), "{}", stage.body());
    assert_eq!(stage.output("proposal-url").as_deref(), last(&first).strip_prefix("proposed: "));
    // The branch as it is now has it, so the next run has nothing to say.
    let now = stage.scratch.commit("As the host has it");
    stage.server.world(|world| world.head = now);
    stage.server.forget();
    assert_eq!(last(&in_pull(&stage, &[])), "nothing to propose");
    assert_eq!(stage.server.writes(), Vec::<String>::new());
}

#[test]
fn forks_closed_ones_and_branches_that_moved_are_left_alone() {
    let stage = asked();
    stage.server.world(|world| world.head_repository = Some("eve/pay"));
    let fork = in_pull(&stage, &[]);
    assert_eq!((fork.code, fork.stderr.contains("comes from a fork")), (0, true), "{}", fork.stderr);
    stage.server.world(|world| (world.head_repository, world.state) = (Some("acme/pay"), "closed"));
    let closed = in_pull(&stage, &[]);
    assert_eq!((closed.code, closed.stderr.contains("is closed")), (0, true), "{}", closed.stderr);
    assert_eq!((stage.scratch.ok(&["status", "--porcelain"]).unwrap().as_str(), stage.server.writes().len()), ("", 0));
    stage.server.world(|world| world.state = "open");
    let stale = json!({ "data": null, "errors": [{ "type": "STALE_DATA", "message": "Expected branch to point to" }] });
    stage.server.trap("POST", "/graphql", Fault::Answer(Reply::new(200, stale)));
    let moved = in_pull(&stage, &[]);
    assert_eq!((moved.code, moved.stderr.contains("somebody pushed")), (0, true), "{}", moved.stderr);
    assert_eq!(stage.server.world(|world| world.commits.len()), 1);
}

#[test]
fn a_commit_whose_answer_was_lost_is_no_second_one() {
    let stage = asked();
    stage.server.trap("POST", "/graphql", Fault::After(Reply::refuse(502, "lost")));
    assert!(last(&in_pull(&stage, &[])).starts_with("proposed: "));
    assert_eq!(stage.server.world(|world| world.commits.len()), 2);
}

#[test]
fn a_protected_branch_is_told_in_one_notice() {
    let stage = asked();
    stage.server.world(|world| world.read_only = true);
    let run = in_pull(&stage, &[]);
    assert_eq!((run.code, run.stderr.matches("notice: no proposal: ").count()), (0, 1), "{}", run.stderr);
}

// ---- Which engine is asked: whoever opens a pull request writes the redan.toml of its checkout.

fn engine(mind: &Mind) -> String {
    format!("\n[engine]\nuse = \"openai/test\"\nurl = \"{}\"\nkey = \"TEST_KEY\"\n", mind.url())
}

const KEY: &str = "sk-of-the-house-0123456789";

fn with_key(stage: &Stage, event: &Value, more: &[&str]) -> Output {
    std::fs::write(stage.scratch.path().join("../event.json"), event.to_string()).unwrap();
    let mut variables = stage.variables(super::server::WORKFLOW);
    variables.extend([("GITHUB_EVENT_PATH", "../event.json".to_owned()), ("TEST_KEY", KEY.to_owned())]);
    stage.scratch.redan_with(&variables, &[&["generate", "--from", "docs/clinic.md", "--yes"], more].concat())
}

#[test]
fn a_pull_request_has_no_say_in_who_is_asked() {
    let evil = Mind::start();
    let stage = Stage::on("", |scratch| {
        scratch.write("docs/clinic.md", CLINIC);
        scratch.write("redan.toml", &(scratch.read("redan.toml") + &engine(&evil)));
    });
    for more in [&["--pr"][..], &["--pr", "7"], &["--dry-run"], &[]] {
        stage.scratch.ok(&["reset", "--quiet", "--hard"]).unwrap();
        stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
        let head = stage.scratch.ok(&["rev-parse", "HEAD"]).unwrap().trim().to_owned();
        stage.server.world(|world| world.head = head);
        let run = with_key(&stage, &event(&stage), more);
        assert_eq!(run.code, 0, "{more:?}: {}{}", run.stdout, run.stderr);
        assert!(!run.stdout.contains("openai/test"), "{}", run.stdout);
    }
    // By hand, with the number alone.
    stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    assert_eq!(with_key(&stage, &Value::Null, &["--pr", "7", "--dry-run"]).code, 0);
    assert_eq!(evil.log().len(), 0);
    // Where the base is not here nobody is asked, and the way out is told.
    let mut away = event(&stage);
    away["pull_request"]["base"]["sha"] = json!("0123456789012345678901234567890123456789");
    stage.scratch.ok(&["clean", "--quiet", "-fd"]).unwrap();
    let run = with_key(&stage, &away, &[]);
    assert_eq!((run.code, run.stderr.contains("git fetch --depth=1 origin 0123456789")), (4, true), "{}", run.stderr);
    assert_eq!(with_key(&stage, &away, &["--engine", "offline"]).code, 0);
    assert_eq!(evil.log().len(), 0);
}

#[test]
fn the_base_says_who_is_asked() {
    let (house, evil) = (Mind::start(), Mind::start());
    let stage = Stage::on("", |scratch| scratch.write("docs/clinic.md", CLINIC));
    stage.scratch.ok(&["switch", "--quiet", "main"]).unwrap();
    stage.scratch.write("redan.toml", &(stage.scratch.read("redan.toml") + &engine(&house)));
    let base = stage.scratch.commit("Ask the model of the house");
    stage.scratch.ok(&["switch", "--quiet", "feature"]).unwrap();
    stage.scratch.write("redan.toml", &(stage.scratch.read("redan.toml") + &engine(&evil)));
    let head = stage.scratch.commit("Ask mine");
    stage.server.world(|world| (world.base, world.head) = (base, head));
    let run = with_key(&stage, &event(&stage), &["--pr"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("openai/test"), "{}", run.stdout);
    assert!(!house.log().is_empty());
    assert_eq!(evil.log().len(), 0);
}
