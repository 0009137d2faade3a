//! The status of a commit, as required checks read it.

use serde_json::json;

use super::{Github, Method};
use crate::remote::RemoteError;

/// What is said about a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub state: State,
    /// The name of the check.
    pub context: String,
    /// 140 characters at most; longer text is cut.
    pub description: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Success,
    Failure,
}

/// Characters of a description.
const LONGEST: usize = 140;

impl Github {
    pub fn status(&self, sha: &str, status: &Status) -> Result<(), RemoteError> {
        let state = match status.state {
            State::Success => "success",
            State::Failure => "failure",
        };
        let description: String = status.description.chars().take(LONGEST).collect();
        let body = json!({ "state": state, "context": status.context, "description": description });
        self.write(Method::Post, &format!("statuses/{sha}"), &body, "setting the status").map(drop)
    }
}
