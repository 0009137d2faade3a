//! Evidence and the repositories it names, against the components its control lives in.

use std::collections::BTreeSet;

use super::components::repositories;
use super::{choice, ids, resolved, set};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{Control, Entity, Evidence, Id, Model, Value};
use crate::rules::{Context, Rule, named};

pub(in crate::rules) static RULE: Rule = Rule {
    codes: &[
        &codes::CONTROL_UNSCOPED_WITH_SCOPED_ASSERTIONS,
        &codes::ASSERTION_REPO_MISMATCH,
        &codes::ASSERTION_REPO_ORPHAN,
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active().filter(|model| model.components().next().is_some()) {
        for (entity, control) in model.controls().filter(|(entity, _)| entity.live()) {
            let known = repositories(model);
            let named: BTreeSet<&str> = control.evidence.iter().map(|one| one.repo.as_str()).collect();
            for repo in named.into_iter().filter(|repo| !repo.is_empty()) {
                let one = Asserted { model, entity, control, repo };
                findings.extend(one.finding(&known));
            }
        }
    }
}

/// What a control's evidence says about one repository.
struct Asserted<'a> {
    model: &'a Model,
    entity: &'a Entity,
    control: &'a Control,
    repo: &'a str,
}

impl Asserted<'_> {
    fn finding(&self, known: &BTreeSet<&str>) -> Option<Finding> {
        let own = self.own();
        match () {
            () if !known.contains(self.repo) => Some(self.orphan(&own)),
            () if self.control.components.is_empty() => Some(self.unscoped()),
            () if !own.is_empty() && !own.contains(self.repo) => Some(self.mismatch(&own)),
            () => None,
        }
    }

    /// Repositories of the control's own components.
    fn own(&self) -> BTreeSet<&str> {
        let held = |id: Id| self.control.components.iter().any(|one| one.0 == id);
        let inside = self.model.components().filter(|(entity, _)| entity.live() && held(entity.id));
        inside.map(|(_, component)| component.repo.as_str()).filter(|repo| !repo.is_empty()).collect()
    }

    fn place(&self) -> Place {
        let row = self.control.evidence.iter().position(|one| one.repo == self.repo).unwrap_or(0);
        Place::entity(&self.model.id, self.entity.id).key("evidence").row(row).key("repo")
    }

    /// Evidence about components of the model, for a control that says of none that it lives there.
    fn unscoped(&self) -> Finding {
        let message = format!("{} has evidence in {} and lives in no component", named(self.entity), self.repo);
        let finding = Finding::new(&codes::CONTROL_UNSCOPED_WITH_SCOPED_ASSERTIONS, self.place(), message).help(
            format!("say where it lives: redan resolve control_unscoped_with_scoped_assertions:{}", self.entity.id),
        );
        resolved(finding, format!("scope control {}", self.entity.id), self.scopes())
    }

    /// Components in the repository that the control may live in.
    fn scopes(&self) -> Vec<Choice> {
        let there = self.model.components().filter(|(entity, one)| entity.live() && one.repo == self.repo);
        let held = || self.control.components.iter().map(|one| one.0);
        let scope = there.map(|(entity, _)| {
            let to = ids(held().chain([entity.id]));
            choice(format!("it lives in {}", named(entity)), vec![set(self.model, self.entity, "components", to)])
        });
        scope.collect()
    }

    fn mismatch(&self, own: &BTreeSet<&str>) -> Finding {
        let message = format!("{} has evidence in {}, where none of its components is", named(self.entity), self.repo);
        let finding = Finding::new(&codes::ASSERTION_REPO_MISMATCH, self.place(), message)
            .help(format!("bind one to the other: redan resolve assertion_repo_mismatch:{}", self.entity.id));
        let options = self.rebinds(own).into_iter().chain(self.scopes()).collect();
        resolved(finding, format!("rebind evidence of {}", self.entity.id), options)
    }

    fn orphan(&self, own: &BTreeSet<&str>) -> Finding {
        let message = format!("{} has evidence in {}, where no component is", named(self.entity), self.repo);
        let finding = Finding::new(&codes::ASSERTION_REPO_ORPHAN, self.place(), message)
            .help(format!("bind it to a component's: redan resolve assertion_repo_orphan:{}", self.entity.id));
        let bare = self.model.components().filter(|(entity, one)| {
            let held = self.control.components.iter().any(|held| held.0 == entity.id);
            entity.live() && one.repo.is_empty() && held
        });
        let ground = bare.map(|(entity, _)| {
            let to = Some(Value::text(self.repo));
            choice(format!("it is the repository of {}", named(entity)), vec![set(self.model, entity, "repo", to)])
        });
        let options = self.rebinds(own).into_iter().chain(ground).collect();
        resolved(finding, format!("rebind evidence of {}", self.entity.id), options)
    }

    /// The rows of this repository in another one.
    fn rebinds(&self, own: &BTreeSet<&str>) -> Vec<Choice> {
        let rebind = |repo: &&str| {
            let moved = |one: &Evidence| {
                let mut one = one.clone();
                if one.repo == self.repo {
                    one.repo = (*repo).to_owned();
                }
                one
            };
            let mut entity = self.entity.clone();
            if let crate::model::Body::Control(control) = &mut entity.body {
                control.evidence = self.control.evidence.iter().map(moved).collect();
            }
            let to = entity.value("evidence");
            choice(format!("it is in {repo}"), vec![set(self.model, self.entity, "evidence", to)])
        };
        own.iter().map(rebind).collect()
    }
}
