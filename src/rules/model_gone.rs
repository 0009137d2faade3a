//! Published models that are neither live nor retired any more.

use super::{Context, Rule, breaks, filling, ledger};
use crate::change::{Act, Change, Subject, Thing, diff};
use crate::finding::{Choice, Finding, Place, codes};
use crate::model::{Model, Removed};

pub(super) static RULE: Rule = Rule { codes: &[&codes::MODEL_GONE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    let gone = |model: &&Model| !context.models.contains_key(&model.id) && !context.unread.contains_key(&model.id);
    ledger::bases(context, findings, |base| base.models.values().filter(gone).map(finding).collect());
    for base in &context.past.lost {
        for model in base.models.values().filter(gone) {
            let mut finding = finding(model);
            finding.evidence.push(ledger::evidence(base, &model.id, &Subject::Head));
            breaks::join((findings, start), finding);
        }
    }
}

fn finding(old: &Model) -> Finding {
    let message = format!("the published model {} is gone: neither live nor retired", old.id);
    let option = |label: &str, model: &Model| Choice { label: label.into(), changes: put(model), patches: Vec::new() };
    let back = option("put it back as it was", old);
    let options = match old.retired() {
        true => vec![back],
        false => vec![back, option("put it back as retired", &retired(old))],
    };
    Finding::new(&codes::MODEL_GONE, Place::of(&old.id, Subject::Head), message)
        .help(format!(
            "put the folder back; a model that has had its day is retired: redan remove {} --reason \"…\"",
            old.id
        ))
        .fix(filling::fix(format!("put the model {} back", old.id), options, &filling::ALL))
}

fn retired(old: &Model) -> Model {
    let mut model = old.clone();
    model.head.removed = Some(Removed::default());
    model
}

/// Everything a model consists of, from nothing.
fn put(model: &Model) -> Vec<Change> {
    let head = Change::new(&model.id, Subject::Head, Act::Put(Box::new(Thing::Head(model.head.clone()))));
    let empty = Model { id: model.id.clone(), head: model.head.clone(), ..Model::default() };
    [head].into_iter().chain(diff(&empty, model)).collect()
}
