//! What a clone may lack, and the one command that brings it.

use crate::history::Repo;
use crate::identity::Gap;

impl Repo {
    /// Gaps that show before anything is walked.
    pub fn gaps(&self) -> Vec<Gap> {
        gaps(self)
    }
}

pub(super) fn gaps(repo: &Repo) -> Vec<Gap> {
    let remote = remote(repo);
    let mut gaps = Vec::new();
    let refspec = format!("'+refs/heads/*:refs/remotes/{remote}/*'");
    let narrow = narrow(repo, &remote);
    // Without this the clone would stay narrow, and look narrow, whatever is fetched once.
    let widen = if narrow { format!("git remote set-branches {remote} '*' && ") } else { String::new() };
    if repo.git.is_shallow() {
        let why = "the clone is shallow: history beyond its boundary is not there".to_owned();
        gaps.push(Gap { why, command: format!("{widen}git fetch --unshallow {remote} {refspec} --tags") });
    } else if narrow {
        let why = format!("the clone fetches only some branches of {remote}: other published refs are not there");
        gaps.push(Gap { why, command: format!("{widen}git fetch {remote} {refspec} --tags") });
    }
    gaps
}

/// Blobs that were left out when the repository was cloned.
pub(super) fn missing(repo: &Repo, count: usize) -> Gap {
    let why = format!("{count} versions of model files are not in this clone");
    let partial = repo.configured(&format!("remote.{}.promisor", remote(repo))).is_some();
    let command = match partial {
        true => format!("git fetch --refetch --no-filter {}", remote(repo)),
        false => "git fsck --full".to_owned(),
    };
    Gap { why, command }
}

fn remote(repo: &Repo) -> String {
    let named = repo.git.remotes().ok();
    let names: Vec<String> =
        named.iter().flat_map(|names| names.iter().flatten().flatten().map(str::to_owned)).collect();
    match names.iter().find(|name| *name == "origin").or(names.first()) {
        Some(name) => name.clone(),
        None => "origin".to_owned(),
    }
}

fn narrow(repo: &Repo, remote: &str) -> bool {
    let Ok(remote) = repo.git.find_remote(remote) else { return false };
    let Ok(specs) = remote.fetch_refspecs() else { return false };
    let specs: Vec<&str> = specs.iter().flatten().flatten().collect();
    !specs.is_empty() && !specs.iter().any(|spec| spec.trim_start_matches('+').starts_with("refs/heads/*:"))
}
