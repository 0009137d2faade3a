//! The runner of a workflow, as its environment describes it.

use std::path::PathBuf;

use serde_json::Value;

use super::outputs::outputs;
use crate::cli::failure::{Failure, Kind};
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
    /// Whose deed started it: a login.
    pub actor: Option<String>,
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
            actor: variable("GITHUB_ACTOR"),
            logs: variable("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
        }
    }

    /// Who may fetch from where it runs.
    pub fn bearer(&self) -> Option<Bearer> {
        Some(Bearer { server: self.server.clone()?, token: self.token.clone()? })
    }

    /// The event's payload; `null` where the environment names none. A file that is not there or holds no JSON
    /// is an error: a check that cannot tell what happened has not passed.
    pub fn described(&self) -> Result<Value, Failure> {
        let Some(path) = &self.payload else { return Ok(Value::Null) };
        let odd = |what: &str| {
            let message = format!("GITHUB_EVENT_PATH names {}, which {what}", path.display());
            Failure::new(Kind::Environment, message)
                .hint("a runner sets it; by hand, give the file of an event, or use redan check")
        };
        let bytes = disk::load(path).ok_or_else(|| odd("is not there or cannot be read"))?;
        serde_json::from_slice(&bytes).map_err(|_| odd("is no JSON"))
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
