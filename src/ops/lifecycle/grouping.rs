//! Why controls were regrouped, as a decision of its own: groups decide what counts as mitigated.

use super::Note;
use super::draft::Draft;
use crate::identity::structural;
use crate::model::{Decision, DecisionKind, Id, Objective, Pairs};

/// Writes a `grouping` decision about these objectives and controls. It carries no digest of them yet.
pub(super) fn record(draft: &mut Draft<'_>, objectives: &[Objective], controls: &[Id], reason: &str) {
    let now = draft.stage.now;
    let decision = Decision {
        kind: Some(DecisionKind::Grouping),
        objectives: Pairs::from_iter(objectives.iter().copied()),
        entities: controls.iter().copied().collect(),
        owner: now.by.clone(),
        by: now.by.clone(),
        at: Some(now.at),
        reason: reason.to_owned(),
        ..Decision::default()
    };
    let name = free_name(draft);
    draft.model.decisions.insert(name.clone(), decision);
    draft.note(Note::Recorded { decision: name });
}

/// `2026-11-20-grouping-3f9a`: the end comes from the resulting structure, so that two branches of one
/// day do not meet in one file.
fn free_name(draft: &Draft<'_>) -> String {
    let stem = format!("{}-grouping-{}", draft.stage.now.at.day(), &structural(&draft.model).short()[..4]);
    let numbered = (2..).map(|number: usize| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    names.find(|name| !draft.model.decisions.contains_key(name)).unwrap_or(stem)
}
