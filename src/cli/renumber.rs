use clap::Args;

use super::door::Door;
use super::edit::Writing;
use super::failure::Failure;
use super::lifecycle::entity;
use super::verb::Exit;
use crate::ops::renumber::renumber;

/// Give an unpublished entity a fresh number, with every reference to it
///
/// For an ID that another branch took as well. References in the model, in controls and in decisions follow; the
/// words of people are left alone. A published ID keeps its number for ever.
#[derive(Debug, Args)]
pub struct Renumber {
    /// `A8`, or `payments/A8`
    what: String,
    /// The new ID [default: the next free one]
    #[arg(long, value_name = "ID")]
    to: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Renumber {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let id = entity(&self.what, &mut self.writing)?;
        let to = self.to.as_ref().map(|to| entity(to, &mut self.writing)).transpose()?;
        self.writing.ordered(door, |desk, order| renumber(desk, order, id, to))
    }
}
