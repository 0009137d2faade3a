//! What is checked against what, by the event.

use super::{Event, Pull, Push};
use crate::history::{Commit, GitError, Repo};
use crate::ops::audit::Depth;
use crate::ops::check::Against;
use crate::ops::{Candidate, Trouble};

/// What to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub candidate: Candidate,
    pub against: Against,
    /// The two commits between which the change is told; `None` for an audit.
    pub change: Option<(String, String)>,
    /// Whether the answer is about the whole history.
    pub audit: bool,
    /// Whether what is past its day fails: that is nobody's pull request's fault (ruling 38).
    pub expiries: bool,
    /// Why the base is not the one that the event names, for the person who reads the answer.
    pub remark: Option<String>,
}

impl Plan {
    /// What is published is held against its whole history; what is proposed against what it would join (ruling 43).
    pub fn depth(&self) -> Depth {
        if self.audit { Depth::Full } else { Depth::Auto }
    }
}

/// The plan for an event; `None` where there is nothing to check. Every commit it [`needs`] is here.
pub fn plan(repo: &Repo, event: &Event) -> Result<Option<Plan>, Trouble> {
    let lacking: Vec<&str> = needs(event).into_iter().filter(|id| !repo.holds(id)).collect();
    if !lacking.is_empty() {
        return Err(missing(repo, &lacking));
    }
    Ok(match event {
        Event::Pull(pull) => Some(self::pull(repo, pull)?),
        Event::Push(push) => self::push(repo, push)?,
        Event::Group { base, head } => Some(step(base, head)),
        Event::Audit { scheduled } => Some(Plan {
            candidate: Candidate::Revision("HEAD".to_owned()),
            against: Against::Parents,
            change: None,
            audit: true,
            expiries: *scheduled,
            remark: None,
        }),
        Event::Other(_) => None,
    })
}

/// Trouble for commits without which there is no answer.
pub(super) fn missing(repo: &Repo, commits: &[&str]) -> Trouble {
    let why = "the history between the two sides of the change is not here".to_owned();
    let command =
        format!("git fetch {}origin {}", if repo.is_shallow() { "--unshallow " } else { "" }, commits.join(" "));
    GitError::Incomplete { why, command }.into()
}

/// Commits that the plan for an event rests on.
pub fn needs(event: &Event) -> Vec<&str> {
    match event {
        Event::Pull(pull) => vec![&pull.base, &pull.head],
        // What the branch was may be gone for good; then there is another way.
        Event::Push(push) => push.after.as_deref().into_iter().collect(),
        Event::Group { base, head } => vec![base, head],
        Event::Audit { .. } | Event::Other(_) => Vec::new(),
    }
}

/// From one commit to the next: what the first has wrong already does not count.
fn step(from: &str, to: &str) -> Plan {
    Plan {
        candidate: Candidate::Revision(to.to_owned()),
        against: Against::Revision(from.to_owned()),
        change: Some((from.to_owned(), to.to_owned())),
        audit: false,
        expiries: false,
        remark: None,
    }
}

/// The merge with the tip of the base is checked against that tip; the change is told from where the branch left it.
fn pull(repo: &Repo, pull: &Pull) -> Result<Plan, Trouble> {
    // The host's own merge knows a newer tip than the event does.
    let parents = repo.parents_of("HEAD").unwrap_or_default();
    let merge = matches!(&parents[..], [_, head] if head.id == pull.head);
    let base = if merge { parents[0].id.clone() } else { pull.base.clone() };
    let plan = step(&base, &pull.head);
    Ok(match repo.bases(&base, &pull.head)?.into_iter().next() {
        Some(left) => Plan {
            candidate: Candidate::Merge { head: pull.head.clone(), with: base },
            change: Some((left, pull.head.clone())),
            ..plan
        },
        // Too shallow to see where the branch left the base, so it cannot be merged here either.
        None if merge => Plan {
            candidate: Candidate::Revision("HEAD".to_owned()),
            remark: Some(
                "where the branch left its base is not here: the change is told against the tip of the base".to_owned(),
            ),
            ..plan
        },
        None => return Err(missing(repo, &[&base, &pull.head])),
    })
}

/// Against what the branch was. Where it was nothing, was forced to something else, or that commit cannot be
/// had any more, against the parents of what was pushed.
fn push(repo: &Repo, push: &Push) -> Result<Option<Plan>, Trouble> {
    let Some(after) = &push.after else { return Ok(None) };
    let remark = match &push.before {
        None => "the branch is new: compared with the parents of its tip",
        Some(_) if push.forced => "the branch was forced: compared with the parents of its new tip",
        Some(before) if repo.holds(before) => return Ok(Some(Plan { audit: true, ..step(before, after) })),
        Some(_) => "what the branch was cannot be had: compared with the parents of its new tip",
    };
    Ok(Some(match repo.parents_of(after)?.first() {
        Some(Commit { id, .. }) => {
            Plan { against: Against::Parents, audit: true, remark: Some(remark.to_owned()), ..step(id, after) }
        }
        None => Plan {
            against: Against::Parents,
            audit: true,
            change: None,
            remark: Some("the first commit: there is nothing to compare it with".to_owned()),
            ..step(after, after)
        },
    }))
}
