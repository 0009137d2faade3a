//! The pages in docs/rules and the blocks on them.
//!
//! A block is one state of the workspace: `# file: controls.toml` starts a file of the model `demo`,
//! `../billing/model.toml` one of another model, and text before the first such line is `model.toml`.
//! `# file: redan.toml` holds the settings, `# today: 2026-11-20` sets the day. What every model needs and the rule is not about is filled in.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use redan::store::{Content, Source};

/// One block of a page.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) files: Vec<Source>,
    pub(super) today: Date,
}

/// The blocks of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) fails: Option<Block>,
    pub(super) passes: Option<Block>,
    pub(super) base: Option<Block>,
    /// The line in asterisks under the title.
    pub(super) line: String,
}

pub(super) const FOLDER: &str = "threat-models/demo";

pub(super) const SETTINGS: &str = "redan.toml";

const HEAD: &str = "format = 1\nid = \"demo\"\nname = \"Demo\"\n\n";

pub(super) const ASSET: &str = r#"
[assets.A1]
name = "Session tokens"
description = "Bearer tokens of signed-in users"
properties = { C = "high" }
impact = { blast_radius = "isolated", recoverability = "manageable", regulatory = "none" }
"#;

pub(super) const ATTACKER: &str = r#"
[attackers.T1]
capability = "holding no credentials, can call every public endpoint"
position = "internet"
archetype = "external"
likelihood = { vector = "network", privileges = "none", complexity = "low", interaction = "none", prevalence = "commodity" }
"#;

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules")
}

pub(super) fn page(code: &str) -> Page {
    let text = redan::rules::page(code).unwrap_or_else(|| panic!("docs/rules/{code}.md is not registered"));
    let line = text.lines().find(|line| line.starts_with('*')).unwrap_or_default().to_owned();
    let mut page = Page { line, ..Page::default() };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info {
            "toml fails" => page.fails = Some(block(&body)),
            "toml passes" => page.passes = Some(block(&body)),
            "toml base" => page.base = Some(block(&body)),
            "text" => {}
            other => panic!("docs/rules/{code}.md has a block `{other}`"),
        }
    }
    page
}

fn block(lines: &[&str]) -> Block {
    let mut today = date(2026, 11, 20);
    let mut files: Vec<(String, String)> = vec![(format!("{FOLDER}/model.toml"), String::new())];
    for line in lines {
        if let Some(day) = line.strip_prefix("# today: ") {
            today = day.parse().unwrap();
        } else if let Some(name) = line.strip_prefix("# file: ") {
            let path = path(name);
            if path != files[0].0 {
                files.push((path, String::new()));
            }
        } else {
            let text = &mut files.last_mut().unwrap().1;
            text.push_str(line);
            text.push('\n');
        }
    }
    files[0].1 = completed(&files[0].1);
    Block { files: files.iter().map(|(path, text)| source(path, text)).collect(), today }
}

/// A file as blocks and mutations name it: within the model, beside it, or the settings.
pub(super) fn path(name: &str) -> String {
    match name.strip_prefix("../") {
        Some(other) => format!("threat-models/{other}"),
        None if name == SETTINGS => name.to_owned(),
        None => format!("{FOLDER}/{name}"),
    }
}

pub(super) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), content: Content::Bytes(text.as_bytes().into()) }
}

fn completed(model: &str) -> String {
    let has = |start: &str| model.lines().any(|line| line.starts_with(start));
    let head = if has("id =") { "" } else { HEAD };
    let asset = if has("[assets.") { "" } else { ASSET };
    let attacker = if has("[attackers.") { "" } else { ATTACKER };
    format!("{head}{model}{asset}{attacker}")
}
