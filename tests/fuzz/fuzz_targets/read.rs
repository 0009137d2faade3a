//! Any bytes as any file of a model: reading never fails, and every place lies inside its file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redan::store::{Content, Settings, Source, read, settings};

const NAMES: [&str; 6] =
    ["model.toml", "controls.toml", "compliance.toml", "tickets.toml", "decisions/d.toml", "sessions/s.toml"];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let held = |path: String| Source { path, content: Content::Bytes(bytes.into()) };
    let config = held("redan.toml".to_owned());
    let settings = settings(Some(&config)).unwrap_or_else(|findings| {
        assert!(!findings.is_empty());
        Settings::default()
    });
    let name = NAMES[usize::from(choice) % NAMES.len()];
    let mut sources = vec![held(format!("threat-models/a/{name}"))];
    if name != NAMES[0] {
        let top = b"format = 1\nid = \"a\"\nname = \"A\"\n".to_vec();
        sources.push(Source { path: "threat-models/a/model.toml".to_owned(), content: Content::Bytes(top) });
    }
    let space = read(sources, &Settings { models: Settings::default().models, ..settings });
    let locator = space.locator();
    for finding in &space.findings {
        let spot = locator.locate(&finding.place).expect("a finding has a place");
        let Content::Bytes(file) = &space.sources[&spot.path].content else { panic!("files here are bytes") };
        assert!(spot.span.start <= spot.span.end && spot.span.end <= file.len());
    }
});
