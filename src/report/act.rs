//! What an act changed: `act/1`, and the structured change for people.

use schemars::JsonSchema;
use serde::Serialize;

use crate::change::{Act as Deed, Change, Subject, Thing};
use crate::identity::took_out;
use crate::model::{Model, Value, table};
use crate::render::{Line, Page, Tone};

/// `act/1`: what a lifecycle command, a fix or an engine wrote, or would write.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Act {
    /// The model that changed.
    pub model: String,
    /// Structural digest before and after, 12 hex digits; equal when no version was made.
    pub from: String,
    pub to: String,
    /// Nothing was written.
    pub dry_run: bool,
    pub changes: Vec<Changed>,
    /// What followed from it, a sentence each: controls orphaned and re-attached, objectives revived.
    pub notes: Vec<String>,
    /// How many of the notes, from the first, are told before anything else.
    #[serde(skip)]
    pub urgent: usize,
    /// The files that were written, relative to the repository.
    pub files: Vec<String>,
}

/// One thing that changed.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// added, removed, restored, changed or renumbered.
    pub kind: &'static str,
    /// `model/ID`, or `model/decisions/NAME`.
    pub entity: String,
    /// What people call it.
    pub title: String,
    pub fields: Vec<FieldChange>,
}

/// One field of it; `from` and `to` as one line each.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldChange {
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Changes by subject, in their order. `before` gives titles of what was there.
pub fn changed(before: &Model, changes: &[Change]) -> Vec<Changed> {
    let mut all: Vec<Changed> = Vec::new();
    for change in changes {
        let entity = format!("{}/{}", change.model, change.subject);
        let (kind, fields) = fields(&change.act);
        match all.last_mut().filter(|last| last.entity == entity && kind == "changed") {
            Some(last) => last.fields.extend(fields),
            None => all.push(Changed { kind, entity, title: title(before, change), fields }),
        }
    }
    all
}

fn fields(act: &Deed) -> (&'static str, Vec<FieldChange>) {
    match act {
        Deed::Put(thing) => ("added", whole(thing)),
        Deed::Drop => ("dropped", Vec::new()),
        Deed::Set { field: "removed", from: None, to: Some(tombstone) } => ("removed", tombstone_fields(tombstone)),
        Deed::Set { field: "removed", from: Some(_), to: None } => ("restored", Vec::new()),
        Deed::Set { field, from: Some(from), to } if to.as_ref().is_some_and(|to| took_out(from, to)) => {
            ("changed", vec![field_change(field, None, to.as_ref())])
        }
        Deed::Set { field, from, to } => match rows(field, from.as_ref(), to.as_ref()) {
            rows if rows.is_empty() => ("changed", vec![field_change(field, from.as_ref(), to.as_ref())]),
            rows => ("changed", rows),
        },
        Deed::Push { rows, row } => ("changed", vec![field_change(rows, None, Some(row))]),
        Deed::Lost { rows, row } => ("changed", vec![field_change(rows, Some(row), None)]),
        Deed::Renumber { to } => ("renumbered", vec![field_change("id", None, Some(&Value::text(to.to_string())))]),
    }
}

/// Of rows that say which requirement they are about, those that differ; nothing where a field has no such rows.
fn rows(name: &str, from: Option<&Value>, to: Option<&Value>) -> Vec<FieldChange> {
    let (Some(from), Some(to)) = (by_requirement(from), by_requirement(to)) else { return Vec::new() };
    let was = |req: &str| from.iter().find(|(other, _)| *other == req).map(|(_, row)| *row);
    let is = |req: &str| to.iter().find(|(other, _)| *other == req).map(|(_, row)| *row);
    let gone = from.iter().filter(|(req, _)| is(req).is_none());
    let gone = gone.map(|(_, row)| field_change(name, Some(row), None));
    let new = to.iter().filter(|(req, row)| was(req) != Some(*row));
    gone.chain(new.map(|(req, row)| field_change(name, was(req), Some(row)))).collect()
}

fn by_requirement(rows: Option<&Value>) -> Option<Vec<(&str, &Value)>> {
    let Some(rows) = rows else { return Some(Vec::new()) };
    let Value::List(rows) = rows else { return None };
    rows.iter().map(|row| Some((row.as_table()?.get("req")?.as_text()?, row))).collect()
}

fn field_change(name: &str, from: Option<&Value>, to: Option<&Value>) -> FieldChange {
    FieldChange { name: name.to_owned(), from: from.map(Value::to_string), to: to.map(Value::to_string) }
}

