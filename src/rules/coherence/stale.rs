//! Rows that were decided about something else than what is there now.

use std::collections::BTreeSet;

use super::choice;
use crate::assess::{Ledger, Row, Standing, State, View};
use crate::change::{Act, Change, Subject, Thing};
use crate::finding::{Choice, Finding, Fix, Place, Safety, codes};
use crate::identity::of_entity;
use crate::model::{Attestation, Body, Decision, DecisionKind, Entity, Model, Pairs};
use crate::rules::memory::{Memory, takes_out};
use crate::rules::{Context, Rule, filling, listed, named, wording};

pub(in crate::rules) static RULE: Rule = Rule { codes: &[&codes::DECISION_STALE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        let memory = Memory::new(model, &context.past.words);
        let changed = |row: Row<'_>| memory.changed(row);
        let ledger = Ledger::new(model, View::on(context.today).judged_by(&changed));
        for entity in model.entities.values().filter(|entity| entity.live()) {
            if ledger.state(entity) == State::Void {
                findings.extend(attestation(context, model, &memory, entity));
            }
        }
        for (name, decision) in &model.decisions {
            let live = decision.objectives.iter().filter(|objective| model.is_open(*objective));
            let stale = live.filter(|objective| ledger.standing(name, decision, *objective) == Standing::Stale);
            let stale: Pairs = stale.collect();
            if takes_out(decision) && !stale.is_empty() {
                findings.push(of_decision(context, (model, &memory), (name, decision), stale));
            }
        }
    }
}

/// The last attestation of an assumption whose words are others now.
fn attestation(context: &Context<'_>, model: &Model, memory: &Memory<'_>, entity: &Entity) -> Option<Finding> {
    let Body::Assumption(assumption) = &entity.body else { return None };
    let (row, last): (usize, &Attestation) = assumption.attestations.iter().enumerate().next_back()?;
    let then = memory.words(entity.id, &last.of).map(|old| format!(": it read `{}` then", wording(old)));
    let message = format!("{} was attested in other words{}", named(entity), then.unwrap_or_default());
    let place = Place::entity(&model.id, entity.id).key("attestations").row(row);
    let now = Decision { entities: BTreeSet::from([entity.id]), of: of_entity(entity).short(), ..Decision::default() };
    Some(
        Finding::new(&codes::DECISION_STALE, place, message)
            .help(help(context, model, &entity.id.to_string()))
            .fix(resolution(context, model, &entity.id.to_string(), &now)),
    )
}

fn of_decision(
    context: &Context<'_>,
    (model, memory): (&Model, &Memory<'_>),
    (name, decision): (&str, &Decision),
    stale: Pairs,
) -> Finding {
    let about: Vec<String> = stale.iter().map(|objective| objective.to_string()).collect();
    let moves = memory.moves(decision);
    let message = match moves.as_slice() {
        [] => format!("{}: the decision {name} is about words or a tier that nothing here knows", listed(&about)),
        moves => format!("{}: the decision {name} is about something else now: {}", listed(&about), moves.join("; ")),
    };
    let place = Place::of(&model.id, Subject::Decision(name.to_owned()));
    let of = Memory::alone(model).stamp(&decision.objectives).unwrap_or_default();
    let now = Decision { objectives: decision.objectives.clone(), of, ..Decision::default() };
    Finding::new(&codes::DECISION_STALE, place, message)
        .help(help(context, model, &about.join(" ")))
        .fix(resolution(context, model, name, &now))
}

fn help(context: &Context<'_>, model: &Model, about: &str) -> String {
    let flag = context.flag(model);
    format!(
        "does it still hold? redan confirm {about} --reason \"…\"{flag}; if not: redan withdraw {about} --reason \"…\"{flag}"
    )
}

/// *Confirm* or *withdraw*, as a decision of its own; a person adds who, when and why.
fn resolution(context: &Context<'_>, model: &Model, about: &str, now: &Decision) -> Fix {
    let option = |kind: DecisionKind, verb: &str| -> Choice {
        let end = now.of.get(..4).unwrap_or("0000");
        let name = format!("{}-{verb}-{end}", context.today);
        let decision = Decision { kind: Some(kind), ..now.clone() };
        let put = Act::Put(Box::new(Thing::Decision(decision)));
        choice(format!("{verb} {about}"), vec![Change::new(&model.id, Subject::Decision(name), put)])
    };
    Fix {
        title: format!("confirm or withdraw what was decided about {about}"),
        safety: Safety::Unsafe,
        options: vec![option(DecisionKind::Confirmed, "confirm"), option(DecisionKind::Withdrawn, "withdraw")],
        needs: Some(filling::ALL.join(", ")),
    }
}
