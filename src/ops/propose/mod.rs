//! What a workflow generated, put to people: a commit on the branch of an open pull request, or a pull request of its own on a branch that
//! is ours alone. What is to be done is worked out from what is there; equal proposals write nothing.

mod offer;
mod onto;
mod plan;
mod words;

pub use offer::offer;
pub use onto::{Onto, onto};
pub use plan::{Step, There, Words, plan};
pub use words::{Told, digest};

use crate::remote::Added;

/// A proposal that rests on a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The commit, full hex.
    pub onto: String,
    /// What changes, with the bytes that Git stores.
    pub files: Vec<Added>,
    /// What it proposes, as [`digest`] gives it: the same on every day and for every person.
    pub digest: String,
    /// One line for a commit or a title.
    pub headline: String,
    /// What it changes and where it comes from, as Markdown.
    pub body: String,
}

impl Proposal {
    /// The line by which a commit of ours is known, and what it proposes.
    fn trailer(&self) -> String {
        format!("{TRAILER}{}", self.digest)
    }
}

/// What the last line of a commit of ours starts with.
const TRAILER: &str = "Redan-Proposal: ";

/// What a commit of ours proposes; nothing where it is somebody else's.
fn proposed(message: &str) -> Option<&str> {
    message.lines().find_map(|line| line.strip_prefix(TRAILER))
}

/// What became of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new pull request.
    Opened { url: String, head: String },
    /// The one that is open says something else now.
    Updated { url: String, head: String },
    /// It is proposed already.
    Same { url: String },
    /// Somebody closed it, and it would say the same again.
    Declined { url: String },
    /// Somebody else committed to our branch, which is theirs from then on.
    Taken { branch: String },
    /// The branch is written, and the host lets this token open no pull request; why.
    Unopened { branch: String, why: String },
}
