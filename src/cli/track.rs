use clap::{Args, Subcommand, ValueEnum};

use super::clock;
use super::door::Door;
use super::edit::Plain;
use super::failure::{Failure, Kind};
use super::verb::Exit;
use crate::model::ModelId;
use crate::ops::lifecycle;
use crate::ops::perform::{self, Order, perform};
use crate::ops::track::{self, Answer, Held, Hub, Ready, Scope, Site, Tracker, ready};
use crate::ops::{Desk, Trouble};
use crate::remote::{Github, Origin, RemoteError, Repository};
use crate::report::{self, track as told};
use crate::track::Proposal;

/// Keep a ticket for every control: made, updated, closed and opened again as the control lives
///
/// A control that is planned and covers something live gets a ticket. Implemented closes it as completed; removed or
/// orphaned closes it as not planned, with one comment that says why; live again opens the same one again. Nothing is
/// deleted, and what people write around our lines stays. docs/tickets.md has it all.
#[derive(Debug, Args)]
pub struct Track {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say what would be done, and write nothing
    Plan(Asking),
    /// Do it; a second run finds nothing to do
    Sync(Asking),
}

#[derive(Debug, Args)]
struct Asking {
    /// The tracker; [track] in redan.toml says where tickets go there
    #[arg(long, value_enum, value_name = "TRACKER")]
    to: To,
    /// The models [default: all of them]
    #[arg(short, long, value_name = "MODEL")]
    model: Vec<String>,
    /// These controls alone: C1, payments/C1
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    only: Vec<String>,
    /// The revision that is read: what is not committed has no ticket
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// The most new tickets of this run [default: max_new of [track], else 50]
    #[arg(long, value_name = "N")]
    max_new: Option<usize>,
    /// With sync: take over what people closed or opened in the tracker, as statuses in the working tree
    #[arg(long)]
    pull: bool,
    /// With sync: the same as plan
    #[arg(long)]
    dry_run: bool,
    /// Where issues are made on GitHub [default: repository of [track.github], else GITHUB_REPOSITORY]
    #[arg(long, value_name = "OWNER/NAME")]
    repository: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    Github,
    Jira,
}

impl Track {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.what {
            What::Plan(asking) => asking.run(door, false),
            What::Sync(asking) => {
                let performs = !asking.dry_run;
                asking.run(door, performs)
            }
        }
    }
}

impl Asking {
    fn run(self, door: &mut Door, performs: bool) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let origin = desk.repo()?.address().and_then(|address| Origin::parse(&address));
        let files = files(door, origin.as_ref());
        // A workflow may check out another repository than its own.
        let home = origin.map(|origin| origin.path).or_else(|| door.environment.github.repository.clone());
        // A repository may hold several workspaces.
        let home = home.map(|home| format!("{home}/{}", desk.prefix).trim_end_matches('/').to_owned());
        let today = clock::day(door.environment.clock);
        let (files, home) = (files.as_deref(), home.as_deref());
        let scope = Scope { rev: &self.rev, models: &self.model, only: &self.only, today, files, home };
        let ready = ready(&desk, &scope)?;
        let (tracker, place) = self.tracker(door, &ready)?;
        let run = if performs { track::sync } else { track::plan };
        let troubled = |trouble| match trouble {
            Trouble::Remote(error) => self.refused(error),
            trouble => trouble.into(),
        };
        let answer = run(&desk, &ready, tracker.as_ref(), self.max_new).map_err(troubled)?;
        self.tell(door, &ready, &place, &answer)?;
        match &answer.written {
            Some(Ok(true)) => {
                door.remark("tickets.toml names these tickets now: commit it where you keep it (docs/tickets.md)")
            }
            Some(Err(trouble)) => {
                door.remark(&format!("warning: tickets.toml was not written, and nothing is lost by that: {trouble}"));
            }
            _ => {}
        }
        if let Some(broken) = answer.broken {
            let failure = self.refused(broken);
            return Err(match answer.done.is_some_and(|done| !done.is_empty()) {
                true => failure.hint("what was done before that stays; run it again for the rest"),
                false => failure,
            });
        }
        let pulled = match self.pull && performs {
            true => pull(door, &desk, &answer.proposals)?,
            false => 0,
        };
        if !ready.held.is_empty() {
            door.remark("what could not be read whole is left alone with its tickets; see it with: redan check");
        }
        match ready.held.is_empty() && answer.foreign.is_empty() {
            true => Ok(pulled),
            false => Ok(Kind::Refused as Exit),
        }
    }

    /// What a person can do about a tracker that does not do what it was asked.
    fn refused(&self, error: RemoteError) -> Failure {
        let failure = Failure::new(Kind::Environment, error.to_string());
        let jira = self.to == To::Jira;
        match error {
            RemoteError::Unauthorized { .. } if jira => {
                failure.hint("give a fresh token in JIRA_TOKEN; on Cloud with the address of its account in JIRA_EMAIL")
            }
            RemoteError::Forbidden { .. } if jira => {
                failure.hint("the account needs to browse the project, and to create, edit and transition issues there")
            }
            RemoteError::Unreachable { .. } if jira => {
                failure.hint("look at site of [track.jira] and, behind a proxy, at HTTPS_PROXY and NO_PROXY")
            }
            RemoteError::Forbidden { .. } => {
                failure.hint("in a workflow: permissions: { contents: read, issues: write } (docs/tickets.md)")
            }
            RemoteError::Missing { .. } => failure
                .hint("look at where [track] in redan.toml points, and at what the token may see (docs/tickets.md)"),
            error => Failure::from(error),
        }
    }

    fn tracker<'r>(&self, door: &Door, ready: &'r Ready) -> Result<(Box<dyn Tracker + 'r>, String), Failure> {
        let track = &ready.read.settings.track;
        match self.to {
            To::Jira => {
                let (site, project) = super::jira::open(door, &track.jira)?;
                Ok((Box::new(Site::new(site, project, track)), project.to_owned()))
            }
            To::Github => {
                let around = &door.environment.github;
                let said = [&self.repository, &track.github.repository, &around.repository];
                let said = said.into_iter().find_map(Option::as_ref);
                let said = said.ok_or_else(|| {
                    Failure::usage("which repository gets the tickets?")
                        .hint("say it in redan.toml: [track.github] repository = \"owner/name\"")
                        .hint("or once: --repository OWNER/NAME")
                })?;
                let wrong = || Failure::usage(format!("`{said}` is no repository: write OWNER/NAME"));
                let repository = Repository::parse(said).ok_or_else(wrong)?;
                let place = repository.to_string();
                let github = Github::open(&around.access()?, repository)?;
                Ok((Box::new(Hub { github, track }), place))
            }
        }
    }

    fn tell(&self, door: &mut Door, ready: &Ready, place: &str, answer: &Answer) -> Result<(), Failure> {
        let settled = usize::try_from(ready.read.settings.track.max_new).unwrap_or(usize::MAX);
        let cap = self.max_new.unwrap_or(settled);
        let held = ready.held.iter().map(unread).chain(answer.foreign.iter().map(|foreign| kept(ready, foreign)));
        let held: Vec<(String, String)> = held.collect();
        let story = told::Story {
            to: match self.to {
                To::Github => "github",
                To::Jira => "jira",
            },
            place,
            commit: &ready.commit,
            wishes: &ready.wishes,
            plan: &answer.plan,
            remote: &answer.remote,
            held: &held,
            proposals: &answer.proposals,
            done: answer.done.as_deref(),
            stuck: &answer.stuck,
            cap,
        };
        let body = told::track(&story);
        match self.format {
            Plain::Human => door.page(&told::page(&body, story.cap)),
            Plain::Json => door.print(&report::answer("track/1", body).map_err(super::check::report_failure)?),
        }
    }
}

