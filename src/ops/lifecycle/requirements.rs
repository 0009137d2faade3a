//! Uniting what two controls say about requirements.

use crate::model::{MappingState, Requirement};

/// Adds the newcomer's requirements to the control's. Of two rows about one requirement the stronger
/// state wins with everything it says (accepted > rejected > proposed); a tie keeps the control's own.
/// Gives what is new or replaced.
pub(super) fn unite(own: &mut Vec<Requirement>, newcomer: &[Requirement]) -> Vec<String> {
    let mut gained = Vec::new();
    for row in newcomer {
        match own.iter_mut().find(|mine| mine.req == row.req) {
            Some(mine) if strength(row) > strength(mine) => *mine = row.clone(),
            Some(_) => continue,
            None => own.push(row.clone()),
        }
        gained.push(row.req.clone());
    }
    gained
}

fn strength(row: &Requirement) -> u8 {
    match row.state {
        Some(MappingState::Accepted) => 2,
        Some(MappingState::Rejected) => 1,
        Some(MappingState::Proposed) | None => 0,
    }
}
