//! Changing factors, always by a revision: base factors stay what they were when the entity was made.

use super::draft::Draft;
use super::{Note, Now, Plan, Refusal, Shift, Stage, Why, command, overlay, parse, refusal, sentence};
use crate::identity::structural;
use crate::model::{
    AssetLevels, AssetRevision, AttackerRevision, Body, Entity, Factor, Kind, Levels, Likelihood, Model,
};
use crate::model::{Id, Level};

/// Appends a revision of an asset's or attacker's factors. The first revision of an unrated entity sets
/// them all; levels that are so already are left out of the row.
pub fn rate(stage: &Stage<'_>, id: Id, sets: &Levels, why: &str) -> Plan {
    if !matches!(id.kind, Kind::Asset | Kind::Attacker) {
        return Err(refusal::wrong_kind(id, "assets and attackers"));
    }
    let mut draft = Draft::open(stage)?;
    let entity = draft.live(id)?;
    let current = overlay::levels(entity);
    legal(&draft.model, entity, sets)?;
    if current.is_empty() {
        whole(&draft.model, entity, sets)?;
    }
    let news: Levels = sets.iter().map(|(f, l)| (*f, *l)).filter(|(f, l)| current.get(f) != Some(l)).collect();
    if news.is_empty() {
        let pairs: Vec<String> = sets.iter().map(|(f, l)| format!("{}={}", f.name(), l.name)).collect();
        let message = format!("{id} has {} already: a revision would change nothing", sentence::list(&pairs));
        let hint = command::bare(&["show", &format!("{}/{id}", stage.model.id)]);
        return Err(Refusal::new(Why::NoEffect, message).hint(hint));
    }
    let words = rate_words(id, sets);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let why = refusal::reason(&draft.model, &words, why)?;
    let shift = |(factor, level): (&Factor, &Level)| Shift {
        factor: factor.name(),
        from: current.get(factor).map(|level| level.name),
        to: level.name,
    };
    draft.note(Note::Rated { id, shifts: news.iter().map(shift).collect() });
    let digest = structural(stage.model).short();
    revise(draft.live_mut(id)?, news, why, stage.now, digest);
    Ok(draft.finish())
}

fn rate_words(id: Id, sets: &Levels) -> Vec<String> {
    let set = |(factor, level): (&Factor, &Level)| ["--set".to_owned(), format!("{}={}", factor.name(), level.name)];
    ["rate".to_owned(), id.to_string()].into_iter().chain(sets.iter().flat_map(set)).collect()
}

/// Appends the row; `digest` is the structural digest of the model it is about.
pub(super) fn revise(entity: &mut Entity, set: Levels, why: &str, now: &Now, digest: String) {
    let (at, by, reason) = (Some(now.at), now.by.clone(), why.to_owned());
    match &mut entity.body {
        Body::Asset(asset) => {
            asset.revisions.push(AssetRevision {
                at,
                by,
                set: AssetLevels(set),
                reason,
                model: digest,
                redacted: None,
            });
        }
        Body::Attacker(attacker) => {
            attacker.revisions.push(AttackerRevision {
                at,
                by,
                set: Likelihood(set),
                reason,
                model: digest,
                redacted: None,
            });
        }
        _ => {}
    }
}

/// Factors of the other kind, and subscores of properties that are not listed.
fn legal(model: &Model, entity: &Entity, sets: &Levels) -> Result<(), Refusal> {
    let id = entity.id;
    let wanted = overlay::wanted(entity);
    let blank: Vec<(Factor, Option<&str>)> = wanted.iter().map(|factor| (*factor, None)).collect();
    if sets.is_empty() {
        let refusal = Refusal::new(Why::Missing, format!("there is no factor to set on {id}"));
        return Err(refusal.hint(command::rate(model, id, &blank)));
    }
    let Some((&factor, level)) = sets.iter().find(|(factor, _)| !wanted.contains(factor)) else { return Ok(()) };
    match overlay::property(factor) {
        Some(property) if parse::factors(id.kind).contains(&factor) => {
            let message =
                format!("{id} does not list {property} ({}): list it together with its subscore", property.meaning());
            Err(Refusal::new(Why::Rating, message).hint(list_it(model, entity, factor, *level)))
        }
        _ => {
            let message = format!("{} is no factor of {}", factor.name(), sentence::a(id.kind.noun()));
            Err(Refusal::new(Why::Field, message).hint(command::rate(model, id, &blank)))
        }
    }
}

/// `redan edit A1 --set properties=C,I,A=high`; an unrated asset lists the letter and is rated then.
fn list_it(model: &Model, entity: &Entity, factor: Factor, level: Level) -> String {
    let letters = overlay::wanted(entity).into_iter().filter(|factor| overlay::property(*factor).is_some());
    let mut letters: Vec<String> = letters.map(|factor| factor.name().to_owned()).collect();
    letters.push(match overlay::rated(entity) {
        true => format!("{}={}", factor.name(), level.name),
        false => factor.name().to_owned(),
    });
    command::edit(model, entity.id, "properties", &letters.join(","))
}

/// The first rating says everything.
fn whole(model: &Model, entity: &Entity, sets: &Levels) -> Result<(), Refusal> {
    let wanted = overlay::wanted(entity);
    let missing: Vec<&str> = wanted.iter().filter(|f| !sets.contains_key(f)).map(|f| f.name()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message =
        format!("{} is not rated yet, so all factors are needed: add {}", entity.id, sentence::list(&missing));
    let all: Vec<_> = wanted.iter().map(|factor| (*factor, sets.get(factor).map(|level| level.name))).collect();
    Err(Refusal::new(Why::Missing, message).hint(command::rate(model, entity.id, &all)))
}
