//! What is missing of the history, and the command that brings it.

use super::memory::Memory;
use super::{Context, Rule, listed, named};
use crate::assess::Row;
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::Model;

pub(super) static RULE: Rule = Rule { codes: &[&codes::HISTORY_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for gap in context.past.ledger.iter().flat_map(|ledger| &ledger.gaps) {
        let message = format!("IDs were not compared with the whole history: {}", gap.why);
        let finding = Finding::new(&codes::HISTORY_INCOMPLETE, Place::nowhere(), message);
        findings.push(finding.help(format!("bring it: {}", gap.command)));
    }
    findings.extend(context.active().filter_map(|model| undecided(context, model)));
}

/// Decisions and attestations whose words are not in what is here: they are taken at their word, and nobody can
/// tell whether they are stale.
fn undecided(context: &Context<'_>, model: &Model) -> Option<Finding> {
    let memory = Memory::new(model, &context.past.words);
    let (rows, gap) = memory.unknown()?;
    let about = |row: &Row<'_>| match row {
        Row::Attestation(entity, _) => (Subject::Entity(entity.id), format!("the attestations of {}", named(entity))),
        Row::Decision(name, _) => (Subject::Decision((*name).to_owned()), format!("the decision {name}")),
    };
    let mut about: Vec<(Subject, String)> = rows.iter().map(about).collect();
    about.dedup();
    let (subjects, names): (Vec<Subject>, Vec<String>) = about.into_iter().unzip();
    let mut subjects = subjects.into_iter();
    let message =
        format!("nobody can tell from here what these were about and whether they still count: {}", listed(&names));
    let finding = Finding::new(&codes::HISTORY_INCOMPLETE, Place::of(&model.id, subjects.next()?), message)
        .help(format!("{}; to know: {}", gap.why, gap.command));
    Some(subjects.fold(finding, |finding, subject| finding.also(Place::of(&model.id, subject), "and this one")))
}
