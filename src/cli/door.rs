//! What comes in from outside, read once, and the two streams that go out.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;

use super::ci::Runner;
use super::clock;
use super::engine::Keys;
use super::failure::{Failure, Kind};
use super::github::Surroundings;
use super::jira::Account;
use super::verb::Exit;
use crate::model::When;
use crate::ops::Desk;
use crate::ops::assess::Day;
use crate::ops::lifecycle::Now;
use crate::render::{Look, Page, inert, terminal};

/// The environment, captured once.
#[derive(Debug, Clone)]
pub struct Environment {
    pub directory: PathBuf,
    pub author: Option<String>,
    pub author_date: Option<String>,
    /// Another index than the repository's own, as Git sets it for hooks; absolute, whatever -C says.
    pub index: Option<PathBuf>,
    /// Commits that `git merge` is merging, which it names in no file yet.
    pub merging: Vec<String>,
    /// Folders of objects that Git names to its hooks while a push is not yet accepted; absolute.
    pub objects: Vec<PathBuf>,
    /// The workflow this runs in, if it does.
    pub runner: Runner,
    pub clock: Timestamp,
    pub github: Surroundings,
    pub jira: Account,
    pub keys: Keys,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment and the clock")]
    pub fn capture() -> Environment {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Environment {
            index: std::env::var_os("GIT_INDEX_FILE").map(|index| here.join(index)),
            directory: here.clone(),
            author: text("GIT_AUTHOR_EMAIL"),
            author_date: text("GIT_AUTHOR_DATE"),
            merging: std::env::vars_os()
                .filter_map(|(name, _)| Some(name.to_str()?.strip_prefix("GITHEAD_")?.to_owned()))
                .collect(),
            objects: ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"]
                .iter()
                .filter_map(std::env::var_os)
                .flat_map(|folders| std::env::split_paths(&folders).map(|folder| here.join(folder)).collect::<Vec<_>>())
                .collect(),
            runner: Runner::read(text),
            clock: Timestamp::now(),
            github: Surroundings::from(text),
            jira: Account::from(text),
            keys: Keys::from(
                std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok())),
            ),
        }
    }
}

/// A command's way to the world.
pub struct Door {
    pub environment: Environment,
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    pub look: Look,
    /// Somebody looks on while it takes long.
    pub progress: bool,
}

/// Columns when nobody says how many there are.
const WIDTH: usize = 100;

/// Bytes that are kept back before they are written.
const AT_ONCE: usize = 1 << 16;

impl Door {
    /// The process's own streams: colour where they are terminals and `NO_COLOR` is not set.
    #[expect(clippy::disallowed_methods, reason = "the one place that takes the process's streams")]
    pub fn stdio(environment: Environment) -> Door {
        let choice = anstream::AutoStream::choice(&io::stdout());
        let colour = choice != anstream::ColorChoice::Never;
        // Standard output writes line by line, which costs a large answer a call to the system for every line.
        let out: Box<dyn Write> = match colour {
            true => Box::new(io::BufWriter::new(anstream::AutoStream::new(io::stdout(), choice))),
            false => {
                let plain: Box<dyn Write> = Box::new(io::BufWriter::with_capacity(AT_ONCE, io::stdout()));
                Box::new(anstream::StripStream::new(plain))
            }
        };
        let width = if io::stdout().is_terminal() { columns() } else { WIDTH };
        let err = anstream::AutoStream::auto(io::stderr());
        let progress = io::stderr().is_terminal();
        Door { environment, out, err: Box::new(err), look: Look { colour, width }, progress }
    }

    /// Streams of the caller's, without colour.
    pub fn captured(environment: Environment, out: Box<dyn Write>, err: Box<dyn Write>) -> Door {
        let look = Look { colour: false, width: WIDTH };
        Door {
            environment,
            out: Box::new(anstream::StripStream::new(out)),
            err: Box::new(anstream::StripStream::new(err)),
            look,
            progress: false,
        }
    }

    /// Makes `directory` the folder the person stands in.
    pub fn enter(&mut self, directory: &Path) {
        self.environment.directory = self.environment.directory.join(directory);
    }

    pub fn desk(&self) -> Result<Desk, Failure> {
        let mut desk = Desk::open(&self.environment.directory)?;
        if let Some(repo) = &mut desk.repo {
            repo.join(&self.environment.merging);
            repo.borrow(&self.environment.objects).map_err(crate::ops::Trouble::from)?;
        }
        Ok(desk)
    }

