//! The walk by libgit2, for hosts without the `git` program: the folder's tree id is compared along
//! every edge, and only where it differs is anything opened.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use git2::{ObjectType, Oid, Repository, Sort, Tree};

use super::scope::{literal, relevant};
use super::{Asked, Delta, Edge, Graph, Version, Versions, Walked};
use crate::history::files::entry;
use crate::history::{GitError, Repo};
use crate::store::Tracer;

pub(super) fn walk(repo: &Repo, asked: Asked<'_>, tracer: &mut Tracer) -> Result<Walked, GitError> {
    let failed = |error: git2::Error| GitError::Failed {
        command: "reading the history".to_owned(),
        message: error.message().to_owned(),
    };
    let git = &repo.git;
    let graph = graph(git, asked).map_err(failed)?;
    let mut seen = Seen { roots: literal(asked.roots), ..Seen::default() };
    let mut edges = Vec::new();
    for child in graph.commits() {
        let parents: Vec<Option<Oid>> = match graph.parents(child).map(Some).collect::<Vec<_>>() {
            none if none.is_empty() => vec![None],
            some => some,
        };
        for parent in parents {
            let deltas = seen.deltas(git, asked.roots, parent, child).map_err(failed)?;
            if !deltas.is_empty() {
                edges.push(Edge { child, parent, deltas });
            }
        }
    }
    let versions = versions(git, &edges, tracer);
    Ok(Walked { graph, edges, versions })
}

/// The files that differ between any two commits.
pub(in crate::history) fn between(
    repo: &Repo,
    roots: &[String],
    old: Option<Oid>,
    new: Oid,
) -> Result<Vec<Delta>, GitError> {
    let failed = |error: git2::Error| GitError::other("comparing two commits", &error);
    let mut seen = Seen { roots: literal(roots), ..Seen::default() };
    seen.deltas(&repo.git, roots, old, new).map_err(failed)
}

/// The model files of a commit.
pub(in crate::history) fn files(
    repo: &Repo,
    roots: &[String],
    commit: Oid,
) -> Result<Vec<(Arc<str>, Version)>, GitError> {
    let deltas = between(repo, roots, None, commit)?;
    Ok(deltas.into_iter().filter_map(|delta| Some((delta.path, delta.new?))).collect())
}

fn graph(git: &Repository, asked: Asked<'_>) -> Result<Graph, git2::Error> {
    let mut walk = git.revwalk()?;
    walk.set_sorting(Sort::NONE)?;
    asked.tips.iter().try_for_each(|tip| walk.push(*tip))?;
    asked.known.iter().try_for_each(|known| walk.hide(*known))?;
    let mut graph = Graph::default();
    for id in walk {
        let commit = git.find_commit(id?)?;
        graph.add(commit.id(), commit.parent_ids());
    }
    Ok(graph)
}

type Files = BTreeMap<Arc<str>, Version>;

/// Folders that were looked at.
#[derive(Default)]
struct Seen {
    roots: Vec<String>,
    /// The tree ids of the roots in a commit; `None` = no such folder.
    of: HashMap<Oid, Vec<Option<Oid>>>,
    files: HashMap<(usize, Oid), Arc<Files>>,
}

impl Seen {
    fn deltas(
        &mut self,
        git: &Repository,
        roots: &[String],
        old: Option<Oid>,
        new: Oid,
    ) -> Result<Vec<Delta>, git2::Error> {
        let before = match old {
            Some(old) => self.trees(git, old)?,
            None => vec![None; self.roots.len()],
        };
        let after = self.trees(git, new)?;
        let mut deltas = Vec::new();
        for (nth, (before, after)) in before.into_iter().zip(after).enumerate() {
            if before != after {
                let (before, after) = (self.files(git, roots, nth, before)?, self.files(git, roots, nth, after)?);
                deltas.extend(compare(&before, &after));
            }
        }
        deltas.sort_by(|a: &Delta, b: &Delta| a.path.cmp(&b.path));
        Ok(deltas)
    }

    fn trees(&mut self, git: &Repository, commit: Oid) -> Result<Vec<Option<Oid>>, git2::Error> {
        if let Some(known) = self.of.get(&commit) {
            return Ok(known.clone());
        }
        let tree = git.find_commit(commit)?.tree()?;
        let folder = |root: &String| {
            let found = entry(&tree, root)?.filter(|entry| entry.kind() == Some(ObjectType::Tree));
            Ok(found.map(|entry| entry.id()))
        };
        let found = self.roots.iter().map(folder).collect::<Result<Vec<Option<Oid>>, git2::Error>>()?;
        self.of.insert(commit, found.clone());
        Ok(found)
    }

    fn files(
        &mut self,
        git: &Repository,
        roots: &[String],
        nth: usize,
        tree: Option<Oid>,
    ) -> Result<Arc<Files>, git2::Error> {
        let Some(id) = tree else { return Ok(Arc::default()) };
        if let Some(known) = self.files.get(&(nth, id)) {
            return Ok(Arc::clone(known));
        }
        let mut files = Files::new();
        let mut open: Vec<(String, Tree<'_>)> = vec![(self.roots[nth].clone(), git.find_tree(id)?)];
        while let Some((folder, tree)) = open.pop() {
            for entry in &tree {
                let Ok(name) = entry.name() else { continue };
                let path = format!("{folder}/{name}");
                match entry.kind() {
                    Some(ObjectType::Tree) => open.push((path, git.find_tree(entry.id())?)),
                    _ if relevant(roots, &path) => drop(files.insert(Arc::from(path), version(&entry))),
                    _ => {}
                }
            }
        }
        let files = Arc::new(files);
        self.files.insert((nth, id), Arc::clone(&files));
        Ok(files)
    }
}

fn version(entry: &git2::TreeEntry<'_>) -> Version {
    match entry.filemode() {
        0o120_000 | 0o160_000 => Version::Other,
        _ => Version::File(entry.id()),
    }
}

fn compare(before: &Files, after: &Files) -> Vec<Delta> {
    let paths: HashSet<&Arc<str>> = before.keys().chain(after.keys()).collect();
    let delta = |path: &Arc<str>| Delta {
        path: Arc::clone(path),
        old: before.get(path).copied(),
        new: after.get(path).copied(),
    };
    paths.into_iter().map(delta).filter(|delta| delta.old != delta.new).collect()
}

fn versions(git: &Repository, edges: &[Edge], tracer: &mut Tracer) -> Versions {
    let mut versions = Versions::default();
    let mut asked = HashSet::new();
    let sides = edges.iter().flat_map(|edge| &edge.deltas).flat_map(|delta| [delta.old, delta.new]).flatten();
    for side in sides {
        let Version::File(id) = side else { continue };
        if asked.insert(id) {
            match git.find_blob(id) {
                Ok(blob) => drop(versions.traces.insert(id, Arc::new(tracer.trace(blob.content())))),
                Err(_) => versions.missing.push(id),
            }
        }
    }
    versions
}
