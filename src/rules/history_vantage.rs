//! Why another clone may see another history than this one does.

use super::{Context, Rule};
use crate::finding::{Finding, Place, codes};

pub(super) static RULE: Rule = Rule { codes: &[&codes::HISTORY_VANTAGE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for note in context.past.ledger.iter().flat_map(|ledger| &ledger.notes) {
        findings
            .push(Finding::new(&codes::HISTORY_VANTAGE, Place::nowhere(), note.why.clone()).help(note.command.clone()));
    }
}
