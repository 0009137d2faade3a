//! Merges that say what they pulled. `git pull` on a branch with commits of its own makes these the first parent and what was
//! published the second, and Git's own words for that merge name the branch. Where nothing is remembered, they are believed.

use std::collections::{BTreeMap, HashMap};

use git2::Oid;

use crate::history::Repo;
use crate::history::walk::Walked;
use crate::identity::Published;

/// Merges of two sides that both changed models, with the branch that was merged by their own words.
#[derive(Debug, Default)]
pub(super) struct Pulls(Vec<Pull>);

#[derive(Debug)]
struct Pull {
    merge: Oid,
    /// What came.
    parent: Oid,
    words: Words,
}

#[derive(Debug, PartialEq, Eq)]
struct Words {
    /// Where the words name a remote's branch by its remote.
    remote: Option<String>,
    branch: String,
}

impl Pulls {
    pub fn find(repo: &Repo, walked: &Walked) -> Pulls {
        let mut sides: BTreeMap<Oid, usize> = BTreeMap::new();
        walked.edges.iter().for_each(|edge| *sides.entry(edge.child).or_default() += 1);
        let merges = sides.into_iter().filter(|(_, sides)| *sides == 2).map(|(merge, _)| merge);
        let pull = |merge: Oid| {
            let mut parents = walked.graph.parents(merge);
            let (Some(_), Some(parent), None) = (parents.next(), parents.next(), parents.next()) else { return None };
            let commit = repo.git.find_commit(merge).ok()?;
            let message = String::from_utf8_lossy(commit.message_bytes()).into_owned();
            Some(Pull { merge, parent, words: words(message.lines().next()?)? })
        };
        Pulls(merges.filter_map(pull).collect())
    }

    /// The merges that pulled a published branch into work on it, with the parent that was published.
    pub fn of(&self, published: &Published) -> HashMap<Oid, Oid> {
        let (remote, branch) = match published.fetched.and_then(|_| published.name.split_once('/')) {
            Some((remote, branch)) => (remote, branch),
            None => ("origin", published.name.as_str()),
        };
        let own = |words: &Words| words.branch == branch && words.remote.as_deref().is_none_or(|named| named == remote);
        let own = self.0.iter().filter(|pull| !published.tag && own(&pull.words));
        own.map(|pull| (pull.merge, pull.parent)).collect()
    }
}

/// What Git writes above a merge of one branch.
fn words(subject: &str) -> Option<Words> {
    let quoted = |rest: &str| rest.split_once('\'').map(|(name, _)| name.to_owned());
    match (subject.strip_prefix("Merge branch '"), subject.strip_prefix("Merge remote-tracking branch '")) {
        (Some(rest), _) => Some(Words { remote: None, branch: quoted(rest)? }),
        (None, Some(rest)) => {
            let name = quoted(rest)?;
            let (remote, branch) = name.split_once('/')?;
            Some(Words { remote: Some(remote.to_owned()), branch: branch.to_owned() })
        }
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_says_what_it_merged() {
        for (subject, remote, branch) in [
            ("Merge branch 'main' of git.acme:pay/links", None, "main"),
            ("Merge branch 'main' into feature", None, "main"),
            ("Merge branch 'release/1' of ../hub into release/1", None, "release/1"),
            ("Merge remote-tracking branch 'origin/main'", Some("origin"), "main"),
            ("Merge remote-tracking branch 'origin/release/1' into x", Some("origin"), "release/1"),
        ] {
            let wanted = Words { remote: remote.map(str::to_owned), branch: branch.to_owned() };
            assert_eq!(words(subject), Some(wanted), "{subject}");
        }
        for subject in
            ["Merge pull request #7 from ada/main", "Merge branches 'main' and 'x'", "Merge main", "Merge branch 'main"]
        {
            assert_eq!(words(subject), None, "{subject}");
        }
    }
}
