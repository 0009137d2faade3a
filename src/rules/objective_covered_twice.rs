//! One control, one objective, two groups: which one it completes cannot be told.

use std::collections::BTreeMap;

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Entity, Group, Model, Objective};

pub(super) static RULE: Rule = Rule { codes: &[&codes::OBJECTIVE_COVERED_TWICE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        if control.covers.0.len() < 2 {
            continue;
        }
        let mut groups: BTreeMap<Objective, Group> = BTreeMap::new();
        for (group, objective) in control.covers.iter() {
            match groups.get(&objective) {
                Some(&first) => findings.push(finding(context, (model, entity), objective, [first, group])),
                None => drop(groups.insert(objective, group)),
            }
        }
    }
}

fn finding(
    context: &Context<'_>,
    (model, entity): (&Model, &Entity),
    objective: Objective,
    [first, second]: [Group; 2],
) -> Finding {
    let place = |group: Group| {
        let covers = Place::entity(&model.id, entity.id).key("covers").key(group.to_string());
        covers.key(objective.asset.to_string()).item(objective.attacker.to_string())
    };
    let message = format!("{} covers {objective} twice, in group {first} and in group {second}", named(entity));
    Finding::new(&codes::OBJECTIVE_COVERED_TWICE, place(second), message)
        .help(format!(
            "keep one of them: redan group {objective} {}={first} --reason \"…\"{}",
            entity.id,
            context.flag(model)
        ))
        .also(place(first), "covered here first")
}
