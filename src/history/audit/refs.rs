//! Which refs publish: what they hold is what IDs are measured against.

use git2::{BranchType, Reference};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::history::{Commit, GitError, Repo};
use crate::identity::Published;

/// What a person, the settings or the event of a workflow said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// `--published`, each a ref.
    pub flag: &'a [String],
    /// `[history] published`, each a ref or a pattern with one `*`.
    pub settings: &'a [String],
    /// The default branch, as the event that started a workflow names it.
    pub event: Option<&'a str>,
}

impl Repo {
    /// The published refs: first the default branch, then `release/*`, then tags `v*`; or exactly what the
    /// flag or the settings name.
    pub fn published(&self, named: Named<'_>) -> Result<Vec<Published>, GitError> {
        for names in [named.flag, named.settings] {
            if !names.is_empty() {
                let found = names.iter().map(|name| self.matching(name)).collect::<Result<Vec<_>, _>>()?;
                return Ok(found.into_iter().flatten().collect());
            }
        }
        let mut found = vec![self.default_branch(named.event)?];
        let place = match found[0].name.split_once('/') {
            Some((remote, _)) if self.git.find_remote(remote).is_ok() => format!("refs/remotes/{remote}/release/"),
            _ => "refs/heads/release/".to_owned(),
        };
        found.extend(self.below(&place)?);
        found.extend(self.below("refs/tags/v")?);
        Ok(found)
    }

    fn default_branch(&self, event: Option<&str>) -> Result<Published, GitError> {
        let remote = self.upstream().filter(|remote| self.tracks(remote));
        let remotes = |name: &str| remote.iter().map(|remote| format!("{remote}/{name}")).collect::<Vec<_>>();
        let head = remote.as_ref().and_then(|remote| self.remote_head(remote));
        let candidates = event.iter().flat_map(|name| remotes(name).into_iter().chain([(*name).to_owned()]));
        let candidates = candidates.chain(head).chain(remotes("main")).chain(remotes("master"));
        let local = ["main".to_owned(), "master".to_owned()].into_iter().chain(self.only_branch());
        let candidates = candidates.chain(local.filter(|_| remote.is_none()));
        candidates.into_iter().find_map(|name| self.resolve(&name)).ok_or(GitError::Unpublished)
    }

    /// Whether any branch of the remote is here: a bare clone keeps them as its own.
    fn tracks(&self, remote: &str) -> bool {
        let branches = self.git.references_glob(&format!("refs/remotes/{remote}/*"));
        branches.is_ok_and(|mut branches| branches.next().is_some())
    }

    /// The address of the remote of the current branch's upstream, else of `origin`.
    pub fn address(&self) -> Option<String> {
        let remote = self.git.find_remote(&self.upstream()?).ok()?;
        remote.url().ok().map(str::to_owned)
    }

    /// The name of the branch that others start from; in a repository without commits the one that they will be on.
    pub fn main_branch(&self) -> Option<String> {
        let remote = self.upstream();
        let short = |name: String| {
            let ours = remote.as_ref().and_then(|remote| name.strip_prefix(&format!("{remote}/")).map(str::to_owned));
            ours.unwrap_or(name)
        };
        let unborn = || {
            let head = self.git.find_reference("HEAD").ok()?;
            head.symbolic_target().ok()??.strip_prefix("refs/heads/").map(str::to_owned)
        };
        self.default_branch(None).ok().map(|published| short(published.name)).or_else(unborn)
    }

    /// The remote of the current branch's upstream, else `origin`, else none.
    pub(in crate::history) fn upstream(&self) -> Option<String> {
        let head = self.git.head().ok().and_then(|head| head.name().ok().map(str::to_owned));
        let remote = head.and_then(|head| self.git.branch_upstream_remote(&head).ok());
        let remote = remote.and_then(|name| name.as_str().ok().map(str::to_owned)).filter(|name| name != ".");
        remote.or_else(|| self.git.find_remote("origin").is_ok().then(|| "origin".to_owned()))
    }

    fn remote_head(&self, remote: &str) -> Option<String> {
        let head = self.git.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok()?;
        let target = head.symbolic_target().ok()??;
        target.strip_prefix("refs/remotes/").map(str::to_owned)
    }

    fn only_branch(&self) -> Option<String> {
        let branches: Vec<_> = self.git.branches(Some(BranchType::Local)).ok()?.flatten().collect();
        match &branches[..] {
            [(only, _)] => only.get().shorthand().ok().map(str::to_owned),
            _ => None,
        }
    }

    /// A branch of a remote or of ours, else a tag. By Git's own order a tag that is called like a branch would
    /// stand in its place.
    fn resolve(&self, name: &str) -> Option<Published> {
        let places = ["refs/remotes/", "refs/heads/", "refs/tags/", ""];
        let mut found = places.iter().filter_map(|place| self.git.find_reference(&format!("{place}{name}")).ok());
        found.find_map(|reference| published(name, &reference))
    }

    fn matching(&self, name: &str) -> Result<Vec<Published>, GitError> {
        match name.split_once('*') {
            None => match self.resolve(name) {
                Some(found) => Ok(vec![found]),
                None => {
                    let Commit { name, id: commit } = self.commit(name)?;
                    Ok(vec![Published { name, commit, tag: false, fetched: None }])
                }
            },
            Some((head, tail)) => {
                let fits = |name: &str| name.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail));
                let mut found = Vec::new();
                for place in ["refs/heads/", "refs/remotes/", "refs/tags/"] {
                    found.extend(self.below(place)?.into_iter().filter(|published| fits(&published.name)));
                }
                Ok(found)
            }
        }
    }

    /// Refs below a place, by name; those that point to no commit are nobody's.
    fn below(&self, place: &str) -> Result<Vec<Published>, GitError> {
        let failed = |error: git2::Error| GitError::other("listing refs", &error);
        let references = self.git.references_glob(&format!("{place}*")).map_err(failed)?;
        let mut found = Vec::new();
        for reference in references.flatten() {
            let Ok(name) = reference.name() else { continue };
            let short =
                ["refs/heads/", "refs/remotes/", "refs/tags/"].iter().find_map(|start| name.strip_prefix(start));
            found.extend(short.and_then(|short| published(short, &reference)));
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }
}

/// A ref that points to a commit.
fn published(name: &str, reference: &Reference<'_>) -> Option<Published> {
    let commit = reference.peel_to_commit().ok()?;
    let fetched = if reference.is_remote() { day(commit.time().seconds()) } else { None };
    Some(Published { name: name.to_owned(), commit: commit.id().to_string(), tag: reference.is_tag(), fetched })
}

/// The day of a time in seconds, in UTC.
fn day(seconds: i64) -> Option<Date> {
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
}
