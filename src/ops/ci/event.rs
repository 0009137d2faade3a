//! What happened, as far as the check depends on it.

use crate::remote;

/// An event of a host's workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A pull request, its own workflow or the base branch's (`pull_request_target`). Its files are read from
    /// the objects either way, never from a checkout.
    Pull(Pull),
    Push(Push),
    /// A merge queue tries pull requests on top of each other.
    Group {
        base: String,
        head: String,
    },
    /// The whole history, by the clock or by hand.
    Audit {
        scheduled: bool,
    },
    /// Anything else: nothing is there to check.
    Other(String),
}

/// A pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    pub number: u64,
    /// Full commit ids.
    pub head: String,
    /// `owner/name` of the head; `None` when that repository is gone.
    pub repository: Option<String>,
    /// The tip of the base branch.
    pub base: String,
    /// The head lies in another repository, whose people may write nothing here.
    pub fork: bool,
}

impl From<&remote::Pull> for Pull {
    fn from(there: &remote::Pull) -> Pull {
        Pull {
            number: there.number,
            head: there.head.sha.clone(),
            repository: there.head.repository.clone(),
            base: there.base.sha.clone(),
            fork: there.fork(),
        }
    }
}

/// A push to a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// What the branch was before, when it was anything.
    pub before: Option<String>,
    /// `None` when the branch was deleted.
    pub after: Option<String>,
    /// `before` is no ancestor of `after`.
    pub forced: bool,
}
