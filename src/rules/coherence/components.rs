//! Components that do not exist, and components whose code nobody can find.

use std::collections::BTreeSet;

use super::{choice, ids, resolved, set};
use crate::finding::{Choice, Code, Finding, Place, codes};
use crate::model::{ComponentRef, Entity, Id, Kind, Model, Value};
use crate::rules::reference_unknown::nearest;
use crate::rules::{Context, Rule, listed, named};

pub(in crate::rules) static RULE: Rule = Rule {
    codes: &[&codes::COMPONENT_UNBOUND, &codes::ASSET_COMPONENT_UNKNOWN, &codes::CONTROL_COMPONENT_UNKNOWN],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        findings.extend(unbound(model));
        for (entity, asset) in model.assets().filter(|(entity, _)| entity.live()) {
            findings.extend(unknown(context, model, entity, &asset.components, &codes::ASSET_COMPONENT_UNKNOWN));
        }
        for (entity, control) in model.controls().filter(|(entity, _)| entity.live()) {
            findings.extend(unknown(context, model, entity, &control.components, &codes::CONTROL_COMPONENT_UNKNOWN));
        }
    }
}

/// The repositories that components of a model live in.
pub(super) fn repositories(model: &Model) -> BTreeSet<&str> {
    let live = model.components().filter(|(entity, _)| entity.live());
    live.map(|(_, component)| component.repo.as_str()).filter(|repo| !repo.is_empty()).collect()
}

/// *Ground component*: controls live in it, and its repository is not known.
fn unbound(model: &Model) -> Vec<Finding> {
    let bare = model.components().filter(|(entity, component)| entity.live() && component.repo.is_empty());
    bare.filter_map(|(entity, _)| {
        let inside = model
            .controls()
            .filter(|(control, body)| control.live() && body.components.contains(&ComponentRef(entity.id)));
        let controls: Vec<Id> = inside.map(|(control, _)| control.id).collect();
        if controls.is_empty() {
            return None;
        }
        let are = if controls.len() > 1 { "are" } else { "is" };
        let message =
            format!("{} has no repository, so nothing can show that {} {are} there", named(entity), listed(&controls));
        let finding = Finding::new(&codes::COMPONENT_UNBOUND, Place::entity(&model.id, entity.id), message).help(
            format!("name it: redan edit {} --set repo=owner/name; leave it where the part is not yours", entity.id),
        );
        let ground = |repo: &str| {
            choice(format!("its code is in {repo}"), vec![set(model, entity, "repo", Some(Value::text(repo)))])
        };
        let options: Vec<Choice> = repositories(model).into_iter().map(ground).collect();
        Some(resolved(finding, format!("ground component {}", entity.id), options))
    })
    .collect()
}

/// *Rebind*: an ID that no component has.
fn unknown(
    context: &Context<'_>,
    model: &Model,
    entity: &Entity,
    held: &BTreeSet<ComponentRef>,
    code: &'static Code,
) -> Vec<Finding> {
    let lost = held.iter().map(|one| one.0);
    let lost = lost.filter(|id| !model.entities.contains_key(id) && !context.is_unread(&model.id, *id));
    lost.map(|id| {
        let message = format!("{} names the component {id}, which does not exist", named(entity));
        let place = Place::entity(&model.id, entity.id).key("components").item(id.to_string());
        let rest = || held.iter().map(|one| one.0).filter(move |one| *one != id);
        let take = choice(format!("take {id} out"), vec![set(model, entity, "components", ids(rest()))]);
        let near = nearest(model, id).into_iter().map(|near| {
            let to = ids(rest().chain([near.id]));
            choice(format!("it is {}", named(near)), vec![set(model, entity, "components", to)])
        });
        let options: Vec<Choice> = near.chain([take]).collect();
        let add = format!("redan add {}{}", Kind::Component, context.flag(model));
        let finding = Finding::new(code, place, message)
            .help(format!("name another: redan resolve {}:{}; or add it: {add}", code.name, entity.id));
        resolved(finding, format!("rebind the components of {}", entity.id), options)
    })
    .collect()
}
