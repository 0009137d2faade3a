//! A pull request of our own: doing what was planned, so that runs at once leave one.

use super::plan::{Step, There, Words, plan};
use super::{Outcome, Proposal, proposed};
use crate::remote::{Github, RemoteError};

/// Looks and writes at most: every further one means that another run, or a person, wrote in between.
const ROUNDS: usize = 6;

/// Brings the branch and the pull request from it to the proposal. `base` is the branch it is for. Where the host refuses since somebody was
/// quicker, it looks again; the same refusal over the same state is the host's last word.
pub fn offer(github: &Github, (branch, base): (&str, &str), proposal: &Proposal) -> Result<Outcome, RemoteError> {
    let mut refused: Option<(There, RemoteError)> = None;
    for _ in 0..ROUNDS {
        let there = look(github, branch)?;
        if let Some((_, error)) = refused.take_if(|(seen, _)| *seen == there) {
            return Err(error);
        }
        let tried = match plan(&there, branch, proposal) {
            Step::Stay(outcome) => return Ok(outcome),
            Step::Open => open(github, (branch, base), proposal),
            Step::Say(number) => say(github, number, String::new(), proposal),
            Step::Write(words) => write(github, (branch, base), (&there, words), proposal),
        };
        match tried {
            Err(error @ (RemoteError::Conflict { .. } | RemoteError::Invalid { .. })) => {
                refused = Some((there, error));
            }
            other => return other,
        }
    }
    let quiet = || RemoteError::Conflict {
        what: "proposing the change".to_owned(),
        message: "the branch did not come to rest".to_owned(),
    };
    Err(refused.map_or_else(quiet, |(_, error)| error))
}

fn look(github: &Github, branch: &str) -> Result<There, RemoteError> {
    let (standing, pulls) = (github.standing(branch)?, github.pulls_from(branch)?);
    let shared = match pulls.iter().find(|pull| pull.open) {
        Some(open) => github.commits(open.number)?.iter().any(|(_, message)| proposed(message).is_none()),
        None => false,
    };
    Ok(There { standing, pulls, shared })
}

fn write(
    github: &Github,
    (branch, base): (&str, &str),
    (there, words): (&There, Words),
    proposal: &Proposal,
) -> Result<Outcome, RemoteError> {
    let message = format!("{}\n\n{}", proposal.headline, proposal.trailer());
    let head = github.build(&proposal.onto, &message, &proposal.files)?;
    github.move_branch(&there.standing, branch, &head)?;
    match words {
        Words::New => opened(github, (branch, base), head, proposal),
        Words::Edited(number) => say(github, number, head, proposal),
        Words::Kept(url) => Ok(Outcome::Updated { url, head }),
    }
}

/// Gives the pull request the words of the proposal; its branch stands at `head`, as it was or anew.
fn say(github: &Github, number: u64, head: String, proposal: &Proposal) -> Result<Outcome, RemoteError> {
    let edited = github.edit_pull(number, &proposal.headline, &proposal.words())?;
    let head = if head.is_empty() { edited.head } else { head };
    Ok(Outcome::Updated { url: edited.url, head })
}

/// Opens what an earlier run wrote and could not open.
fn open(github: &Github, ends: (&str, &str), proposal: &Proposal) -> Result<Outcome, RemoteError> {
    let head = github.standing(ends.0)?.tip.map(|tip| tip.sha).unwrap_or_default();
    opened(github, ends, head, proposal)
}

fn opened(
    github: &Github,
    (branch, base): (&str, &str),
    head: String,
    proposal: &Proposal,
) -> Result<Outcome, RemoteError> {
    match github.open_pull((branch, base), &proposal.headline, &proposal.words()) {
        Ok(opened) => Ok(Outcome::Opened { url: opened.url, head }),
        Err(RemoteError::Forbidden { message, .. }) => {
            Ok(Outcome::Unopened { branch: branch.to_owned(), why: message })
        }
        Err(error) => Err(error),
    }
}
