//! Rows that do not say what they were decided about. They count; nobody can see when they are stale.

use super::{Context, Memory, Rule, listed, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Finding, Fix, Place, codes};
use crate::identity::{of_entity, structural};
use crate::model::{Decision, DecisionKind, Entity, Model, Objective, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::STAMP_MISSING], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        findings.extend(of_rows(model, entity, ("revisions", "model"), || structural(model).short()));
        findings.extend(of_rows(model, entity, ("attestations", "of"), || of_entity(entity).short()));
    }
    for model in context.active() {
        findings.extend(model.decisions.iter().filter_map(|(name, decision)| of_decision(model, name, decision)));
    }
}

/// One finding for all rows of a field, so that one fix can stamp them all.
fn of_rows(
    model: &Model,
    entity: &Entity,
    (field, key): (&'static str, &str),
    stamp: impl Fn() -> String,
) -> Option<Finding> {
    let from = entity.value(field)?;
    let bare: Vec<usize> =
        from.as_list()?.iter().enumerate().filter(|(_, row)| lacks(row, key)).map(|(at, _)| at).collect();
    let (first, rest) = bare.split_first()?;
    let mut to = from.clone();
    if let Value::List(rows) = &mut to {
        rows.iter_mut().filter(|row| lacks(row, key)).filter_map(table).for_each(|row| {
            row.insert(key.to_owned(), Value::Text(stamp()));
        });
    }
    let place = |row: usize| Place::entity(&model.id, entity.id).key(field).row(row);
    let message = format!("{} has {field} that do not say what they were decided about (`{key}`)", named(entity));
    let act = Act::Set { field, from: Some(from), to: Some(to) };
    let change = Change::new(&model.id, Subject::Entity(entity.id), act);
    let finding = Finding::new(&codes::STAMP_MISSING, place(*first), message)
        .help("stamp them with what is there today: redan fix --rule stamp_missing")
        .fix(Fix::safe(format!("stamp the {field} of {}", entity.id), vec![change]));
    Some(rest.iter().fold(finding, |finding, &row| finding.also(place(row), "and this one")))
}

fn lacks(row: &Value, key: &str) -> bool {
    row.as_table().is_some_and(|table| !table.contains_key(key))
}

fn table(row: &mut Value) -> Option<&mut std::collections::BTreeMap<String, Value>> {
    match row {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn of_decision(model: &Model, name: &str, decision: &Decision) -> Option<Finding> {
    let (what, stamp) = if decision.of.is_empty() { about(model, decision) } else { None }?;
    let subject = Subject::Decision(name.to_owned());
    let act = Act::Set { field: "of", from: None, to: Some(Value::Text(stamp)) };
    let message = format!("the decision {name} does not say what {what} was when it was made (`of`)");
    Some(
        Finding::new(&codes::STAMP_MISSING, Place::of(&model.id, subject.clone()), message)
            .help("stamp it with what is there today: redan fix --rule stamp_missing")
            .fix(Fix::safe(format!("stamp the decision {name}"), vec![Change::new(&model.id, subject, act)])),
    )
}

/// What a decision remembers, and its stamp made now: of one entity its words, as attestations do; of objectives that
/// it takes out of the account the words on both sides and the tier.
fn about(model: &Model, decision: &Decision) -> Option<(String, String)> {
    if !decision.objectives.is_empty() {
        let counts = matches!(decision.kind, Some(DecisionKind::RiskAccepted | DecisionKind::NotApplicable));
        let stamp = Memory::alone(model).stamp(&decision.objectives).filter(|_| counts)?;
        let all: Vec<Objective> = decision.objectives.iter().collect();
        return Some((listed(&all), stamp));
    }
    let mut entities = decision.entities.iter();
    let (Some(id), None) = (entities.next(), entities.next()) else { return None };
    let entity = model.entities.get(id)?;
    Some((named(entity), of_entity(entity).short()))
}