/// A model that could not be read whole, and why.
fn unread(held: &Held) -> (String, String) {
    let more = match held.count {
        1 => String::new(),
        count => format!("; {} more", count - 1),
    };
    (held.what.clone(), format!("{}{more}", held.why))
}

/// A model whose tickets another workspace keeps.
fn kept(ready: &Ready, (model, (theirs, at)): (&ModelId, &(String, String))) -> (String, String) {
    let ours = ready.wishes.iter().find(|wish| wish.key.model == *model).and_then(|wish| wish.repo.as_deref());
    let message = format!(
        "its tickets are kept by {theirs} ({at} says so), and this is {}: give one of the two a label of its own ([track] label), and no lines in its tickets.toml that lead to the other's; where this workspace had that name before, say [track] workspace = \"{theirs}\"",
        ours.unwrap_or("another workspace")
    );
    (model.to_string(), message)
}

/// Where the host of this repository shows files to people, up to the commit: on the host that the clone came from, if
/// that is a GitHub, else as a workflow's environment says.
fn files(door: &Door, origin: Option<&Origin>) -> Option<String> {
    let around = &door.environment.github;
    let cloned = |Origin { host, path }: &Origin| {
        let known = host == "github.com" || host.ends_with(".ghe.com");
        let web = if known { format!("https://{host}") } else { around.web().to_owned() };
        let here = Origin::parse(&format!("{web}/{path}")).is_some_and(|there| there.host == *host);
        Some((web, Repository::parse(path).filter(|_| here)?))
    };
    let said = || Some((around.web().to_owned(), Repository::parse(around.repository.as_ref()?)?));
    let (web, repository) = origin.and_then(cloned).or_else(said)?;
    Some(format!("{web}/{repository}/blob/"))
}

/// Statuses from tickets, as edits of the working tree that a person reviews and commits.
fn pull(door: &mut Door, desk: &Desk, proposals: &[Proposal]) -> Result<Exit, Failure> {
    let mut refused = 0;
    for Proposal { key, status, .. } in proposals {
        let now = door.now(desk, None, None)?;
        let order = Order { model: Some(key.model.as_str()), dry_run: false, now: &now };
        let answer = perform(desk, &order, |stage, _| lifecycle::status(stage, key.control, *status))?;
        let said = match answer {
            perform::Answer::Done(_) => {
                format!("{key} is {} in the working tree now: review and commit it", status.word())
            }
            perform::Answer::Refused(refusal) => {
                refused += 1;
                format!("{key} stays as it is: {refusal}")
            }
            perform::Answer::Breaks(findings) => {
                refused += 1;
                let why: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
                format!("{key} stays as it is: {}", why.join("; "))
            }
        };
        door.remark(&said);
    }
    match refused {
        0 => Ok(0),
        _ => Ok(Kind::Refused as Exit),
    }
}
