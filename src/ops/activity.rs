//! What happened to the models, commit by commit.

use jiff::Timestamp;

use super::log::View;
use super::{Desk, Trouble};
use crate::history::{Commit, Event, Line, Signed, events};
use crate::model::ModelId;

/// Which events; what is left out does not narrow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    pub model: Option<&'a str>,
    /// None = HEAD.
    pub reference: Option<&'a str>,
    /// `A1`, `CO-A1-T1`, or with its model before it.
    pub entity: Option<&'a str>,
    /// Part of a name or an address, whatever the case.
    pub author: Option<&'a str>,
    pub since: Option<Timestamp>,
}

/// An event with its commit.
#[derive(Debug, Clone)]
pub struct Entry {
    pub model: ModelId,
    pub event: Event,
    pub signed: Signed,
}

/// The feed.
pub struct Answer {
    /// None = every model.
    pub model: Option<ModelId>,
    pub tip: Option<Commit>,
    /// The first commit with a model, whatever was asked for: what the feed is known by.
    pub origin: Option<String>,
    /// The newest commit first; events of one commit in the order of the file.
    pub entries: Vec<Entry>,
}

/// Collects the events along the line.
pub fn activity(desk: &Desk, asked: &Asked<'_>) -> Result<Answer, Trouble> {
    let view = desk.view(asked.reference)?;
    let (prefix, entity) = match asked.entity.and_then(|entity| entity.rsplit_once('/')) {
        Some((model, entity)) => (Some(model), Some(entity)),
        None => (None, asked.entity),
    };
    let model = asked.model.or(prefix).map(|model| desk.subject(&view, Some(model))).transpose()?;
    let mut answer = Answer { model, tip: view.tip.clone(), origin: None, entries: Vec::new() };
    let mut commits: Vec<Vec<Entry>> = Vec::new();
    if let View { tip: Some(tip), settings, .. } = &view {
        let line = Line { tip, settings, model: answer.model.as_ref() };
        let mut known = entity.is_none();
        desk.repo()?.follow(&line, |step| {
            answer.origin.get_or_insert_with(|| step.signed.commit.clone());
            // Whether there ever was such an entity is for all commits to say.
            if known && !wanted(asked, step.signed) {
                return;
            }
            let mut found = events(step);
            found.retain(|event| entity.is_none_or(|entity| event.entity.as_deref() == Some(entity)));
            known |= !found.is_empty();
            if !wanted(asked, step.signed) {
                return;
            }
            let entry = |event| Entry { model: step.model.clone(), event, signed: step.signed.clone() };
            commits.push(found.into_iter().map(entry).collect());
        })?;
        if let (Some(id), None) = (&answer.model, &answer.origin) {
            let known = view.workspace.models.keys().map(ModelId::to_string).collect();
            return Err(Trouble::UnknownModel { asked: id.to_string(), known });
        }
        if let (Some(asked), false) = (asked.entity, known) {
            return Err(Trouble::Unknown { what: "trace of", asked: asked.to_owned(), known: Vec::new() });
        }
    }
    answer.entries = commits.into_iter().rev().flatten().collect();
    Ok(answer)
}

fn wanted(asked: &Asked<'_>, signed: &Signed) -> bool {
    let author = signed.author().to_lowercase();
    asked.author.is_none_or(|part| author.contains(&part.to_lowercase()))
        && asked.since.is_none_or(|since| signed.at >= since)
}
