//! No case of the design is missing.

use std::collections::BTreeSet;
use std::path::Path;

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const PAGES: [&str; 5] = ["a-incomplete", "b-shape", "c-rewritten", "d-content", "e-repositories"];

/// The cases with a section of their own that runs a command.
fn played() -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for page in PAGES {
        let text = project(&format!("tests/cases/history/{page}.md"));
        for section in text.split("\n## H").skip(1) {
            let number: u32 = section[..2].parse().unwrap_or_else(|_| panic!("{page}: {}", &section[..20]));
            assert!(section.contains("```console\n$ "), "{page}: H{number:02} runs nothing");
            assert!(found.insert(number), "H{number:02} is there twice");
        }
    }
    found
}

/// The cases with a line of their own in the table of the README.
fn told() -> BTreeSet<u32> {
    let text = project("tests/README.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| H")?.split_once(" |"));
    rows.filter_map(|(number, _)| number.parse().ok()).collect()
}

#[test]
fn every_case_of_the_design_is_played_or_accounted_for() {
    let (played, told) = (played(), told());
    let missing: Vec<u32> = (1..=60).filter(|number| !played.contains(number) && !told.contains(number)).collect();
    assert!(missing.is_empty(), "no test shows H{missing:?}");
    assert!(played.is_disjoint(&told), "played, and said not to be: {:?}", played.intersection(&told));
}
