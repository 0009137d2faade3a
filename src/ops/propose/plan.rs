//! What is to be done about a pull request of ours: a value, worked out from the branch and the pull requests from it.

use super::words::claimed;
use super::{Outcome, Proposal, proposed};
use crate::remote::{Opened, Standing, Tip};

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    pub standing: Standing,
    /// Pull requests from the branch, newest first.
    pub pulls: Vec<Opened>,
    /// Whether the open one has commits that are not ours.
    pub shared: bool,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Stay(Outcome),
    /// The branch is built anew; then the words follow.
    Write(Words),
    /// The branch is as it should be, and the words of the pull request are of an earlier proposal.
    Say(u64),
    /// The branch is as it should be, and there is no pull request from it.
    Open,
}

/// What is said of a branch that was built anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// A pull request is opened.
    New,
    /// The one that is open gets the new words.
    Edited(u64),
    /// Somebody wrote their own, which stay; where they are read.
    Kept(String),
}

/// The step from what is there to the proposal on this branch.
pub fn plan(there: &There, branch: &str, proposal: &Proposal) -> Step {
    let same = |tip: &&Tip| proposed(&tip.message) == Some(&proposal.digest);
    let tip = there.standing.tip.as_ref();
    if let Some(open) = there.pulls.iter().find(|pull| pull.open) {
        return match tip.filter(same) {
            _ if there.shared => Step::Stay(Outcome::Taken { branch: branch.to_owned() }),
            // An earlier run ended between the two.
            Some(_) if claimed(&open.body).is_some_and(|said| said != proposal.digest) => Step::Say(open.number),
            Some(_) => Step::Stay(Outcome::Same { url: open.url.clone() }),
            None if claimed(&open.body).is_none() => Step::Write(Words::Kept(open.url.clone())),
            None => Step::Write(Words::Edited(open.number)),
        };
    }
    let closed = there.pulls.first().filter(|pull| !pull.merged && claimed(&pull.body) == Some(&proposal.digest));
    if let Some(closed) = closed {
        return Step::Stay(Outcome::Declined { url: closed.url.clone() });
    }
    match tip {
        Some(tip) if !settled(tip, &there.pulls) => Step::Stay(Outcome::Taken { branch: branch.to_owned() }),
        Some(tip) if same(&tip) && !merged(tip, &there.pulls) => Step::Open,
        _ => Step::Write(Words::New),
    }
}

/// Whether nothing is lost when a branch without an open pull request moves on from here.
fn settled(tip: &Tip, pulls: &[Opened]) -> bool {
    proposed(&tip.message).is_some() || merged(tip, pulls)
}

fn merged(tip: &Tip, pulls: &[Opened]) -> bool {
    pulls.iter().any(|pull| pull.merged && pull.head == tip.sha)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "Threat model\n\nRedan-Proposal: new";
    const OLD: &str = "Threat model\n\nRedan-Proposal: old";

    fn there(tip: Option<&str>, pulls: &[(&str, &str)]) -> There {
        let tip = tip.map(|message| Tip { sha: "tip".to_owned(), message: message.to_owned() });
        let pulls = pulls.iter().enumerate().map(|(nth, (state, said))| Opened {
            number: 9 - u64::try_from(nth).unwrap(),
            open: *state == "open",
            merged: *state == "merged",
            head: "tip".to_owned(),
            body: format!("<!-- redan:proposal:1 {said} -->\nwords"),
            url: "there".to_owned(),
        });
        There { standing: Standing { repository: "R".to_owned(), tip }, pulls: pulls.collect(), shared: false }
    }

    fn planned(there: &There) -> Step {
        let proposal = Proposal {
            onto: String::new(),
            files: Vec::new(),
            digest: "new".to_owned(),
            headline: String::new(),
            body: String::new(),
        };
        plan(there, "ours", &proposal)
    }

    fn taken() -> Step {
        Step::Stay(Outcome::Taken { branch: "ours".to_owned() })
    }

    #[test]
    fn one_pull_request_is_opened_and_then_updated() {
        assert_eq!(planned(&there(None, &[])), Step::Write(Words::New));
        assert_eq!(planned(&there(Some(OURS), &[])), Step::Open);
        assert_eq!(planned(&there(Some(OLD), &[("open", "old")])), Step::Write(Words::Edited(9)));
        let url = "there".to_owned();
        assert_eq!(planned(&there(Some(OURS), &[("open", "new")])), Step::Stay(Outcome::Same { url: url.clone() }));
        assert_eq!(planned(&there(Some(OURS), &[("open", "old")])), Step::Say(9));
        let mut theirs = there(Some(OLD), &[("open", "old")]);
        theirs.pulls[0].body = "in other words".to_owned();
        assert_eq!(planned(&theirs), Step::Write(Words::Kept(url.clone())));
        theirs.standing = there(Some(OURS), &[]).standing;
        assert_eq!(planned(&theirs), Step::Stay(Outcome::Same { url }));
    }

    #[test]
    fn what_somebody_closed_stays_closed_until_it_says_something_else() {
        let url = "there".to_owned();
        assert_eq!(
            planned(&there(Some(OURS), &[("closed", "new")])),
            Step::Stay(Outcome::Declined { url: url.clone() })
        );
        assert_eq!(planned(&there(None, &[("closed", "new")])), Step::Stay(Outcome::Declined { url }));
        assert_eq!(planned(&there(Some(OLD), &[("closed", "old")])), Step::Write(Words::New));
        assert_eq!(planned(&there(None, &[("merged", "new")])), Step::Write(Words::New));
        assert_eq!(planned(&there(Some(OURS), &[("merged", "new")])), Step::Write(Words::New));
    }

    #[test]
    fn what_somebody_else_committed_is_left_alone() {
        assert_eq!(planned(&there(Some("Work"), &[])), taken());
        assert_eq!(planned(&there(Some("Work"), &[("closed", "old")])), taken());
        assert_eq!(planned(&there(Some("Work"), &[("merged", "old")])), Step::Write(Words::New));
        for tip in [OURS, OLD, "Work"] {
            assert_eq!(planned(&There { shared: true, ..there(Some(tip), &[("open", "old")]) }), taken());
        }
    }
}
