//! Servers that are away, busy or broken, and replies that are no use: each with its exit code, and nothing written.

use super::server::Act;
use super::stage::{KEY, Stage};

#[test]
fn a_reply_that_does_not_fit_is_told_why_and_put_right() {
    let stage = Stage::new();
    stage.server.on(
        0,
        Act::Change(|reply| {
            reply["assets"][0].as_object_mut().unwrap().remove("regulatory");
            reply["assets"][1]["C"] = "severe".into();
            reply["extra"] = 1.into();
        }),
    );
    let (model, _) = stage.made(&[]);
    assert!(model.contains("Customer pictures"));
    let again = &stage.server.asked()[1];
    assert_eq!(again.step(), "assets");
    for fault in [
        "- reply.assets[0].regulatory is missing\n",
        "- reply.assets[1].C is `severe`, and must be one of none, low, high\n",
        "- reply has a key that is not in the schema: extra\n",
    ] {
        assert!(again.last.contains(fault), "{}", again.last);
    }
}

#[test]
fn what_stays_useless_ends_with_seven() {
    let said = |text: &str| Act::Say(text.to_owned());
    for (act, words) in [
        (said("Certainly! Here are some assets."), "the reply is no JSON object"),
        (said("{\"name\": \"X\", \"assets\": []}"), "there are no assets"),
        (said("[1, 2]"), "the reply is no JSON object: it is something else"),
        (said(""), "the reply is no JSON object"),
        (said("{\"name\": \"X\", \"assets\": [{\"name\": \"Y\""), "the reply is no JSON object"),
        (Act::Cut, "the reply was cut off, since it was too long"),
        (Act::Unended, "the stream ended before the reply did"),
        (Act::Huge(10), "it is longer than 8388608 bytes"),
    ] {
        let stage = Stage::new();
        stage.server.from(0, act);
        let told = stage.fails(7, &[]);
        assert!(told.contains("error: the language model gave no usable reply when asked for assets"), "{told}");
        assert!(told.contains(words) && told.contains("nothing was written"), "{words}: {told}");
        assert_eq!(stage.server.log().len(), 3, "{words}");
    }
}

#[test]
fn a_stream_that_broke_once_is_asked_for_again() {
    let stage = Stage::new();
    stage.server.on(0, Act::Unended);
    stage.server.on(2, Act::Torn);
    let (model, _) = stage.made(&[]);
    assert!(model.contains("Customer pictures"));
}

#[test]
fn nobody_there_ends_with_six() {
    let stage = Stage::with("openai", "tries = 1\n");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings =
        stage.scratch.read("redan.toml").replace(&stage.server.url(), &format!("http://127.0.0.1:{free}/v1"));
    stage.scratch.write("redan.toml", &settings);
    stage.scratch.commit("Go elsewhere");
    let told = stage.fails(6, &[]);
    assert!(told.contains("error: asking test for assets: no answer: ") && told.contains("--engine offline"), "{told}");
}

#[test]
fn a_silent_server_ends_with_six() {
    let stage = Stage::with("openai", "tries = 1\ntimeout = 1\n");
    stage.server.from(0, Act::Hang);
    let told = stage.fails(6, &[]);
    assert!(told.contains("asking test for assets: no answer: "), "{told}");
}

#[test]
fn a_broken_server_is_asked_so_often_and_no_more() {
    for (service, status) in [("openai", 500), ("anthropic", 529)] {
        let stage = Stage::with(service, "tries = 2\n");
        stage.server.from(0, Act::Status(status, "overloaded", None));
        let told = stage.fails(6, &[]);
        assert!(told.contains(&format!("the host failed ({status}), also when asked again")), "{told}");
        assert_eq!(stage.server.log().len(), 2);
    }
}

#[test]
fn nothing_goes_where_an_answer_points() {
    let elsewhere = Stage::new();
    let place: &'static str = Box::leak(format!("{}/elsewhere", elsewhere.server.url()).into_boxed_str());
    let stage = Stage::new();
    stage.server.from(0, Act::Status(307, "", Some(("Location", place))));
    let told = stage.fails(6, &[]);
    assert!(told.contains("sends elsewhere (307), and nothing was sent there"), "{told}");
    assert!(elsewhere.server.log().is_empty());
}

