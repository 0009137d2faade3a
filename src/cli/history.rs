use clap::{Args, Subcommand};

use super::check::report_failure;
use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::model::Id;
use crate::ops::history::{Question, audit, status};
use crate::report;

/// What history knows of every ID, and how complete it is here
#[derive(Debug, Args)]
pub struct History {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List every ID ever published, with everything it meant
    ///
    /// Reads every commit that the published refs reach. Exit 4: some of the history is not here, and what is
    /// listed may not be all.
    Audit(Audit),
    /// Tell how complete the history here is, and what would complete it or make reading it faster
    Status(Status),
}

#[derive(Debug, Args)]
struct Audit {
    /// Models, by ID; all when none is named
    #[arg(value_name = "MODEL")]
    models: Vec<String>,
    /// Only these IDs: `A3`; may be repeated
    #[arg(long = "id", value_name = "ID", value_parser = id)]
    ids: Vec<Id>,
    #[command(flatten)]
    looking: Looking,
}

#[derive(Debug, Args)]
struct Status {
    #[command(flatten)]
    looking: Looking,
}

#[derive(Debug, Args)]
struct Looking {
    /// A published ref or pattern, instead of the settings' or the default branch; may be repeated
    #[arg(long, value_name = "REF")]
    published: Vec<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

fn id(text: &str) -> Result<Id, String> {
    Id::parse(text).ok_or_else(|| "an ID is a letter or more and a number: A3, CMP12".to_owned())
}

impl History {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.what {
            What::Audit(audit) => audit.run(door),
            What::Status(status) => status.run(door),
        }
    }
}

/// Something was missing.
const INCOMPLETE: Exit = super::failure::Kind::History as Exit;

impl Audit {
    fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let mut desk = door.desk()?;
        desk.published = self.looking.published;
        let audited = audit(&desk, &Question { models: self.models, ids: self.ids })?;
        let complete = audited.ledger.complete();
        let ledger = report::ledger::ledger(&audited.ledger, &audited.workspace.models);
        match self.looking.format {
            Plain::Human => door.page(&report::ledger::page(&ledger, &audited.ledger))?,
            Plain::Json => door.print(&report::answer("history-audit/1", ledger).map_err(report_failure)?)?,
        }
        Ok(if complete { 0 } else { INCOMPLETE })
    }
}

impl Status {
    fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let mut desk = door.desk()?;
        desk.published = self.looking.published;
        let found = status(&desk)?;
        let status = report::vantage::status(&found.ledger, &found.origins, found.speed);
        match self.looking.format {
            Plain::Human => door.page(&report::vantage::page(&status, &found.ledger))?,
            Plain::Json => door.print(&report::answer("history-status/1", status).map_err(report_failure)?)?,
        }
        Ok(0)
    }
}
