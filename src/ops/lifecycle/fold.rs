//! Adding controls that a machine wrote: what is there already grows, what was removed comes back, and
//! only the rest is new.

use std::collections::{BTreeMap, BTreeSet};

use super::add::revive;
use super::cover::{last_number, place};
use super::draft::Draft;
use super::same::{Likeness, likeness};
use super::{Note, Plan, Refusal, Stage, fields, fresh, requirements};
use crate::model::{Body, Control, Entity, Group, Id, Kind, Objective};

/// Takes in a batch of new controls; `source` says what wrote them. One that is the same as a live control
/// folds into it: ID, words, status and groups of what it covers stay, objectives and requirements are
/// united. Objectives that are new to a control take the newcomer's group number where no control has it
/// yet, else the next free one, the same for the whole batch: no group that was complete gains a member.
pub fn fold(stage: &Stage<'_>, newcomers: &[Control], source: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let mut steps = Vec::new();
    for control in newcomers {
        let newcomer = entity(stage, &draft, control, source)?;
        steps.push(settle(&mut draft, newcomer, control)?);
    }
    let numbers = numbers(&draft, &steps);
    for step in &steps {
        let group = |group: Group| match group {
            Group::Number(number) => Group::Number(numbers.get(&number).copied().unwrap_or(number)),
            Group::Depth => Group::Depth,
        };
        let open = step.news.iter().filter(|(_, objective)| !covered(&draft, step.target, *objective));
        let places: Vec<(Objective, Group)> = open.map(|&(from, objective)| (objective, group(from))).collect();
        place(&mut draft, step.target, &places)?;
    }
    Ok(draft.finish())
}

/// Where one newcomer goes, with the objectives that are new to that control.
struct Step {
    target: Id,
    news: Vec<(Group, Objective)>,
}

fn entity(stage: &Stage<'_>, draft: &Draft<'_>, control: &Control, source: &str) -> Result<Entity, Refusal> {
    let so_far = Stage { model: &draft.model, ..*stage };
    let mut entity = Entity::new(fresh::next_id(&so_far, Kind::Control)?);
    entity.body = Body::Control(control.clone());
    source.clone_into(&mut entity.life.source);
    fields::check_references(&draft.model, None, &entity)?;
    Ok(entity)
}

/// Finds or makes the control, and unites the requirements.
fn settle(draft: &mut Draft<'_>, newcomer: Entity, control: &Control) -> Result<Step, Refusal> {
    let mut neighbour = None;
    let (target, is_new) = match likeness(&draft.model, &newcomer) {
        Likeness::Live(entity) => (entity.id, false),
        Likeness::Removed(entity) => {
            let id = entity.id;
            revive(draft, id, &newcomer);
            (id, false)
        }
        Likeness::Unsure(rivals) => {
            neighbour = rivals.first().filter(|(rival, _)| rival.live()).map(|(rival, _)| rival.id);
            (newcomer.id, true)
        }
        Likeness::New => (newcomer.id, true),
    };
    if is_new {
        draft.note(Note::Added { id: target, title: newcomer.title().to_owned() });
        if let Some(own) = neighbour {
            // Only a person can say so: a fold takes over another one's objectives.
            draft.note(Note::Remark(format!(
                "{target} says nearly what {own} says; are they one? Cover its objectives with {own}, then redan remove {target} --replaced-by {own}"
            )));
        }
        let mut empty = newcomer;
        if let Body::Control(body) = &mut empty.body {
            body.covers = Default::default();
        }
        draft.insert(empty);
    }
    let own = draft.control(target)?;
    let mut seen = BTreeSet::new();
    let is_news = |(_, objective): &(Group, Objective)| own.covers.group(*objective).is_none();
    let news: Vec<_> = control.covers.iter().filter(is_news).filter(|(_, o)| seen.insert(*o)).collect();
    if !is_new {
        let requirements = requirements::unite(&mut own.requirements, &control.requirements);
        let objectives = news.iter().map(|(_, objective)| *objective).collect();
        let title = control.description.clone();
        draft.note(Note::Folded { into: target, title, objectives, requirements });
    }
    Ok(Step { target, news })
}

fn covered(draft: &Draft<'_>, control: Id, objective: Objective) -> bool {
    match draft.model.entities.get(&control).map(|entity| &entity.body) {
        Some(Body::Control(control)) => control.covers.group(objective).is_some(),
        _ => false,
    }
}

/// The group numbers of the batch that have to change, with what they become.
fn numbers(draft: &Draft<'_>, steps: &[Step]) -> BTreeMap<u32, u32> {
    let mut objectives: BTreeMap<u32, Vec<Objective>> = BTreeMap::new();
    for (group, objective) in steps.iter().flat_map(|step| &step.news) {
        if let Group::Number(number) = group {
            objectives.entry(*number).or_default().push(*objective);
        }
    }
    let all: Vec<Objective> = objectives.values().flatten().copied().collect();
    let highest = objectives.keys().copied().max().unwrap_or(0);
    let mut next = last_number(&draft.model, None, &all).max(highest);
    let mut numbers = BTreeMap::new();
    for (number, objectives) in objectives {
        if taken(draft, number, &objectives) {
            next = next.saturating_add(1);
            numbers.insert(number, next);
        }
    }
    numbers
}

/// Whether a live control has the group for one of the objectives already.
fn taken(draft: &Draft<'_>, number: u32, objectives: &[Objective]) -> bool {
    let live = draft.model.controls().filter(|(entity, _)| entity.live());
    let mut groups = live.flat_map(|(_, control)| objectives.iter().filter_map(|o| control.covers.group(*o)));
    groups.any(|group| group == Group::Number(number))
}
