//! A thing that differs: a line that names it, and its fields behind.

use super::shift::{clipped, fresh, lines, title};
use super::{Depth, Telling};
use crate::change::Subject;
use crate::difference::{Arrival, Difference, Kind, Like, Thing};
use crate::model::{Id, Kind as Sort, Value};
use crate::render::{Line, Page, Tone};

/// Everything that differs, by what happened to it.
pub(super) fn things(page: &mut Page, difference: &Difference, telling: Telling, alone: bool) {
    let mut short = Vec::new();
    for thing in Kind::ALL.into_iter().flat_map(|kind| of(difference, kind)) {
        let arrival = arrival(difference, thing);
        let line = line(thing, arrival, telling.depth);
        let advice = arrival.and_then(|arrival| Some((arrival.id, arrival.like.as_ref()?)));
        let advice = advice.map(|(id, like)| self::advice(difference, id, like, (telling, alone)));
        if telling.depth == Depth::Lines {
            short.push(line);
            short.extend(advice);
            continue;
        }
        page.fold(line, fields(thing, telling.depth));
        advice.into_iter().for_each(|advice| page.text(advice));
    }
    page.list(short);
}

fn of(difference: &Difference, kind: Kind) -> impl Iterator<Item = &Thing> {
    difference.things.iter().filter(move |thing| thing.kind == kind)
}

fn arrival<'d>(difference: &'d Difference, thing: &Thing) -> Option<&'d Arrival> {
    let Subject::Entity(id) = thing.subject else { return None };
    difference.arrivals.iter().find(|arrival| arrival.id == id)
}

fn line(thing: &Thing, arrival: Option<&Arrival>, depth: Depth) -> Line {
    let (sign, tone) = match thing.kind {
        Kind::Added | Kind::Restored => ('+', Tone::Good),
        Kind::Removed => ('-', Tone::Bad),
        Kind::Changed | Kind::Moved => ('~', Tone::Warning),
    };
    let line = Line::of(tone, format!("{sign} {}", thing.kind.word())).and(Tone::Plain, " ");
    let line = line.and(Tone::Id, thing.subject.to_string());
    let title = title(&thing.title);
    let line = if title.is_empty() { line } else { line.and(Tone::Plain, format!(" {title}")) };
    let names: Vec<&str> = thing.fields.iter().map(|field| field.name).collect();
    match arrival {
        Some(arrival) => met(line, arrival),
        None if thing.dropped => line.and(Tone::Bad, ": its table is gone"),
        None if thing.kind == Kind::Removed => line.and(Tone::Plain, reason(thing)),
        None if thing.kind == Kind::Restored => line.and(Tone::Plain, reason(thing)),
        None if depth == Depth::Lines && thing.kind == Kind::Changed => {
            line.and(Tone::Dim, format!(": {}", counted(&names)))
        }
        None => line,
    }
}

fn counted(names: &[&str]) -> String {
    let mut said: Vec<String> = Vec::new();
    for run in names.chunk_by(|a, b| a == b) {
        said.push(if run.len() == 1 { run[0].to_owned() } else { format!("{} {}", run.len(), run[0]) });
    }
    said.join(", ")
}

/// What the tombstone says, or said.
fn reason(thing: &Thing) -> String {
    let tombstone = thing.fields.iter().find(|field| field.name == "removed");
    let tombstone = tombstone.and_then(|field| field.to.as_ref().or(field.from.as_ref()));
    let table = tombstone.and_then(Value::as_table);
    let text = |key: &str| table.and_then(|table| table.get(key)).map(Value::to_string).unwrap_or_default();
    let reason = clipped(&text("reason"), Depth::Lines);
    let by = text("replaced_by");
    let by = if by.is_empty() { by } else { format!(" (replaced by {by})") };
    let had = if thing.kind == Kind::Restored { "had been removed: " } else { "" };
    if reason.is_empty() { by } else { format!(": {had}{reason}{by}") }
}

/// ` × 8 attackers: 3 critical (T1 T4 T6), 5 medium, unassessed`
fn met(line: Line, arrival: &Arrival) -> Line {
    let (one, many) = match arrival.id.kind {
        Sort::Asset => ("attacker", "attackers"),
        _ => ("asset", "assets"),
    };
    let count: usize = arrival.tiers.iter().map(|(_, ids)| ids.len()).sum();
    let line = line.and(Tone::Plain, format!(" × {count} {}", if count == 1 { one } else { many }));
    let mut said: Vec<String> = Vec::new();
    for (at, (tier, ids)) in arrival.tiers.iter().enumerate() {
        let named = if at == 0 && ids.len() <= NAMED { format!(" ({})", spaced(ids)) } else { String::new() };
        said.push(format!("{} {}{named}", ids.len(), super::facts::rated(*tier)));
    }
    let statuses = arrival.statuses.iter();
    let only = arrival.statuses.len() == 1;
    said.extend(statuses.map(|(status, count)| {
        let word = status.word().replace('_', " ");
        if only { word } else { format!("{count} {word}") }
    }));
    if said.is_empty() { line } else { line.and(Tone::Plain, format!(": {}", said.join(", "))) }
}

/// IDs that are named, at most, instead of only counted.
const NAMED: usize = 6;

fn spaced(ids: &[Id]) -> String {
    ids.iter().map(Id::to_string).collect::<Vec<_>>().join(" ")
}

/// One useful sentence: who shows how to cover the newcomer.
fn advice(difference: &Difference, id: Id, like: &Like, (telling, alone): (Telling, bool)) -> Line {
    let Like { asset, controls, all } = like;
    let names: Vec<String> = controls.iter().take(NAMED).map(Id::to_string).collect();
    let names = match names.as_slice() {
        [first @ .., last] if !first.is_empty() && names.len() == controls.len() => {
            format!("{} and {last}", first.join(", "))
        }
        _ if names.len() < controls.len() => format!("{} and {} more", names.join(", "), controls.len() - names.len()),
        _ => names.join(", "),
    };
    let verb = if controls.len() == 1 { "covers" } else { "cover" };
    let whom = if *all { "the same attackers" } else { "some of these attackers" };
    let what = if alone { id.to_string() } else { format!("{}/{id}", difference.model) };
    Line::plain(format!("{names} {verb} {whom} on {asset}: "))
        .and(Tone::Command, format!("{} cover {what} --like {asset}", telling.program))
}

fn fields(thing: &Thing, depth: Depth) -> Page {
    let mut page = Page::default();
    match thing.kind {
        Kind::Added => page.list(thing.fields.iter().map(|field| fresh(field, depth)).collect()),
        _ => {
            let told = thing.fields.iter().filter(|field| field.name != "removed" || thing.kind == Kind::Changed);
            page.list(told.flat_map(|field| lines(field, depth)).collect());
        }
    }
    if depth == Depth::Full && !thing.rest.is_empty() {
        let mut rest = Page::default();
        let line = |(name, value): &(&str, Value)| {
            Line::of(Tone::Dim, format!("{name}: ")).and(Tone::Plain, clipped(&value.to_string(), Depth::Lines))
        };
        rest.list(thing.rest.iter().map(line).collect());
        page.fold(Line::of(Tone::Dim, "unchanged"), rest);
    }
    page
}
