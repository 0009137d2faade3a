//! Edits of files that touch nothing they did not have to: bytes in, bytes out. What is edited is cut
//! out of the text and put back at its place; the rest is never written anew. Never here: the disk,
//! and whether a change should be made.

mod desk;
mod donor;
mod editor;
mod form;
mod insert;
mod keys;
mod patch;
mod place;
mod refused;
mod remove;
mod renumber;
mod revise;
mod sequence;
mod set;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod value;

use super::{Settings, Workspace, Write};
use crate::change::Change;

pub use patch::patched;
pub use refused::Refused;
use refused::Stuck;

/// Performs changes in order on the files of a workspace; nothing when one of them cannot be. A new
/// model gets a folder under `root`. Setting what is set already writes nothing.
pub fn plan(workspace: &Workspace, root: &str, changes: &[Change]) -> Result<Vec<Write>, Refused> {
    let mut desk = desk::Desk::new(workspace, root);
    changes.iter().try_for_each(|change| desk.perform(change))?;
    desk.writes()
}

/// The same, where entities that `donor` has as well come in its wording: with comments and layout. The donor
/// is another version of the same files.
pub fn plan_like(workspace: &Workspace, donor: &Workspace, changes: &[Change]) -> Result<Vec<Write>, Refused> {
    let mut desk = desk::Desk::new(workspace, "").with(donor);
    changes.iter().try_for_each(|change| desk.perform(change))?;
    desk.writes()
}

impl Settings {
    /// The root where new models are made: the first without a `*`.
    pub fn nursery(&self) -> Option<&str> {
        self.models.iter().map(String::as_str).find(|root| !root.contains('*'))
    }
}
