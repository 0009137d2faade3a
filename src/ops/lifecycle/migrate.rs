//! Carrying decisions from one version of a framework to the next.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::mapping::stamp;
use super::select::excused_words;
use super::{Note, Plan, Refusal, Stage, Why};
use crate::comply::{Fate, Freed, How, Library, Moved, Name, Reference, migration};
use crate::model::{Cover, Exclusion, Id, MappingMethod, MappingState, Requirement, Selection, When};

/// Writes down what becomes of decisions about `from`: what says the same under another number is decided there too, signed by
/// who acts; what changed is proposed. Nothing about `from` is taken away, and what there is about `to` stays.
pub fn migrate(stage: &Stage<'_>, library: &Library, (from, to): (&Name, &Name)) -> Plan {
    let mut draft = Draft::open(stage)?;
    let missing = || Refusal::new(Why::Unknown, format!("nothing says what became of {from} in {to}"));
    let steps = library.succession(from, to).ok_or_else(missing)?;
    let (Some(old), Some(new)) = (library.pack(from), library.pack(to)) else { return Err(missing()) };
    let migration = migration(stage.model, old, new, steps);
    let mut told: BTreeMap<(Id, &str), (MappingState, Vec<String>)> = BTreeMap::new();
    for moved in &migration.moved {
        for row in rows(stage, library, to, moved) {
            let state = row.state.unwrap_or(MappingState::Proposed);
            if let Some(req) = take(&mut draft, moved.control, row)? {
                told.entry((moved.control, state.word())).or_insert((state, Vec::new())).1.push(req);
            }
        }
    }
    for ((control, _), (state, requirements)) in told {
        draft.note(Note::Mapped { control, state, requirements });
    }
    for row in migration.freed.iter().filter_map(|freed| excused(stage, library, to, freed)) {
        if draft.model.compliance.exclusions.iter().all(|other| other.req != row.req) {
            draft.note(Note::Excused { req: row.req.clone(), requirements: vec![row.req.clone()] });
            draft.model.compliance.exclusions.push(row);
        }
    }
    let selected = &mut draft.model.compliance.frameworks;
    if let (Some(selection), false) = (selected.get(&from.to_string()), selected.contains_key(&to.to_string())) {
        let level = new.level(&selection.level).map(str::to_owned);
        selected.insert(to.to_string(), Selection { level: level.clone().unwrap_or_default() });
        draft.note(Note::Selected { framework: to.to_string(), level });
    }
    Ok(draft.finish())
}

/// Rows for what the control has no row for yet.
fn rows(stage: &Stage<'_>, library: &Library, to: &Name, moved: &Moved<'_>) -> Vec<Requirement> {
    let row = |id: &str, how: How| Requirement {
        req: Reference { framework: to.clone(), id: id.to_owned() }.to_string(),
        cover: moved.row.cover,
        method: Some(MappingMethod::Bridge),
        source: to.to_string(),
        rationale: rationale(moved, how),
        ..Requirement::default()
    };
    let rejected = moved.row.state == Some(MappingState::Rejected);
    let rows: Vec<Requirement> = match &moved.fate {
        Fate::Same(id) => {
            let reference = Reference { framework: to.clone(), id: (*id).to_owned() };
            vec![Requirement {
                state: moved.row.state,
                by: stage.now.by.clone(),
                on: Some(When::Day(stage.now.at.day())),
                text: stamp(library, &reference),
                ..row(id, How::Same)
            }]
        }
        // A no to other words is no answer to these.
        Fate::Changed(_) if rejected => Vec::new(),
        Fate::Changed(targets) => targets
            .iter()
            .map(|(id, how)| Requirement {
                state: Some(MappingState::Proposed),
                cover: match how {
                    How::Same | How::Changed => moved.row.cover,
                    _ => Some(Cover::Part),
                },
                ..row(id, *how)
            })
            .collect(),
        Fate::Dropped(_) | Fate::Unsaid => Vec::new(),
    };
    let there = |row: &Requirement| Reference::parse(&row.req).is_some_and(|one| moved.there.contains(&one.id));
    rows.into_iter().filter(|row| !there(row)).collect()
}

/// What was decided before, by whom, why, and what became of the requirement since: `H2 changed; accepted by ada on 2026-01-01: …`.
fn rationale(moved: &Moved<'_>, how: How) -> String {
    let row = moved.row;
    let state = row.state.map_or("", MappingState::word);
    let by = if row.by.is_empty() { String::new() } else { format!(" by {}", row.by) };
    let on = row.on.map(|on| format!(" on {}", on.day())).unwrap_or_default();
    let why = if row.rationale.is_empty() { String::new() } else { format!(": {}", row.rationale) };
    format!("{} {}; {state}{by}{on}{why}", row.req, how.word())
}

/// Puts a row in, and says which; of two about one requirement the decided one stays.
fn take(draft: &mut Draft<'_>, control: Id, row: Requirement) -> Result<Option<String>, Refusal> {
    let own = &mut draft.control(control)?.requirements;
    let req = row.req.clone();
    match own.iter_mut().find(|other| other.req == req) {
        Some(_) if row.state == Some(MappingState::Proposed) => return Ok(None),
        Some(other) => *other = row,
        None => own.push(row),
    }
    Ok(Some(req))
}

/// The same exclusion of the same requirement under its new number; of nothing else, because nobody excused that.
fn excused(stage: &Stage<'_>, library: &Library, to: &Name, freed: &Freed<'_>) -> Option<Exclusion> {
    match &freed.fate {
        Fate::Same(id) if !freed.there => {
            let (req, on) = (format!("{to}:{id}"), Some(When::Day(stage.now.at.day())));
            Some(Exclusion { text: excused_words(library, &req), req, on, ..freed.row.clone() })
        }
        _ => None,
    }
}
