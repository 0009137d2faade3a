//! Asking history: how much of it a question looks at, and what it proves.

use std::panic::resume_unwind;
use std::thread;

use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::history::{self, Commit, GitError, Reader, Repo};
use crate::identity::{Gap, Ledger, Published};
use crate::store::Settings;

/// How much of the history a candidate is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Nothing: the files alone.
    Off,
    /// The states it descends from, and every commit where all of them are here.
    Auto,
    /// Every commit; what is not here leaves the answer incomplete.
    Full,
}

/// What history proves, or why nothing can be said about it.
type Audited = Result<Option<Ledger>, Trouble>;

impl Desk {
    /// Reads a state, and beside it what history proves about it: that takes no more than the settings.
    pub(super) fn audited(&self, candidate: &Candidate, depth: Depth) -> Result<(Read, Audited), Trouble> {
        let Some(repo) = self.repo.as_ref().filter(|_| depth != Depth::Off) else {
            return Ok((self.glance(candidate)?, Ok(None)));
        };
        repo.foresee();
        let settings = self.settings(candidate)?;
        let other = self.again()?;
        let audit = |desk: Desk| desk.ledger(candidate, depth, &settings);
        let (workspace, ledger) = thread::scope(|scope| {
            let ledger = scope.spawn(move || audit(other));
            let workspace = self.read(candidate, &settings);
            (workspace, ledger.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        Ok((Read { workspace: workspace?, settings }, ledger))
    }

    /// What history proves about a candidate. Where some of it is missing, `Auto` proves nothing and names the
    /// gaps, and `Full` proves what it can; nothing at all is asked of a folder outside Git.
    pub fn ledger(&self, candidate: &Candidate, depth: Depth, settings: &Settings) -> Result<Option<Ledger>, Trouble> {
        let Some(repo) = self.repo.as_ref().filter(|_| depth != Depth::Off) else { return Ok(None) };
        let parents = descent(repo, candidate)?;
        let published = match repo.published(self.named(settings)) {
            Ok(published) => published,
            Err(GitError::Unpublished) if parents.is_empty() && repo.is_unborn() => return Ok(Some(Ledger::default())),
            Err(GitError::Unpublished) => return Ok(Some(unpublished())),
            Err(error) => return Err(error.into()),
        };
        let gaps = repo.gaps();
        if depth == Depth::Auto && !gaps.is_empty() {
            return Ok(Some(partial(published, gaps)));
        }
        let roots = roots(settings);
        let (reader, cache) = (Reader::of(repo), true);
        let question = history::Question {
            roots: &roots,
            settings: &self.settings_path(),
            published: &published,
            parents: &parents,
            stood: &self.stood,
            reader,
            cache,
        };
        let mut ledger = repo.audit(&question)?;
        ledger.notes.extend(repo.forced(&published));
        // A commit hook has no time for what only a person with a whole history can mend.
        if !matches!(candidate, Candidate::Index(_)) {
            let roots = [&roots[..], &ledger.former[..]].concat();
            ledger.notes.extend(repo.strangers(&roots, &ledger));
        }
        Ok(Some(if depth == Depth::Auto && !ledger.complete() { partial(published, ledger.gaps) } else { ledger }))
    }
}

impl Desk {
    /// Brings what is missing of the history, where there is a remote that has it, and opens the place anew. Also
    /// the commands that ran.
    pub fn completed(self) -> Result<(Desk, Vec<String>), Trouble> {
        let settings = self.settings(&self.today()?)?;
        let repo = self.repo()?;
        let ran = repo.complete(&roots(&settings), self.named(&settings))?;
        Ok((self.again()?, ran))
    }

    /// What history proves where that is cheap to know: an earlier audit is kept and still fits, or there is
    /// little to read. Nothing where some of the history is missing.
    pub(super) fn remembered(&self, settings: &Settings) -> Result<Option<Ledger>, Trouble> {
        let Some(repo) = self.repo.as_ref() else { return Ok(None) };
        let published = match repo.published(self.named(settings)) {
            Ok(published) => published,
            Err(GitError::Unpublished) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if !repo.gaps().is_empty() || !repo.is_cheap(&roots(settings), &published) {
            return Ok(None);
        }
        let ledger = self.ledger(&Candidate::WorkingTree, Depth::Auto, settings)?;
        Ok(ledger.filter(Ledger::complete))
    }
}

/// Where models lie and lay.
pub(super) fn roots(settings: &Settings) -> Vec<String> {
    settings.models.iter().chain(&settings.former).cloned().collect()
}

/// The commits that a candidate descends from.
pub(super) fn descent(repo: &Repo, candidate: &Candidate) -> Result<Vec<Commit>, Trouble> {
    Ok(match candidate {
        Candidate::WorkingTree | Candidate::Index(_) => repo.parents()?,
        Candidate::Revision(name) => vec![repo.commit(name)?],
        Candidate::Merge { head, with } => vec![repo.commit(head)?, repo.commit(with)?],
    })
}

/// Gaps and nothing else: what was left out must not look like something that was never there.
fn partial(published: Vec<Published>, gaps: Vec<Gap>) -> Ledger {
    Ledger { published, gaps, ..Ledger::default() }
}

fn unpublished() -> Ledger {
    let gap = Gap { why: GitError::Unpublished.to_string(), command: "redan check --published BRANCH".to_owned() };
    partial(Vec::new(), vec![gap])
}
