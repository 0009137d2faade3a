//! Which commits a merge driver is called for. Git hands over three versions of one file and says nothing
//! about where they come from, so every guess is held against the content.

use std::path::Path;

use git2::{ObjectType, Oid};

use super::{Commit, Repo};

/// The three versions of one file, as Git hands them over, and what it lets slip beside them.
#[derive(Debug, Clone, Copy)]
pub struct Trio<'a> {
    /// Relative to the repository.
    pub path: &'a str,
    pub base: &'a [u8],
    pub ours: &'a [u8],
    pub theirs: &'a [u8],
    /// What conflict markers would call their side: a branch, or `4f0c9a1 (subject)`.
    pub label: &'a str,
    /// Commits that `git merge` names in its environment.
    pub merging: &'a [String],
}

/// The commits behind them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// `None` when both sides have no history in common.
    pub base: Option<Commit>,
    pub ours: Commit,
    pub theirs: Commit,
    /// One commit is applied or undone here: what stood around it there was never to come along.
    pub picked: bool,
}

/// What brought their side here decides what the base is.
enum Way {
    Merge,
    /// One commit is applied: cherry-pick and rebase.
    Pick,
    /// One commit is undone.
    Revert,
}

impl Repo {
    /// The commits, when they can be known: each has the very bytes at this path. Several merge bases are
    /// nobody's state.
    pub fn sides(&self, trio: &Trio<'_>) -> Option<Sides> {
        let head = self.git.head().ok()?.peel_to_commit().ok()?.id();
        if !self.stands(head, trio.path, trio.ours) {
            return None;
        }
        self.candidates(trio).into_iter().find_map(|(way, named)| {
            let (base, theirs) = self.behind(&way, head, named)?;
            let fits = self.stands(theirs, trio.path, trio.theirs)
                && base.map_or(trio.base.is_empty(), |base| self.stands(base, trio.path, trio.base));
            fits.then(|| Sides {
                base: base.map(|base| commit("base", base)),
                ours: commit("ours", head),
                theirs: commit("theirs", theirs),
                picked: !matches!(way, Way::Merge),
            })
        })
    }

    fn candidates(&self, trio: &Trio<'_>) -> Vec<(Way, Oid)> {
        let merging = trio.merging.iter().filter_map(|id| Oid::from_str(id).ok());
        let mut all: Vec<(Way, Oid)> = merging.map(|id| (Way::Merge, id)).collect();
        let word = |text: &str| self.oid(text.split_whitespace().next()?);
        match trio.label.strip_prefix("parent of ") {
            Some(rest) => all.extend(word(rest).map(|id| (Way::Revert, id))),
            None if trio.label.ends_with(')') => all.extend(word(trio.label).map(|id| (Way::Pick, id))),
            None => all.extend(self.oid(trio.label).map(|id| (Way::Merge, id))),
        }
        all.extend(self.merging.iter().map(|id| (Way::Merge, *id)));
        let picks = ["CHERRY_PICK_HEAD", "REBASE_HEAD"].into_iter().filter_map(|name| self.oid(name));
        all.extend(picks.map(|id| (Way::Pick, id)));
        all
    }

    fn oid(&self, name: &str) -> Option<Oid> {
        let object = self.git.revparse_single(name).ok()?;
        object.peel_to_commit().ok().map(|commit| commit.id())
    }

    /// Base and their side of what is going on.
    fn behind(&self, way: &Way, head: Oid, named: Oid) -> Option<(Option<Oid>, Oid)> {
        let parent = || self.git.find_commit(named).ok()?.parent_id(0).ok();
        match way {
            Way::Pick => Some((parent(), named)),
            Way::Revert => Some((Some(named), parent()?)),
            Way::Merge => match self.git.merge_bases(head, named) {
                Ok(bases) if bases.len() == 1 => Some((Some(bases[0]), named)),
                Ok(_) => None,
                Err(error) if error.code() == git2::ErrorCode::NotFound => Some((None, named)),
                Err(_) => None,
            },
        }
    }

    /// Whether the commit has these bytes at the path; no bytes are also no file.
    fn stands(&self, commit: Oid, path: &str, bytes: &[u8]) -> bool {
        let Ok(tree) = self.git.find_commit(commit).and_then(|commit| commit.tree()) else { return false };
        match tree.get_path(Path::new(path)) {
            Ok(entry) => Oid::hash_object(ObjectType::Blob, bytes).is_ok_and(|id| id == entry.id()),
            Err(_) => bytes.is_empty(),
        }
    }
}

fn commit(name: &str, id: Oid) -> Commit {
    Commit { name: name.to_owned(), id: id.to_string() }
}
