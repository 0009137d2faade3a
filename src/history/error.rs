//! What can go wrong with Git, as far as a person can do something about it.

use std::fmt;

use git2::{ErrorClass, ErrorCode};

use super::cloned::typed;

/// An environment that does not answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitError {
    /// No repository at or above this folder.
    NoRepository { dir: String },
    /// A repository without a working tree, where one is needed.
    Bare,
    /// The repository belongs to somebody else; what says so, and the command that makes Git trust it.
    Owner { message: String, trust: String },
    /// A storage format that libgit2 cannot read: SHA-256 objects or reftable.
    Format { extension: String },
    /// A revision that names nothing here.
    Revision { name: String },
    /// The clone is shallow, and what was asked for may lie beyond its boundary.
    Shallow { name: String },
    /// Some of the history that the answer needs is not in this clone.
    Incomplete { why: String, command: String },
    /// A `git` command that failed, in its own words.
    Failed { command: String, message: String },
    /// No ref is published by any rule.
    Unpublished,
    /// Anything else, in libgit2's words.
    Other { doing: String, message: String },
}

impl GitError {
    /// Wraps an error that has no better name; `doing` completes "while …".
    pub fn other(doing: &str, error: &git2::Error) -> GitError {
        GitError::Other { doing: doing.to_owned(), message: error.message().to_owned() }
    }

    /// Names an error of opening a repository at `dir`.
    pub fn opening(dir: &str, error: &git2::Error) -> GitError {
        let message = error.message().to_owned();
        let said = ["unsupported extension", "repository version", "object format"];
        let unsupported = said.iter().any(|words| message.contains(words));
        match (error.class(), error.code()) {
            (_, ErrorCode::NotFound) => GitError::NoRepository { dir: dir.to_owned() },
            (_, ErrorCode::Owner) => {
                let folder = message.split('\'').nth(1).unwrap_or(dir).trim_end_matches('/').to_owned();
                let words = ["config", "--global", "--add", "safe.directory"].map(str::to_owned);
                GitError::Owner { trust: typed(&[&words[..], &[folder]].concat()), message }
            }
            (ErrorClass::Repository, _) if unsupported => GitError::Format { extension: message },
            _ if message.contains("OID at line") => GitError::Other {
                doing: format!("reading info/grafts of the repository at {dir} (mend or delete that file)"),
                message,
            },
            _ => GitError::other("opening the repository", error),
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::NoRepository { dir } => write!(f, "{dir} is not in a Git repository"),
            GitError::Bare => f.write_str("this repository is bare: it has no working tree"),
            GitError::Owner { message, .. } => f.write_str(message),
            GitError::Format { extension } => write!(f, "this repository's format is not supported yet: {extension}"),
            GitError::Revision { name } => write!(f, "`{name}` names no commit here"),
            GitError::Shallow { name } => write!(f, "`{name}` names no commit here, and the clone is shallow"),
            GitError::Incomplete { why, .. } => f.write_str(why),
            GitError::Failed { command, message } => write!(f, "`{command}` failed: {message}"),
            GitError::Unpublished => {
                f.write_str("no published branch found: no remote's default branch, no `main`, no `master`, and more than one branch; name it with --published")
            }
            GitError::Other { doing, message } => write!(f, "{doing}: {message}"),
        }
    }
}

impl std::error::Error for GitError {}
