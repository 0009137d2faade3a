//! `maps/asvs@4.0.3.jsonl` in the folder of a pack: what became of each requirement of an earlier version, a step a line.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use crate::comply::{How, Name, Step};
use crate::store::Source;
use crate::store::read::text;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    from: String,
    to: Option<String>,
    how: String,
    #[serde(default)]
    why: String,
}

/// A step with the file and the bytes it stands at.
pub(super) type Placed = (Step, String, Range<usize>);

/// Something wrong with a line: the file, its bytes, a sentence.
pub(super) type Wrong = (String, Range<usize>, String);

/// The maps in the folder of a pack, and what is wrong with them.
pub(super) fn read(sources: &BTreeMap<String, Source>, folder: &str) -> (BTreeMap<Name, Vec<Placed>>, Vec<Wrong>) {
    let (mut maps, mut wrong) = (BTreeMap::new(), Vec::new());
    let start = format!("{folder}/maps/");
    for (path, source) in sources.range(start.clone()..).take_while(|(path, _)| path.starts_with(&start)) {
        let Some(stem) = path[start.len()..].strip_suffix(".jsonl") else { continue };
        let Some(name) = Name::parse(stem) else {
            let message = format!("a map is called after the version it comes from: {start}asvs@4.0.3.jsonl");
            wrong.push((path.clone(), 0..0, message));
            continue;
        };
        match text(source) {
            Ok(raw) => {
                maps.insert(name, lines(path, raw.text, raw.start, &mut wrong));
            }
            Err(finding) => wrong.push((path.clone(), 0..0, finding.message)),
        }
    }
    (maps, wrong)
}

fn lines(path: &str, text: &str, start: usize, wrong: &mut Vec<Wrong>) -> Vec<Placed> {
    let (mut steps, mut at) = (Vec::new(), start);
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        match step(line) {
            Ok(step) => steps.push((step, path.to_owned(), span)),
            Err(why) => wrong.push((path.to_owned(), span, format!("this line is no step of a map: {why}"))),
        }
    }
    steps
}

fn step(line: &str) -> Result<Step, String> {
    let Line { from, to, how, why } = serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        said.split(" at line").next().unwrap_or_default().to_owned()
    })?;
    let words = || How::ALL.map(How::word).join(", ");
    let how = How::parse(&how).ok_or_else(|| format!("`{how}` is none of {}", words()))?;
    Ok(Step { from, to, how, why })
}
