//! Two models that people cannot tell apart by name.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::Model;

pub(super) static RULE: Rule = Rule { codes: &[&codes::MODEL_NAME_CLASH], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<String, Vec<&Model>> = BTreeMap::new();
    for model in context.active().filter(|model| !model.head.name.trim().is_empty()) {
        by_name.entry(fold(&model.head.name)).or_default().push(model);
    }
    for (name, mut models) in by_name {
        models.sort_by_key(|model| (!published(context, model, &name), &model.id));
        let rivals = models.split_first().into_iter().flat_map(|(first, rest)| rest.iter().map(move |m| (*first, *m)));
        findings.extend(rivals.map(|(first, model)| finding(first, model)));
    }
}

fn finding(first: &Model, model: &Model) -> Finding {
    let name = |model: &Model| Place::of(&model.id, Subject::Head).key("name");
    let message = format!("the model {} has the same name as {}: {}", model.id, first.id, model.head.name.trim());
    Finding::new(&codes::MODEL_NAME_CLASH, name(model), message)
        .help(format!("give it another name: redan rename {} \"…\"", model.id))
        .also(name(first), "the name is taken here")
}

/// Whoever had the name before keeps it.
fn published(context: &Context<'_>, model: &Model, name: &str) -> bool {
    let had = |old: &Model| fold(&old.head.name) == name;
    context.past.bases.iter().any(|base| base.models.get(&model.id).is_some_and(had))
}

fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
