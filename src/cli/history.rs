use clap::{Args, Subcommand};

use super::check::report_failure;
use super::clock;
use super::door::Door;
use super::edit::{Plain, Writing, refused};
use super::failure::Failure;
use super::verb::Exit;
use crate::model::Id;
use crate::ops::accept::{Wanted, offer};
use crate::ops::history::{Question, audit, status};
use crate::ops::lifecycle;
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
    Accept(Accept),
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
            What::Accept(accept) => accept.run(door),
        }
    }
}

/// Accept what published history did to an ID, once, with a reason
///
/// For what nobody can undo, as in a model that was numbered anew long ago. A decision of kind
/// accepted_history names the rule, the entity and the digests of what the ID meant before and after; from then on
/// check tells of it as an information. The same ID with a third meaning is an error again.
///
/// `redan history accept id_reused A2 --reason "…"`, or `redan history accept --all --reason "…"`
#[derive(Debug, Args)]
struct Accept {
    /// The rule and the entity (`id_reused A2`, `model_reused model`), or the fingerprint of a finding
    #[arg(value_name = "RULE ENTITY|FINGERPRINT", num_args = 1..=2, required_unless_present = "all")]
    what: Vec<String>,
    /// Everything there is to accept: one decision for each model
    #[arg(long, conflicts_with = "what")]
    all: bool,
    /// Why it may stay
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl Accept {
    fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        if let [_, entity] = &mut self.what[..]
            && let Some((model, id)) = entity.rsplit_once('/').map(|(model, id)| (model.to_owned(), id.to_owned()))
        {
            (self.writing.model, *entity) = (Some(model), id);
        }
        let wanted = match &self.what[..] {
            [] => Wanted::All,
            [rule, entity] => Wanted::Rule { rule, entity },
            [print, ..] => Wanted::Fingerprint(print),
        };
        let today = clock::day(door.environment.clock);
        let offer = offer(&door.desk()?, self.writing.model.as_deref(), wanted, today)?.map_err(refused)?;
        for (model, rows) in offer.rows {
            self.writing.model = Some(model.to_string());
            self.writing
                .perform(door, |stage, _| lifecycle::accept_history(stage, (&offer.since, rows), &self.reason))?;
        }
        Ok(0)
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
