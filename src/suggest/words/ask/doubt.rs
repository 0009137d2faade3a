//! Whether an answer would be to what was asked: words that deny or choose, and entities that were named, have to be in the query.

use super::Asking;
use crate::assess::query::Row;
use crate::suggest::words::frame::Frame;
use crate::suggest::words::name;
use crate::suggest::words::token::Token;

const DENIES: &[&str] = &["not", "no", "never", "cannot", "without", "outside", "neither", "nor"];
const CHOOSES: &[&str] = &["or", "either"];
/// What no query here says.
const BEYOND: &[&str] = &["but", "except", "only", "instead", "other", "between", "half", "both"];
const STATES: &[&str] = &["mitigated", "accepted", "unassessed", "unreachable", "critical"];
const TIMES: &[&str] = &[
    "expired",
    "expire",
    "expires",
    "expiring",
    "active",
    "revoked",
    "yesterday",
    "today",
    "week",
    "month",
    "year",
    "days",
    "between",
];

/// Whether a question says more than was read out of it.
pub(super) fn unread(frame: &Frame<'_>, asking: &Asking) -> bool {
    let said = |words: &[&str]| frame.words.iter().any(|token| token.any(words));
    let denies = said(DENIES) || frame.words.iter().any(|token| !token.quoted && token.low.ends_with("n't"));
    match asking {
        Asking::Select { query, row, .. } => {
            let has = |marks: &[&str]| marks.iter().any(|mark| query.contains(mark));
            let quoted = |token: &&Token| token.any(BEYOND) && !query.contains(&format!("{:?}", token.low));
            (denies && !has(&["not ", "!=", "none", " in (", "not_", "= 0", "pending"]))
                || (said(CHOOSES) && !has(&[" or ", " in (", ">="]))
                || frame.words.iter().any(|token| quoted(&token))
                || (*row == Row::Objective
                    && frame.words.iter().any(|token| token.any(STATES) && !query.contains(&token.low)))
                || frame.words.iter().filter_map(name::id).any(|id| !query.contains(&id.to_string()))
        }
        Asking::Changed(_) => said(TIMES),
        Asking::Decisions { .. } => denies || said(TIMES) || said(CHOOSES),
        Asking::Removed => denies || said(TIMES) || said(&["why"]),
        Asking::Pair(_) | Asking::Entity(_) => said(BEYOND) || said(CHOOSES),
    }
}
