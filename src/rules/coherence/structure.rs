//! Objectives that reachability cannot judge, or judges otherwise than the controls suggest.

use std::collections::BTreeMap;

use super::{choice, ids, resolved, set};
use crate::assess::{Assessment, Cause};
use crate::change::{Change, Subject};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{
    Asset, AssetRef, Assumption, AssumptionKind, Attacker, AttackerRef, Body, Boundary, Component, Entity, Id, Kind,
    Model, Objective, Pairs, Predicate, Wild,
};
use crate::rules::{Context, Rule, fresh, listed, named};

pub(in crate::rules) static RULE: Rule = Rule {
    codes: &[
        &codes::CO_ASSET_UNBOUNDED,
        &codes::CO_ATTACKER_UNPOSITIONED,
        &codes::CO_NO_SHARED_BOUNDARY,
        &codes::CO_MISSING_ENTITY,
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for assessment in context.assessed() {
        let model = assessment.model();
        if boundaries(model).next().is_some() {
            findings.extend(assets(model).filter_map(|(entity, asset)| unbounded(model, entity, asset)));
            findings.extend(attackers(model).filter_map(|(entity, attacker)| unpositioned(model, entity, attacker)));
            findings.extend(attackers(model).filter_map(|(entity, _)| apart(context, assessment, entity)));
        }
        findings.extend(missing(model));
    }
}

fn assets(model: &Model) -> impl Iterator<Item = (&Entity, &Asset)> {
    model.assets().filter(|(entity, _)| entity.live())
}

fn attackers(model: &Model) -> impl Iterator<Item = (&Entity, &Attacker)> {
    model.attackers().filter(|(entity, _)| entity.live())
}

fn boundaries(model: &Model) -> impl Iterator<Item = (&Entity, &Boundary)> {
    model.boundaries().filter(|(entity, _)| entity.live())
}

fn components(model: &Model) -> impl Iterator<Item = (&Entity, &Component)> {
    model.components().filter(|(entity, _)| entity.live())
}

/// Whether a component stands in a live boundary.
fn bounded(model: &Model, component: &Component) -> bool {
    component.boundaries.iter().any(|at| model.is_live(at.0))
}

/// *Scope asset*: name components that stand somewhere, or put its own components somewhere.
fn unbounded(model: &Model, entity: &Entity, asset: &Asset) -> Option<Finding> {
    let mut own = components(model).filter(|(one, _)| asset.components.iter().any(|held| held.0 == one.id));
    if own.any(|(_, component)| bounded(model, component)) {
        return None;
    }
    let held = asset.components.iter().map(|held| held.0);
    let scope = components(model).filter(|(_, component)| bounded(model, component)).map(|(one, _)| {
        let to = ids(held.clone().chain([one.id]));
        choice(format!("it lies in {}", named(one)), vec![set(model, entity, "components", to)])
    });
    let stand = components(model).filter(|(one, _)| held.clone().any(|id| id == one.id)).flat_map(|(one, _)| {
        boundaries(model).map(move |(wall, _)| {
            let to = ids([wall.id]);
            choice(format!("{} stands in {}", one.id, named(wall)), vec![set(model, one, "boundaries", to)])
        })
    });
    let options: Vec<Choice> = scope.chain(stand).collect();
    let message = format!("{} lies in no boundary, so nobody can say who reaches it", named(entity));
    let finding = Finding::new(&codes::CO_ASSET_UNBOUNDED, Place::entity(&model.id, entity.id), message)
        .help(format!("say where it is: redan resolve co_asset_unbounded:{}", entity.id));
    Some(resolved(finding, format!("scope asset {}", entity.id), options))
}

/// *Position attacker*: name the boundary they stand in.
fn unpositioned(model: &Model, entity: &Entity, attacker: &Attacker) -> Option<Finding> {
    if attacker.boundaries.iter().any(|at| model.is_live(at.0)) {
        return None;
    }
    let options = boundaries(model).map(|(wall, _)| stand(model, entity, attacker, wall)).collect();
    let message = format!("{} stands in no boundary, so nobody can say what they reach", named(entity));
    let finding = Finding::new(&codes::CO_ATTACKER_UNPOSITIONED, Place::entity(&model.id, entity.id), message)
        .help(format!("say where they stand: redan resolve co_attacker_unpositioned:{}", entity.id));
    Some(resolved(finding, format!("position attacker {}", entity.id), options))
}

fn stand(model: &Model, entity: &Entity, attacker: &Attacker, wall: &Entity) -> Choice {
    let to = ids(attacker.boundaries.iter().map(|at| at.0).chain([wall.id]));
    choice(format!("they stand in {}", named(wall)), vec![set(model, entity, "boundaries", to)])
}

/// Objectives with controls although nothing leads the attacker to the asset, and nobody says so.
fn apart(context: &Context<'_>, assessment: &Assessment<'_>, entity: &Entity) -> Option<Finding> {
    let model = assessment.model();
    let mine = assessment.outcomes().filter(|(objective, _)| objective.attacker == entity.id);
    let apart = mine.filter(|(_, outcome)| outcome.reach.cause == Some(Cause::NoSharedBoundary));
    let odd: Vec<Objective> = apart
        .map(|(objective, _)| objective)
        .filter(|&objective| !assessment.groups(objective).is_empty() && !spoken(model, objective))
        .collect();
    let first = *odd.first()?;
    let message =
        format!("nothing leads {} to {}, and still controls cover it", named(entity), listed(&assets_of(&odd)));
    let finding = Finding::new(&codes::CO_NO_SHARED_BOUNDARY, Place::entity(&model.id, entity.id), message)
        .help(format!("{} redan resolve co_no_shared_boundary:{}", assessment.narrate(first), entity.id));
    let finding = odd.iter().fold(finding, |finding, objective| {
        finding.also(Place::entity(&model.id, objective.asset), format!("{objective} counts as unreachable"))
    });
    let mut options = vec![exclude(context, model, entity, &odd)];
    if let Body::Attacker(attacker) = &entity.body {
        let near = boundaries(model).filter(|(wall, _)| odd.iter().all(|one| lies_in(model, one.asset, wall.id)));
        options.extend(near.map(|(wall, _)| stand(model, entity, attacker, wall)));
    }
    Some(resolved(finding, format!("position attacker {}, or exclude by assumption", entity.id), options))
}

fn assets_of(objectives: &[Objective]) -> Vec<Id> {
    objectives.iter().map(|objective| objective.asset).collect()
}

fn lies_in(model: &Model, asset: Id, wall: Id) -> bool {
    let Some(Body::Asset(asset)) = model.entities.get(&asset).map(|entity| &entity.body) else { return false };
    let held = |one: &Entity| asset.components.iter().any(|held| held.0 == one.id);
    components(model).any(|(one, component)| held(one) && component.boundaries.iter().any(|at| at.0 == wall))
}

/// Whether some live assumption names the pair in its exclusion, attested or not.
fn spoken(model: &Model, objective: Objective) -> bool {
    let live = model.assumptions().filter(|(entity, _)| entity.live());
    let mut predicates = live.filter_map(|(_, assumption)| assumption.excludes.as_ref());
    predicates.any(|predicate| {
        let asset = matches!(&predicate.asset, Some(Wild::These(set)) if set.contains(&AssetRef(objective.asset)));
        let attacker =
            matches!(&predicate.attacker, Some(Wild::These(set)) if set.contains(&AttackerRef(objective.attacker)));
        predicate.objectives.contains(objective) || asset && attacker
    })
}

/// *Exclude by assumption*: a predicate about exactly these objectives; the words are the person's.
fn exclude(context: &Context<'_>, model: &Model, entity: &Entity, odd: &[Objective]) -> Choice {
    let id = Id::new(Kind::Assumption, fresh::number(context, model, Kind::Assumption));
    let objectives: Pairs = odd.iter().copied().collect();
    let mut assumption = Entity::new(id);
    assumption.body = Body::Assumption(Assumption {
        description: format!("{} has no way to {}", entity.id, listed(&assets_of(odd))),
        kind: Some(AssumptionKind::NonApplicability),
        excludes: Some(Predicate { objectives, ..Predicate::default() }),
        ..Assumption::default()
    });
    choice(format!("exclude by the assumption {id}"), vec![Change::put(&model.id, assumption)])
}

/// *Restore entity*: a live assumption still speaks about what is removed.
fn missing(model: &Model) -> Vec<Finding> {
    let mut about: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
        for id in mentioned(assumption) {
            if model.entities.get(&id).is_some_and(|entity| !entity.live()) {
                about.entry(id).or_default().push(entity.id);
            }
        }
    }
    about.into_iter().filter_map(|(id, by)| gone(model, model.entities.get(&id)?, &by)).collect()
}

