//! Removals without date, person or reason.

use super::{Context, Rule, filling, listed, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{Head, Model, ModelId, Record, Removed, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::TOMBSTONE_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.models.values() {
        findings.extend(retirement(model));
        if !model.retired() {
            findings.extend(tombstones(model));
        }
    }
}

fn retirement(model: &Model) -> Option<Finding> {
    let gaps = gaps(model.head.removed.as_ref()?);
    let value = Head::value(&model.head, "removed");
    (!gaps.is_empty()).then(|| finding(&model.id, Subject::Head, format!("the model {}", model.id), (value, gaps)))
}

fn tombstones(model: &Model) -> impl Iterator<Item = Finding> + '_ {
    model.entities.values().filter_map(|entity| {
        let gaps = gaps(entity.life.removed.as_ref()?);
        let who = || (entity.value("removed"), gaps.clone());
        (!gaps.is_empty()).then(|| finding(&model.id, Subject::Entity(entity.id), named(entity), who()))
    })
}

fn gaps(removed: &Removed) -> Vec<&'static str> {
    filling::missing([
        ("at", removed.at.is_some()),
        ("by", !removed.by.trim().is_empty()),
        ("reason", !removed.reason.trim().is_empty()),
    ])
}

fn finding(model: &ModelId, subject: Subject, who: String, (value, gaps): (Option<Value>, Vec<&str>)) -> Finding {
    let change = Change::new(model, subject.clone(), Act::Set { field: "removed", from: value.clone(), to: value });
    let label = format!("fill in {}", listed(&gaps));
    let option = Choice { label: label.clone(), changes: vec![change], patches: Vec::new() };
    let message = format!("the removal of {who} does not say its {}", listed(&gaps));
    Finding::new(&codes::TOMBSTONE_INCOMPLETE, Place::of(model, subject).key("removed"), message)
        .help("write removed = { at = 2026-11-20, by = \"ada@example.org\", reason = \"…\" }; next time: redan remove")
        .fix(filling::fix(label, vec![option], &gaps))
}
