//! The whole account of the IDs, and how much of the history there is to read it from.

use std::collections::BTreeSet;

use super::audit::Depth;
use super::{Candidate, Desk, Trouble};
use crate::history::{Commit, Speed};
use crate::identity::Ledger;
use crate::model::{Id, ModelId};
use crate::store::Workspace;

/// What of the account is asked.
#[derive(Debug, Default)]
pub struct Question {
    /// Empty = every model.
    pub models: Vec<String>,
    /// Empty = every ID.
    pub ids: Vec<Id>,
}

/// The account, and the state of today beside it.
pub struct Audited {
    pub ledger: Ledger,
    pub workspace: Workspace,
}

/// How complete the history is here.
pub struct Completeness {
    pub ledger: Ledger,
    /// The commits without parents that the published refs reach.
    pub origins: Vec<Commit>,
    pub speed: Speed,
}

/// Reads the whole history. Models that are only in history are known by their ID.
pub fn audit(desk: &Desk, question: &Question) -> Result<Audited, Trouble> {
    let (mut ledger, mut workspace) = everything(desk)?;
    let named = |text: &String| {
        let by_name = || workspace.models.values().find(|model| model.head.name.eq_ignore_ascii_case(text));
        let id = ModelId::parse(text).filter(|id| ledger.models.contains_key(id) || workspace.models.contains_key(id));
        id.or_else(|| by_name().map(|model| model.id.clone())).ok_or_else(|| Trouble::UnknownModel {
            asked: text.clone(),
            known: ledger.models.keys().map(ModelId::to_string).collect(),
        })
    };
    let chosen = question.models.iter().map(named).collect::<Result<BTreeSet<_>, _>>()?;
    let wanted = |model: &ModelId| chosen.is_empty() || chosen.contains(model);
    let asked = |id: &Id| question.ids.is_empty() || question.ids.contains(id);
    ledger.models.retain(|model, _| wanted(model));
    ledger.models.values_mut().for_each(|account| account.entities.retain(|id, _| asked(id)));
    ledger.breaks.retain(|broken| wanted(&broken.model) && broken.id.is_none_or(|id| asked(&id)));
    let here: Vec<ModelId> = workspace.models.keys().cloned().collect();
    for id in here {
        match workspace.models.edit(&id).filter(|_| wanted(&id)) {
            Some(model) => model.entities.retain(|id, _| asked(id)),
            None => drop(workspace.models.remove(&id)),
        }
    }
    Ok(Audited { ledger, workspace })
}

/// Looks at the refs, the clone and Git's own shortcuts.
pub fn status(desk: &Desk) -> Result<Completeness, Trouble> {
    let (ledger, _) = everything(desk)?;
    let repo = desk.repo()?;
    let (origins, speed) = (repo.origins(&ledger.published)?, repo.speed());
    Ok(Completeness { ledger, origins, speed })
}

fn everything(desk: &Desk) -> Result<(Ledger, Workspace), Trouble> {
    let today = desk.today()?;
    let read = match desk.glance(&today) {
        // Before the first commit a bare repository has nothing to look at.
        Err(Trouble::Git(_)) if today != Candidate::WorkingTree => desk.glance(&Candidate::WorkingTree)?,
        read => read?,
    };
    let ledger = desk.ledger(&today, Depth::Full, &read.settings)?.unwrap_or_default();
    Ok((ledger, read.workspace))
}
