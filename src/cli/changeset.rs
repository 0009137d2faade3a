use std::io;
use std::path::Path;

use clap::Args;

use super::door::Door;
use super::edit::{Act, Planning, Writing, warn_short};
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::Trouble;
use crate::ops::lifecycle::{self, Deed};
use crate::store::disk;

/// Perform several edits at once: all of them or none
///
/// A line of the file is a command as it would be typed, without `redan`: add, edit, remove, restore, rate, group, cover,
/// remap or status. Empty lines and what follows `#` do not count. The rules judge the state after the last line, so a
/// control may let go of what a later line covers; what nothing covers in the end needs --reason.
#[derive(Debug, Args)]
pub struct Changeset {
    /// The file, or - for standard input
    file: String,
    /// Why, where an objective would be left without any control or controls are regrouped; kept as a decision
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Changeset {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let Changeset { file, reason, mut writing } = self;
        let text = read(door, &file)?;
        let mut plans = Vec::new();
        for (place, act) in acts(&text)? {
            same_model(&mut writing, &act.writing, &place)?;
            plans.push((place, act.plan));
        }
        warn_short(door)?;
        writing.perform(door, |stage, read| {
            let deed =
                |(place, plan): (String, Planning)| Deed { place, plan: Box::new(move |stage| plan(stage, read)) };
            lifecycle::changeset(stage, plans.into_iter().map(deed).collect(), reason.as_deref())
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one command that reads standard input")]
fn read(door: &Door, file: &str) -> Result<String, Failure> {
    if file == "-" {
        return io::read_to_string(io::stdin()).map_err(|error| Failure::usage(format!("standard input: {error}")));
    }
    let path = door.environment.directory.join(file);
    let (folder, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
    let source = disk::source(folder, &name.to_string_lossy()).map_err(|error| Failure::from(Trouble::Disk(error)))?;
    source.map(|source| source.text()).ok_or_else(|| Failure::usage(format!("there is no file `{file}`")))
}

/// Every line that asks for something, with its place.
fn acts(text: &str) -> Result<Vec<(String, Act)>, Failure> {
    let mut acts = Vec::new();
    for (row, line) in text.lines().enumerate() {
        let place = format!("line {}", row + 1);
        let Some(words) = shlex::split(line) else {
            return Err(Failure::usage(format!("{place}: a quote is not closed")));
        };
        if !words.is_empty() {
            let act = super::act(&words)
                .map_err(|failure| Failure { message: format!("{place}: {}", failure.message), ..failure })?;
            acts.push((place, act));
        }
    }
    Ok(acts)
}

/// A changeset is about one model; how it is written is said once, for all lines.
fn same_model(whole: &mut Writing, line: &Writing, place: &str) -> Result<(), Failure> {
    if !line.unsaid() {
        let hint = "redan changeset takes --dry-run, --by, --at and --format for all lines";
        return Err(Failure::usage(format!("{place}: how to write is said for all lines at once")).hint(hint));
    }
    match (&whole.model, &line.model) {
        (Some(whole), Some(line)) if whole != line => {
            Err(Failure::usage(format!("{place} is about {line}, and the changeset about {whole}: make it two")))
        }
        (None, Some(model)) => {
            whole.model = Some(model.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}
