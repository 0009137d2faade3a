//! What stands beside words that were taken out of a row.

use super::record::record;
use super::{Shape, When};

record! {
    /// Somebody took the words of a row out; a hash of each stands in their place.
    pub struct Redaction {
        /// When they were taken out.
        at: Option<When>, Note;
        /// Who took them out.
        by: String, Note;
        /// Why; without saying it all over again.
        reason: String, Note, Shape::Prose;
    }
}

impl Redaction {
    /// It says who, when and why.
    pub fn complete(&self) -> bool {
        self.at.is_some() && !self.by.trim().is_empty() && !self.reason.trim().is_empty()
    }
}
