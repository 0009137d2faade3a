//! How a rating, or the risk of an objective, came to be what it is.

use super::{Desk, Trouble};
use crate::history::{Line, Log, Runs, Sight, Subject, Track};
use crate::model::{Id, Kind, Model, ModelId, Objective};

/// The factor history of one subject.
pub struct Answer {
    pub model: ModelId,
    pub log: Log,
    /// A boundary for every version of the log, and one for the draft.
    pub track: Track,
}

/// `CO-A1-T1`, `A1` or `T1`; nothing for what has no rating.
pub fn subject(text: &str) -> Option<Subject> {
    if text.starts_with("CO-") {
        return Objective::parse(text).map(Subject::Objective);
    }
    Id::parse(text).filter(|id| matches!(id.kind, Kind::Asset | Kind::Attacker)).map(Subject::Entity)
}

/// Walks a subject through the versions of its model.
pub fn ratings(desk: &Desk, asked: super::log::Asked<'_>, subject: Subject) -> Result<Answer, Trouble> {
    let view = desk.view(asked.reference)?;
    let id = desk.subject(&view, asked.model)?;
    let (mut runs, mut track, mut last) = (Runs::default(), Track::new(subject), None);
    if let Some(tip) = &view.tip {
        desk.repo()?.follow(&Line { tip, settings: &view.settings, model: Some(&id) }, |step| {
            runs.see(step);
            track.see(step, &runs);
            match step.now {
                Sight::Read(model) => last = Some(Model::clone(model)),
                Sight::Gone => last = None,
                Sight::Unreadable { .. } => {}
            }
        })?;
    }
    let log = view.numbered(&id, runs, last.as_ref());
    if let Some(model) = view.here(&id) {
        track.state(model, None, log.versions.len() + usize::from(log.draft.is_some()));
    }
    if track.boundaries.iter().all(|boundary| boundary.state == "absent") {
        let asked = match subject {
            Subject::Entity(id) => id.to_string(),
            Subject::Objective(objective) => objective.to_string(),
        };
        return Err(Trouble::Unknown { what: "entity", asked, known: Vec::new() });
    }
    Ok(Answer { model: id, log, track })
}
