//! What people said in the tracker, as a proposal for the model.

use super::{Key, Plan, Shown, State, Told};
use crate::model::Status;

/// A status that the ticket says and the model does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub key: Key,
    pub at: String,
    pub status: Status,
}

/// From tickets that somebody closed or opened again. One that was closed as not planned proposes nothing: whether the
/// control goes or the risk is accepted is a decision with a reason.
pub fn pull(plan: &Plan) -> Vec<Proposal> {
    let proposal = |told: &Told| match told {
        Told::ByHand { key, at, state, shown } => {
            let status = match (shown, state) {
                (Shown::Open, State::Done) => Status::Implemented,
                (Shown::Done, State::Open) => Status::NotImplemented,
                _ => return None,
            };
            Some(Proposal { key: key.clone(), at: at.clone(), status })
        }
        _ => None,
    };
    plan.told.iter().filter_map(proposal).collect()
}
