//! Reviewdog Diagnostic Format, one object.
//! Source: reviewdog, `proto/rdf/reviewdog.proto`: columns count bytes, ends are exclusive.

use serde_json::{Value, json};

use super::mark::page_of;
use super::{Mark, Region};
use crate::finding::Severity;
use crate::text::plain;

/// The marks as one result of one tool.
pub fn rdjson(marks: &[Mark<'_>]) -> String {
    let result = json!({
        "source": { "name": "redan", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": marks.iter().map(diagnostic).collect::<Vec<_>>(),
    });
    format!("{result:#}\n")
}

fn diagnostic(mark: &Mark<'_>) -> Value {
    let code = mark.finding.code;
    let at = mark.place.as_ref().map_or_else(|| json!({ "path": mark.file() }), location);
    let mut diagnostic = json!({
        "message": mark.told(),
        "location": at,
        "severity": match mark.finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info | Severity::Off => "INFO",
        },
        "code": { "value": code.name, "url": page_of(code) },
    });
    // A suggestion is for the file of the finding.
    let here = mark.edits.iter().filter(|(region, _)| region.path == mark.file());
    let suggestions: Vec<Value> = here.map(|(place, text)| json!({ "range": range(place), "text": text })).collect();
    if !suggestions.is_empty() && suggestions.len() == mark.edits.len() {
        diagnostic["suggestions"] = suggestions.into();
    }
    let related = |(place, label): &(Region, &str)| json!({ "message": plain(label), "location": location(place) });
    if !mark.related.is_empty() {
        diagnostic["related_locations"] = mark.related.iter().map(related).collect();
    }
    diagnostic
}

fn location(place: &Region) -> Value {
    json!({ "path": place.path, "range": range(place) })
}

fn range(place: &Region) -> Value {
    let (start, end) = place.bytes;
    json!({
        "start": { "line": place.line, "column": start },
        "end": { "line": place.end_line, "column": end },
    })
}
