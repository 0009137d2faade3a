//! Published models that are neither live nor retired any more.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Context, Rule, accepted, breaks, filling, ledger};
use crate::change::{Act, Change, Subject, Thing, diff};
use crate::finding::{Choice, Finding, Place, Severity, codes};
use crate::identity::{Base, structural};
use crate::model::{Accepted, Decision, Model, ModelId, Removed};

pub(super) static RULE: Rule = Rule { codes: &[&codes::MODEL_GONE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::bases(context, findings, |base| {
        gone(context, base).into_iter().map(|model| finding(context, base, model)).collect()
    });
    for (base, model) in lost(context) {
        let mut finding = match decision(context, model) {
            Some(accepted) => told(model, accepted),
            None => {
                let finding = finding(context, base, model);
                let left = format!(
                    "; or leave it as it is published: redan history accept model_gone {} --reason \"…\"",
                    model.id
                );
                Finding { help: finding.help.map(|help| help + &left), ..finding }
            }
        };
        finding.evidence.push(ledger::evidence(base, &model.id, &Subject::Head));
        breaks::join((findings, start), finding);
    }
}

fn gone<'b>(context: &Context<'_>, base: &'b Base) -> Vec<&'b Model> {
    let there = |model: &&Model| context.models.contains_key(&model.id) || context.unread.contains_key(&model.id);
    base.models.values().filter(|model| !there(model)).collect()
}

/// Models that no base has any more, with the state that had them last.
fn lost<'a>(context: &Context<'a>) -> Vec<(&'a Base, &'a Model)> {
    let bases = context.past.lost.iter();
    let all = bases.flat_map(|base| gone(context, base).into_iter().map(move |model| (base, model)));
    all.map(|(base, model)| (&model.id, (base, model))).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// What would accept the loss of each model that nobody accepted, by the model that keeps the decision: the one that has
/// most of the entities, as after a mistake in the `id`.
pub(super) fn acceptable(context: &Context<'_>) -> Vec<(ModelId, Accepted)> {
    let open = lost(context).into_iter().filter(|(_, old)| decision(context, old).is_none());
    let row = |(base, old): (&Base, &Model)| {
        let shared = |model: &Model| {
            let same =
                |id| model.entities.get(id).map(|now| now.identity()) == old.entities.get(id).map(|was| was.identity());
            old.entities.keys().filter(|id| same(*id)).count()
        };
        let heir = context.models.values().min_by_key(|model| Reverse(shared(model)))?;
        Some((heir.id.clone(), Accepted { commit: base.commit.clone(), ..row(old) }))
    };
    open.filter_map(row).collect()
}

fn row(old: &Model) -> Accepted {
    let (rule, entity) = (codes::MODEL_GONE.name.to_owned(), old.id.to_string());
    let (from, to) = (structural(old).short(), structural(&Model::default()).short());
    Accepted { rule, entity, from, to, ..Accepted::default() }
}

/// The decision that accepts the loss of a model, and whose it is.
fn decision<'a>(context: &Context<'a>, old: &Model) -> Option<(&'a ModelId, &'a String, &'a Decision)> {
    let all =
        context.models.values().flat_map(|model| model.decisions.iter().map(move |(name, one)| (&model.id, name, one)));
    let mut likely = all.filter(|(_, _, one)| accepted::names(one, codes::MODEL_GONE.name, old.id.as_str())).peekable();
    likely.peek()?;
    let wanted = row(old);
    let accepts = |row: &Accepted| {
        (&row.rule, &row.entity, &row.from, &row.to) == (&wanted.rule, &wanted.entity, &wanted.from, &wanted.to)
    };
    likely.find(|(_, _, one)| one.accepted.iter().any(accepts))
}

fn told(old: &Model, (holder, name, decision): (&ModelId, &String, &Decision)) -> Finding {
    let (by, reason) = (accepted::by(decision), decision.reason.trim());
    let message = format!("in history, the model {} is gone; accepted by {by}: {reason}", old.id);
    let mut finding = Finding::new(&codes::MODEL_GONE, Place::of(&old.id, Subject::Head), message);
    finding.severity = Severity::Info;
    finding.also(Place::of(holder, Subject::Decision(name.clone())), "accepted here")
}

fn finding(context: &Context<'_>, base: &Base, old: &Model) -> Finding {
    let message = format!("the published model {} is gone: neither live nor retired", old.id);
    let option = |label: &str, model: &Model| Choice { label: label.into(), changes: put(model), patches: Vec::new() };
    let back = option("put it back as it was", old);
    let options = match old.retired() {
        true => vec![back],
        false => vec![back, option("put it back as retired", &retired(old))],
    };
    let retire = format!("a model that has had its day is retired: redan remove {} --reason \"…\"", old.id);
    let help = match base.folders.get(&old.id).and_then(|folder| unlisted(context, folder)) {
        Some(root) => format!("name {root} in redan.toml again, under `models`; {retire}"),
        None => format!("put the folder back; {retire}"),
    };
    Finding::new(&codes::MODEL_GONE, Place::of(&old.id, Subject::Head), message).help(help).fix(filling::fix(
        format!("put the model {} back", old.id),
        options,
        &filling::ALL,
    ))
}

/// The root that redan.toml named once, and that the folder lies under.
fn unlisted<'a>(context: &Context<'a>, folder: &str) -> Option<&'a String> {
    let start = |root: &str| root.split('*').next().unwrap_or_default().trim_end_matches('/').to_owned();
    let under =
        |root: &&String| folder.strip_prefix(&start(root)).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    context.past.ledger.iter().flat_map(|ledger| &ledger.former).find(under)
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
