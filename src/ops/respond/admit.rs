//! Whether somebody is answered at all, and whether what was asked is done.

use super::answer::marker;
use super::deliver::done_before;
use super::typed::{Typed, typed};
use crate::ops::sticky::{Mine, ours};
use crate::remote::{Github, Heard, Level, Pull, RemoteError};

/// What becomes of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// Nobody is answered, and why.
    Ignored(&'static str),
    /// An answer and nothing else.
    Refused { pull: u64, why: String },
    /// It was done when the event came the first time, and only the answer is missing.
    Done { pull: u64, commit: String },
    /// The commands are run on this pull request.
    Welcome { pull: Pull, commands: Vec<Typed> },
}

/// Commands of one comment, at most.
pub(super) const MOST: usize = 20;

/// Only a new comment of a person on a pull request is heard; what the person may do is asked of the host, since
/// what the event says about the author does not tell who may write.
pub fn admit(github: &Github, heard: &Heard, people: &[String]) -> Result<Admitted, RemoteError> {
    let Some(number) = heard.pull else { return Ok(Admitted::Ignored("it is about an issue")) };
    if heard.action != "created" {
        return Ok(Admitted::Ignored("only new comments are heard, not changed ones"));
    }
    if heard.author().bot {
        return Ok(Admitted::Ignored("it was said by a bot"));
    }
    let commands = typed(&heard.comment.body);
    if commands.is_empty() {
        return Ok(Admitted::Ignored("it holds no /redan"));
    }
    let marker = marker(heard.comment.id);
    if !ours(&Mine { marker: &marker, people }, &github.comments(number)?).is_empty() {
        return Ok(Admitted::Ignored("it was answered already"));
    }
    let refused = |why: &str| Ok(Admitted::Refused { pull: number, why: why.to_owned() });
    if github.level(&heard.author().login)? < Level::Write {
        return refused("Only people who may write to this repository can have it changed from a comment.");
    }
    if commands.len() > MOST {
        return refused(&format!(
            "These are {} commands, and one comment may hold {MOST}. Nothing was done.",
            commands.len()
        ));
    }
    let pull = github.pull(number)?;
    if !pull.open {
        return refused("This pull request is closed.");
    }
    if pull.fork() {
        return refused(
            "This pull request comes from a fork, whose branch this workflow may not write to. Run the command at home, without the slash, and push.",
        );
    }
    Ok(match done_before(github, heard, number)? {
        Some(commit) => Admitted::Done { pull: number, commit },
        None => Admitted::Welcome { pull, commands },
    })
}
