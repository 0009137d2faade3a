//! Adding an entity: refused when it is there, revived when it was, numbered when it is new.

use super::draft::Draft;
use super::same::{Likeness, likeness};
use super::sentence::short;
use super::{
    Difference, Note, Plan, Refusal, Sets, Stage, Why, command, fields, fresh, overlay, parse, refusal, restore,
};
use crate::model::{Body, Entity, Id, Kind, Model, Role, Value};

/// Adds an entity by hand. The judge compares it with everything of its kind: the same as a live one is
/// refused, the same as a removed one revives it, and what the judge cannot tell apart is refused unless
/// `distinct` insists.
pub fn add(stage: &Stage<'_>, kind: Kind, sets: &Sets, distinct: bool) -> Plan {
    let mut draft = Draft::open(stage)?;
    let newcomer = build(&draft.model, fresh::next_id(stage, kind)?, sets)?;
    match likeness(&draft.model, &newcomer) {
        Likeness::Live(entity) => return Err(duplicate(&draft.model, entity, &newcomer)),
        Likeness::Unsure(rivals) if !distinct => return Err(unsure(&draft.model, &newcomer, &rivals)),
        Likeness::Removed(entity) => {
            let id = entity.id;
            revive(&mut draft, id, &newcomer);
        }
        Likeness::Unsure(_) | Likeness::New => {
            draft.note(Note::Added { id: newcomer.id, title: newcomer.title().to_owned() });
            draft.insert(newcomer);
        }
    }
    Ok(draft.finish())
}

/// The entity the fields describe. Factor keys become base factors.
fn build(model: &Model, id: Id, sets: &Sets) -> Result<Entity, Refusal> {
    let mut entity = Entity::new(id);
    let (factors, plain): (Vec<_>, Vec<_>) = sets.iter().partition(|(name, _)| parse::factor(id.kind, name).is_some());
    for (name, value) in plain {
        fields::set(&mut entity, name, value.as_ref())?;
    }
    for (name, value) in factors {
        let text = value.as_ref().and_then(Value::as_text).unwrap_or_default();
        if let Some(factor) = parse::factor(id.kind, name) {
            overlay::set_base(&mut entity, factor, parse::level(id.kind, factor, text)?);
        }
    }
    complete(model, &entity)?;
    fields::check_references(model, None, &entity)?;
    Ok(entity)
}

fn complete(model: &Model, entity: &Entity) -> Result<(), Refusal> {
    let kind = entity.id.kind;
    let field = fields::required(kind);
    if entity.title().is_empty() {
        let message = format!("{} needs a {field}", super::sentence::a(kind.noun()));
        let hint = command::on(&model.id, &["add", kind.noun(), &format!("--{field}"), command::BLANK]);
        return Err(Refusal::new(Why::Missing, message).hint(hint));
    }
    if let Body::Control(control) = &entity.body {
        let twice = control.covers.iter().find(|(group, objective)| control.covers.group(*objective) != Some(*group));
        if let Some((_, objective)) = twice {
            let message = format!("covers names {objective} in two groups: a control covers an objective once");
            return Err(Refusal::new(Why::Value, message));
        }
    }
    Ok(())
}

/// Brings the removed entity back instead of the newcomer. It keeps its words; the note says what the
/// newcomer would have changed.
pub(super) fn revive(draft: &mut Draft<'_>, id: Id, newcomer: &Entity) {
    let Some(entity) = draft.model.entities.get_mut(&id) else { return };
    let title = entity.title().to_owned();
    let would_change = differences(entity, newcomer);
    let void = restore::wake(entity, draft.stage.now);
    draft.note(Note::Revived { id, title, would_change });
    void.into_iter().for_each(|note| draft.note(note));
}

fn differences(old: &Entity, newcomer: &Entity) -> Vec<Difference> {
    let told = old.id.kind.fields().filter(|field| !matches!(field.role, Role::Rows) && field.name != "removed");
    let difference = |field: &'static crate::model::Field| {
        let offered = newcomer.value(field.name)?;
        let kept = old.value(field.name);
        let text = |value: Value| value.to_string();
        (kept.as_ref() != Some(&offered)).then(|| Difference {
            field: field.name,
            kept: kept.map(text),
            offered: offered.to_string(),
        })
    };
    told.filter_map(difference).collect()
}

fn duplicate(model: &Model, entity: &Entity, newcomer: &Entity) -> Refusal {
    let id = entity.id.to_string();
    let message = format!("{id} ({}) says the same already", short(entity.title()));
    let refusal = Refusal::new(Why::Duplicate, message).hint(command::bare(&["show", &format!("{}/{id}", model.id)]));
    let Body::Control(control) = &newcomer.body else { return refusal };
    control.covers.0.iter().fold(refusal, |refusal, (group, pairs)| {
        let objectives = pairs.iter().map(|objective| objective.to_string());
        let words = ["cover".to_owned(), id.clone()].into_iter().chain(objectives);
        let words: Vec<String> = words.chain(["--group".to_owned(), group.to_string()]).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        refusal.hint(command::on(&model.id, &words))
    })
}

fn unsure(model: &Model, newcomer: &Entity, rivals: &[(&Entity, String)]) -> Refusal {
    let (nearest, why) = &rivals[0];
    let id = nearest.id;
    let field = fields::required(id.kind);
    let (state, way) = match nearest.live() {
        true => ("is live".to_owned(), "edit it"),
        false => (refusal::when(nearest), "restore it"),
    };
    let message = format!(
        "`{}` may be {id} ({}), which {state}: {why}; {way}, choose a more distinctive {field}, or insist with --distinct",
        short(newcomer.title()),
        short(nearest.title()),
    );
    let refusal = Refusal::new(Why::Unsure, message);
    rivals.iter().take(3).fold(refusal, |refusal, (rival, _)| match rival.live() {
        true => refusal.hint(command::edit(model, rival.id, field, newcomer.title())),
        false => refusal.hint(command::restore(model, rival.id)),
    })
}
