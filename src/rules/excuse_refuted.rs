//! Exclusions that the model contradicts, and conditions that cannot be read.

use std::collections::BTreeMap;

use super::{Context, Rule, listed, named};
use crate::assess::query::Hit;
use crate::assess::{Assessment, View};
use crate::change::Subject;
use crate::comply::{Broken, refuted};
use crate::finding::{Finding, Place, codes};
use crate::model::{Exclusion, Model};
use crate::rules::memory::Memory;

pub(super) static RULE: Rule = Rule { codes: &[&codes::CONDITION_MALFORMED, &codes::EXCUSE_REFUTED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let conditions = |assessment: &&Assessment<'_>| {
        assessment.model().compliance.exclusions.iter().any(|exclusion| !exclusion.when.trim().is_empty())
    };
    if context.active().all(|model| model.compliance.exclusions.iter().all(|one| one.when.trim().is_empty())) {
        return;
    }
    for assessment in context.assessed().iter().filter(conditions) {
        let model = assessment.model();
        for (row, broken) in broken(context, assessment) {
            let exclusion = &model.compliance.exclusions[row];
            let place = Place::of(&model.id, Subject::Compliance).key("exclusions").row(row).key("when");
            findings.push(told(assessment, exclusion, (place, broken)));
        }
    }
}

fn broken(context: &Context<'_>, assessment: &Assessment<'_>) -> BTreeMap<usize, Broken> {
    let memory = Memory::new(assessment.model(), &context.past.words);
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    refuted(assessment, View::on(context.today).judged_by(&changed))
}

/// Whether the model contradicts what an exclusion rests on, or nobody can read that.
pub(super) fn is_refuted(context: &Context<'_>, model: &Model, row: usize) -> bool {
    if model.compliance.exclusions.get(row).is_none_or(|exclusion| exclusion.when.trim().is_empty()) {
        return false;
    }
    let assessment = context.assessed().iter().find(|assessment| assessment.model().id == model.id);
    assessment.is_some_and(|assessment| broken(context, assessment).contains_key(&row))
}

fn told(assessment: &Assessment<'_>, exclusion: &Exclusion, (place, broken): (Place, Broken)) -> Finding {
    let model = assessment.model();
    match broken {
        Broken::Unread(wrong) => {
            let message = format!(
                "the exclusion of {} rests on a condition that cannot be read: {}",
                exclusion.req, wrong.message
            );
            let finding = Finding::new(&codes::CONDITION_MALFORMED, place, message);
            let help = wrong.hint.unwrap_or_else(|| "no component where name has webrtc".to_owned());
            finding.help(format!("{help}; until then the exclusion does not count"))
        }
        Broken::Nothing => {
            let message =
                format!("the exclusion of {} rests on `{}`, and there is none any more", exclusion.req, exclusion.when);
            Finding::new(&codes::EXCUSE_REFUTED, place, message).help(HELP)
        }
        Broken::By(hits) => {
            let name = |hit: &Hit| match hit {
                Hit::Entity(id) => model.entities.get(id).map_or_else(|| id.to_string(), named),
                Hit::Objective(objective) => objective.to_string(),
            };
            let names: Vec<String> = hits.iter().take(3).map(name).collect();
            let more = if hits.len() > 3 { format!(" ({} in all)", hits.len()) } else { String::new() };
            let message = format!(
                "the exclusion of {} rests on `{}`, which {} contradicts{more}",
                exclusion.req,
                exclusion.when,
                listed(&names)
            );
            let finding = Finding::new(&codes::EXCUSE_REFUTED, place, message).help(HELP);
            match hits.first() {
                Some(Hit::Entity(id)) => finding.also(Place::entity(&model.id, *id), "this one"),
                _ => finding,
            }
        }
    }
}

const HELP: &str = "the requirement counts as a gap again: meet it, or exclude it for a reason that holds";
