//! The host's zone and language change no answer.

use std::path::Path;

use crate::scratch::Scratch;

const PLACES: [[&str; 2]; 3] = [["UTC", "C"], ["Pacific/Kiritimati", "tr_TR.UTF-8"], ["America/Adak", "ja_JP.eucJP"]];

#[test]
fn zone_and_language_change_no_answer() {
    let scratch = Scratch::new();
    let small = "threat-models/link-shortener";
    for name in ["model.toml", "controls.toml"] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(small).join(name);
        scratch.write(&format!("{small}/{name}"), &std::fs::read_to_string(place).unwrap());
    }
    scratch.commit("Add the threat model");
    let asked: [&[&str]; 8] = [
        &["check", "--format", "json"],
        &["assess"],
        &["matrix"],
        &["activity"],
        &["log"],
        &["list", "--format", "json"],
        &["show", "A1"],
        &["remove", "C1", "--reason", "it is gone", "--dry-run"],
    ];
    for words in asked {
        let answers = PLACES.map(|[zone, language]| {
            let variables = [("TZ", zone.to_owned()), ("LC_ALL", language.to_owned()), ("LANG", language.to_owned())];
            let output = scratch.redan_with(&variables, words);
            assert!(output.code <= 1, "{words:?}: {}", output.stderr);
            (output.stdout, output.stderr, output.code)
        });
        assert!(!answers[0].0.is_empty(), "{words:?}");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{words:?}: {answers:#?}");
    }
}
