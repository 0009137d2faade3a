use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::Candidate;
use crate::report;

/// List the models here, with what is live in each
#[derive(Debug, Args)]
pub struct List {
    /// List the models of this revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl List {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let candidate = self.rev.map_or(Candidate::WorkingTree, Candidate::Revision);
        let read = desk.look(&candidate)?;
        // What history cannot say here is left out: the list itself needs none.
        let versions = desk.versions_of(&candidate).unwrap_or_default();
        let list = report::list::list(&read.workspace.models, &read.workspace.folders, &versions);
        match self.format {
            Plain::Human => door.page(&report::list::page(&list))?,
            Plain::Json => door.print(&report::answer("list/1", list).map_err(super::check::report_failure)?)?,
        }
        super::edit::warn_unread(door, &read.workspace);
        Ok(0)
    }
}
