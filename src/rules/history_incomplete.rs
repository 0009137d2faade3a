//! What is missing of the history, and the command that brings it.

use super::{Context, Rule};
use crate::finding::{Finding, Place, codes};

pub(super) static RULE: Rule = Rule { codes: &[&codes::HISTORY_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for gap in context.past.ledger.iter().flat_map(|ledger| &ledger.gaps) {
        let message = format!("IDs were not compared with the whole history: {}", gap.why);
        let finding = Finding::new(&codes::HISTORY_INCOMPLETE, Place::nowhere(), message);
        findings.push(finding.help(format!("bring it: {}", gap.command)));
    }
}
