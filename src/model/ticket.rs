//! Where the tickets of controls are, as far as somebody wrote it down. The tracker itself knows better.

use std::collections::BTreeMap;

use super::Shape;
use super::record::record;

record! {
    /// Where the ticket of a control is.
    pub struct Link {
        /// The ticket: `acme/payments#12` on GitHub, `PAY-12` in Jira.
        ticket: String, Note;
        /// Digest of the control's words when the ticket was last brought up to date, 12 hex digits.
        of: String, Note, Shape::Digest;
    }
}

record! {
    /// tickets.toml of a model.
    pub struct Tickets {
        /// Issues on GitHub by control, `[github.C1]`.
        github: BTreeMap<String, Link>, Note;
        /// Issues in Jira by control, `[jira.C1]`.
        jira: BTreeMap<String, Link>, Note;
    }
}
