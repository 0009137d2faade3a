//! Putting to people what was generated: on the branch of a pull request, or in a pull request of its own.

use clap::Args;
use sha2::{Digest as _, Sha256};

use super::ci::event::{self, Base};
use super::clock;
use super::door::Door;
use super::edit::{Plain, act, breaks, done, refused};
use super::failure::Failure;
use super::github::Remote;
use super::respond::{STATUS, brought};
use super::verb::Exit;
use crate::ops::comment::{Question, Voice, catch_up, review, status};
use crate::ops::perform::{Answer, Performed};
use crate::ops::propose::{Onto, Outcome, Proposal, Told, digest, offer, onto};
use crate::ops::respond::{changed, clean};
use crate::ops::{Desk, Trouble};
use crate::remote::{Github, Pull, RemoteError};
use crate::render::{Line, Page, Tone, notice};
use crate::text::slug;

/// Where a proposal goes.
#[derive(Debug, Clone, Args)]
pub struct Proposing {
    /// Put it to people on GitHub: a commit on the branch of this pull request, or of the one that the workflow's event is about; without one a pull request of its own, which the next run brings up to date
    #[arg(long, value_name = "N", num_args = 0..=1)]
    pub pr: Option<Option<u64>>,
    /// The branch that a pull request of its own is for [default: the one that the event is about]
    #[arg(long, value_name = "BRANCH", requires = "pr")]
    base: Option<String>,
    #[command(flatten)]
    remote: Remote,
}

/// What is proposed, in words.
pub struct Subject {
    /// What it was made from: `docs/payments.md`.
    pub from: String,
    /// What is asked for of a model: nothing where it is made or brought up to date.
    pub controls: Option<String>,
    pub format: Plain,
}

/// What came of it.
enum Put {
    /// It stands there.
    There(&'static str, String),
    /// Nothing came of it, and that is nobody's fault.
    Nothing(String),
}

/// The place on the host.
enum Place {
    Pull(Pull),
    /// The branch that a new pull request is for.
    New(String),
}

impl Place {
    fn pull(&self) -> Option<&Pull> {
        match self {
            Place::Pull(pull) => Some(pull),
            Place::New(_) => None,
        }
    }
}

impl Proposing {
    /// Has `make` write its proposal into this checkout, and puts it to people. `make` is given the base of the pull request it is for.
    pub fn put(
        &self,
        door: &mut Door,
        subject: &Subject,
        make: impl FnOnce(&mut Door, &Desk, Option<Base>) -> Result<Option<Answer>, Failure>,
    ) -> Result<Exit, Failure> {
        let github = self.remote.open(door)?;
        let place = self.place(door, &github)?;
        if let Some(why) = place.pull().and_then(unfit) {
            return quiet(door, why);
        }
        let desk = match place.pull() {
            Some(pull) => brought(door, pull)?,
            None => door.desk()?,
        };
        let before = clean(&desk, place.pull())?;
        let performed = match make(door, &desk, place.pull().map(|pull| Base::At(pull.base.sha.clone())))? {
            None => return Ok(0),
            Some(Answer::Done(performed)) => performed,
            Some(Answer::Refused(refusal)) => return Err(refused(refusal)),
            Some(Answer::Breaks(findings)) => return Err(breaks(&findings)),
        };
        done(door, &performed, subject.format)?;
        let files = changed(&desk, &before)?;
        if files.is_empty() {
            return said(door, subject, "nothing to propose", "");
        }
        let onto = desk.repo()?.commit("HEAD").map_err(Trouble::Git)?.id;
        let act = act(&performed);
        let proposal = Proposal {
            onto,
            files,
            digest: digest(&act, &performed.writes),
            headline: headline(&performed, subject),
            body: Told { act: &act, from: &subject.from }.body(),
        };
        let put = match &place {
            Place::Pull(pull) => self.commit(door, &desk, (&github, pull), &proposal),
            Place::New(base) => self.open(door, &desk, (&github, base), (&proposal, subject)),
        };
        match put {
            Ok(Put::There(words, url)) => said(door, subject, words, &url),
            Ok(Put::Nothing(why)) => quiet(door, &why),
            Err(Trouble::Remote(RemoteError::Forbidden { what, message })) => quiet(
                door,
                &format!(
                    "no proposal: {what}: this token may not do it ({message}); docs/github.md says which permissions it takes"
                ),
            ),
            Err(trouble) => Err(trouble.into()),
        }
    }

    fn place(&self, door: &Door, github: &Github) -> Result<Place, Failure> {
        let payload = door.environment.runner.described()?;
        if let Some(number) = self.pr.flatten().or_else(|| event::number(&payload)) {
            return Ok(Place::Pull(github.pull(number)?));
        }
        let pushed = event::text(&payload, "/ref").and_then(|name| Some(name.strip_prefix("refs/heads/")?.to_owned()));
        let base = self.base.clone().or(pushed).or_else(|| event::default_branch(&payload));
        let which = || Failure::usage("which branch is it for? say --base BRANCH; no event of a workflow names one");
        Ok(Place::New(base.ok_or_else(which)?))
    }

