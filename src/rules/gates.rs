//! The change is judged, not the stock: what was mitigated in the base and is open now, and objectives that
//! came without anybody looking at them.

use std::collections::BTreeMap;

use super::{Context, Rule, listed, named};
use crate::assess::{Assessment, Status};
use crate::finding::{Finding, Place, codes};
use crate::model::{Group, Id, Model, Objective};

pub(super) static RULE: Rule = Rule { codes: &[&codes::MITIGATION_LOST, &codes::OBJECTIVE_UNASSESSED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bases = context.past.bases.iter();
    for base in bases {
        for assessment in context.assessed() {
            let model = assessment.model();
            let changed = |old: &&Model| !old.retired() && !std::ptr::eq(*old, model);
            let Some(old) = base.models.get(&model.id).filter(changed) else { continue };
            let before: BTreeMap<Objective, Status> = statuses(&context.assess(old)).collect();
            let mut lost: BTreeMap<Id, Vec<Objective>> = BTreeMap::new();
            let mut fresh: BTreeMap<Id, Vec<Objective>> = BTreeMap::new();
            for (objective, status) in statuses(assessment) {
                match before.get(&objective) {
                    Some(Status::Mitigated) if status.open() => {
                        lost.entry(objective.asset).or_default().push(objective)
                    }
                    None if status == Status::Unassessed => {
                        fresh.entry(newcomer(old, objective)).or_default().push(objective)
                    }
                    _ => {}
                }
            }
            findings
                .extend(lost.into_iter().filter_map(|(asset, all)| reopened((old, model), &base.name, asset, &all)));
            findings.extend(fresh.into_iter().filter_map(|(id, all)| unseen(model, id, &all)));
        }
    }
    findings.dedup_by(|a, b| a.code == b.code && a.place == b.place);
}

/// On the same day in both states, so that an expiry is nobody's change.
pub(super) fn statuses(assessment: &Assessment<'_>) -> impl Iterator<Item = (Objective, Status)> {
    assessment.outcomes().map(|(objective, outcome)| (objective, outcome.status))
}

/// The side of the pair that the base has not.
fn newcomer(old: &Model, objective: Objective) -> Id {
    if old.is_live(objective.asset) { objective.attacker } else { objective.asset }
}

fn reopened((old, model): (&Model, &Model), base: &str, asset: Id, all: &[Objective]) -> Option<Finding> {
    let entity = model.entities.get(&asset)?;
    let planned = planned(old, model, all);
    let message = match planned.is_empty() {
        true => format!(
            "{} {} mitigated in {base} and {} open now",
            few(all),
            were(all, "was", "were"),
            were(all, "is", "are")
        ),
        false => {
            let verb = if planned.len() == 1 { "reopens" } else { "reopen" };
            format!("{} {verb} {}, mitigated in {base}: not implemented, and in a group", listed(&planned), few(all))
        }
    };
    Some(
        Finding::new(&codes::MITIGATION_LOST, Place::entity(&model.id, asset), message).help(format!(
            "see what {} lost: redan assess; put it back, or accept the risk: redan accept",
            named(entity)
        )),
    )
}

fn unseen(model: &Model, id: Id, all: &[Objective]) -> Option<Finding> {
    let entity = model.entities.get(&id)?;
    let message = format!(
        "{} brings {} that nobody looked at: {}",
        named(entity),
        were(all, "an objective", "objectives"),
        few(all)
    );
    Some(Finding::new(&codes::OBJECTIVE_UNASSESSED, Place::entity(&model.id, id), message).help(
        "cover them (redan cover), accept them (redan accept), or decide that they do not apply (redan not-applicable)",
    ))
}

/// Controls that are not implemented and joined a group of one of the objectives since.
fn planned(old: &Model, model: &Model, all: &[Objective]) -> Vec<String> {
    let joins = |model: &Model, id: Id| -> Vec<Objective> {
        let control = model.controls().find(|(entity, _)| entity.id == id && entity.live());
        let covers = control.into_iter().flat_map(|(_, control)| control.covers.iter());
        covers.filter(|(group, _)| *group != Group::Depth).map(|(_, objective)| objective).collect()
    };
    let open = model.controls().filter(|(entity, control)| entity.live() && !control.implemented());
    open.map(|(entity, _)| entity.id)
        .filter(|&id| {
            let before = joins(old, id);
            joins(model, id).iter().any(|one| all.contains(one) && !before.contains(one))
        })
        .map(|id| id.to_string())
        .collect()
}

/// All of them, or the first with the number of the others.
pub(super) fn few(all: &[Objective]) -> String {
    const SHOWN: usize = 4;
    match all.len() {
        0..=SHOWN => listed(all),
        many => format!("{} and {} more", listed(&all[..SHOWN - 1]).replace(" and ", ", "), many - SHOWN + 1),
    }
}

pub(super) fn were<'w>(all: &[Objective], one: &'w str, many: &'w str) -> &'w str {
    if all.len() == 1 { one } else { many }
}
