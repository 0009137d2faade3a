use clap::Args;

use super::door::Door;
use super::edit::Writing;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::redact::redact;

/// Take the words out of a row that must stay; their hash and your reason stand in their place
///
/// For a secret or a name in a reason, a statement or a transcript. Rows are only ever appended, and this is the one
/// change of a published one that passes `check`: everything but the words stays, and whoever has the words can
/// show that they give the hash. Older commits still hold them: a secret has to be changed, and history rewritten
/// where even that is not enough.
#[derive(Debug, Args)]
pub struct Redact {
    /// The file of a decision or a session; FILE:LINE, the row at that line; or A1:2, the second row of A1
    #[arg(value_name = "FILE[:ROW]")]
    what: String,
    /// Why the words have to go; do not repeat them here
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

impl Redact {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.writing.ordered(door, |desk, order| redact(desk, order, &self.what, &self.reason))
    }
}
