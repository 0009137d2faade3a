//! The state in which new objectives began to wait.

use jiff::ToSpan;
use jiff::civil::Date;

use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::history::GitError;
use crate::identity::Base;

impl Desk {
    /// How things stood before the days of grace, on the first parents of what is checked. None where no grace is given, or the
    /// history begins later; an error where the clone ends too early to say.
    pub(super) fn grace(&self, candidate: &Candidate, read: &Read, today: Date) -> Result<Option<Base>, Trouble> {
        let (Some(days), Some(repo)) = (read.settings.gate.grace_days, &self.repo) else { return Ok(None) };
        let tip = match candidate {
            Candidate::Revision(name) | Candidate::Merge { head: name, .. } => Some(repo.commit(name)?),
            Candidate::WorkingTree | Candidate::Index(_) => repo.parents()?.into_iter().next(),
        };
        // The last day of grace still counts.
        let began = today.saturating_sub((i64::from(days) + 1).days());
        let commit = tip.map(|tip| repo.by_the_end_of(began, &tip)).transpose()?.flatten();
        let Some(commit) = commit else { return Ok(None) };
        let workspace = self.read_commit(&commit, read)?;
        let (models, folders) = (workspace.models, workspace.folders);
        Ok(Some(Base { name: commit.name, commit: commit.id, models, folders }))
    }
}

/// What to tell instead of a verdict where the history ends too early; any other trouble stays trouble.
pub(super) fn unjudged(trouble: Trouble) -> Result<String, Trouble> {
    match trouble {
        Trouble::Git(GitError::Incomplete { why, command }) => {
            Ok(format!("warning: the days of grace were not judged: {why}; bring the history: {command}"))
        }
        trouble => Err(trouble),
    }
}
