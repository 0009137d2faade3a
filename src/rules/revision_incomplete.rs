//! Revisions without date, person or reason.

use super::revisions::{self, Revision};
use super::{Context, Rule, filling, listed, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Safety, codes};
use crate::identity::structural;
use crate::model::{Entity, Model, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REVISION_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        for (row, revision) in revisions::rows(entity).iter().enumerate() {
            let gaps = gaps(revision);
            if !gaps.is_empty() {
                findings.push(finding(model, entity, row, &gaps));
            }
        }
    }
}

fn gaps(revision: &Revision<'_>) -> Vec<&'static str> {
    filling::missing([
        ("at", revision.at.is_some()),
        ("by", !revision.by.trim().is_empty()),
        ("reason", !revision.reason.trim().is_empty()),
    ])
}

fn finding(model: &Model, entity: &Entity, row: usize, gaps: &[&str]) -> Finding {
    let message = format!("revision {} of {} does not say its {}", row + 1, named(entity), listed(gaps));
    let finding = Finding::new(&codes::REVISION_INCOMPLETE, revisions::place(&model.id, entity, row), message);
    if gaps.contains(&"reason") {
        return finding.help("write the reason into the row: without it the change of the rating cannot be followed");
    }
    finding.help("fill it in: redan fix").fix(fill(model, entity, row, gaps))
}

/// Who and when are known to whoever performs the fix; the stamp is known here.
fn fill(model: &Model, entity: &Entity, row: usize, gaps: &[&str]) -> Fix {
    let from = entity.value("revisions");
    let mut to = from.clone();
    if let Some(Value::List(rows)) = &mut to
        && let Some(Value::Table(table)) = rows.get_mut(row)
    {
        table.entry("model".to_owned()).or_insert_with(|| Value::Text(structural(model).short()));
    }
    let act = Act::Set { field: "revisions", from, to };
    let change = Change::new(&model.id, Subject::Entity(entity.id), act);
    let label = format!("fill in {} of revision {} of {}", listed(gaps), row + 1, entity.id);
    let options = vec![Choice { label: label.clone(), changes: vec![change], patches: Vec::new() }];
    Fix { safety: Safety::Safe, ..filling::fix(label, options, gaps) }
}
