use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::log::{Asked, log};
use crate::report;

/// List the versions of a model, the newest first
///
/// A version is a stretch of commits, along first parents, in which the model's structure stays the same:
/// names, ratings, statuses and decisions make no version. `redan show MODEL@v3` reads one.
#[derive(Debug, Args)]
pub struct Log {
    /// The model: by default the one around this folder, the only one, or the only one changed
    model: Option<String>,
    /// Look from this revision instead of HEAD and the working tree
    #[arg(long = "ref", value_name = "REV")]
    reference: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Log {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let found = log(&desk, Asked { model: self.model.as_deref(), reference: self.reference.as_deref() })?;
        let log = report::log::log(&found.model, &found.name, &found.log);
        match self.format {
            Plain::Human => door.page(&report::log::page(&log))?,
            Plain::Json => door.print(&report::answer("log/1", log).map_err(super::check::report_failure)?)?,
        }
        Ok(0)
    }
}
