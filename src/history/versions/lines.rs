//! Reading a line with the `git` program. A path-limited log is sound here, since along first parents
//! every commit has one predecessor and there is nothing to simplify away.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{ErrorCode, Oid};
use jiff::civil::Date;

use super::follow::{Blobs, Follow};
use super::raw::{self, Entry, Held};
use super::{Line, Step};
use crate::history::program::{READING, reading};
use crate::history::{Commit, GitError, Repo};
use crate::store::{Content, Settings};

const LINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;

impl Blobs for &Repo {
    fn content(&self, held: Held) -> Result<Content, GitError> {
        match held.mode {
            LINK => Ok(Content::Symlink),
            SUBMODULE => Ok(Content::Folder),
            _ if !self.has(held.blob) => Err(self.partial("versions of model files")),
            _ => self.blob(held.blob),
        }
    }
}

impl Repo {
    /// Shows every commit of the line that touched a model, the oldest first.
    pub fn follow(&self, line: &Line<'_>, mut visit: impl FnMut(&Step<'_>)) -> Result<(), GitError> {
        self.whole(line.tip)?;
        let words = ["--reverse", "-m", "--raw", "--no-renames", "--no-abbrev", "--encoding=UTF-8", "-z"];
        let printed = self.log(&[&words[..], &[raw::FORMAT, &line.tip.id]].concat(), line.settings)?;
        let mut entries: Vec<Entry> = Vec::new();
        let odd =
            |error: std::io::Error| GitError::Other { doing: "reading git log".to_owned(), message: error.to_string() };
        raw::read(&mut printed.as_slice(), |entry| entries.push(entry)).map_err(odd)?;
        let mut follow = Follow::new(*line, self);
        entries.into_iter().try_for_each(|entry| follow.take(entry, &mut visit))
    }

    /// The commits on the first parents of any of the tips that touched a model.
    pub fn touching(&self, tips: &[Commit], settings: &Settings) -> Result<BTreeSet<String>, GitError> {
        let tips: Vec<&str> = tips.iter().map(|tip| tip.id.as_str()).collect();
        let printed = self.log(&[&["--format=%H"], &tips[..]].concat(), settings)?;
        Ok(String::from_utf8_lossy(&printed).split_whitespace().map(str::to_owned).collect())
    }

    /// The commits that branches here and of remotes point to, each once.
    pub fn tips(&self) -> Result<BTreeSet<String>, GitError> {
        let failed = |error: git2::Error| GitError::other("listing branches", &error);
        let branches = self.git.branches(None).map_err(failed)?.flatten();
        Ok(branches.filter_map(|(branch, _)| Some(branch.get().peel_to_commit().ok()?.id().to_string())).collect())
    }

    /// The last commit on the first parents of `tip` that was there when the day ended, in UTC.
    pub fn by_the_end_of(&self, day: Date, tip: &Commit) -> Result<Option<Commit>, GitError> {
        let before = format!("--before={day}T23:59:59Z");
        let printed = self.run(&["rev-list", "--first-parent", "-1", &before, &tip.id, "--"])?;
        let id = String::from_utf8_lossy(&printed).trim().to_owned();
        if id.is_empty() {
            return self.whole(tip).map(|()| None);
        }
        Ok(Some(Commit { name: day.to_string(), id }))
    }

    /// Fails when the first parents of a commit end where the clone does.
    pub(in crate::history) fn whole(&self, tip: &Commit) -> Result<(), GitError> {
        if !self.git.is_shallow() {
            return Ok(());
        }
        let mut next = Oid::from_str(&tip.id).ok();
        while let Some(id) = next {
            let cut = match self.git.find_commit(id) {
                Ok(commit) => {
                    next = commit.parent_id(0).ok();
                    next.is_none() && self.cut(&commit)
                }
                Err(error) => error.code() == ErrorCode::NotFound,
            };
            if cut {
                return Err(self.shallow(&format!("the first parents of `{}` end", tip.name)));
            }
        }
        Ok(())
    }

    fn has(&self, id: Oid) -> bool {
        self.git.odb().is_ok_and(|odb| odb.exists(id))
    }

    /// `git log` along first parents, of commits that touched a folder of models.
    fn log(&self, words: &[&str], settings: &Settings) -> Result<Vec<u8>, GitError> {
        let starts = literal(&settings.models);
        let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
        self.run(&[&["log", "--first-parent"], words, &["--"], &starts[..]].concat())
    }

    /// What a command of the `git` program prints.
    pub(in crate::history) fn run(&self, words: &[&str]) -> Result<Vec<u8>, GitError> {
        let missing =
            |error: std::io::Error| GitError::Other { doing: "starting git".to_owned(), message: error.to_string() };
        // Git looks for .mailmap where it runs.
        let here: &Path = self.git.workdir().unwrap_or_else(|| self.git.path());
        let mut command = reading(self.git.path());
        let output = command.args(words).current_dir(here).output().map_err(missing)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        if self.promised() {
            return Err(self.partial("folders of old commits"));
        }
        let words: Vec<_> = command.get_args().skip(READING).map(|word| word.to_string_lossy()).collect();
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(GitError::Failed { command: format!("git {}", words.join(" ")), message })
    }

    /// Whether objects were left out when the repository was cloned.
    fn promised(&self) -> bool {
        self.configured(&format!("remote.{}.promisor", self.remote())).is_some()
    }

    fn partial(&self, what: &str) -> GitError {
        let why = format!("{what} that the answer needs are not in this clone");
        let command = match self.promised() {
            true => format!("git fetch --refetch --no-filter {}", self.remote()),
            false => "git fsck --full".to_owned(),
        };
        GitError::Incomplete { why, command }
    }

    /// The remote that history comes from: `origin`, else the first.
    pub(in crate::history) fn remote(&self) -> String {
        let names = self.git.remotes().ok();
        let names: Vec<String> =
            names.iter().flat_map(|names| names.iter().flatten().flatten().map(str::to_owned)).collect();
        let origin = names.iter().find(|name| *name == "origin");
        origin.or(names.first()).cloned().unwrap_or_else(|| "origin".to_owned())
    }
}

/// The folders that roots start with, before any `*`.
fn literal(roots: &[String]) -> BTreeSet<String> {
    let start = |root: &String| root.split('/').take_while(|part| !part.contains('*')).collect::<Vec<_>>().join("/");
    roots.iter().map(start).filter(|start| !start.is_empty()).collect()
}
