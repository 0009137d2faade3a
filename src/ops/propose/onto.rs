//! A commit on the branch of a pull request that is open.

use super::{Proposal, proposed};
use crate::remote::{Draft, Github, Pull, RemoteError};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onto {
    /// The new head.
    Committed(String),
    /// The answer to an earlier request was lost: this commit did it.
    Already(String),
    /// Somebody pushed meanwhile.
    Moved,
}

/// Commits the proposal, or leaves alone a branch that has moved.
pub fn onto(github: &Github, pull: &Pull, proposal: &Proposal) -> Result<Onto, RemoteError> {
    let draft = Draft {
        branch: pull.head.branch.clone(),
        onto: proposal.onto.clone(),
        headline: proposal.headline.clone(),
        body: proposal.trailer(),
        files: proposal.files.clone(),
    };
    match github.commit(&draft) {
        Ok(commit) => Ok(Onto::Committed(commit)),
        Err(RemoteError::Conflict { .. }) => {
            let did = github.commits(pull.number)?.into_iter().next_back();
            let did = did.filter(|(_, message)| proposed(message) == Some(&proposal.digest));
            Ok(did.map_or(Onto::Moved, |(commit, _)| Onto::Already(commit)))
        }
        Err(error) => Err(error),
    }
}
