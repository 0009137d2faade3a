//! From a changed working tree to a commit on the branch, and from there to the answer.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Answer, marker};
use crate::history::{Dirt, GitError};
use crate::ops::sticky::{self, Mine, Posted};
use crate::ops::{Desk, Trouble};
use crate::remote::{Added, Draft, Github, Heard, Pull, RemoteError};
use crate::store::{Content, disk};

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// The new head.
    Committed(String),
    /// The event came twice: this commit did it.
    Already(String),
    /// Somebody pushed meanwhile.
    Moved,
}

/// Files that were there before anything was run; a checkout with changes of its own is trouble, and so is one of something else than
/// the head of the pull request.
pub fn clean(desk: &Desk, pull: Option<&Pull>) -> Result<BTreeSet<String>, Trouble> {
    let repo = desk.repo()?;
    let wrong =
        |message: String| Trouble::Git(GitError::Other { doing: "looking at the checkout".to_owned(), message });
    let head = repo.commit("HEAD")?.id;
    if let Some(pull) = pull.filter(|pull| head != pull.head.sha) {
        let head = &head[..10.min(head.len())];
        return Err(wrong(format!(
            "it stands at {head}, and the pull request at {:.10}: check out its head",
            pull.head.sha
        )));
    }
    let dirty = repo.dirty()?;
    if let Some((path, _)) = dirty.iter().find(|(_, dirt)| **dirt != Dirt::New) {
        return Err(wrong(format!("{path} has changes that are not committed")));
    }
    Ok(dirty.into_keys().collect())
}

/// The files that differ now, with the bytes that Git would store: a checkout may end its lines otherwise. `before` are those that were new already.
pub fn changed(desk: &Desk, before: &BTreeSet<String>) -> Result<Vec<Added>, Trouble> {
    let repo = desk.repo()?;
    let dirty: BTreeMap<String, Dirt> = repo.dirty()?;
    let fresh = dirty.into_iter().filter(|(path, dirt)| *dirt != Dirt::Gone && !before.contains(path));
    let mut files = Vec::new();
    for (path, _) in fresh {
        if let Some(Content::Bytes(_)) = disk::source(&desk.root, &path)?.map(|source| source.content) {
            files.push(Added { bytes: repo.stored(&path)?, path });
        }
    }
    Ok(files)
}

/// Commits the files to the branch of the pull request, with the author of the comment as co-author.
pub fn deliver(
    github: &Github,
    heard: &Heard,
    pull: &Pull,
    files: Vec<Added>,
    about: &str,
) -> Result<Delivered, RemoteError> {
    let login = &heard.author().login;
    let body = format!(
        "{}\n\n{}\nCo-authored-by: {login} <{}+{login}@users.noreply.github.com>",
        heard.comment.url,
        trailer(heard),
        heard.account,
    );
    let headline = format!("Threat model: {about}");
    let draft = Draft { branch: pull.head.branch.clone(), onto: pull.head.sha.clone(), headline, body, files };
    match github.commit(&draft) {
        Ok(commit) => Ok(Delivered::Committed(commit)),
        Err(RemoteError::Conflict { .. }) => {
            Ok(done_before(github, heard, pull.number)?.map_or(Delivered::Moved, Delivered::Already))
        }
        Err(error) => Err(error),
    }
}

fn trailer(heard: &Heard) -> String {
    format!("Redan-Comment: {}", heard.comment.id)
}

/// A commit of this pull request that did what the comment asks.
pub(super) fn done_before(github: &Github, heard: &Heard, pull: u64) -> Result<Option<String>, RemoteError> {
    let trailer = trailer(heard);
    let commits = github.commits(pull)?;
    let did = commits.into_iter().find(|(_, message)| message.lines().any(|line| line == trailer));
    Ok(did.map(|(commit, _)| commit))
}

/// Answers, once: an answer that is there already stays as it is.
pub fn reply(
    github: &Github,
    pull: u64,
    heard: &Heard,
    people: &[String],
    answer: &Answer,
) -> Result<Posted, RemoteError> {
    let marker = marker(heard.comment.id);
    let mine = Mine { marker: &marker, people };
    let body = answer.body(heard.comment.id);
    sticky::post(github, pull, &mine, |there| Some(there.map_or_else(|| body.clone(), str::to_owned)))
}
