//! A model from a description, by way of a language model that does as it is told.

use super::server::Act;
use super::stage::{KEY, Stage};

const STEPS: [&str; 6] = ["assets", "assets again", "attackers", "attackers again", "structure", "controls"];

#[test]
fn either_protocol_gives_the_same_model_streaming_or_not() {
    let mut models = Vec::new();
    for service in ["openai", "anthropic"] {
        for stream in [true, false] {
            let stage = Stage::with(service, &format!("stream = {stream}\n"));
            let (model, controls) = stage.made(&[]);
            assert_eq!(stage.server.steps(), STEPS, "{service} {stream}");
            models.push(format!("{model}{controls}").replace(&format!("{service}/test"), "…"));
            let check = stage.scratch.redan(&["check"]);
            assert_eq!(check.code, 0, "{}", check.stdout);
        }
    }
    models.dedup();
    assert_eq!(models.len(), 1, "{models:#?}");
    let model = &models[0];
    assert!(model.contains("name = \"Photo Kiosk Prints\""), "{model}");
    assert!(model.contains("docs/kiosk.md:3 says “upload pictures”. Many people would be hurt"), "{model}");
    let entities =
        model.lines().filter(|line| line.starts_with('[') && line.contains('.') && line.matches('.').count() == 1);
    assert_eq!(entities.count(), model.matches("source = \"…\"").count(), "{model}");
}

#[test]
fn it_says_where_it_sends_what_and_what_that_comes_to() {
    let stage = Stage::with("openai", "price = { input = 1.25, output = 10 }\n");
    let run = stage.generate(&[]);
    let url = format!("{}/chat/completions", stage.server.url());
    let first = format!("openai/test at {url} is sent docs/kiosk.md (41 words), with the key in TEST_KEY\n");
    assert!(run.stderr.starts_with(&first), "{}", run.stderr);
    assert!(
        run.stderr.contains("about 8 request(s), ") && run.stderr.contains(" at the price in redan.toml\n"),
        "{}",
        run.stderr
    );
    let bill = "6 request(s) to openai/test, 6,000 tokens in and 1,200 out, 0.02 at the price in redan.toml\n";
    assert!(run.stderr.ends_with(bill), "{}", run.stderr);
    let log = stage.server.log();
    assert!(log.iter().all(|request| request.token == KEY && request.path == "/v1/chat/completions"));
    assert_eq!(log[0].body["response_format"]["json_schema"]["strict"], true);
}

#[test]
fn nothing_is_sent_before_somebody_agreed() {
    let stage = Stage::new();
    let run = stage.redan(&["generate", "--from", "docs/kiosk.md"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("error: nothing was sent\n  to go on without being asked: --yes\n"), "{}", run.stderr);
    let dry = stage.redan(&["generate", "--from", "docs/kiosk.md", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.stderr);
    assert!(dry.stdout.contains("about 8 request(s)") && dry.stdout.contains("nothing was sent"), "{}", dry.stdout);
    assert_eq!(stage.server.steps().len(), 0);
    let shown = stage.generate(&["--dry-run"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("Customer pictures"), "{}", shown.stdout);
    stage.untouched();
}

#[test]
fn offline_asks_nobody() {
    let stage = Stage::new();
    let run = stage.generate(&["--engine", "offline"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(stage.server.steps().len(), 0);
}

#[test]
fn a_server_that_knows_no_schema_is_asked_in_words() {
    for service in ["openai", "anthropic"] {
        let stage = Stage::with(service, "");
        stage.server.plain();
        let (model, _) = stage.made(&[]);
        assert!(model.contains("Customer pictures"));
        let refused = if service == "openai" { 2 } else { 1 };
        // It is found out once, and not for every step again.
        let asked = stage.server.asked();
        assert!((6 + refused..=6 + 2 * refused).contains(&asked.len()), "{service}: {}", asked.len());
        assert!(asked.last().unwrap().system.contains("JSON Schema:\n{"));
    }
}

#[test]
fn a_reply_in_a_fence_behind_thoughts_is_read() {
    let stage = Stage::new();
    stage.server.on(0, Act::Say(format!("<think>hm {{</think>\nHere:\n```json\n{}\n```", first_reply())));
    let (model, _) = stage.made(&[]);
    assert!(model.contains("Customer pictures"), "{model}");
}

/// What a careful model says first.
fn first_reply() -> serde_json::Value {
    serde_json::json!({ "name": "Photo Kiosk Prints", "assets": [
        super::brain::asset("Customer pictures", "Pictures that people upload at a kiosk", "upload pictures"),
        super::brain::asset("Order records", "Who ordered which prints, and where", "keeps orders in PostgreSQL"),
    ] })
}

#[test]
fn every_script_reads_as_it_was_written() {
    let stage = Stage::new();
    let text = "# 決済 ゲートウェイ\n\nLes clients paient par carte — «\u{a0}sécurité\u{a0}» 🔐. keeps orders in PostgreSQL.\n";
    stage.scratch.write("docs/kiosk.md", text);
    stage.scratch.commit("Say it in other scripts");
    stage.server.on(
        0,
        Act::Change(|reply| {
            reply["name"] = "Borne Photo Été".into();
            reply["assets"][0]["name"] = "決済トークン 🔐".into();
            reply["assets"][0]["quote"] = "Les clients paient par carte".into();
        }),
    );
    stage.server.on(1, Act::Change(|reply| reply["assets"][0]["name"] = "決済トークン 🔐".into()));
    let run = stage.generate(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let model = stage.scratch.read("threat-models/borne-photo-ete/model.toml");
    assert!(model.contains("決済トークン 🔐"), "{model}");
    assert!(stage.server.asked()[0].task.contains("«\u{a0}sécurité\u{a0}» 🔐"));
    assert_eq!(stage.scratch.redan(&["check"]).code, 0);
}

#[test]
fn a_framework_that_is_not_there_is_refused_before_anything_is_paid_for() {
    let stage = Stage::new();
    for (framework, level, words) in
        [("nonsense", "1", "there is no framework `nonsense`"), ("asvs@5.0.0", "9", "there is no level `9`")]
    {
        let told = stage.fails(2, &["--framework", framework, "--level", level]);
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(stage.server.log().len(), 0);
}

#[test]
fn a_key_that_somebody_wrote_into_the_settings_is_not_shown() {
    let stage = Stage::new();
    let settings = stage.scratch.read("redan.toml").replace("TEST_KEY", KEY);
    stage.scratch.write("redan.toml", &settings);
    let run = stage.generate(&[]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("must name an environment variable"), "{}", run.stderr);
    assert!(!run.stderr.contains(KEY) && !run.stdout.contains(KEY), "{}", run.stderr);
}
