use clap::{Args, Subcommand};

use super::clock;
use super::door::Door;
use super::edit::{Writing, refused};
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::accept::{Wanted, offer};
use crate::ops::lifecycle;

/// What published history did to IDs
#[derive(Debug, Args)]
pub struct History {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    Accept(Accept),
}

impl History {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.act {
            Act::Accept(accept) => accept.run(door),
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
