//! Objectives in portions that one reply can deal with, the gravest first.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::assess::{Tier, Verdict, View, assess};
use crate::model::{Model, Objective};

/// Objectives of one request.
const SIZE: usize = 24;
/// Requests for controls, at most.
const MOST: usize = 8;

/// An objective with what is known of it.
#[derive(Debug, Clone)]
pub struct Aim {
    pub objective: Objective,
    pub tier: Tier,
}

/// Every objective that is wanted, can be reached and is not low.
pub fn batches(model: &Model, notes: &mut Vec<String>, wanted: impl Fn(Objective) -> bool) -> Vec<Vec<Aim>> {
    let assessment = assess(model, View::on(Date::ZERO));
    let mut aims = Vec::new();
    let mut beyond = 0;
    for objective in model.objectives().filter(|one| wanted(*one)) {
        let Some(outcome) = assessment.outcome(objective) else { continue };
        let tier = outcome.tier.unwrap_or(Tier::Medium);
        if outcome.reach.verdict == Verdict::Unreachable {
            beyond += 1;
        } else if tier >= Tier::Medium {
            aims.push(Aim { objective, tier });
        }
    }
    if beyond > 0 {
        notes.push(format!(
            "{beyond} objective(s) count as out of reach, as the proposed structure has it: look at redan coherence"
        ));
    }
    aims.sort_by_key(|aim| (Reverse(aim.tier), aim.objective));
    if aims.len() > SIZE * MOST {
        notes.push(format!("without controls yet: {} of the lesser objectives", aims.len() - SIZE * MOST));
        aims.truncate(SIZE * MOST);
    }
    aims.chunks(SIZE).map(<[Aim]>::to_vec).collect()
}
