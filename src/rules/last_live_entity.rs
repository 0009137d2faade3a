//! A model without a live asset or a live attacker has nothing to say.

use super::{Context, Rule};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Place, Safety, codes};
use crate::model::{Entity, Kind, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::LAST_LIVE_ENTITY], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for kind in [Kind::Asset, Kind::Attacker] {
            let unread = context.unread.get(&model.id).is_some_and(|ids| ids.iter().any(|id| id.kind == kind));
            if !unread && !model.of_kind(kind).any(Entity::live) {
                findings.push(finding(model, kind));
            }
        }
    }
}

fn finding(model: &Model, kind: Kind) -> Finding {
    let message = format!("no live {kind} is left, so there is nothing to threat-model");
    let finding = Finding::new(&codes::LAST_LIVE_ENTITY, Place::of(&model.id, Subject::Head), message);
    let removed: Vec<&Entity> = model.of_kind(kind).collect();
    if removed.is_empty() {
        return finding.help(format!("add one: redan add {kind} -m {}", model.id));
    }
    let option = |entity: &&Entity| Choice {
        label: format!("restore {} ({})", entity.id, entity.title()),
        changes: vec![restore(model, entity)],
        patches: Vec::new(),
    };
    let options = removed.iter().map(option).collect();
    finding.fix(Fix { title: format!("restore one {kind}"), safety: Safety::Unsafe, options, needs: None })
}

fn restore(model: &Model, entity: &Entity) -> Change {
    let act = Act::Set { field: "removed", from: entity.value("removed"), to: None };
    Change::new(&model.id, Subject::Entity(entity.id), act)
}
