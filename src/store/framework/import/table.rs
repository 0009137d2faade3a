//! Tables: comma- or tab-separated values, and flat lists of JSON objects, by the heads that people give their columns.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, Raw, fault, flat, group, minimum, publisher, state};
use crate::comply::Clause;

/// A row by the lower-case heads of its columns.
type Row = BTreeMap<String, String>;

const ID: &[&str] = &["req_id", "id", "identifier", "requirement_id", "ref_id", "control_id", "number", "shortcode"];
/// What else holds numbers of requirements.
const ABOVE: &[&str] = &["parent", "parent_id", "chapter_id", "section_id"];
const TEXT: &[&str] = &["req_description", "description", "text", "requirement", "statement"];
const TITLE: &[&str] = &["req_name", "title", "name"];
const LEVEL: &[&str] = &["l", "level"];

/// A file of separated values, the heads first.
pub(super) fn text(file: &str, text: &str) -> Result<Raw, Vec<Fault>> {
    let first = text.lines().next().unwrap_or_default();
    let tabs = file.to_lowercase().ends_with(".tsv") || (first.contains('\t') && !first.contains(','));
    let mut records = records(text, if tabs { b'\t' } else { b',' }).into_iter();
    let heads: Vec<String> = records.next().unwrap_or_default().1.iter().map(|cell| head(cell)).collect();
    if !heads.iter().any(|head| ID.contains(&head.as_str())) {
        let message = format!(
            "none of its columns is a number of a requirement: it has {}, and wants one of {}",
            heads.join(", "),
            ID.join(", ")
        );
        return Err(vec![Fault { line: Some(1), message }]);
    }
    let mut rows: Vec<Row> = Vec::new();
    for (line, cells) in records {
        if cells.len() != heads.len() {
            let message = format!("it has {} columns here and {} heads", cells.len(), heads.len());
            return Err(vec![Fault { line: Some(line), message }]);
        }
        rows.push(heads.iter().cloned().zip(cells).collect());
    }
    Ok(raw(&rows))
}

/// Records with the line that each ends on. The text is UTF-8, and so is every cell of it.
pub(super) fn records(text: &str, delimiter: u8) -> Vec<(usize, Vec<String>)> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    // A record counts once its line ends.
    let text = format!("{}\n", text.trim_end_matches('\n'));
    let (mut cells, mut ends) = (vec![0; text.len()], vec![0; text.len()]);
    let (mut rest, mut records) = (text.as_bytes(), Vec::new());
    loop {
        let (result, read, _, count) = reader.read_record(rest, &mut cells, &mut ends);
        rest = &rest[read..];
        match result {
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cell = |(start, end): (usize, &usize)| String::from_utf8_lossy(&cells[start..*end]).into_owned();
                let line = usize::try_from(reader.line()).unwrap_or(usize::MAX);
                records.push((line.saturating_sub(1).max(1), starts.zip(&ends[..count]).map(cell).collect()));
            }
            _ => return records,
        }
    }
}

/// A list of objects, by itself or under `requirements` or `controls`, with what stands beside it about the framework.
pub(super) fn json(value: &Value) -> Result<Raw, Vec<Fault>> {
    let lists = [value, &value["requirements"], &value["controls"], &value["Requirements"]];
    let list = lists.into_iter().find_map(Value::as_array);
    let list = list.ok_or_else(|| {
        fault("it is no framework that is known: neither ASVS, OSCAL, CycloneDX, CISO Assistant nor a list of `requirements`")
    })?;
    let mut rows = Vec::new();
    for (at, item) in list.iter().enumerate() {
        let Some(object) = item.as_object() else {
            return Err(fault(format!("entry {} of its requirements is no object", at + 1)));
        };
        let numbers = |key: &str| ID.iter().chain(ABOVE).any(|one| *one == head(key));
        if let Some((key, value)) = object.iter().find(|(key, value)| value.is_f64() && numbers(key)) {
            let message = format!(
                "entry {} of its requirements has the number {value} as its `{key}`: JSON knows no difference between 1.1 and 1.10, so write it in quotes",
                at + 1
            );
            return Err(fault(message));
        }
        rows.push(object.iter().map(|(key, value)| (head(key), cell(value))).collect());
    }
    let said = |keys: &[&str]| keys.iter().find_map(|key| value[*key].as_str()).unwrap_or_default().to_owned();
    let (title, version) = (said(&["name", "title", "Name"]), said(&["version", "Version"]));
    let raw = raw(&rows);
    let name = publisher::from_title(&title, &version).filter(|_| !title.is_empty() && !version.is_empty());
    Ok(Raw {
        name,
        title,
        publisher: said(&["publisher", "owner", "provider"]),
        licence: said(&["licence", "license"]),
        ..raw
    })
}

fn head(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn raw(rows: &[Row]) -> Raw {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut groups: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        let get = |keys: &[&str]| keys.iter().find_map(|key| row.get(*key)).map(|text| text.trim()).unwrap_or_default();
        let mut above = None;
        for (id, title) in [("chapter_id", "chapter_name"), ("section_id", "section_name")] {
            let id = get(&[id]);
            if id.is_empty() {
                continue;
            }
            if groups.insert(id.to_owned()) {
                clauses.push(group(id, get(&[title]), above));
            }
            above = Some(id);
        }
        let parent = Some(get(&["parent", "parent_id"])).filter(|parent| !parent.is_empty()).or(above);
        clauses.push(requirement(row, parent, get));
    }
    Raw { levels: minimum(&clauses), clauses, ..Raw::default() }
}

fn requirement<'r>(row: &'r Row, parent: Option<&str>, get: impl Fn(&[&str]) -> &'r str) -> Clause {
    let text = flat(get(TEXT));
    let ticked = || {
        ["1", "2", "3"]
            .into_iter()
            .find(|level| row.get(&format!("level{level}")).is_some_and(|cell| !cell.trim().is_empty()))
    };
    let level = Some(get(LEVEL)).filter(|level| !level.is_empty()).or_else(ticked);
    let cwes: BTreeSet<String> = get(&["cwe"])
        .split([',', ';', ' '])
        .map(|cwe| cwe.trim().trim_start_matches("CWE-").to_owned())
        .filter(|cwe| !cwe.is_empty() && cwe.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let mut clause = Clause {
        id: get(ID).to_owned(),
        parent: parent.map(str::to_owned),
        level: level.map(str::to_owned),
        title: flat(get(TITLE)),
        state: state(&text),
        text,
        ..Clause::default()
    };
    if !cwes.is_empty() {
        clause.refs.insert("cwe".to_owned(), cwes);
    }
    clause
}
