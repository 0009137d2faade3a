use clap::Args;

use super::door::Door;
use super::edit::Writing;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::{lifecycle, revert};

/// Write an old state of a model back, as a new version
///
/// `redan revert payments@v3`. What came since is removed with a tombstone, what was removed since is
/// restored, and words, covers and structure read as they did. Revisions, attestations, decisions, statuses
/// and names stay as they are now.
#[derive(Debug, Args)]
pub struct Revert {
    /// The state: payments@v3, @v3 where there is one model; also @REV, @2026-10-01, @sha256:DIGEST
    #[arg(value_name = "MODEL@VERSION")]
    state: String,
    /// Why; it stands in every tombstone that this writes
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Revert {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let Some((model, moment)) = self.state.split_once('@') else {
            let message = format!("`{}` does not say which version", self.state);
            return Err(Failure::usage(message).hint("write MODEL@v3; redan log lists the versions"));
        };
        if !model.is_empty() {
            self.writing.model = Some(model.to_owned());
        }
        let old = revert::state(&door.desk()?, self.writing.model.as_deref(), moment)?;
        self.writing.model = Some(old.id.to_string());
        let name = format!("{}@{moment}", old.id);
        let reason = self.reason.unwrap_or_else(|| format!("reverted to {name}"));
        self.writing.perform(door, |stage, _| lifecycle::revert(stage, &old, &name, &reason))
    }
}
