//! Evidence that leaves out what would have to be looked at.

use super::{Context, Rule, filling, listed, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Evidence, EvidenceKind};

pub(super) static RULE: Rule = Rule { codes: &[&codes::EVIDENCE_INCOMPLETE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        for (row, evidence) in control.evidence.iter().enumerate() {
            let gaps = gaps(evidence);
            if !gaps.is_empty() {
                let place = Place::entity(&model.id, entity.id).key("evidence").row(row);
                let message = format!("evidence {} of {} does not say its {}", row + 1, named(entity), listed(&gaps));
                findings.push(Finding::new(&codes::EVIDENCE_INCOMPLETE, place, message).help(
                    "say what to look at, or take the row out: an assertion that asserts nothing can never fail",
                ));
            }
        }
    }
}

fn gaps(evidence: &Evidence) -> Vec<&'static str> {
    use EvidenceKind::{ConfigValue, Dependency, FileExists, PatternAbsent, PatternPresent, TestResult};
    let path = ("path", !evidence.path.trim().is_empty());
    let pattern = ("pattern", !evidence.pattern.is_empty());
    let key = ("key", !evidence.key.trim().is_empty());
    match evidence.kind {
        None => vec!["kind"],
        Some(FileExists) => filling::missing([path]),
        Some(PatternPresent | PatternAbsent) => filling::missing([path, pattern]),
        Some(ConfigValue) => filling::missing([path, key]),
        Some(Dependency | TestResult) => filling::missing([key]),
    }
}
