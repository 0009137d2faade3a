//! The examples of this repository: sound ones read without a word, broken ones have one finding each.

use std::fs;
use std::path::Path;

use super::{holds, said};
use redan::store::{Content, Settings, Source, read, settings};

fn sources(folder: &Path, root: &Path, into: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, root, into);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            into.push(Source { path: name, content: Content::Bytes(fs::read(&path).unwrap().into()) });
        }
    }
}

#[test]
fn sound_examples_read_whole() {
    for name in ["small", "payment-api", "support-agent"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        let mut found = Vec::new();
        sources(&root, &root, &mut found);
        let config = found.iter().find(|source| source.path == "redan.toml");
        let settings = settings(config).expect("sound settings");
        let space = read(found, &settings);
        holds(&space, &[]);
        assert!(!space.models.is_empty() && space.lossy.is_empty(), "{name}");
    }
}

#[test]
fn broken_examples_are_broken_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/invalid");
    let mut found = Vec::new();
    sources(&folder, &folder, &mut found);
    let mut lines = Vec::new();
    for source in found {
        let Content::Bytes(bytes) = &source.content else { continue };
        let place = match source.path.split('-').next().unwrap() {
            "model" => "model.toml",
            "controls" => "controls.toml",
            "compliance" => "compliance.toml",
            "tickets" => "tickets.toml",
            "decision" => "decisions/x.toml",
            "session" => "sessions/x.toml",
            _ => continue,
        };
        let mut files =
            vec![Source { path: format!("threat-models/broken/{place}"), content: Content::Bytes(bytes.clone()) }];
        if place != "model.toml" {
            files.push(super::source("threat-models/broken/model.toml", super::TOP));
        }
        let space = read(files, &Settings::default());
        lines.push(format!("{}: {}", source.path, said(&space).join("; ")));
    }
    assert_eq!(
        lines,
        [
            "compliance-bad-reason.toml: value_unknown 10:10 `reason` of compliance.toml cannot be `too-hard` | it is one of: not-applicable, inherited, compensating, risk-accepted, inherently-met, out-of-scope",
            "controls-bad-group.toml: group_shape 7:21 `first` is no mitigation group of C1 | a group is a number from 1, or `depth` for defence in depth",
            "controls-bad-status.toml: value_unknown 5:10 `status` of C1 cannot be `done` | it is one of: not_implemented, implemented",
            "decision-bad-date.toml: value_type 10:13 `review_by` of the decision must be a date such as 2026-11-20, without quotes, not a text",
            "model-asset-without-name.toml: key_missing 8:1 A1 has no `name`",
            "model-bad-enum.toml: factor_value 11:27 `blast_radius` of A1 cannot be `huge` | it is one of: isolated, multiplicative, cascading",
            "model-bad-id.toml: id_malformed 8:9 `A01` is not how an ID is spelled: write A1",
            "model-bad-property.toml: factor_value 10:28 `X` is no factor of `properties` of A1 | factors here: C, I, A, U",
            "model-removed-without-reason.toml: ",
            "model-unknown-key.toml: key_unknown 10:1 `propertys` is no key of an asset (A1) | did you mean `properties`?",
            "model-wrong-type.toml: value_type 11:14 `boundaries` of CMP1 must be a list, each element the ID of a boundary in quotes, not a text",
            "session-bad-intent.toml: value_unknown 10:10 `intent` of the session cannot be `chat` | it is one of: generate, refine, query, general",
            "tickets-bad-digest.toml: value_type 7:6 `of` of tickets.toml must be 12 hex digits in lower case, not `2026-11-02` | delete the line: `redan fix` writes the right digest",
        ]
    );
}
