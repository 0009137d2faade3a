//! What does not fit together in a model, each with its resolution as data: what it changes, and the
//! candidates. A model without boundaries has no structure to be incoherent.

pub(super) mod assertions;
pub(super) mod components;
pub(super) mod gaps;
pub(super) mod stale;
pub(super) mod structure;

use std::collections::BTreeSet;

use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Code, Finding, Fix, Safety, codes};
use crate::model::{Entity, Id, Model, Value};

/// What `redan coherence` reports.
pub static CODES: [&Code; 12] = [
    &codes::CO_ASSET_UNBOUNDED,
    &codes::CO_ATTACKER_UNPOSITIONED,
    &codes::CO_NO_SHARED_BOUNDARY,
    &codes::CO_MISSING_ENTITY,
    &codes::COMPONENT_UNBOUND,
    &codes::ASSET_COMPONENT_UNKNOWN,
    &codes::CONTROL_COMPONENT_UNKNOWN,
    &codes::CONTROL_UNSCOPED_WITH_SCOPED_ASSERTIONS,
    &codes::ASSERTION_REPO_MISMATCH,
    &codes::ASSERTION_REPO_ORPHAN,
    &codes::GROUP_PROPERTY_GAP,
    &codes::DECISION_STALE,
];

/// One way among several.
fn choice(label: impl Into<String>, changes: Vec<Change>) -> Choice {
    Choice { label: label.into(), changes, patches: Vec::new() }
}

/// A finding with its resolution, where there is any candidate.
fn resolved(finding: Finding, title: impl Into<String>, options: Vec<Choice>) -> Finding {
    if options.is_empty() {
        return finding;
    }
    finding.fix(Fix { title: title.into(), safety: Safety::Unsafe, options, needs: None })
}

fn set(model: &Model, entity: &Entity, field: &'static str, to: Option<Value>) -> Change {
    let act = Act::Set { field, from: entity.value(field), to };
    Change::new(&model.id, Subject::Entity(entity.id), act)
}

/// A set of IDs as the file holds it.
fn ids(ids: impl IntoIterator<Item = Id>) -> Option<Value> {
    let set: BTreeSet<Id> = ids.into_iter().collect();
    (!set.is_empty()).then(|| Value::List(set.into_iter().map(|id| Value::text(id.to_string())).collect()))
}
