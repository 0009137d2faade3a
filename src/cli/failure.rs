//! The one place where trouble becomes words for a person: what happened, and what to do.

use std::fmt;

use crate::comply::Lost;
use crate::finding::Severity;
use crate::history::GitError;
use crate::model::{Id, Objective};
use crate::ops::Trouble;
use crate::remote::RemoteError;
use crate::store::DiskError;
use crate::suggest::EngineError;
use crate::text::plain;

/// A command that could not answer, or an edit that a rule refused.
#[derive(Debug)]
pub struct Failure {
    pub kind: Kind,
    pub message: String,
    pub hints: Vec<String>,
    /// Drawn findings that say where, each ending with a new line.
    pub details: Vec<String>,
}

/// The exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Refused = 1,
    Usage = 2,
    NoModel = 3,
    History = 4,
    Environment = 5,
    /// A language model is needed and there is none, or it does not answer.
    Engine = 6,
    /// A language model answered with something unusable.
    Reply = 7,
}

impl Failure {
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure { kind, message: message.into(), hints: Vec::new(), details: Vec::new() }
    }

    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::new(Kind::Usage, message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    fn known(self, what: &str, known: &[String]) -> Failure {
        if known.is_empty() { self } else { self.hint(format!("{what}: {}", known.join(", "))) }
    }
}

/// The way to name a model for a command that has the option.
const OPTION: &str = "name one with -m MODEL";

impl Failure {
    /// For a command that takes the model as its argument.
    #[must_use]
    pub fn by_argument(mut self) -> Failure {
        for hint in self.hints.iter_mut().filter(|hint| *hint == OPTION) {
            "name one as the argument MODEL".clone_into(hint);
        }
        self
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        let message = trouble.to_string();
        match trouble {
            Trouble::Git(error) => git(&error, message),
            Trouble::Disk(error) => disk(&error, message),
            Trouble::Remote(error) => remote(&error, message),
            Trouble::Engine(error) => engine(&error, message),
            Trouble::Settings { path, text, findings } => {
                let mut failure = Failure::usage(message);
                failure.details = findings.iter().map(|finding| super::drawn::draw(finding, &path, &text)).collect();
                failure
            }
            Trouble::NoModel { apart, .. } => apart
                .iter()
                .map(|path| format!("{path} is a submodule, with a history of its own: redan -C {path} check"))
                .fold(Failure::new(Kind::NoModel, message), Failure::hint)
                .hint("start one here: redan init")
                .hint("models elsewhere? name their folder in redan.toml: models = [\"path/to/models\"]"),
            Trouble::UnknownModel { asked, known } => {
                let failure = Failure::new(Kind::NoModel, message).known("models here", &known);
                let upper = asked.to_ascii_uppercase();
                let objective = || Objective::parse(&upper).filter(|_| upper.starts_with("CO-"));
                match (Id::parse(&upper), objective()) {
                    (Some(id), _) if id.to_string() == asked => {
                        failure.hint(format!("an entity is shown by: redan show {id}"))
                    }
                    (Some(id), _) => failure.hint(format!("an entity is written in upper case: {id}")),
                    (None, Some(one)) => failure.hint(format!(
                        "{one} is an objective, which comes and goes with its asset and its attacker: redan show {one}"
                    )),
                    (None, None) => failure,
                }
            }
            Trouble::WhichModel { known } => Failure::usage(message).hint(OPTION).known("models here", &known),
            Trouble::Refused(_) => Failure::new(Kind::Refused, message),
            Trouble::Unsound { .. } => {
                Failure::new(Kind::Refused, message).hint("see them with: redan check").hint("nothing was written")
            }
            Trouble::Taken { .. } => Failure::new(Kind::Refused, message).hint("pick another name"),
            Trouble::NoWay { hint, .. } => Failure::usage(message).hint(hint),
            Trouble::NoFramework { model } => Failure::usage(message)
                .hint(format!("select one: redan comply select {model} asvs@5.0.0 --level 1"))
                .hint("or name one: --framework asvs@5.0.0"),
            Trouble::Lost { lost, kept } => self::lost(Failure::usage(message), &lost, kept.as_deref()),
            Trouble::Unknown { known, .. } => Failure::usage(message).known("there are", &known),
        }
    }
}

/// What names a pack that is gone, and what brings it back.
pub fn lost(failure: Failure, lost: &Lost, kept: Option<&str>) -> Failure {
    let failure = failure.hint(lost.witness());
    match kept {
        Some(folder) => failure.hint(format!("bring it back: git checkout HEAD -- :/{folder}")),
        None => failure.hint(lost.again()),
    }
}

