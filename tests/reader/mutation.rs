//! Valid files, mangled in thousands of ways: nothing panics, every place lies inside its file, nothing that is no
//! TOML passes without a word, and no ID that still stands in a broken file is forgotten.

use std::thread;

use super::{TOP, source};
use crate::tier;
use redan::finding::{Finding, Target};
use redan::model::{Id, Kind};
use redan::store::{Content, Settings, Source, Workspace, read, settings};

const FOLDER: &str = "threat-models/pay";

/// Sound files, small, that together hold every shape there is.
const SEEDS: [(&str, &str); 6] = [
    ("model.toml", MODEL),
    ("controls.toml", CONTROLS),
    ("compliance.toml", COMPLIANCE),
    ("decisions/d.toml", DECISION),
    ("sessions/s.toml", SESSION),
    ("redan.toml", "format = 1\nidentity = 1\nmodels = [\"a\", \"b/*/c\"]\n[rules]\nunrated = \"off\"\n"),
];

const MODEL: &str = r#"#:schema x
format = 1
id = "pay"
name = "Pay – ü"
description = """
Merchants call it."""

[provenance]
kind = "document"

[boundaries.TB1]
name = "Edge"
passes = ["network"]
sealed = true

[assets.A1]
name = "Tokens"
properties = { C = "high", I = "low" }
impact = { blast_radius = "isolated", regulatory = "legal" }
components = ["CMP1", "NEW-api"]

[[assets.A1.revisions]]
at = 2026-11-20T09:12:00Z
set = { C = "low" }
model = "4f0c9a1b2d3e"

[assets.NEW-refunds]
name = 'Refunds'
properties = ["I"]
removed = { at = 2026-11-02, by = "ada" }

[attackers.T1]
capability = "calls"
archetype = "external"
likelihood = { vector = "network" }

[assumptions.AS1]
description = "x"
kind = "external"
objectives = { A1 = ["T1"] }
excludes = { attacker = "*", property = ["C"] }
[[assumptions.AS1.attestations]]
expires = 2027-11-01
"#;

const CONTROLS: &str = r#"[controls.C1]
description = "bound"
status = "implemented"
protects = ["C"]
upheld_by = [["AS1"], ["AS2", "AS3"]]
requirements = [
  { req = "asvs@5.0.0:V1", cover = "full", score = 12 },
]
[controls.C1.covers.1]
A1 = ["T1", "T2"]
[controls.C1.covers.depth]
A4 = ["T1"]
[[controls.C1.evidence]]
kind = "file_exists"
"#;

const COMPLIANCE: &str = r#"format = 1
[frameworks."asvs@5.0.0"]
level = "2"
[[exclusions]]
reason = "inherited"
on = 2026-05-11
"#;

const DECISION: &str = r#"format = 1
kind = "risk_accepted"
objectives = { A1 = ["T2"] }
entities = ["A1", "TB2"]
at = 2026-11-20
of = "1c22d90f6b7a"
"#;

const SESSION: &str = r#"at = 2026-11-22T10:00:00Z
[[turns]]
intent = "refine"
words = "Add \"an\" insider"
changes = ["T2", "T3"]
"#;

const TOKENS: [&str; 40] = [
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\\",
    "\\u200b",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{410}",
    "é",
    "[assets.A2]\n",
    "[[assets.A1.revisions]]\n",
    "a1",
    "A01",
    "none",
    "true",
    "2026-02-30",
    "0x",
    "name = \"x\"\n",
    "removed = {}\n",
    "status = \"done\"\n",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> b\n",
    "format = 2\n",
    "a.b.c.d = 1\n",
    "[controls.C9.covers.9]\n",
];

/// SplitMix64: the same cases on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap() % sides.max(1)
    }
}

fn mangle(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(bytes.len());
        match dice.roll(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 | 3 => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                bytes.splice(at..at, token.bytes());
            }
            4 => {
                let end = (at + 1 + dice.roll(6)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            _ => lines(&mut bytes, dice),
        }
    }
    bytes
}

/// Doubles, drops, moves or joins lines, or puts a token in front of one.
fn lines(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
    if lines.is_empty() {
        return;
    }
    match dice.roll(5) {
        0 => lines.insert(other, lines[one].clone()),
        1 => drop(lines.remove(one)),
        2 => lines.swap(one, other),
        3 => drop(lines[one].pop()),
        _ => lines.insert(one, TOKENS[dice.roll(TOKENS.len())].into()),
    }
    *bytes = lines.concat();
}

