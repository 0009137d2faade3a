//! Whether a coverage falls short of what a workspace asks for.

use super::{Coverage, Status};
use crate::assess::Minimum;

/// Every limit that is exceeded, a sentence each.
pub fn short(coverage: &Coverage<'_>, minimum: &Minimum) -> Vec<String> {
    let Coverage { framework, .. } = coverage;
    let mut told = Vec::new();
    let counts = [
        (minimum.max_uncovered, Status::Uncovered, "mapped and not there"),
        (minimum.max_unmapped, Status::Unmapped, "mapped to no control"),
    ];
    for (most, status, words) in counts {
        let count = coverage.count(status);
        if most.is_some_and(|most| count > most as usize) {
            let most = most.unwrap_or_default();
            let what = if count == 1 { "requirement" } else { "requirements" };
            let verb = if count == 1 { "is" } else { "are" };
            told.push(format!("{count} {what} of {framework} {verb} {words}; {most} may be"));
        }
    }
    let share = coverage.of_applicable();
    if let Some(least) = minimum.min_covered.filter(|least| share < *least as usize * 10) {
        told.push(match coverage.applicable() {
            0 => format!("nothing of {framework} applies, and {least} % must be covered"),
            _ => format!("{}.{} % of {framework} is covered; {least} % must be", share / 10, share % 10),
        });
    }
    told
}
