//! Doing what was planned, so that two runs at once leave one comment.

use super::plan::{Act, Mine, ours, plan};
use crate::remote::{Comment, Github, RemoteError};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// There was nothing to say and nothing to change.
    Silent,
    /// Our comment said it already.
    Same {
        url: String,
    },
    Created {
        url: String,
        author: String,
        known: bool,
    },
    Edited {
        url: String,
    },
}

impl Posted {
    /// Where our comment is read, if there is one.
    pub fn url(&self) -> Option<&str> {
        match self {
            Posted::Silent => None,
            Posted::Same { url } | Posted::Created { url, .. } | Posted::Edited { url } => Some(url),
        }
    }
}

/// Brings our comment up to date. After posting a new one it looks again: whoever finds an older comment of ours takes
/// its own back.
pub fn post(
    github: &Github,
    pull: u64,
    mine: &Mine<'_>,
    say: impl Fn(Option<&str>) -> Option<String>,
) -> Result<Posted, RemoteError> {
    let comments = github.comments(pull)?;
    let plan = plan(mine, &comments, &say);
    let posted = match plan.act {
        Act::Nothing => {
            ours(mine, &comments).first().map_or(Posted::Silent, |there| Posted::Same { url: there.url.clone() })
        }
        Act::Edit { id, body } => edit(github, pull, mine, (id, &body))?,
        Act::Post(body) => create(github, pull, mine, &body)?,
    };
    plan.drop.iter().try_for_each(|id| github.delete_comment(*id))?;
    Ok(posted)
}

/// One that somebody deleted meanwhile is written anew.
fn edit(github: &Github, pull: u64, mine: &Mine<'_>, (id, body): (u64, &str)) -> Result<Posted, RemoteError> {
    match github.edit_comment(id, body) {
        Ok(edited) => Ok(Posted::Edited { url: edited.url }),
        Err(RemoteError::Missing { .. }) => create(github, pull, mine, body),
        Err(error) => Err(error),
    }
}

fn create(github: &Github, pull: u64, mine: &Mine<'_>, body: &str) -> Result<Posted, RemoteError> {
    let made = github.post_comment(pull, body)?;
    let now = github.comments(pull)?;
    let ours = ours(mine, &now);
    let known = ours.iter().any(|comment| comment.id == made.id);
    let created = |made: Comment| Posted::Created { url: made.url, author: made.author.login, known };
    let Some((oldest, younger)) = ours.split_first().filter(|_| known) else { return Ok(created(made)) };
    younger.iter().try_for_each(|comment| github.delete_comment(comment.id))?;
    if oldest.id == made.id {
        return Ok(created(made));
    }
    if oldest.body.trim_end() != body.trim_end() {
        github.edit_comment(oldest.id, body)?;
    }
    Ok(Posted::Edited { url: oldest.url.clone() })
}
