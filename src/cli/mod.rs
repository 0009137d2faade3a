//! The door: arguments, environment, clock, exit codes, and the one place where trouble becomes words.
//! One file a command. Never here: anything another program could want to call.

mod activity;
mod ask;
mod assess;
mod changeset;
mod chat;
mod check;
mod ci;
mod clock;
mod coherence;
mod comment;
mod completions;
mod comply;
mod decide;
mod decisions;
mod demo;
mod diff;
mod diff_driver;
mod door;
mod drawn;
mod edit;
mod engine;
mod explain;
mod failure;
mod fix;
mod generate;
mod github;
mod group;
mod history;
mod init;
mod jira;
mod leverage;
mod lifecycle;
mod list;
mod log;
mod man;
mod marks;
mod merge_driver;
mod next;
mod picture;
mod propose;
mod rate;
mod ratings;
mod redact;
mod refine;
mod renumber;
mod respond;
mod revert;
mod schema;
mod sessions;
mod show;
mod stream;
mod track;
mod trend;
mod verb;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use door::{Door, Environment};
use failure::Failure;
use verb::Verb;

/// Threat models as TOML in your Git repository: commits are versions, the pull request is the review.
#[derive(Debug, Parser)]
#[command(name = "redan", version, max_term_width = 100, infer_subcommands = false)]
struct Arguments {
    /// Run as if started in this folder
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    directory: Option<std::path::PathBuf>,

    #[command(subcommand)]
    verb: Verb,
}

/// The whole program: reads the process's arguments and environment, answers, and gives the exit code.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the process's arguments")]
pub fn main() -> ExitCode {
    let environment = Environment::capture();
    let (code, door) = run(std::env::args_os(), Door::stdio(environment));
    door.finish(code)
}

/// One command through one door. The demo calls this too, with a door of its own.
fn run(arguments: impl IntoIterator<Item = OsString>, mut door: Door) -> (u8, Door) {
    let read = command().try_get_matches_from(arguments);
    let read = read.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match read {
        Ok(read) => read,
        Err(error) => return (door.usage(&error), door),
    };
    if let Some(directory) = &arguments.directory {
        door.enter(directory);
    }
    let code = match arguments.verb.run(&mut door) {
        Ok(code) => code,
        Err(failure) => door.fail(&if has_model_option(&matches) { failure } else { failure.by_argument() }),
    };
    (code, door)
}

/// Whether the command that was asked for takes `-m MODEL`.
fn has_model_option(matches: &clap::ArgMatches) -> bool {
    let (mut verb, mut matches) = (command(), matches);
    while let Some((name, inner)) = matches.subcommand()
        && let Some(found) = verb.find_subcommand(name).cloned()
    {
        (verb, matches) = (found, inner);
    }
    verb.get_arguments().any(|argument| argument.get_short() == Some('m'))
}

/// An edit as its command line asks for it, without `redan`.
fn act(words: &[String]) -> Result<edit::Act, Failure> {
    let line = std::iter::once("redan").chain(words.iter().map(String::as_str));
    let read = Arguments::try_parse_from(line).map_err(|error| {
        let text = error.to_string();
        let said: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
        Failure::usage(said.join(" ").trim_start_matches("error: "))
    })?;
    if read.directory.is_some() {
        return Err(Failure::usage("-C is said once, before `changeset`"));
    }
    read.verb.act()
}

/// The command line as data, for completions, the manual and the reference.
pub fn command() -> clap::Command {
    Arguments::command()
}