fn mentioned(assumption: &Assumption) -> Vec<Id> {
    let mut all: Vec<Id> = assumption.objectives.iter().flat_map(|one| [one.asset, one.attacker]).collect();
    if let Some(predicate) = &assumption.excludes {
        all.extend(predicate.objectives.iter().flat_map(|one| [one.asset, one.attacker]));
        if let Some(Wild::These(set)) = &predicate.asset {
            all.extend(set.iter().map(|one| one.0));
        }
        if let Some(Wild::These(set)) = &predicate.attacker {
            all.extend(set.iter().map(|one| one.0));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn gone(model: &Model, entity: &Entity, by: &[Id]) -> Option<Finding> {
    let message = format!("{} is removed, and {} still speaks about it", named(entity), listed(by));
    let place = Place::entity(&model.id, entity.id);
    let finding = Finding::new(&codes::CO_MISSING_ENTITY, place, message)
        .help(format!("bring it back: redan restore {}; or edit the assumption", entity.id));
    let finding = by
        .iter()
        .fold(finding, |finding, &id| finding.also(Place::entity(&model.id, id), format!("{id} speaks about it")));
    let changes = vec![set(model, entity, "removed", None)];
    let subject = Subject::Entity(entity.id);
    Some(resolved(finding, format!("restore entity {subject}"), vec![choice(format!("restore {subject}"), changes)]))
}
