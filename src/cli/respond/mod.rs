//! Answering `/redan …` in a comment of a pull request.

mod spoken;

use std::path::PathBuf;

use clap::Args;

use super::clock;
use super::door::{Door, Environment};
use super::failure::{Failure, Kind};
use super::github::Remote;
use super::stream::Stream;
use super::verb::Exit;
use crate::ops::ci::{Event, bring};
use crate::ops::comment::{Question, Voice, catch_up};
use crate::ops::respond::{Admitted, Answer, Delivered, Ran, Typed, about, admit, changed, clean, deliver, reply};
use crate::ops::{Desk, Trouble};
use crate::remote::{Github, Heard, Pull};
use crate::render::{Line, Page, Tone};
use crate::store::disk;

/// Do what a comment on a pull request asks with `/redan …`, commit it to the branch, and answer
///
/// For people who may write to the repository, on branches of the repository itself. Run it in a checkout of the pull
/// request's head that nothing else works in. One commit for all commands of a comment, made through GitHub, or none.
#[derive(Debug, Args)]
pub struct Respond {
    /// The payload of the issue_comment event [default: GITHUB_EVENT_PATH]
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,
    /// The name of the status that the new commit gets
    #[arg(long, value_name = "NAME", default_value = STATUS)]
    status: String,
    #[command(flatten)]
    remote: Remote,
}

/// The name of the status, as a required check names it.
pub const STATUS: &str = "redan";

/// Everything an answer needs.
struct Case<'a> {
    github: &'a Github,
    heard: &'a Heard,
    pull: &'a Pull,
}

impl Respond {
    /// An answer to the event that the environment names.
    pub fn here(remote: Remote) -> Respond {
        Respond { event: None, status: STATUS.to_owned(), remote }
    }

    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let heard = self.heard(door)?;
        let github = self.remote.open(door)?;
        if !self.remote.web(door)?.to_lowercase().ends_with(&format!("/{}", heard.repository.to_lowercase())) {
            return Err(Failure::usage(format!("the event is about {}, another repository", heard.repository)));
        }
        let (number, answer) = match admit(&github, &heard, &self.remote.author)? {
            Admitted::Ignored(why) => return said(door, &format!("ignored: {why}"), ""),
            Admitted::Refused { pull, why } => (pull, Answer::Refused(why)),
            Admitted::Done { pull, commit } => (pull, Answer::Already { commit }),
            Admitted::Welcome { pull, commands } => {
                let case = Case { github: &github, heard: &heard, pull: &pull };
                match self.obey(door, &case, &commands) {
                    Ok(answer) => (pull.number, answer),
                    Err(failure) => return self.give_up(&case, failure),
                }
            }
        };
        let posted = reply(&github, number, &heard, &self.remote.author, &answer)?;
        // A sign beside the words; whoever cannot be given one has the words.
        let _ = github.react(heard.comment.id, if answer.good() { "+1" } else { "confused" });
        said(door, "answered: ", posted.url().unwrap_or_default())
    }

    /// Whoever asked is told as well why nothing came of it; the run fails all the same.
    fn give_up(&self, case: &Case<'_>, failure: Failure) -> Result<Exit, Failure> {
        let why = format!("Not done: nothing was committed. {}", failure.message);
        let _ = reply(case.github, case.pull.number, case.heard, &self.remote.author, &Answer::Refused(why));
        let _ = case.github.react(case.heard.comment.id, "confused");
        Err(failure)
    }

    fn heard(&self, door: &Door) -> Result<Heard, Failure> {
        let around = &door.environment;
        let file = self.event.as_ref().or(around.github.event.as_ref());
        let file = file.ok_or_else(|| Failure::usage("which event? say --event FILE or set GITHUB_EVENT_PATH"))?;
        let path = around.directory.join(file);
        let bytes = disk::load(&path).ok_or_else(|| {
            Failure::new(Kind::Environment, format!("{} is not there or cannot be read", path.display()))
        })?;
        Ok(Heard::parse(&String::from_utf8_lossy(&bytes))?)
    }

    /// Runs every command, and commits what they changed when all of them went through.
    fn obey(&self, door: &mut Door, case: &Case<'_>, commands: &[Typed]) -> Result<Answer, Failure> {
        let before = clean(&door.desk()?, Some(case.pull))?;
        let desk = brought(door, case.pull)?;
        let mut ran = Vec::new();
        for typed in commands {
            ran.push(perform(door, case.heard, typed));
            if ran.last().is_some_and(|ran| ran.code != 0) {
                return Ok(Answer::Failed { ran });
            }
        }
        let files = changed(&desk, &before)?;
        if files.is_empty() {
            return Ok(Answer::Done { ran, commit: None });
        }
        Ok(match deliver(case.github, case.heard, case.pull, files, &about(commands))? {
            Delivered::Already(commit) => Answer::Already { commit },
            Delivered::Moved => Answer::Refused("Somebody pushed to the branch meanwhile; type it again.".to_owned()),
            Delivered::Committed(commit) => {
                if let Err(trouble) = self.follow_up(door, &desk, case, &commit) {
                    door.remark(&format!("warning: committed, but the status may not be set: {trouble}"));
                }
                Answer::Done { ran, commit: Some(commit) }
            }
        })
    }

    fn follow_up(&self, door: &Door, desk: &Desk, case: &Case<'_>, head: &str) -> Result<(), Trouble> {
        let question = Question { model: None, today: clock::day(door.environment.clock) };
        let people = self.remote.author.as_slice();
        let web = Some(case.heard.web.as_str()).filter(|web| !web.is_empty());
        let voice = Voice { github: case.github, pull: case.pull, people, web, suggest: false };
        catch_up(desk, &voice, &question, (head, &self.status))
    }
}

