//! Old versions of model files that cannot be read as a whole. They are in history, and there is nothing to
//! do about them.

use std::collections::BTreeMap;

use super::{Context, Rule, breaks};
use crate::finding::{Finding, Place, codes};
use crate::identity::Sighting;

pub(super) static RULE: Rule = Rule { codes: &[&codes::HISTORY_UNREADABLE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut files: BTreeMap<&str, Vec<&(Sighting, String)>> = BTreeMap::new();
    for unread in context.past.ledger.iter().flat_map(|ledger| &ledger.unread) {
        files.entry(&unread.0.path).or_default().push(unread);
    }
    findings.extend(files.into_iter().filter_map(|(path, versions)| finding(path, &versions)));
}

/// One finding a file, however many of its versions are broken.
fn finding(path: &str, versions: &[&(Sighting, String)]) -> Option<Finding> {
    let (_, why) = versions.first()?;
    let count = match versions.len() {
        1 => "1 old version".to_owned(),
        count => format!("{count} old versions"),
    };
    let message = format!(
        "in history, no action: {count} of {path} cannot be read ({why}); IDs were salvaged as far as they show"
    );
    let mut finding = Finding::new(&codes::HISTORY_UNREADABLE, Place::bytes(path, 0..0), message);
    finding.evidence = versions.iter().map(|(seen, _)| breaks::evidence(seen)).collect();
    Some(finding)
}
