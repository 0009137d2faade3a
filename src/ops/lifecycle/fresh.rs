//! Numbers: the next free one, and giving an entity another.

use std::collections::BTreeMap;

use super::draft::{Draft, outcome};
use super::{Note, Plan, Refusal, Stage, Why, command};
use crate::change::apply;
use crate::identity::{Verdict, compare};
use crate::model::{Id, Kind, Model, Tag};
use crate::rules::{Others, renumbering};

/// One more than every number of the kind ever seen. Gaps are never filled.
pub fn next_id(stage: &Stage<'_>, kind: Kind) -> Result<Id, Refusal> {
    after(kind, highest(stage, kind))
}

fn highest(stage: &Stage<'_>, kind: Kind) -> u32 {
    let published = stage.published.iter().flat_map(|model| model.entities.keys());
    let seen = stage.model.entities.keys().chain(published).chain(stage.taken);
    seen.filter(|id| id.kind == kind).filter_map(|id| id.number()).max().unwrap_or(0)
}

fn after(kind: Kind, number: u32) -> Result<Id, Refusal> {
    let spent = || Refusal::new(Why::NumbersSpent, format!("{}{number} is the last number there is", kind.prefix()));
    number.checked_add(1).map(|next| Id::new(kind, next)).ok_or_else(spent)
}

/// Gives every `NEW-<word>` a number, with every reference to it.
pub fn number_all(stage: &Stage<'_>) -> Plan {
    let mut next: BTreeMap<Kind, u32> = Kind::ALL.iter().map(|&kind| (kind, highest(stage, kind))).collect();
    let mut moves = Vec::new();
    for &id in stage.model.entities.keys().filter(|id| matches!(id.tag, Tag::New(_))) {
        let number = next.entry(id.kind).or_default();
        let to = after(id.kind, *number)?;
        *number += 1;
        moves.push((id, to));
    }
    Ok(moved(stage, &[], &moves))
}

/// Gives an unpublished entity a fresh number, with every reference to it: `to`, or the next free one. An ID
/// that is published with another meaning is not this entity's: that is the collision this repairs. Where the
/// judge is not sure, only an ID that the branch grew from (the first published state) counts as the entity's.
/// `owed`: the published states that the model has to keep.
pub fn renumber(stage: &Stage<'_>, owed: &[&Model], id: Id, to: Option<Id>) -> Plan {
    let draft = Draft::open(stage)?;
    let entity = draft.entity(id)?;
    let verdict = |model: &&Model| Some(compare(model.entities.get(&id)?, entity).verdict);
    let mut published = stage.published.iter().filter_map(verdict);
    let origin = stage.published.first().and_then(verdict);
    if published.any(|verdict| verdict == Verdict::Same) || origin == Some(Verdict::Unsure) {
        let message = format!("{id} is published: its number stays for ever, whatever becomes of it");
        let hint = command::on(&stage.model.id, &["remove", &id.to_string(), "--reason", command::BLANK]);
        return Err(Refusal::new(Why::Published, message).hint(hint));
    }
    let next = next_id(stage, id.kind)?;
    let to = to.unwrap_or(next);
    if to.kind != id.kind || to.number() < next.number() {
        let message = format!("{id} cannot become {to}: the next free number is {next}, and gaps are never filled");
        let hint = command::on(&stage.model.id, &["renumber", &id.to_string()]);
        return Err(Refusal::new(Why::Value, message).hint(hint));
    }
    Ok(moved(stage, owed, &[(id, to)]))
}

fn moved(stage: &Stage<'_>, owed: &[&Model], moves: &[(Id, Id)]) -> super::Outcome {
    let others = Others { published: stage.published, owed };
    let mut model = stage.model.clone();
    let mut changes = Vec::new();
    for &ids in moves {
        let step = renumbering(&model, ids, others);
        apply(&mut model, &step).expect("invariant: the entity is there and its new number is free");
        changes.extend(step);
    }
    let numbered = moves.iter().map(|&(from, to)| Note::Numbered { from, to });
    let back = moves.iter().filter(|(from, _)| model.entities.contains_key(from));
    let back = back.map(|(from, _)| Note::CameBack { id: *from });
    let notes = numbered.chain(back).collect();
    outcome(stage, changes, notes)
}
