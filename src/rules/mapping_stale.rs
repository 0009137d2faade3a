//! Mappings that were accepted for other words than the requirement has now.

use super::{Context, Rule, named};
use crate::change::{Act, Change, Subject};
use crate::comply::{Library, Memory, Reference, Stamp};
use crate::finding::{Finding, Fix, Place, codes};
use crate::model::{Body, Control, Entity, MappingState, Model, Requirement, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::MAPPING_STALE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(library) = context.library else { return };
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        for (row, requirement) in control.requirements.iter().enumerate() {
            if let Some((Memory::Changed, stamp)) = memory(library, requirement) {
                findings.push(stale(model, entity, (row, requirement), &stamp));
            }
        }
        findings.extend(unstamped(library, model, (entity, control)));
    }
}

/// What a decided row remembers, and what it would remember now.
fn memory(library: &Library, row: &Requirement) -> Option<(Memory, Stamp)> {
    row.state.filter(|state| *state != MappingState::Proposed)?;
    let (_, clause) = library.clause(&Reference::parse(&row.req)?).ok()?;
    let stamp = Stamp::of(clause);
    Some((stamp.compare(&row.text), stamp))
}

fn stale(model: &Model, entity: &Entity, (row, requirement): (usize, &Requirement), stamp: &Stamp) -> Finding {
    let state = requirement.state.map_or("mapped", MappingState::word);
    let place = Place::entity(&model.id, entity.id).key("requirements").row(row).key("text");
    let when = requirement.on.map(|on| format!(" on {}", on.day())).unwrap_or_default();
    let message =
        format!("{} has {state} {}{when}, and the requirement has other words since", named(entity), requirement.req);
    let fix = restamp(model, entity, &[(row, stamp.to_string())], format!("keep {} as {state}", requirement.req));
    Finding::new(&codes::MAPPING_STALE, place, message)
        .help(format!(
            "read it again (redan comply show {}), then keep it or take it out: redan comply unmap {} {0}",
            requirement.req, entity.id
        ))
        .fix(Fix { safety: crate::finding::Safety::Unsafe, ..fix })
}

/// What is said of rows that remember the titles of the pack before.
pub(super) const TITLES: &str = "were decided about titles, and the pack has the publisher's text by now";

/// Rows that remember nothing, or the title where the pack has the publisher's text by now: nobody could see them
/// become stale.
fn unstamped(library: &Library, model: &Model, (entity, control): (&Entity, &Control)) -> Option<Finding> {
    let judged = control.requirements.iter().enumerate().filter_map(|(row, one)| Some((row, memory(library, one)?)));
    let bare: Vec<_> = judged.filter(|(_, (memory, _))| matches!(memory, Memory::Absent | Memory::Other)).collect();
    let titles = bare.iter().all(|(_, (memory, _))| *memory == Memory::Other);
    let stamps: Vec<(usize, String)> = bare.into_iter().map(|(row, (_, stamp))| (row, stamp.to_string())).collect();
    let (first, rest) = stamps.split_first()?;
    let place = |row: usize| Place::entity(&model.id, entity.id).key("requirements").row(row);
    let message = match titles {
        true => format!("{} has requirements that {TITLES}", named(entity)),
        false => {
            format!("{} has requirements that do not say which words they were decided about (`text`)", named(entity))
        }
    };
    let fix = restamp(model, entity, &stamps, format!("stamp the requirements of {}", entity.id));
    let finding = Finding::new(&codes::STAMP_MISSING, place(first.0), message)
        .help("stamp them with what is there today: redan fix --rule stamp_missing")
        .fix(fix);
    Some(rest.iter().fold(finding, |finding, (row, _)| finding.also(place(*row), "and this one")))
}

fn restamp(model: &Model, entity: &Entity, stamps: &[(usize, String)], title: String) -> Fix {
    let from = entity.value("requirements");
    let mut to = from.clone();
    if let Some(Value::List(rows)) = &mut to {
        for (row, stamp) in stamps {
            if let Some(Value::Table(table)) = rows.get_mut(*row) {
                table.insert("text".to_owned(), Value::text(stamp));
            }
        }
    }
    let act = Act::Set { field: "requirements", from, to };
    Fix::safe(title, vec![Change::new(&model.id, Subject::Entity(entity.id), act)])
}