fn whole(thing: &Thing) -> Vec<FieldChange> {
    let table = match thing {
        Thing::Head(head) => table(head),
        Thing::Entity(entity) => entity.table(),
        Thing::Compliance(compliance) => table(compliance),
        Thing::Decision(decision) => table(decision),
        Thing::Session(session) => table(session),
        Thing::Tickets(tickets) => table(tickets),
    };
    table.iter().map(|(name, value)| field_change(name, None, Some(value))).collect()
}

fn tombstone_fields(tombstone: &Value) -> Vec<FieldChange> {
    let table = tombstone.as_table().into_iter().flatten();
    table
        .filter(|(name, _)| *name == "reason" || *name == "replaced_by")
        .map(|(n, v)| field_change(n, None, Some(v)))
        .collect()
}

fn title(before: &Model, change: &Change) -> String {
    match (&change.act, &change.subject) {
        (Deed::Put(thing), _) => match thing.as_ref() {
            Thing::Entity(entity) => entity.title().to_owned(),
            Thing::Head(head) => head.name.clone(),
            _ => String::new(),
        },
        (_, Subject::Entity(id)) => before.entities.get(id).map(|entity| entity.title().to_owned()).unwrap_or_default(),
        (_, Subject::Head) => before.head.name.clone(),
        _ => String::new(),
    }
}

/// The structured change for people: what is urgent, then a line a thing, its fields below.
pub fn page(act: &Act) -> Page {
    let mut page = Page::default();
    let (urgent, notes) = act.notes.split_at(act.urgent.min(act.notes.len()));
    for note in urgent {
        page.text(Line::of(Tone::Bad, note));
    }
    for changed in &act.changes {
        let (sign, tone) = sign(changed.kind);
        let head = Line::of(tone, format!("{sign} {} ", changed.kind)).and(Tone::Id, &changed.entity);
        let title = changed.title.lines().next().unwrap_or_default();
        page.text(if title.is_empty() { head } else { head.and(Tone::Plain, format!("  {title}")) });
        page.list(changed.fields.iter().flat_map(field_lines).collect());
    }
    for note in notes {
        page.text(Line::of(Tone::Warning, note));
    }
    page.text(footer(act));
    page
}

fn footer(act: &Act) -> Line {
    let digest = if act.from == act.to {
        format!("{}: no new version", act.model)
    } else {
        format!("{}: {} → {}", act.model, act.from, act.to)
    };
    let files = match (act.dry_run, act.files.as_slice()) {
        (_, []) => "nothing to write".to_owned(),
        (true, files) => format!("dry run, would write {}", files.join(", ")),
        (false, files) => format!("wrote {}", files.join(", ")),
    };
    Line::of(Tone::Dim, format!("{digest}; {files}"))
}

fn sign(kind: &str) -> (char, Tone) {
    match kind {
        "added" | "restored" => ('+', Tone::Added),
        "removed" | "dropped" => ('-', Tone::Removed),
        _ => ('~', Tone::Warning),
    }
}

fn field_lines(field: &FieldChange) -> Vec<Line> {
    let name = |line: Line| line.and(Tone::Dim, format!("{}: ", field.name));
    let shown = |text: &str| text.trim_end().replace('\n', " ⏎ ");
    match (&field.from, &field.to) {
        (Some(from), Some(to)) => vec![
            name(Line::default()).and(Tone::Removed, shown(from)).and(Tone::Dim, " → ").and(Tone::Added, shown(to)),
        ],
        (None, Some(to)) => vec![name(Line::default()).and(Tone::Added, shown(to))],
        (Some(from), None) => vec![name(Line::default()).and(Tone::Removed, format!("{} (cleared)", shown(from)))],
        (None, None) => Vec::new(),
    }
}

/// One plain line a change, for fixes in JSON and in snippets.
pub fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        let (kind, fields) = fields(&change.act);
        let fields = fields.iter().map(|field| match (&field.from, &field.to) {
            (Some(from), Some(to)) => format!("{}: {from} → {to}", field.name),
            (None, Some(to)) => format!("{}: {to}", field.name),
            (_, None) => format!("{} cleared", field.name),
        });
        let fields: Vec<String> = fields.collect();
        format!("{kind} {} {}", change.subject, fields.join("; ")).trim_end().to_owned()
    };
    changes.iter().map(line).collect()
}
