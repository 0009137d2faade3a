//! A field that differs, as a line: words of a text, members of a set, one value for another.

use super::Depth;
use crate::difference::{FieldChange, Part, Shift};
use crate::model::Value;
use crate::render::{Line, Tone};
use crate::text::{Edit, edits};

/// The lines of a field: one a part, or one in all for a row.
pub(super) fn lines(change: &FieldChange, depth: Depth) -> Vec<Line> {
    let row = matches!((&change.from, &change.to), (None, Some(Value::Table(_))) | (Some(Value::Table(_)), None));
    match change.parts.as_slice() {
        parts if row && parts.len() > 1 => vec![joined(change.name, parts, depth)],
        parts => parts.iter().map(|part| told(part, Line::of(Tone::Dim, heading(change.name, part)), depth)).collect(),
    }
}

fn heading(name: &str, part: &Part) -> String {
    if part.path.is_empty() { format!("{name}: ") } else { format!("{name}.{}: ", part.path) }
}

fn joined(name: &str, parts: &[Part], depth: Depth) -> Line {
    let mut line = Line::of(Tone::Dim, format!("{name}: "));
    for (at, part) in parts.iter().enumerate() {
        let lead = if at == 0 { "" } else { "; " };
        line = told(part, line.and(Tone::Dim, format!("{lead}{} ", part.path)), depth);
    }
    line
}

fn told(part: &Part, line: Line, depth: Depth) -> Line {
    match &part.shift {
        Shift::Text { from, to } => words(line, from, to, depth),
        Shift::Value { from, to } => {
            let text = |value: &Value| clipped(&value.to_string(), depth);
            match (from, to) {
                (Some(from), Some(to)) => {
                    line.and(Tone::Removed, text(from)).and(Tone::Dim, " → ").and(Tone::Added, text(to))
                }
                (None, Some(to)) => line.and(Tone::Added, text(to)),
                (Some(from), None) => line.and(Tone::Removed, text(from)).and(Tone::Dim, " (cleared)"),
                (None, None) => line,
            }
        }
        Shift::Members { gone, new } => {
            let line = members(line, Tone::Removed, "−", gone, depth);
            let between = if gone.is_empty() || new.is_empty() { "" } else { " " };
            members(line.and(Tone::Plain, between), Tone::Added, "+", new, depth)
        }
    }
}

fn members(line: Line, tone: Tone, sign: &str, members: &[String], depth: Depth) -> Line {
    let shown: Vec<String> =
        members.iter().take(depth.listed()).map(|member| format!("{sign}{}", clipped(member, depth))).collect();
    let line = line.and(tone, shown.join(" "));
    match members.len() - shown.len() {
        0 => line,
        more => line.and(Tone::Dim, format!(" and {more} more")),
    }
}

/// A text word by word. What stayed is shown as far as it helps to find the place.
fn words(mut line: Line, from: &str, to: &str, depth: Depth) -> Line {
    let runs = edits(from, to);
    let last = runs.len().saturating_sub(1);
    for (at, run) in runs.iter().enumerate() {
        line = match run {
            Edit::Kept(text) => line.and(Tone::Plain, kept(text, (at > 0, at < last), depth)),
            Edit::Gone(text) => line.and(Tone::Deleted, clipped(text, depth)),
            Edit::New(text) => line.and(Tone::Inserted, clipped(text, depth)),
        };
    }
    line
}

/// Words that are kept beside a change.
const BESIDE: usize = 6;

/// The words of a stretch next to the changes before and behind it.
fn kept(text: &str, (before, behind): (bool, bool), depth: Depth) -> String {
    let spaces: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).collect();
    if depth == Depth::Full || spaces.len() <= 2 * BESIDE + 2 {
        return clipped(text, depth);
    }
    let (start, end) = (&text[..spaces[BESIDE]], &text[spaces[spaces.len() - 1 - BESIDE]..]);
    match (before, behind) {
        (true, true) => format!("{start} …{end}"),
        (true, false) => format!("{start} …"),
        _ => format!("…{end}"),
    }
}

/// The field of something new, where everything is.
pub(super) fn fresh(change: &FieldChange, depth: Depth) -> Line {
    let value = change.to.as_ref().map(Value::to_string).unwrap_or_default();
    Line::of(Tone::Dim, format!("{}: ", change.name)).and(Tone::Plain, clipped(&value, depth))
}

/// What a thing is called, on a line of its own.
pub(super) fn title(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    match first.char_indices().nth(TITLE) {
        None => first.to_owned(),
        Some((end, _)) => format!("{}…", first[..end].trim_end()),
    }
}

/// Characters of a title.
const TITLE: usize = 90;

/// The beginning of a text that is too long to show, with its length.
pub(super) fn clipped(text: &str, depth: Depth) -> String {
    let text = text.trim_matches('\n');
    match text.char_indices().nth(depth.text()) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} … ({} characters)", &text[..end], text.chars().count()),
    }
}
