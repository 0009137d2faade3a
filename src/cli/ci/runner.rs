//! The runner of a workflow, as its environment describes it.

use std::path::PathBuf;

use serde_json::Value;

use super::outputs::outputs;
use crate::cli::failure::Failure;
use crate::history::Bearer;
use crate::ops::Trouble;
use crate::store::disk;

/// What GitHub Actions (and programs that stand in for it) say to a step. Source: docs.github.com, "Variables".
#[derive(Clone, Default)]
pub struct Runner {
    /// `pull_request`, `push`, …
    pub event: Option<String>,
    /// The file with the event's payload.
    pub payload: Option<PathBuf>,
    /// The file that outputs are appended to.
    pub outputs: Option<PathBuf>,
    /// The file that the summary is appended to.
    pub summary: Option<PathBuf>,
    /// Where it comes from: `https://github.com`.
    server: Option<String>,
    /// The job's token.
    token: Option<String>,
    /// Where files may lie that later steps read.
    pub temporary: Option<PathBuf>,
    /// What is printed goes through it, and it takes some lines for commands.
    pub logs: bool,
}

impl Runner {
    /// From a variable's value, by name.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Runner {
        let path = |name: &str| variable(name).map(PathBuf::from);
        Runner {
            event: variable("GITHUB_EVENT_NAME"),
            payload: path("GITHUB_EVENT_PATH"),
            outputs: path("GITHUB_OUTPUT"),
            summary: path("GITHUB_STEP_SUMMARY"),
            server: variable("GITHUB_SERVER_URL"),
            token: variable("GITHUB_TOKEN"),
            temporary: path("RUNNER_TEMP"),
            logs: variable("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
        }
    }

    /// Who may fetch from where it runs.
    pub fn bearer(&self) -> Option<Bearer> {
        Some(Bearer { server: self.server.clone()?, token: self.token.clone()? })
    }

    /// The event's payload; `null` where there is none.
    pub fn described(&self) -> Value {
        let bytes = self.payload.as_deref().and_then(disk::load).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Sets outputs of the step, where there is one.
    pub fn tell(&self, values: &[(&str, String)]) -> Result<(), Failure> {
        let Some(path) = &self.outputs else { return Ok(()) };
        Ok(disk::append(path, &outputs(values)).map_err(Trouble::from)?)
    }

    /// Adds to the summary of the step, where there is one.
    pub fn summarise(&self, text: &str) -> Result<(), Failure> {
        let Some(path) = &self.summary else { return Ok(()) };
        Ok(disk::append(path, text).map_err(Trouble::from)?)
    }
}

/// The token is nobody's to see.
impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("event", &self.event).finish_non_exhaustive()
    }
}