#[test]
fn refusals_say_what_to_do() {
    for (status, words, advice) in [
        (
            401,
            "Incorrect API key provided: sk-test-0123456789abcdef0123456789",
            "the key is in the variable that [engine] key",
        ),
        (403, "no access", "the key is in the variable that [engine] key"),
        (404, "no such model", "look at `use` and `url` of [engine] in redan.toml"),
        (400, "maximum context length is 4096", "look at `use` and `url` of [engine] in redan.toml"),
    ] {
        let stage = Stage::new();
        stage.server.from(0, Act::Status(status, words, None));
        let told = stage.fails(6, &[]);
        assert!(told.contains(advice), "{status}: {told}");
        assert_eq!(stage.server.log().len(), 1, "{status}: asked again");
    }
}

#[test]
fn a_limit_is_waited_for_within_reason() {
    let stage = Stage::new();
    stage.server.on(0, Act::Status(429, "slow down", Some(("Retry-After", "0"))));
    stage.made(&[]);
    assert_eq!(stage.server.log().len(), 7);
    let stage = Stage::new();
    stage.server.from(0, Act::Status(429, "come back tomorrow", Some(("Retry-After", "86400"))));
    let told = stage.fails(6, &[]);
    assert!(told.contains("the rate limit is used up; it asks to wait 86400 s"), "{told}");
    assert_eq!(stage.server.log().len(), 1);
}

#[test]
fn the_other_name_of_the_limit_is_tried() {
    let stage = Stage::new();
    stage
        .server
        .on(0, Act::Status(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", None));
    stage.made(&[]);
    let log = stage.server.log();
    assert!(log[0].body.get("max_tokens").is_some() && log[1].body.get("max_completion_tokens").is_some());
    assert_eq!(log.len(), 7);
}

#[test]
fn a_missing_key_and_wrong_settings_send_nothing() {
    let stage = Stage::new();
    let run = stage.scratch.redan(&["generate", "--from", "docs/kiosk.md", "--yes"]);
    assert_eq!(run.code, 6, "{}", run.stderr);
    assert!(run.stderr.starts_with("error: there is no key for openai/test in TEST_KEY\n"), "{}", run.stderr);
    for (from, to, words) in [
        ("TEST_KEY", "GITHUB_TOKEN", "GITHUB_TOKEN is sent to GitHub Models only"),
        ("TEST_KEY", "sk-abc", "`key` must name an environment variable, and never hold a key"),
        ("http://127.0.0.1", "http://evil.example", "use https"),
        ("openai/test", "test", "`test` is no engine"),
    ] {
        let before = stage.scratch.read("redan.toml");
        stage.scratch.write("redan.toml", &before.replace(from, to));
        let run = stage.generate(&[]);
        assert_eq!(run.code, 2, "{words}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
        stage.scratch.write("redan.toml", &before);
    }
    assert_eq!(stage.server.log().len(), 0);
}

#[test]
fn a_server_that_is_slow_is_waited_for() {
    for service in ["openai", "anthropic"] {
        for stream in ["true", "false"] {
            let stage = Stage::with(service, &format!("stream = {stream}\n"));
            stage.server.on(0, Act::Slow);
            let key = [("TEST_KEY", KEY.to_owned())];
            let mut run = stage.scratch.start_with(&key, &["generate", "--from", "docs/kiosk.md", "--yes"]);
            stage.server.wait(1);
            assert!(run.try_wait().unwrap().is_none(), "{service} {stream}: it gave up on half a reply");
            stage.server.release();
            assert!(run.wait().unwrap().success(), "{service} {stream}");
            assert_eq!(stage.server.log().len(), 6, "{service} {stream}: nothing was asked twice");
            assert!(stage.scratch.read("threat-models/photo-kiosk-prints/model.toml").contains("[assets.A3]"));
        }
    }
}