/// The desk, with what lies between the pull request and its base: a checkout may be a shallow one.
pub fn brought(door: &mut Door, pull: &Pull) -> Result<Desk, Failure> {
    let mut desk = door.desk()?;
    if let (Some(repo), Some(bearer)) = (&mut desk.repo, door.environment.runner.bearer()) {
        repo.ask_as(bearer);
    }
    let brought = bring(&desk, &Event::Pull(pull.into()))?;
    if let Some(trouble) = &brought.trouble {
        door.remark(&format!("warning: what this checkout lacks: {trouble}"));
    }
    if brought.any { door.desk() } else { Ok(desk) }
}

fn said(door: &mut Door, words: &str, url: &str) -> Result<Exit, Failure> {
    let mut page = Page::default();
    page.text(Line::of(Tone::Dim, words).and(Tone::Plain, url));
    door.page(&page)?;
    Ok(0)
}

/// Runs one command as the author of the comment.
fn perform(door: &Door, heard: &Heard, typed: &Typed) -> Ran {
    let ran = |code, text, writes| Ran { line: typed.line.clone(), code, text, writes };
    let refused = |text: String| ran(Kind::Usage as Exit, text, true);
    let Some(words) = &typed.words else {
        return refused("a quote is not closed, or the line is too long".to_owned());
    };
    let (words, writes) = match spoken::admitted(words) {
        Ok(spoken::Order::Say(text)) => return ran(0, text, false),
        Ok(spoken::Order::Run { words, writes }) => (words, writes),
        Err(why) => return refused(why),
    };
    let environment = Environment {
        author: Some(format!("@{}", heard.author().login)),
        author_date: None,
        github: Default::default(),
        jira: Default::default(),
        ..door.environment.clone()
    };
    let stream = Stream::default();
    let streams = (Box::new(stream.clone()), Box::new(stream.clone()));
    let line = std::iter::once("redan".into()).chain(words.into_iter().map(Into::into));
    let (code, inner) = super::run(line, Door::captured(environment, streams.0, streams.1));
    inner.finish(code);
    ran(code, stream.text(), writes)
}
