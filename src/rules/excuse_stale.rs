//! Exclusions that were decided about other words than those of what they take out now.

use super::mapping_stale::TITLES;
use super::{Context, Rule};
use crate::change::{Act, Change, Subject};
use crate::comply::{Library, Memory, Reference, Stamp, recalled};
use crate::finding::{Finding, Fix, Place, Safety, codes};
use crate::model::{Exclusion, Model, Record as _, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::EXCUSE_STALE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(library) = context.library else { return };
    for model in context.active() {
        let rows = model.compliance.exclusions.iter().enumerate();
        let judged = rows.filter_map(|(row, exclusion)| Some((row, exclusion, memory(library, exclusion)?)));
        let (mut bare, mut stale, mut titles) = (Vec::new(), Vec::new(), true);
        for (row, exclusion, (memory, stamp)) in judged {
            match memory {
                Memory::Same | Memory::Unseen => {}
                Memory::Changed => stale.push((row, exclusion, stamp)),
                Memory::Absent | Memory::Other => {
                    titles &= memory == Memory::Other;
                    bare.push((row, stamp));
                }
            }
        }
        findings.extend(stale.into_iter().map(|(row, exclusion, stamp)| changed(model, (row, exclusion), stamp)));
        findings.extend(unstamped(model, &bare, titles));
    }
}

fn memory(library: &Library, exclusion: &Exclusion) -> Option<(Memory, Stamp)> {
    let name = Reference::parse(&exclusion.req)?.framework;
    recalled(exclusion, library.pack(&name)?)
}

/// Whether it was decided about other words, where the pack is known.
pub(super) fn is_stale(context: &Context<'_>, exclusion: &Exclusion) -> bool {
    let memory = context.library.and_then(|library| memory(library, exclusion));
    memory.is_some_and(|(memory, _)| memory == Memory::Changed)
}

fn place(model: &Model, row: usize) -> Place {
    Place::of(&model.id, Subject::Compliance).key("exclusions").row(row)
}

fn changed(model: &Model, (row, exclusion): (usize, &Exclusion), stamp: Stamp) -> Finding {
    let req = &exclusion.req;
    let when = exclusion.on.map(|on| format!(" on {}", on.day())).unwrap_or_default();
    let what = match req.ends_with('*') {
        true => "and what that takes out is not the same any more",
        false => "and the requirement has other words since",
    };
    let fix = restamp(model, &[(row, stamp)], format!("keep the exclusion of {req}"));
    Finding::new(&codes::EXCUSE_STALE, place(model, row).key("text"), format!("{req} was excluded{when}, {what}"))
        .help(format!(
            "it counts as a gap again: read it (redan comply show), then exclude it anew, or take that back: redan comply include '{req}'"
        ))
        .fix(Fix { safety: Safety::Unsafe, ..fix })
}

/// Rows that remember nothing, or titles where the pack has the publisher's text by now: nobody could see them become stale.
fn unstamped(model: &Model, bare: &[(usize, Stamp)], titles: bool) -> Option<Finding> {
    let ((first, _), rest) = bare.split_first()?;
    let message = match titles {
        true => format!("exclusions {TITLES}"),
        false => "exclusions do not say which words they were decided about (`text`)".to_owned(),
    };
    let finding = Finding::new(&codes::STAMP_MISSING, place(model, *first), message)
        .help("stamp them with what is there today: redan fix --rule stamp_missing")
        .fix(restamp(model, bare, format!("stamp the exclusions of {}", model.id)));
    Some(rest.iter().fold(finding, |finding, (row, _)| finding.also(place(model, *row), "and this one")))
}

fn restamp(model: &Model, stamps: &[(usize, Stamp)], title: String) -> Fix {
    let from = model.compliance.value("exclusions");
    let mut to = from.clone();
    if let Some(Value::List(rows)) = &mut to {
        for (row, stamp) in stamps {
            if let Some(Value::Table(table)) = rows.get_mut(*row) {
                table.insert("text".to_owned(), Value::text(stamp.to_string()));
            }
        }
    }
    let act = Act::Set { field: "exclusions", from, to };
    Fix::safe(title, vec![Change::new(&model.id, Subject::Compliance, act)])
}