fn git(error: &GitError, message: String) -> Failure {
    let failure = Failure::new(Kind::Environment, message);
    match error {
        GitError::NoRepository { .. } => failure
            .hint("make one with: git init")
            .hint("to check files without their history: redan check --history off"),
        GitError::Bare => failure.hint("to look at a commit: --rev main; to write: a clone with a working tree"),
        GitError::Owner { trust, .. } => failure.hint(format!("if you trust it: {trust}")),
        GitError::Format { .. } => failure
            .hint("SHA-256 and reftable repositories cannot be read yet; files alone can: redan check --history off"),
        GitError::Revision { .. } => {
            Failure { kind: Kind::Usage, ..failure }.hint("see what there is: git log --oneline --all")
        }
        GitError::Shallow { .. } => Failure { kind: Kind::History, ..failure }
            .hint("bring the history: git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*' --tags"),
        GitError::Incomplete { command, .. } => {
            Failure { kind: Kind::History, ..failure }.hint(format!("bring the history: {command}"))
        }
        GitError::Unpublished => Failure { kind: Kind::History, ..failure },
        GitError::Failed { .. } => failure.hint("look for damage: git fsck --full"),
        GitError::Other { .. } => failure,
    }
}

fn disk(error: &DiskError, message: String) -> Failure {
    Failure { hints: error.hints(), ..Failure::new(Kind::Environment, message) }
}

fn remote(error: &RemoteError, message: String) -> Failure {
    let failure = Failure::new(Kind::Environment, message);
    match error {
        RemoteError::Settings { .. } => Failure { kind: Kind::Usage, ..failure },
        RemoteError::Unauthorized { .. } => failure.hint("give a fresh token in GITHUB_TOKEN or GH_TOKEN"),
        RemoteError::Forbidden { .. } => failure.hint(
            "in a workflow: permissions: { pull-requests: write, statuses: write, contents: write } as far as the verb needs them (docs/github.md)",
        ),
        RemoteError::Missing { .. } => failure.hint("look at --pr, at GITHUB_REPOSITORY and at what the token may see"),
        RemoteError::Unreachable { .. } => {
            failure.hint("look at GITHUB_API_URL and, behind a proxy, at HTTPS_PROXY and NO_PROXY")
        }
        _ => failure,
    }
}

/// Nothing was written, whatever it was.
fn engine(error: &EngineError, message: String) -> Failure {
    const KEPT: &str = "nothing was written; what was answered so far is kept, and the same command goes on from there";
    const OFFLINE: &str = "without a language model: --engine offline";
    let silent = Failure::new(Kind::Engine, message.clone());
    match error {
        EngineError::Nothing => Failure::new(Kind::Refused, message),
        EngineError::Unusable { faults, .. } => {
            let failure = Failure::new(Kind::Reply, message);
            let failure = faults.iter().skip(1).fold(failure, |failure, fault| failure.hint(format!("also: {fault}")));
            failure.hint(KEPT).hint("another model may do better: --engine openai/…").hint(OFFLINE)
        }
        EngineError::Unheard(error) => match error {
            RemoteError::Settings { .. } => Failure { kind: Kind::Usage, ..silent },
            RemoteError::Unauthorized { .. } | RemoteError::Forbidden { .. } => silent
                .hint(
                    "the key is in the variable that [engine] key of redan.toml names: give one that this server takes",
                )
                .hint(KEPT)
                .hint(OFFLINE),
            RemoteError::Missing { .. } | RemoteError::Invalid { .. } => {
                silent.hint("look at `use` and `url` of [engine] in redan.toml").hint(KEPT).hint(OFFLINE)
            }
            RemoteError::Unreachable { .. } => silent
                .hint("does it run, and is `url` of [engine] right? behind a proxy look at HTTPS_PROXY and NO_PROXY")
                .hint(KEPT)
                .hint(OFFLINE),
            RemoteError::Conflict { .. } => silent.hint("make a new record: --record DIR").hint(OFFLINE),
            _ => silent.hint("try again later").hint(KEPT).hint(OFFLINE),
        },
    }
}

impl From<RemoteError> for Failure {
    fn from(error: RemoteError) -> Failure {
        Failure::from(Trouble::Remote(error))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.iter().try_for_each(|detail| f.write_str(detail))?;
        writeln!(f, "{}: {}", Severity::Error, plain(&self.message))?;
        self.hints.iter().try_for_each(|hint| writeln!(f, "  {}", plain(hint)))
    }
}