    /// The day a question is about: the one of `--as-of`, else today.
    pub fn day(&self, as_of: Option<&str>) -> Result<Day, Failure> {
        match as_of {
            Some(day) => Ok(Day::AsOf(clock::day(clock::parse(day)?))),
            None => Ok(Day::Today(clock::day(self.environment.clock))),
        }
    }

    /// Who acts and when: flags first, then Git's environment and configuration (ruling 24); in a workflow without either, whoever started it.
    pub fn now(&self, desk: &Desk, by: Option<&str>, at: Option<&str>) -> Result<Now, Failure> {
        let configured = || desk.repo.as_ref().and_then(|repo| repo.configured("user.email"));
        let said = by.filter(|by| !by.trim().is_empty());
        let actor = || self.environment.runner.actor.as_ref().map(|login| format!("@{login}"));
        let by = said.map(str::to_owned).or_else(|| self.environment.author.clone()).or_else(configured).or_else(actor);
        let nobody = || {
            Failure::new(Kind::Environment, "redan does not know who you are")
                .hint("tell Git: git config user.email you@example.org")
                .hint("or say it once: --by you@example.org")
        };
        let by = by.ok_or_else(nobody)?;
        let at = When::Instant(self.moment(at)?);
        let today = at.day().min(clock::day(self.environment.clock));
        Ok(Now { at, today, by })
    }

    /// The moment of an act, whole seconds.
    fn moment(&self, at: Option<&str>) -> Result<Timestamp, Failure> {
        let said = at.or(self.environment.author_date.as_deref());
        let moment = said.map_or(Ok(self.environment.clock), clock::parse)?;
        Ok(Timestamp::from_second(moment.as_second()).unwrap_or(moment))
    }

    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.out.write_all(text.as_bytes());
        self.took(written)
    }

    /// A large JSON answer, written as it is made.
    pub fn answer(&mut self, schema: &'static str, body: impl serde::Serialize) -> Result<(), Failure> {
        let written = crate::report::stream(&mut self.out, schema, body);
        self.took(written)
    }

    /// Shows what was printed so far, for who is asked something.
    pub fn flush(&mut self) -> Result<(), Failure> {
        let flushed = self.out.flush();
        self.took(flushed)
    }

    pub fn page(&mut self, page: &Page) -> Result<(), Failure> {
        self.show(&terminal(page))
    }

    /// Text for people. The log of a workflow is read by its runner too, which takes no orders from a model.
    pub fn show(&mut self, text: &str) -> Result<(), Failure> {
        let text = self.logged(text).into_owned();
        self.print(&text)
    }

    /// A remark beside the answer, on stderr.
    pub fn remark(&mut self, text: &str) {
        let text = self.logged(text).into_owned();
        // Nobody to tell is no reason to fail.
        let _ = writeln!(self.err, "{text}");
    }

    pub fn fail(&mut self, failure: &Failure) -> Exit {
        let _ = self.out.flush();
        let text = failure.to_string();
        let _ = self.err.write_all(self.logged(&text).into_owned().as_bytes());
        failure.kind as Exit
    }

    fn logged<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.environment.runner.logs { inert(text) } else { Cow::Borrowed(text) }
    }

    /// clap's own words; help and version are answers, the rest is wrong usage.
    pub fn usage(&mut self, error: &clap::Error) -> Exit {
        let text = error.render().ansi().to_string();
        match error.use_stderr() {
            true => {
                let _ = self.err.write_all(text.as_bytes());
                Kind::Usage as Exit
            }
            false => self.print(&text).map_or(Kind::Environment as Exit, |()| 0),
        }
    }

    /// Flushes. A reader that went away had what it wanted; a verdict stays what it is, so that
    /// `git commit | head` gets nothing past a hook.
    pub fn finish(mut self, code: Exit) -> ExitCode {
        let flushed = self.out.flush();
        match self.took(flushed) {
            Ok(()) => ExitCode::from(code),
            Err(failure) => ExitCode::from(self.fail(&failure)),
        }
    }

    fn took(&self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::new(Kind::Environment, format!("writing the answer: {error}"))),
        }
    }
}

/// Columns of the terminal, as clap would wrap its help.
fn columns() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, 120))
}

/// Arguments as the process would get them, for commands that run others.
pub fn arguments(line: &[&str]) -> Vec<OsString> {
    std::iter::once("redan").chain(line.iter().copied()).map(OsString::from).collect()
}
