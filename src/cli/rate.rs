use clap::Args;

use super::door::Door;
use super::edit::{Act, Writing};
use super::failure::Failure;
use super::lifecycle::entity;
use super::verb::Exit;
use crate::ops::lifecycle;

/// Rate an asset or an attacker: appends a revision with its reason
#[derive(Debug, Args)]
pub struct Rate {
    /// `A1`, `T1` or `payments/A1`
    id: String,
    /// A factor and its level: blast_radius=cascading, C=high, vector=network
    #[arg(long = "set", value_name = "FACTOR=LEVEL", required = true)]
    sets: Vec<String>,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl Rate {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act()?.perform(door)
    }

    pub fn act(mut self) -> Result<Act, Failure> {
        let id = entity(&self.id, &mut self.writing)?;
        let (sets, reason) = (self.sets, self.reason);
        Ok(self.writing.act(move |stage, _| {
            let levels = lifecycle::parse_factors(id.kind, &sets)?;
            lifecycle::rate(stage, id, &levels, &reason)
        }))
    }
}
