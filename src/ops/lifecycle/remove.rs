//! Removing: the table stays and becomes a tombstone.

use super::draft::Draft;
use super::refusal::{reason, unknown, when};
use super::sentence::{a, short};
use super::{Note, Now, Plan, Refusal, Stage, Why, command};
use crate::model::{Entity, Id, Kind, Model, ModelId, Removed, When};

/// Writes the tombstone. `replaced_by` is an ID of this model, or `other-model/A3`.
pub fn remove(stage: &Stage<'_>, id: Id, why: &str, replaced_by: Option<&str>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let entity = draft.entity(id)?;
    if !entity.live() {
        let message = format!("{id} ({}) {} already", short(entity.title()), when(entity));
        return Err(Refusal::new(Why::Removed, message).hint(command::restore(&draft.model, id)));
    }
    let title = entity.title().to_owned();
    let id_text = id.to_string();
    let mut words = vec!["remove", &id_text];
    words.extend(replaced_by.iter().flat_map(|by| ["--replaced-by", *by]));
    let why = reason(&draft.model, &words, why)?;
    if !stage.unfinished {
        last_live(&draft.model, id)?;
    }
    let replaced_by = replaced_by.map(|text| successor(&draft.model, id, text.trim())).transpose()?;
    let tombstone = tombstone(stage.now, why, replaced_by.as_deref());
    draft.live_mut(id)?.life.removed = Some(tombstone);
    draft.note(Note::Removed { id, title, replaced_by });
    Ok(draft.finish())
}

/// Retires the whole model: it counts nowhere until it is restored. `replaced_by` is another model.
pub fn remove_model(stage: &Stage<'_>, why: &str, replaced_by: Option<&str>) -> Plan {
    let id = &stage.model.id;
    let mut draft = Draft::whole(stage);
    if draft.model.retired() {
        let message = format!("{id} is retired already");
        return Err(Refusal::new(Why::Removed, message).hint(command::bare(&["restore", id.as_str()])));
    }
    if why.trim().is_empty() {
        let hint = command::bare(&["remove", id.as_str(), "--reason", command::BLANK]);
        return Err(Refusal::new(Why::Reason, "the reason is missing: it stays in the model's file").hint(hint));
    }
    let successor = replaced_by.map(str::trim).map(|text| match ModelId::parse(text) {
        Some(other) if other != *id => Ok(text),
        _ => Err(Refusal::new(Why::Reference, format!("`{text}` is not the ID of another model"))),
    });
    let successor = successor.transpose()?;
    draft.model.head.removed = Some(tombstone(stage.now, why.trim(), successor));
    draft.note(Note::ModelRemoved);
    Ok(draft.finish())
}

pub(super) fn tombstone(now: &Now, why: &str, replaced_by: Option<&str>) -> Removed {
    Removed {
        at: Some(When::Day(now.at.day())),
        by: now.by.clone(),
        reason: why.to_owned(),
        replaced_by: replaced_by.unwrap_or_default().to_owned(),
    }
}

fn last_live(model: &Model, id: Id) -> Result<(), Refusal> {
    let others = model.of_kind(id.kind).any(|entity: &Entity| entity.live() && entity.id != id);
    if others || !matches!(id.kind, Kind::Asset | Kind::Attacker) {
        return Ok(());
    }
    let noun = id.kind.noun();
    let flag = if id.kind == Kind::Asset { "--name" } else { "--capability" };
    let message =
        format!("{id} is the last live {noun}: without one there is nothing to threat-model; add another first");
    let hint = command::on(&model.id, &["add", noun, flag, command::BLANK]);
    Err(Refusal::new(Why::LastLive, message).hint(hint))
}

/// What took the entity's place, spelled as the tombstone holds it.
fn successor(model: &Model, id: Id, text: &str) -> Result<String, Refusal> {
    let wrong = |message: String| Err(Refusal::new(Why::Reference, message));
    if let Some((other, entity)) = text.split_once('/') {
        return match (ModelId::parse(other), Id::parse(entity)) {
            (Some(other), Some(local)) if other == model.id => successor(model, id, &local.to_string()),
            (Some(_), Some(local)) if !stands_in(id.kind, local.kind) => {
                wrong(format!("{text} is {}, and {id} {}", a(local.kind.noun()), a(id.kind.noun())))
            }
            (Some(_), Some(_)) => Ok(text.to_owned()),
            _ => wrong(format!("replaced_by is an ID such as A4, or other-model/A4, not `{text}`")),
        };
    }
    let Some(by) = Id::within(id.kind, text).or_else(|| Id::parse(text)) else {
        return wrong(format!("replaced_by is an ID such as A4, or other-model/A4, not `{text}`"));
    };
    match model.entities.get(&by) {
        _ if by == id => wrong(format!("{id} cannot replace itself")),
        None => Err(Refusal { why: Why::Reference, ..unknown(model, by) }),
        Some(entity) if !entity.live() => {
            let message = format!("{by} cannot replace {id}: it {}", when(entity));
            Err(Refusal::new(Why::Reference, message).hint(command::restore(model, by)))
        }
        Some(_) if !stands_in(id.kind, by.kind) => wrong(format!(
            "{by} is {}, and {id} {}: one does not take the place of the other",
            a(by.kind.noun()),
            a(id.kind.noun())
        )),
        Some(_) => Ok(by.to_string()),
    }
}

/// What somebody else upheld may become ours to build, and the other way round; everything else stays of its kind.
fn stands_in(old: Kind, new: Kind) -> bool {
    let trades = |kind| matches!(kind, Kind::Assumption | Kind::Control);
    old == new || (trades(old) && trades(new))
}
