//! SARIF 2.1.0, as code scanning takes it.
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; limits and what is
//! read of it: docs.github.com, "SARIF support for code scanning".

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::mark::{fitting, page_of};
use super::{Mark, Region};
use crate::finding::{CATALOG, Code, Severity};
use crate::text::plain;

/// Results of a run that code scanning takes; the most severe come first when there are more.
const MOST: usize = 25_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The marks as one run. `pages` gives the page of a rule.
pub fn sarif(marks: &[Mark<'_>], pages: fn(&str) -> Option<&'static str>) -> String {
    let (shown, left) = fitting(marks, MOST);
    let used: BTreeSet<&str> = shown.iter().map(|mark| mark.finding.code.name).collect();
    let rules: Vec<&Code> = CATALOG.iter().copied().filter(|code| used.contains(code.name)).collect();
    let index = |code: &Code| rules.iter().position(|rule| rule.name == code.name);
    let results: Vec<Value> = shown.iter().map(|mark| result(mark, index(mark.finding.code))).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "redan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|code| rule(code, pages)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "redan/" },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": "The top of the repository." } } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": cut(left) }],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn cut(left: usize) -> Vec<Value> {
    let text = format!("{left} more findings than code scanning takes; see them with: redan check");
    (left > 0).then(|| json!({ "level": "warning", "message": { "text": text } })).into_iter().collect()
}

fn rule(code: &Code, pages: fn(&str) -> Option<&'static str>) -> Value {
    let mut rule = json!({
        "id": code.name,
        "shortDescription": { "text": code.title },
        "fullDescription": { "text": code.title },
        "helpUri": page_of(code),
        "defaultConfiguration": { "level": level(code.severity) },
        "properties": { "tags": ["threat-model"], "problem.severity": problem(code.severity) },
    });
    if let Some(page) = pages(code.name) {
        rule["help"] = json!({ "text": page, "markdown": page });
    }
    rule
}

fn result(mark: &Mark<'_>, index: Option<usize>) -> Value {
    let finding = mark.finding;
    let mut result = json!({
        "ruleId": finding.code.name,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": unlinked(&mark.told()) },
        "locations": [location(mark)],
        "partialFingerprints": {
            // The one that code scanning reads; it is made from lines where a tool gives none.
            "primaryLocationLineHash": format!("{}:1", mark.fingerprint),
            "redan/v1": mark.fingerprint,
        },
        "baselineState": if mark.stock { "unchanged" } else { "new" },
    });
    if !mark.related.is_empty() {
        let related = mark.related.iter().enumerate();
        result["relatedLocations"] = related.map(|(at, (region, label))| also(at + 1, region, label)).collect();
    }
    if let (Some(fix), false) = (&finding.fix, mark.edits.is_empty()) {
        result["fixes"] = json!([{ "description": { "text": fix.title }, "artifactChanges": changes(&mark.edits) }]);
    }
    result
}

fn location(mark: &Mark<'_>) -> Value {
    let file = artifact(mark.file());
    let physical = match &mark.place {
        Some(place) => json!({ "artifactLocation": file, "region": region(place) }),
        None => json!({ "artifactLocation": file }),
    };
    match mark.finding.entity() {
        Some(entity) => json!({ "physicalLocation": physical, "logicalLocations": [{ "fullyQualifiedName": entity }] }),
        None => json!({ "physicalLocation": physical }),
    }
}

fn also(id: usize, place: &Region, label: &str) -> Value {
    json!({
        "id": id,
        "message": { "text": unlinked(&plain(label)) },
        "physicalLocation": { "artifactLocation": artifact(&place.path), "region": region(place) },
    })
}

/// The replacements, gathered by file in their order.
fn changes(edits: &[(Region, String)]) -> Vec<Value> {
    let mut paths: Vec<&str> = edits.iter().map(|(region, _)| region.path.as_str()).collect();
    paths.dedup();
    let of_file = |path: &str| -> Vec<Value> {
        let here = edits.iter().filter(|(region, _)| region.path == path);
        here.map(|(place, text)| json!({ "deletedRegion": region(place), "insertedContent": { "text": text } }))
            .collect()
    };
    let change = |path: &&str| json!({ "artifactLocation": artifact(path), "replacements": of_file(path) });
    paths.iter().map(change).collect()
}

fn region(place: &Region) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path), "uriBaseId": "SRCROOT" })
}

/// A path as a relative reference: everything but unreserved characters and `/` is escaped.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A message in which nothing of a model is a link: `[text](target)` would be one.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "recommendation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("threat-models/a b/é#?.toml"), "threat-models/a%20b/%C3%A9%23%3F.toml");
    }

    #[test]
    fn a_message_holds_no_link() {
        assert_eq!(unlinked("see [here](https://example.org)"), "see [here] (https://example.org)");
    }
}
