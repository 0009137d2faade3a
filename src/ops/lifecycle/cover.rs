//! Covering objectives with a control, in a group that somebody chose.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::{Note, Plan, Refusal, Stage, Why, command, pattern, refusal};
use crate::model::{Control, Entity, Group, Id, Kind, Model, Objective};

/// Which mitigation group a control joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupChoice {
    /// This one: needed together with whatever is in it.
    Number(u32),
    /// One that no other control has for any of the objectives: an alternative.
    Next,
    /// Defense in depth: never counts.
    Depth,
}

impl GroupChoice {
    /// `1`, `next`, `depth`.
    pub fn parse(text: &str) -> Option<GroupChoice> {
        match text {
            "next" => Some(GroupChoice::Next),
            _ => Group::parse(text).map(|group| match group {
                Group::Number(number) => GroupChoice::Number(number),
                Group::Depth => GroupChoice::Depth,
            }),
        }
    }

    /// As the command line says it.
    pub(super) fn word(self) -> String {
        match self {
            GroupChoice::Number(number) => number.to_string(),
            GroupChoice::Next => "next".to_owned(),
            GroupChoice::Depth => "depth".to_owned(),
        }
    }

    /// The group itself, for these objectives of this control.
    pub(super) fn group(self, model: &Model, control: Id, objectives: &[Objective]) -> Result<Group, Refusal> {
        match self {
            GroupChoice::Number(0) => Err(Refusal::new(Why::Group, "groups are numbered from 1")),
            GroupChoice::Number(number) => Ok(Group::Number(number)),
            GroupChoice::Depth => Ok(Group::Depth),
            GroupChoice::Next => Ok(Group::Number(last_number(model, Some(control), objectives).saturating_add(1))),
        }
    }
}

/// The highest group that a live control other than `except` has for any of the objectives; 0 for none.
pub(super) fn last_number(model: &Model, except: Option<Id>, objectives: &[Objective]) -> u32 {
    let others = model.controls().filter(|(entity, _)| entity.live() && Some(entity.id) != except);
    let groups = others.flat_map(|(_, control)| objectives.iter().filter_map(|o| control.covers.group(*o)));
    let number = |group| match group {
        Group::Number(number) => Some(number),
        Group::Depth => None,
    };
    groups.filter_map(number).max().unwrap_or(0)
}

/// Covers what the patterns name, written out over the live pairs. What the control covers in another
/// group moves.
pub fn cover<S: AsRef<str>>(stage: &Stage<'_>, control: Id, patterns: &[S], choice: GroupChoice) -> Plan {
    let mut draft = Draft::open(stage)?;
    draft.control(control)?;
    if patterns.is_empty() {
        let hint = command::on(&stage.model.id, &["cover", &control.to_string(), "A1-*", "--group", "next"]);
        return Err(Refusal::new(Why::Pattern, "no objectives are given").hint(hint));
    }
    let objectives: Vec<Objective> = pattern::expand(&draft.model, patterns)?.into_iter().collect();
    let group = choice.group(&draft.model, control, &objectives)?;
    let places: Vec<_> = objectives.into_iter().map(|objective| (objective, group)).collect();
    place(&mut draft, control, &places)?;
    Ok(draft.finish())
}

/// Covers an asset the way another one is covered: the same controls against the same attackers in the
/// same groups. What is covered already stays where it is.
pub fn cover_like(stage: &Stage<'_>, asset: Id, like: Id) -> Plan {
    let mut draft = Draft::open(stage)?;
    for id in [asset, like] {
        if id.kind != Kind::Asset {
            return Err(refusal::wrong_kind(id, "assets"));
        }
        draft.live(id)?;
    }
    let mut plan: Vec<(Id, Vec<(Objective, Group)>)> = Vec::new();
    for (entity, control) in draft.model.controls().filter(|(entity, _)| entity.live()) {
        let alike = control.covers.iter().filter(|(_, of)| of.asset == like && draft.model.is_live(of.attacker));
        let places = alike.map(|(group, of)| (Objective { asset, attacker: of.attacker }, group)).collect::<Vec<_>>();
        if !places.is_empty() {
            let news = places.into_iter().filter(|(objective, _)| control.covers.group(*objective).is_none());
            plan.push((entity.id, news.collect()));
        }
    }
    if plan.is_empty() || asset == like {
        let message = match asset == like {
            true => format!("{asset} is covered like itself already"),
            false => format!("{like} is covered by no control: there is nothing to copy"),
        };
        let words = ["cover", "C1", &format!("{asset}-*"), "--group", "next"];
        return Err(Refusal::new(Why::Empty, message).hint(command::on(&stage.model.id, &words)));
    }
    for (control, places) in plan {
        place(&mut draft, control, &places)?;
    }
    Ok(draft.finish())
}

/// Puts objectives of a control into groups, and says what is new and what moved.
pub(super) fn place(draft: &mut Draft<'_>, control: Id, places: &[(Objective, Group)]) -> Result<(), Refusal> {
    let covers = &mut draft.control(control)?.covers;
    let mut moves: BTreeMap<(Option<Group>, Group), Vec<Objective>> = BTreeMap::new();
    for &(objective, to) in places {
        let from = covers.group(objective);
        if from != Some(to) {
            covers.put(objective, to);
            moves.entry((from, to)).or_default().push(objective);
        }
    }
    for ((from, to), objectives) in moves {
        draft.note(match from {
            None => Note::Covered { control, group: to, objectives },
            Some(from) => Note::Moved { control, from, to, objectives },
        });
    }
    Ok(())
}

/// Live controls other than `except` that cover the objective.
pub(super) fn others(model: &Model, except: Id, objective: Objective) -> impl Iterator<Item = &Entity> {
    covering(model, objective).filter(move |entity| entity.id != except)
}

/// Live controls that cover the objective.
pub(super) fn covering(model: &Model, objective: Objective) -> impl Iterator<Item = &Entity> {
    let covers =
        move |(entity, control): &(&Entity, &Control)| entity.live() && control.covers.group(objective).is_some();
    model.controls().filter(covers).map(|(entity, _)| entity)
}
