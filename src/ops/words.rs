//! What rows in doubt were about: looked up in all the history that is here, and only where a row is in doubt.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::audit::{descent, roots};
use super::{Candidate, Desk, Trouble};
use crate::history::{self, Commit, GitError, Reader, Repo};
use crate::identity::{Gap, Ledger, Published, Words};
use crate::model::{Model, ModelId};
use crate::rules::Memory;
use crate::store::Settings;

impl Desk {
    /// What history knows of the words of these models, states of now and of then; `ledger` is what was read of it
    /// already. The same for every question about the same candidates.
    pub(super) fn words<'m>(
        &self,
        candidates: &[&Candidate],
        settings: &Settings,
        models: impl Iterator<Item = &'m Model>,
        ledger: Option<&Ledger>,
    ) -> Result<Words, Trouble> {
        let doubted: BTreeSet<&ModelId> =
            models.filter(|model| Memory::alone(model).doubts()).map(|model| &model.id).collect();
        if doubted.is_empty() {
            return Ok(Words::default());
        }
        let Some(repo) = &self.repo else { return Ok(unasked()) };
        let ledger = match ledger.filter(|ledger| ledger.complete()) {
            Some(ledger) => Cow::Borrowed(ledger),
            None => Cow::Owned(self.recollected(repo, candidates, settings)?),
        };
        Ok(Words::of(&ledger, |model| doubted.contains(model)))
    }

    /// The ledger of what is here. Where nobody can say what is published, the candidate's own history is asked.
    fn recollected(&self, repo: &Repo, candidates: &[&Candidate], settings: &Settings) -> Result<Ledger, Trouble> {
        let mut parents = Vec::new();
        for candidate in candidates {
            parents.extend(descent(repo, candidate)?);
        }
        let (published, cache) = match repo.published(self.named(settings)) {
            Ok(published) => (published, true),
            Err(GitError::Unpublished) => (parents.iter().map(as_published).collect(), false),
            Err(error) => return Err(error.into()),
        };
        let (roots, reader) = (roots(settings), Reader::of(repo));
        let question = history::Question {
            roots: &roots,
            settings: &self.settings_path(),
            published: &published,
            parents: &parents,
            stood: &self.stood,
            reader,
            cache,
        };
        Ok(repo.audit(&question)?)
    }
}

fn as_published(commit: &Commit) -> Published {
    Published { name: commit.name.clone(), commit: commit.id.clone(), tag: false, fetched: None }
}

/// Nobody looked at the history.
pub(super) fn unasked() -> Words {
    let gap = Gap { why: "history was not looked at".to_owned(), command: "redan check".to_owned() };
    Words { gap: Some(gap), ..Words::default() }
}
