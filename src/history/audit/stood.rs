//! Where published branches stood before. Git keeps no record of that in its commits: a merge does not say which of its
//! parents was published and which one came. A clone remembers: in the log of the ref, and in a file of ours that a
//! rebuilt cache leaves alone. What is not there any more is nobody's.

use std::collections::BTreeMap;
use std::path::PathBuf;

use git2::Oid;

use super::lines::Line;
use super::{Question, Stand};
use crate::history::Repo;
use crate::identity::Published;
use crate::store::disk;

/// Entries of a log that are looked at: older ones were seen by an earlier audit.
const NEWEST: usize = 64;

/// Commits of each ref, the newest first.
#[derive(Debug, Default)]
pub(super) struct Stood {
    refs: BTreeMap<String, Vec<Oid>>,
    /// What the file says, as it was read.
    kept: BTreeMap<String, Vec<Oid>>,
}

impl Stood {
    /// Everything that is known: what the asker said, then the logs, then the file.
    pub fn find(repo: &Repo, question: &Question<'_>) -> Stood {
        let kept = kept(&disk::load(&place(repo)).unwrap_or_default());
        let mut refs = BTreeMap::new();
        for published in question.published.iter().filter(|published| !published.tag) {
            let remote = published.fetched.and_then(|_| published.name.split_once('/')).map(|(_, name)| name);
            let named = |stand: &&Stand| published.name == stand.name || remote == Some(&stand.name);
            let told = question.stood.iter().filter(named).filter_map(|stand| Oid::from_str(&stand.commit).ok());
            let mut all: Vec<Oid> = Vec::new();
            for id in told.chain(repo.logged(published)).chain(kept.get(&published.name).into_iter().flatten().copied())
            {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
            refs.insert(published.name.clone(), all);
        }
        Stood { refs, kept }
    }

    pub fn of(&self, name: &str) -> &[Oid] {
        self.refs.get(name).map_or(&[], Vec::as_slice)
    }

    /// What a line did not know when it was drawn.
    pub fn news(&self, line: &Line) -> Vec<Oid> {
        let new = |id: &&Oid| **id != line.tip && !line.heard.contains(*id);
        self.of(&line.name).iter().filter(new).copied().collect()
    }

    /// The file as these lines make it, where that is not what it says: of each branch where it stands, and before that what its
    /// merges alone do not tell.
    pub fn keeps(&self, lines: &[Line]) -> Option<String> {
        let mut all = self.kept.clone();
        for line in lines.iter().filter(|line| self.refs.contains_key(&line.name)) {
            let stood = [line.tip].into_iter().chain(line.turns.iter().map(|(_, parent)| *parent));
            all.insert(line.name.clone(), stood.collect());
        }
        let rows = all.iter().flat_map(|(name, ids)| ids.iter().map(move |id| format!("{id} {name}\n")));
        (all != self.kept).then(|| rows.collect())
    }
}

pub(super) fn place(repo: &Repo) -> PathBuf {
    repo.state().join("published.log")
}

/// `<commit> <ref>`, a line each. Anything else was not written by us.
fn kept(bytes: &[u8]) -> BTreeMap<String, Vec<Oid>> {
    let mut found: BTreeMap<String, Vec<Oid>> = BTreeMap::new();
    for line in String::from_utf8_lossy(bytes).lines() {
        let Some((id, name)) = line.split_once(' ') else { continue };
        if let Some(id) = Oid::from_str(id).ok().filter(|_| id.len() == 40) {
            found.entry(name.to_owned()).or_default().push(id);
        }
    }
    found
}

impl Repo {
    /// The newest places of a branch in its log, newest first; none where no log is kept.
    fn logged(&self, published: &Published) -> Vec<Oid> {
        let Some(log) = self.log_of(published) else { return Vec::new() };
        log.iter().take(NEWEST).map(|entry| entry.id_new()).filter(|id| !id.is_zero()).collect()
    }

    /// The log of a published branch. Asking for one that is not there would make it.
    pub(super) fn log_of(&self, published: &Published) -> Option<git2::Reflog> {
        let names = ["refs/remotes/", "refs/heads/"].map(|place| format!("{place}{}", published.name));
        let name = names.iter().find(|name| self.git.reference_has_log(name).unwrap_or(false))?;
        self.git.reflog(name).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_anybody_else_are_passed_over() {
        let id = "1".repeat(40);
        let text =
            format!("{id} origin/main\nnonsense\n12 origin/main\n{id}\n\u{0}{id} main\n{} a b\n", "2".repeat(40));
        let found = kept(text.as_bytes());
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a b", "origin/main"]);
        assert_eq!(found["origin/main"], [Oid::from_str(&id).unwrap()]);
    }
}
