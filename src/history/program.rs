//! The `git` program, started so that nothing of the host steers it: no hooks, no pager, no fsmonitor, no
//! configuration but the repository's own, no replaced objects.

use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;

use super::{Bearer, GitError, Repo};

/// Who commits and when, for commands that write.
#[derive(Debug, Clone)]
pub struct Author {
    pub name: String,
    pub email: String,
    pub at: Timestamp,
}

/// What a command printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    pub success: bool,
    /// stdout, then stderr.
    pub text: String,
}

/// Variables of a surrounding Git (a hook, say) that would send this one to another repository.
const FOREIGN: [&str; 12] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_EXTERNAL_DIFF",
    "GIT_TEMPLATE_DIR",
];

/// Runs `git` in a folder and waits for it.
pub fn git(folder: &Path, author: &Author, arguments: &[&str]) -> Result<Ran, GitError> {
    let missing =
        |error: std::io::Error| GitError::Other { doing: "starting git".to_owned(), message: error.to_string() };
    let output = command(folder, author).args(arguments).output().map_err(missing)?;
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Ok(Ran { success: output.status.success(), text })
}

/// Arguments of [`reading`] before the command's own.
pub(super) const READING: usize = 15;

/// `git` for reading objects: no replaced objects, no grafts, no fetching of what is missing, and every
/// path literal. Whether the repository may be read was asked of libgit2 when it was opened.
#[expect(clippy::disallowed_methods, reason = "the home of the `git` program")]
pub(super) fn reading(git_dir: &Path) -> Command {
    let mut command = Command::new("git");
    FOREIGN.iter().for_each(|name| {
        command.env_remove(name);
    });
    command
        .arg("--git-dir")
        .arg(git_dir)
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(["-c", "safe.directory=*", "-c", "log.showRoot=true", "-c", "log.showSignature=false"])
        .args(["-c", "diff.orderFile=/dev/null", "-c", "advice.graftFileDeprecated=false"])
        .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("LC_ALL", "C"), ("TZ", "UTC")])
        .envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_GRAFT_FILE", "/dev/null"), ("GIT_OPTIONAL_LOCKS", "0")])
        .stdin(Stdio::null());
    command
}

/// `git` for fetching: with the person's own configuration and environment, since those know how to reach the
/// remote and as whom, but without hooks, and asking nobody at a terminal. Where somebody lent a token, with that.
#[expect(clippy::disallowed_methods, reason = "the home of the `git` program")]
pub(super) fn fetching(repo: &Repo) -> Command {
    let mut command = Command::new("git");
    FOREIGN.iter().filter(|name| !name.starts_with("GIT_CONFIG_")).for_each(|name| {
        command.env_remove(name);
    });
    command
        .arg("--git-dir")
        .arg(repo.git.path())
        .args(["--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"])
        .args(["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "fetch.recurseSubmodules=no"])
        .envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")])
        .envs(repo.bearer.iter().flat_map(Bearer::variables))
        .stdin(Stdio::null());
    command
}

#[expect(clippy::disallowed_methods, reason = "the home of the `git` program")]
fn command(folder: &Path, author: &Author) -> Command {
    let mut command = Command::new("git");
    FOREIGN.iter().for_each(|name| {
        command.env_remove(name);
    });
    let date = format!("@{} +0000", author.at.as_second());
    command
        .current_dir(folder)
        .args(["--no-pager", "--no-replace-objects"])
        .args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false"])
        .args(["-c", "init.defaultBranch=main", "-c", "advice.detachedHead=false"])
        .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("LC_ALL", "C"), ("TZ", "UTC")])
        .envs([("GIT_AUTHOR_NAME", &author.name), ("GIT_COMMITTER_NAME", &author.name)])
        .envs([("GIT_AUTHOR_EMAIL", &author.email), ("GIT_COMMITTER_EMAIL", &author.email)])
        .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .stdin(Stdio::null());
    command
}
