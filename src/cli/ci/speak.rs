//! What a run says on GitHub itself: the comment on a pull request, and the issue of a scheduled audit. The verdict does
//! not depend on it.

use std::path::PathBuf;

use clap::Args;

use crate::cli::check::found;
use crate::cli::comment::stranger;
use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::cli::github::Remote;
use crate::cli::verb::Exit;
use crate::ops::ci::{Event, Pull, Ran};
use crate::ops::comment::{Voice, scope, speak};
use crate::ops::reminder::{Mine, Words, remind};
use crate::ops::{Desk, Trouble};
use crate::render::{notice, problem};
use crate::report::due::{self, Due};

/// How much is said, and where.
#[derive(Debug, Args)]
pub struct Speaking {
    /// Say nothing on GitHub: no comment on the pull request, no issue about what is past its day
    #[arg(long, conflicts_with = "require_comment")]
    no_comment: bool,
    /// Exit 5 where that cannot be said, instead of a notice; a verdict that fails goes first
    #[arg(long)]
    require_comment: bool,
    /// Suggest no fixes on lines of the diff
    #[arg(long)]
    no_suggestions: bool,
    /// In a workflow_run event: the report of the run before, whose pull request from a fork is commented here
    #[arg(long, value_name = "FILE")]
    pub follows: Option<PathBuf>,
    #[command(flatten)]
    pub remote: Remote,
}

/// Where it is said.
#[derive(Debug, Clone, Copy)]
enum Place<'e> {
    Comment(&'e Pull),
    Issue,
}

/// What became of it.
#[derive(Debug, Default)]
pub struct Said {
    /// The output that names where it is read, and the address.
    pub read: Option<(&'static str, String)>,
    /// The exit code of a run that had to speak and could not.
    pub failed: Option<Exit>,
}

impl Speaking {
    /// Says what there is to say about an event. That nothing could be said is a notice, or a problem where it is
    /// required: a fork's token may only read, and that is nobody's fault.
    pub fn say(&self, door: &mut Door, desk: &Desk, (event, ran): (&Event, Ran)) -> Result<Said, Failure> {
        let place = match event {
            Event::Pull(pull) => Place::Comment(pull),
            Event::Audit { scheduled: true } => Place::Issue,
            _ => return Ok(Said::default()),
        };
        if self.no_comment || !(self.is_required() || self.remote.is_reachable(door)) {
            return Ok(Said::default());
        }
        let (output, what, said) = match place {
            Place::Comment(pull) => ("comment-url", "comment", self.comment(door, desk, (pull, ran))),
            Place::Issue => ("issue-url", "issue", self.issue(door, desk, &ran)),
        };
        match said {
            Ok(url) => Ok(Said { read: url.map(|url| (output, url)), failed: None }),
            Err(failure) => {
                let why = format!("no {what}: {}", failure.message);
                let told = if self.is_required() { problem(&why) } else { notice(&why) };
                door.print(&told)?;
                Ok(Said { read: None, failed: self.is_required().then_some(failure.kind as Exit) })
            }
        }
    }

    /// A run that follows another has nothing else to do.
    fn is_required(&self) -> bool {
        self.require_comment || self.follows.is_some()
    }

    fn comment(&self, door: &mut Door, desk: &Desk, (pull, ran): (&Pull, Ran)) -> Result<Option<String>, Failure> {
        let github = self.remote.open(door)?;
        let there = github.pull(pull.number)?;
        if there.head.sha != pull.head {
            door.print(&notice("no comment: the pull request has moved on, and a newer run speaks of it"))?;
            return Ok(None);
        }
        let Some(review) = ran.review(desk, &pull.head) else { return Ok(None) };
        let (web, people) = (self.remote.web(door)?, self.remote.author.as_slice());
        let suggest = !self.no_suggestions;
        let voice = Voice { github: &github, pull: &there, people, web: Some(&web), suggest };
        let spoken = speak(desk, &voice, &review)?;
        stranger(&spoken).iter().try_for_each(|warning| door.print(&notice(warning)))?;
        if let Err(error) = &spoken.suggested {
            door.print(&notice(&format!("no suggestions: {error}")))?;
        }
        Ok(spoken.posted.url().map(str::to_owned))
    }

    /// Files are named on the branch and not at a commit: the issue changes when what it says does, not every week.
    fn issue(&self, door: &mut Door, desk: &Desk, ran: &Ran) -> Result<Option<String>, Failure> {
        let (github, web, key) = (self.remote.open(door)?, self.remote.web(door)?, scope(desk));
        let files = desk.default_branch.as_ref().map(|branch| format!("{web}/blob/{branch}/"));
        let over: Vec<_> = ran.over().map(found).collect();
        let ending: Vec<_> = ran.ending().map(found).collect();
        let due = Due { key: &key, over: &over, ending: &ending, files: files.as_deref() };
        let words = due::words(&due).map(|(title, body)| Words { title, body });
        let mine = Mine { marker: &due::marker(&key), people: &self.remote.author };
        Ok(remind(&github, mine, words.as_ref()).map_err(Trouble::Remote)?)
    }
}
