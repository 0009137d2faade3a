//! What the reader says about files, finding by finding: code, line and column, words, and what a fix makes of it.

mod abreast;
mod beside;
mod examples;
mod files;
mod ids;
mod keys;
mod mutation;
mod places;
mod ratings;
mod settings;
mod spaces;
mod syntax;
mod values;

use redan::finding::{Finding, Patch};
use redan::store::{Content, Settings, Source, Workspace, read};

pub const MODEL: &str = "threat-models/pay/model.toml";
pub const CONTROLS: &str = "threat-models/pay/controls.toml";

/// A sound top of model.toml, five lines with the blank one.
pub const TOP: &str = "format = 1\nid = \"pay\"\nname = \"Pay\"\ndescription = \"Payments\"\n\n";

pub fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), content: Content::Bytes(text.as_bytes().into()) }
}

pub fn space(files: &[(&str, &str)]) -> Workspace {
    read(files.iter().map(|(path, text)| source(path, text)).collect(), &Settings::default())
}

/// One model.toml.
pub fn model(text: &str) -> Workspace {
    space(&[(MODEL, text)])
}

/// One controls.toml beside a sound model.toml.
pub fn controls(text: &str) -> Workspace {
    space(&[(MODEL, TOP), (CONTROLS, text)])
}

/// Findings as `code line:column message`, with help behind `|`.
pub fn said(space: &Workspace) -> Vec<String> {
    let locator = space.locator();
    let line = |finding: &Finding| {
        let spot = locator.locate(&finding.place).expect("every finding has its place");
        let help = finding.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{} {}:{} {}{help}", finding.code.name, spot.line, spot.column, finding.message)
    };
    space.findings.iter().map(line).collect()
}

/// The file after the first fix of the first finding that has one.
pub fn fixed(space: &Workspace, path: &str) -> Option<String> {
    let fix = space.findings.iter().find_map(|finding| finding.fix.as_ref())?;
    let Content::Bytes(bytes) = &space.sources.get(path)?.content else { return None };
    let mut text = String::from_utf8(bytes.to_vec()).ok()?;
    let mut patches: Vec<&Patch> = fix.options.first()?.patches.iter().filter(|patch| patch.path == path).collect();
    patches.sort_by_key(|patch| std::cmp::Reverse(patch.span.start));
    patches.iter().for_each(|patch| text.replace_range(patch.span.clone(), &patch.text));
    Some(text)
}

/// What the findings are, and that the fix leaves none.
#[track_caller]
pub fn holds(space: &Workspace, expected: &[&str]) {
    assert_eq!(said(space), expected);
}

/// One finding whose fix makes the file sound and turns `from` into `to`.
#[track_caller]
pub fn repairs(space: &Workspace, path: &str, expected: &str, [from, to]: [&str; 2]) {
    holds(space, &[expected]);
    let text = fixed(space, path).expect("it has a fix");
    let Content::Bytes(before) = &space.sources[path].content else { panic!("the file is text") };
    let before = String::from_utf8_lossy(before);
    assert_eq!(text, before.replacen(from, to, 1), "what the fix writes");
    let mut sources: Vec<Source> = space.sources.values().filter(|source| source.path != path).cloned().collect();
    sources.push(source(path, &text));
    holds(&read(sources, &Settings::default()), &[]);
}
