//! Mitigated objectives whose complete groups leave a property unaddressed.

use std::collections::{BTreeMap, BTreeSet};

use super::{choice, resolved, set};
use crate::assess::{Assessment, Mask};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{Body, Id, Model, Objective, Property, Value};
use crate::rules::{Context, Rule, listed, named};

pub(in crate::rules) static RULE: Rule = Rule { codes: &[&codes::GROUP_PROPERTY_GAP], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for assessment in context.assessed() {
        let mut gaps: BTreeMap<Id, (Mask, Vec<Objective>)> = BTreeMap::new();
        for (objective, outcome) in assessment.outcomes().filter(|(_, outcome)| !outcome.gap.is_empty()) {
            let (mask, all) = gaps.entry(objective.asset).or_default();
            *mask = mask.with(outcome.gap);
            all.push(objective);
        }
        let of = |(asset, (mask, all)): (Id, (Mask, Vec<Objective>))| finding(context, assessment, (asset, mask), &all);
        findings.extend(gaps.into_iter().filter_map(of));
    }
}

/// One finding an asset.
fn finding(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
    (asset, mask): (Id, Mask),
    objectives: &[Objective],
) -> Option<Finding> {
    let model = assessment.model();
    let words: Vec<&str> = mask.iter().map(Property::meaning).collect();
    let message = format!(
        "the complete groups of {} leave {} unaddressed against {}",
        named(model.entities.get(&asset)?),
        listed(&words),
        listed(&objectives.iter().map(|one| one.attacker).collect::<Vec<_>>())
    );
    let finding = Finding::new(&codes::GROUP_PROPERTY_GAP, Place::entity(&model.id, asset).key("properties"), message)
        .help(format!("add a control that protects it to the group, or say what is true already: redan resolve group_property_gap:{asset}{}", context.flag(model)));
    let options = widenings(assessment, objectives, mask).into_iter().chain(unlisted(model, asset, mask)).collect();
    Some(resolved(finding, format!("say what protects {asset}"), options))
}

/// Controls that stand in a complete group of every one of these objectives.
fn widenings(assessment: &Assessment<'_>, objectives: &[Objective], mask: Mask) -> Vec<Choice> {
    let holding = |objective: &Objective| -> BTreeSet<Id> {
        let groups = assessment.groups(*objective).into_iter().filter(|state| state.complete);
        groups.flat_map(|state| state.members).map(|member| member.control).collect()
    };
    let common = objectives.iter().map(holding).reduce(|all, one| all.intersection(&one).copied().collect());
    let widen = |id: Id| widened(assessment.model(), id, mask);
    common.unwrap_or_default().into_iter().filter_map(widen).collect()
}

/// That the property never mattered. With it there is always something to choose: which of the two is true,
/// only a person knows.
fn unlisted(model: &Model, asset: Id, mask: Mask) -> Option<Choice> {
    let entity = model.entities.get(&asset)?;
    let mut without = entity.clone();
    let Body::Asset(body) = &mut without.body else { return None };
    body.properties.0.retain(|property, _| !mask.iter().any(|gap| gap == *property));
    let words: Vec<&str> = mask.iter().map(Property::meaning).collect();
    let label = format!("{} needs no {}", named(entity), listed(&words));
    Some(choice(label, vec![set(model, entity, "properties", without.value("properties"))]))
}

fn widened(model: &Model, id: Id, mask: Mask) -> Option<Choice> {
    let entity = model.entities.get(&id)?;
    let Body::Control(control) = &entity.body else { return None };
    let all: BTreeSet<Property> = control.protects.iter().copied().chain(mask.iter()).collect();
    let to = Value::List(all.iter().map(|property| Value::text(property.word())).collect());
    let words: Vec<&str> = mask.iter().map(Property::meaning).collect();
    let label = format!("{} protects {} too", named(entity), listed(&words));
    Some(choice(label, vec![set(model, entity, "protects", Some(to))]))
}
