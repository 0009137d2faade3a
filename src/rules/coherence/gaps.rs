//! Mitigated objectives whose complete groups leave a property unaddressed.

use std::collections::{BTreeMap, BTreeSet};

use super::{choice, resolved, set};
use crate::assess::{Assessment, Mask};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{Body, Entity, Id, Objective, Part, Property};
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
        let of = |(asset, (mask, objectives))| Gap::new(assessment, asset, mask, objectives).finding(context);
        findings.extend(gaps.into_iter().filter_map(of));
    }
}

/// What the complete groups of an asset leave open.
struct Gap<'a> {
    assessment: &'a Assessment<'a>,
    asset: Id,
    mask: Mask,
    /// The properties in words.
    words: String,
    objectives: Vec<Objective>,
}

impl<'a> Gap<'a> {
    fn new(assessment: &'a Assessment<'a>, asset: Id, mask: Mask, objectives: Vec<Objective>) -> Gap<'a> {
        let words = listed(&mask.iter().map(Property::meaning).collect::<Vec<_>>());
        Gap { assessment, asset, mask, words, objectives }
    }

    /// One an asset.
    fn finding(&self, context: &Context<'_>) -> Option<Finding> {
        let (model, asset) = (self.assessment.model(), self.asset);
        let entity = model.entities.get(&asset)?;
        let message = format!(
            "the complete groups of {} leave {} unaddressed against {}",
            named(entity),
            self.words,
            listed(&self.objectives.iter().map(|one| one.attacker).collect::<Vec<_>>())
        );
        let place = Place::entity(&model.id, asset).key("properties");
        let finding = Finding::new(&codes::GROUP_PROPERTY_GAP, place, message).help(format!(
            "add a control that protects it to the group, or say what is true already: redan resolve group_property_gap:{asset}{}",
            context.flag(model)
        ));
        let widened = self.common().into_iter().filter_map(|id| self.widened(model.entities.get(&id)?));
        let options = widened.chain(self.unlisted(entity)).collect();
        Some(resolved(finding, format!("say what protects {asset}"), options))
    }

    /// Controls that stand in a complete group of every one of these objectives.
    fn common(&self) -> BTreeSet<Id> {
        let holding = |objective: &Objective| -> BTreeSet<Id> {
            let groups = self.assessment.groups(*objective).into_iter().filter(|state| state.complete);
            groups.flat_map(|state| state.members).map(|member| member.control).collect()
        };
        let all = self.objectives.iter().map(holding);
        all.reduce(|all, one| all.intersection(&one).copied().collect()).unwrap_or_default()
    }

    fn widened(&self, entity: &Entity) -> Option<Choice> {
        let Body::Control(control) = &entity.body else { return None };
        let all: BTreeSet<Property> = control.protects.iter().copied().chain(self.mask.iter()).collect();
        let label = format!("{} protects {} too", named(entity), self.words);
        Some(choice(label, vec![set(self.assessment.model(), entity, "protects", all.show())]))
    }

    /// That the property never mattered. With it there is always something to choose: which of the two is
    /// true, only a person knows.
    fn unlisted(&self, entity: &Entity) -> Option<Choice> {
        let Body::Asset(asset) = &entity.body else { return None };
        let mut rest = asset.properties.clone();
        rest.0.retain(|property, _| !self.mask.iter().any(|gap| gap == *property));
        let label = format!("{} needs no {}", named(entity), self.words);
        Some(choice(label, vec![set(self.assessment.model(), entity, "properties", rest.show())]))
    }
}