fn sources(name: &str, bytes: &[u8]) -> Vec<Source> {
    let mut sources = vec![Source { path: format!("{FOLDER}/{name}"), content: Content::Bytes(bytes.into()) }];
    if name != "model.toml" {
        sources.push(source(&format!("{FOLDER}/model.toml"), TOP));
    }
    sources
}

fn check(name: &str, bytes: &[u8]) {
    if name == "redan.toml" {
        let config = Source { path: name.to_owned(), content: Content::Bytes(bytes.into()) };
        let wrong = settings(Some(&config)).err().unwrap_or_default();
        wrong.iter().for_each(|finding| inside(finding, bytes));
        assert!(!wrong.is_empty() || valid(bytes), "wrong settings pass");
        return;
    }
    let space = read(sources(name, bytes), &Settings::default());
    let locator = space.locator();
    let bound: Vec<_> =
        space.sources.iter().filter_map(|(path, source)| Some((path.as_str(), text(source)?))).collect();
    for finding in &space.findings {
        for place in std::iter::once(&finding.place).chain(finding.related.iter().map(|(place, _)| place)) {
            let spot = locator.locate(place).expect("a finding has a place");
            let (_, file) = bound.iter().find(|(path, _)| *path == spot.path).expect("in a file");
            assert!(spot.span.start <= spot.span.end && spot.span.end <= file.len(), "{spot:?}");
            assert!(spot.line >= 1 && (spot.line, spot.column) <= (spot.end_line, spot.end_column), "{spot:?}");
        }
        patched(finding, name, bytes);
    }
    assert!(!space.findings.is_empty() || valid(bytes), "what is no TOML passes");
    if space.findings.iter().any(|finding| ["toml_syntax", "file_unreadable"].contains(&finding.code.name)) {
        remembered(&space, name, bytes);
    }
}

fn valid(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| toml::from_str::<toml::Table>(text.trim_start_matches('\u{feff}')).is_ok())
}

fn text(source: &Source) -> Option<&[u8]> {
    match &source.content {
        Content::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

fn inside(finding: &Finding, bytes: &[u8]) {
    let Target::Bytes { span, .. } = &finding.place.target else { panic!("settings speak of bytes") };
    assert!(span.start <= span.end && span.end <= bytes.len(), "{finding:?}");
}

/// Patches fit the text, and what they make of it reads as far as anything reads.
fn patched(finding: &Finding, name: &str, bytes: &[u8]) {
    let Some(fix) = &finding.fix else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { panic!("only texts have fixes") };
    let mut patches: Vec<_> = fix.options[0].patches.iter().collect();
    patches.sort_by_key(|patch| std::cmp::Reverse(patch.span.start));
    let mut new = text.to_owned();
    patches.iter().for_each(|patch| new.replace_range(patch.span.clone(), &patch.text));
    assert_ne!(new, text, "a fix does something: {finding:?}");
    read(sources(name, new.as_bytes()), &Settings::default());
}

/// Every header of an entity that stands in a broken file is read or salvaged.
fn remembered(space: &Workspace, name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        let inner = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        let Some((table, id)) = inner.and_then(|inner| inner.split_once('.')) else { continue };
        let Some(id) = Kind::of_table(table).and_then(|kind| Id::within(kind, id)) else { continue };
        let read = space.models.values().any(|model| model.entities.contains_key(&id));
        let entities = matches!(name, "model.toml" | "controls.toml");
        assert!(!entities || read || space.salvaged.values().any(|ids| ids.contains(&id)), "{id} is forgotten");
    }
}

fn run(from: u32, to: u32) {
    for case in from..to {
        let mut dice = Dice(u64::from(case) << 20);
        let (name, text) = SEEDS[[0, 0, 0, 1, 1, 2, 3, 4, 5][dice.roll(9)]];
        let bytes = mangle(text, &mut dice);
        let told = std::panic::catch_unwind(|| check(name, &bytes));
        assert!(told.is_ok(), "case {case}, {name}:\n{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn the_seeds_are_sound() {
    for (name, text) in SEEDS {
        let space = read(sources(name, text.as_bytes()), &Settings::default());
        super::holds(&space, &[]);
        assert!(name == "redan.toml" || space.lossy.is_empty());
    }
}

#[test]
fn mangled_files_are_survived() {
    let cases = tier::cases(20_000, 1_000_000);
    let half = thread::spawn(move || run(cases / 2, cases));
    run(0, cases / 2);
    assert!(half.join().is_ok());
}