    /// A commit on the branch, with the status and the comment that no workflow will bring up to date.
    fn commit(
        &self,
        door: &mut Door,
        desk: &Desk,
        (github, pull): (&Github, &Pull),
        proposal: &Proposal,
    ) -> Result<Put, Trouble> {
        let head = match onto(github, pull, proposal)? {
            Onto::Committed(head) | Onto::Already(head) => head,
            Onto::Moved => {
                let why = "no proposal: somebody pushed to the branch meanwhile, and the next run sees that";
                return Ok(Put::Nothing(why.to_owned()));
            }
        };
        let question = Question { model: None, today: clock::day(door.environment.clock) };
        let web = self.remote.web(door).unwrap_or_default();
        let voice = Voice { github, pull, people: &self.remote.author, web: Some(web.as_str()), suggest: false };
        let kept = catch_up(desk, &voice, &question, (&head, STATUS));
        behind(door, kept);
        Ok(Put::There("proposed: ", format!("{web}/pull/{}/commits/{head}", pull.number)))
    }

    /// A pull request of its own.
    fn open(
        &self,
        door: &mut Door,
        desk: &Desk,
        (github, base): (&Github, &str),
        (proposal, subject): (&Proposal, &Subject),
    ) -> Result<Put, Trouble> {
        let branch = branch(desk, subject, base);
        let (words, url, head) = match offer(github, (&branch, base), proposal)? {
            Outcome::Opened { url, head } => ("proposed: ", url, Some(head)),
            Outcome::Updated { url, head } => ("brought up to date: ", url, Some(head)),
            Outcome::Same { url } => ("proposed already: ", url, None),
            Outcome::Declined { url } => ("closed by somebody, and nothing is new: ", url, None),
            Outcome::Taken { branch } => {
                let why = format!(
                    "no proposal: somebody else committed to {branch}, so it is left alone; delete the branch for a new one"
                );
                return Ok(Put::Nothing(why));
            }
            Outcome::Unopened { branch, why } => {
                let compare = format!("{}/compare/{base}...{branch}", self.remote.web(door).unwrap_or_default());
                return Ok(Put::Nothing(format!(
                    "the proposal is on the branch {branch}, and this token may open no pull request ({why}); open it at {compare}, or allow it in the settings of the repository: Actions, General, Workflow permissions"
                )));
            }
        };
        if let Some(head) = head {
            let question = Question { model: None, today: clock::day(door.environment.clock) };
            let judged = review(desk, &question, &proposal.onto, &head);
            behind(door, judged.and_then(|review| Ok(github.status(&head, &status(&review, STATUS))?)));
        }
        Ok(Put::There(words, url))
    }
}

/// The proposal stands, whatever became of its status.
fn behind(door: &mut Door, kept: Result<(), Trouble>) {
    if let Err(trouble) = kept {
        door.remark(&format!("warning: proposed, but the status may not be set: {trouble}"));
    }
}

/// Why nothing is committed to a pull request.
fn unfit(pull: &Pull) -> Option<&'static str> {
    match pull {
        Pull { open: false, .. } => Some("no proposal: the pull request is closed"),
        pull if pull.fork() => Some(
            "no proposal: the pull request comes from a fork, whose branch this workflow may not write to; its author can run the same without --pr",
        ),
        _ => None,
    }
}

/// That nothing was proposed is nobody's fault: one notice.
fn quiet(door: &mut Door, why: &str) -> Result<Exit, Failure> {
    match door.environment.runner.logs {
        true => door.print(&notice(why))?,
        false => door.remark(&format!("notice: {why}")),
    }
    Ok(0)
}

/// What became of it, for people and for later steps.
fn said(door: &mut Door, subject: &Subject, words: &str, url: &str) -> Result<Exit, Failure> {
    if !url.is_empty() {
        door.environment.runner.tell(&[("proposal-url", url.to_owned())])?;
    }
    match subject.format {
        Plain::Human => {
            let mut page = Page::default();
            page.text(Line::of(Tone::Dim, words).and(Tone::Plain, url));
            door.page(&page)?;
        }
        // Standard output holds the one answer.
        Plain::Json => door.remark(&format!("{words}{url}")),
    }
    Ok(0)
}

/// IDs of models are plain, so nothing in it is anybody's words.
fn headline(performed: &Performed, subject: &Subject) -> String {
    let id = &performed.outcome.model.id;
    match (&subject.controls, performed.before.entities.is_empty()) {
        (Some(_), _) => format!("Threat model: controls for {id}"),
        (None, true) => format!("Threat model: propose {id}"),
        (None, false) => format!("Threat model: bring {id} up to date"),
    }
}

/// The branch, the same for the same question about the same base, whatever the answer is.
fn branch(desk: &Desk, subject: &Subject, base: &str) -> String {
    let about = subject.controls.as_deref().unwrap_or(&subject.from);
    let word = if subject.controls.is_some() { "controls" } else { "from" };
    let hash = Sha256::digest(format!("{base}\u{1f}{}\u{1f}{word}\u{1f}{about}", desk.prefix));
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let name: String = slug(about).chars().take(40).collect();
    format!("redan/{word}-{}-{hash}", name.trim_matches('-'))
}
