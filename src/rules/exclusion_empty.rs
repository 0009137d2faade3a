//! Exclusion predicates without a term: what they take out cannot be told.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Predicate, Wild};

pub(super) static RULE: Rule = Rule { codes: &[&codes::EXCLUSION_EMPTY], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for (entity, assumption) in model.assumptions().filter(|(entity, _)| entity.live()) {
            if assumption.excludes.as_ref().is_some_and(says_nothing) {
                let message = format!("{} has an `excludes` that names no objective", named(entity));
                let place = Place::entity(&model.id, entity.id).key("excludes");
                findings.push(Finding::new(&codes::EXCLUSION_EMPTY, place, message).help(
                    "say what it takes out, as in { attacker = \"T1\", property = \"C\" }, with \"*\" for all of a kind; or take `excludes` out",
                ));
            }
        }
    }
}

fn says_nothing(predicate: &Predicate) -> bool {
    predicate.objectives.is_empty()
        && silent(predicate.attacker.as_ref())
        && silent(predicate.vector.as_ref())
        && silent(predicate.asset.as_ref())
        && silent(predicate.component.as_ref())
        && silent(predicate.property.as_ref())
}

fn silent<T: Ord>(term: Option<&Wild<T>>) -> bool {
    match term {
        None => true,
        Some(Wild::Any) => false,
        Some(Wild::These(items)) => items.is_empty(),
    }
}
