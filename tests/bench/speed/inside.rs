//! A workspace of 200 models inside this process: reading it, and checking it against a base that says the same.

use std::hint::black_box;
use std::time::Duration;

use jiff::civil::date;
use redan::finding::Severity;
use redan::identity::{Base, Past};
use redan::ops::audit::Depth;
use redan::ops::check::{Against, Question, check};
use redan::ops::{Candidate, Desk};
use redan::rules::{self, Context};
use redan::store::{Content, Settings, Source, read, read_beside};

use crate::scratch::Scratch;
use crate::{best, millis, once, workspace};

const ROUNDS: usize = 7;
/// What the whole of `check` may take, in parses by `toml`.
const ALLOWED: f64 = 3.0;

pub fn table() {
    let sources = workspace::sources();
    let texts: Vec<&str> = sources.iter().map(text).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let settings = Settings::default();
    let space = read(sources.clone(), &settings);
    let entities: usize = space.models.values().map(|model| model.entities.len()).sum();
    assert_eq!((space.models.len(), entities), (workspace::MODELS, workspace::MODELS * workspace::ENTITIES));
    assert_eq!(space.findings, [], "the workspace is sound");
    let megabytes = bytes as f64 / 1e6;
    println!("\n{} models, {entities} entities, {megabytes:.1} MB, best of {ROUNDS}", space.models.len());
    let [mut toml, mut spans, mut reading, mut whole] = [Duration::MAX; 4];
    // In turns, so that a busy machine slows all of them alike.
    for _ in 0..ROUNDS {
        toml = toml.min(once(|| texts.iter().for_each(|text| drop(black_box(toml::from_str::<toml::Table>(text))))));
        spans = spans.min(once(|| texts.iter().for_each(|text| drop(black_box(toml::de::DeTable::parse(text))))));
        let (now, then) = (sources.clone(), sources.clone());
        reading = reading.min(once(|| drop(black_box(read(now, &settings)))));
        let now = sources.clone();
        whole = whole.min(once(|| checked(now, then)));
    }
    let row = |what: &str, time: Duration| {
        println!("  {what:56} {:8.1} ms {:6.2} x", millis(time), time.as_secs_f64() / toml.as_secs_f64());
    };
    row("toml::from_str::<Table>", toml);
    row("toml::de::DeTable::parse, which the reader builds on", spans);
    row("store::read", reading);
    row("store::read, the same for the base, rules::check", whole);
    let ratio = whole.as_secs_f64() / toml.as_secs_f64();
    println!("  allowed {ALLOWED:.2} x: {}", crate::ratio(ratio, ALLOWED));
    row("ops::check, with the files from disk and HEAD from Git", repository(&sources));
}

/// As `redan check` does it: HEAD is read next to the working tree, and the rules see both.
fn checked(now: Vec<Source>, then: Vec<Source>) {
    let settings = Settings::default();
    let space = read(now, &settings);
    let base = read_beside(then, &settings, &space);
    let base = Base { name: "HEAD".to_owned(), commit: "0".repeat(40), models: base.models, folders: base.folders };
    let past = Past { bases: vec![base], ..Past::default() };
    let context = Context::new(&space.models, &space.salvaged, &past, date(2026, 12, 1));
    let found = rules::check(&context);
    assert!(found.iter().all(|finding| finding.severity < Severity::Error), "the rules find no error");
}

/// The whole of `redan check` but the printing.
fn repository(sources: &[Source]) -> Duration {
    let scratch = Scratch::new();
    sources.iter().for_each(|source| scratch.write(&source.path, text(source)));
    scratch.commit("All models");
    best(ROUNDS, || {
        let desk = Desk::open(scratch.path()).unwrap();
        let against = Against::Parents;
        let (candidate, depth, today) = (Candidate::WorkingTree, Depth::Auto, date(2026, 12, 1));
        let question = Question { models: Vec::new(), candidate, against, depth, today };
        let checked = black_box(check(&desk, &question)).unwrap();
        assert_eq!((checked.models, checked.failing(Severity::Error)), (workspace::MODELS, 0));
    })
}

fn text(source: &Source) -> &str {
    match &source.content {
        Content::Bytes(bytes) => std::str::from_utf8(bytes).unwrap(),
        other => panic!("{}: {other:?}", source.path),
    }
}
