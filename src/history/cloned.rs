//! How much of the history a clone was made with, and the words of the fetch that brings the rest.

use super::Repo;

/// What was left out when the repository was cloned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Nothing,
    /// Files, and perhaps more.
    Blobs,
    /// Folders, and with them everything in them.
    Trees,
}

/// How a repository was cloned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cloned {
    /// Where the rest would come from.
    pub remote: String,
    /// History ends before its beginning.
    pub shallow: bool,
    /// Only some branches of the remote are fetched.
    pub narrow: bool,
    pub filter: Filter,
}

impl Cloned {
    pub fn of(repo: &Repo) -> Cloned {
        let remote = remote(repo);
        let (shallow, narrow, filter) = (repo.git.is_shallow(), narrow(repo, &remote), filter(repo, &remote));
        Cloned { remote, shallow, narrow, filter }
    }

    /// The one fetch that brings every commit, branch and tag that is not here; `None` where they are. A
    /// remote-tracking branch only moves when its full refspec is named.
    pub fn fetch(&self) -> Option<Vec<String>> {
        if !self.shallow && !self.narrow {
            return None;
        }
        let mut words = vec!["fetch".to_owned()];
        words.extend(self.shallow.then(|| "--unshallow".to_owned()));
        words.extend([self.remote.clone(), format!("+refs/heads/*:refs/remotes/{}/*", self.remote)]);
        words.push("--tags".to_owned());
        Some(words)
    }

    /// Lets every later fetch bring all branches.
    pub fn widen(&self) -> Vec<String> {
        ["remote", "set-branches", &self.remote, "*"].map(str::to_owned).to_vec()
    }

    /// Brings the folders of all commits. Git cannot tell which are missing without asking for each.
    pub fn refetch(&self) -> Vec<String> {
        ["fetch", "--refetch", "--filter=blob:none", &self.remote].map(str::to_owned).to_vec()
    }
}

/// A command as a person types it.
pub(super) fn typed(words: &[String]) -> String {
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:=".contains(&b));
    let quoted = words.iter().map(|word| if plain(word) { word.clone() } else { format!("'{word}'") });
    format!("git {}", quoted.collect::<Vec<_>>().join(" "))
}

/// The remote of the current branch's upstream, else `origin`, else the first there is.
fn remote(repo: &Repo) -> String {
    let first = || repo.git.remotes().ok()?.iter().flatten().flatten().next().map(str::to_owned);
    repo.upstream().or_else(first).unwrap_or_else(|| "origin".to_owned())
}

/// A remote without refspecs, as a bare clone has it, and a mirror leave nothing out; neither does a clone
/// with branches that its refspecs do not name: somebody fetched them all.
fn narrow(repo: &Repo, remote: &str) -> bool {
    let Ok(found) = repo.git.find_remote(remote) else { return false };
    let Ok(specs) = found.fetch_refspecs() else { return false };
    let specs: Vec<&str> = specs.iter().flatten().flatten().map(|spec| spec.trim_start_matches('+')).collect();
    let all = |spec: &&str| spec.starts_with("refs/heads/*:") || spec.starts_with("refs/*:");
    if specs.is_empty() || specs.iter().any(all) {
        return false;
    }
    let head = format!("refs/remotes/{remote}/HEAD");
    let named = |name: &str| name == head || found.refspecs().any(|spec| spec.dst_matches(name));
    let tracked = repo.git.references_glob(&format!("refs/remotes/{remote}/*"));
    !tracked.is_ok_and(|mut tracked| tracked.names().flatten().any(|name| !named(name)))
}

fn filter(repo: &Repo, remote: &str) -> Filter {
    let promised = repo.configured(&format!("remote.{remote}.promisor")).is_some_and(|value| value != "false");
    match repo.configured(&format!("remote.{remote}.partialclonefilter")) {
        Some(filter) if promised && filter.starts_with("tree:") => Filter::Trees,
        _ if promised => Filter::Blobs,
        _ => Filter::Nothing,
    }
}
