//! The walk by libgit2, for hosts without the `git` program and for walks that are shorter than its start: the
//! folder's tree id is compared along every edge, and only where it differs is anything opened.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::mpsc::channel;

use git2::{ObjectType, Oid, Sort, Tree};

use super::scope::{literal, relevant};
use super::{Asked, Delta, Edge, Graph, Version, Versions, Walked, blobs};
use crate::history::files::entry;
use crate::history::{GitError, Repo};
use crate::store::Tracer;

/// Commits that are read about as soon as a program has started and found them.
const FEW: usize = 1024;

/// Commits with versions that are worth a program.
const MANY: usize = 256;

pub(super) fn walk(repo: &Repo, asked: Asked<'_>, tracer: &mut Tracer) -> Result<Walked, GitError> {
    let failed = |error: git2::Error| GitError::Failed {
        command: "reading the history".to_owned(),
        message: error.message().to_owned(),
    };
    let graph = graph(repo, asked, usize::MAX).map_err(failed)?;
    let mut wanted = Vec::new();
    let edges = along(repo, asked, &graph, |id| wanted.push(id)).map_err(failed)?;
    let versions = versions(repo, &wanted, tracer);
    Ok(Walked { graph, edges, versions })
}

/// A walk of few commits in which everything is as it should be. Nothing otherwise: the program knows better what is
/// wrong, and what is missing.
pub(super) fn short(repo: &Repo, asked: Asked<'_>, tracer: &mut Tracer) -> Option<Walked> {
    // libgit2 follows grafts, and the program is told not to.
    if repo.has_grafts() {
        return None;
    }
    let graph = graph(repo, asked, FEW + 1).ok().filter(|graph| graph.len() <= FEW)?;
    let (edges, versions) = match graph.len() > MANY {
        true => handed(repo, asked, &graph, tracer)?,
        false => {
            let mut wanted = Vec::new();
            let edges = along(repo, asked, &graph, |id| wanted.push(id)).ok()?;
            (edges, versions(repo, &wanted, tracer))
        }
    };
    versions.missing.is_empty().then_some(Walked { graph, edges, versions })
}

/// With the versions as a program hands them over meanwhile: libgit2 would keep every file that another is written as a
/// change of.
fn handed(repo: &Repo, asked: Asked<'_>, graph: &Graph, tracer: &mut Tracer) -> Option<(Vec<Edge>, Versions)> {
    let (wanted, ids) = channel();
    let place = repo.git.path();
    std::thread::scope(|scope| {
        let versions = scope.spawn(move || blobs::read(place, ids, tracer));
        let edges = along(repo, asked, graph, |id| {
            // Nobody listens when the reader failed.
            let _ = wanted.send(id);
        });
        drop(wanted);
        let versions = versions.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Some((edges.ok()?, versions.ok()?))
    })
}

/// What differs along the edges of a graph. Tells every version it comes across, once.
fn along(repo: &Repo, asked: Asked<'_>, graph: &Graph, mut tell: impl FnMut(Oid)) -> Result<Vec<Edge>, git2::Error> {
    let mut told = HashSet::new();
    let mut seen = Seen::new(repo, asked.roots);
    let mut edges = Vec::new();
    for child in graph.commits() {
        let parents: Vec<Option<Oid>> = match graph.parents(child).map(Some).collect::<Vec<_>>() {
            none if none.is_empty() => vec![None],
            some => some,
        };
        for parent in parents {
            let deltas = seen.deltas(parent, child)?;
            if !deltas.is_empty() {
                let sides = deltas.iter().flat_map(|delta| [delta.old, delta.new]).flatten();
                sides.filter_map(Version::file).filter(|id| told.insert(*id)).for_each(&mut tell);
                edges.push(Edge { child, parent, deltas });
            }
        }
    }
    Ok(edges)
}

/// The files that differ between any two commits.
pub(in crate::history) fn between(
    repo: &Repo,
    roots: &[String],
    old: Option<Oid>,
    new: Oid,
) -> Result<Vec<Delta>, GitError> {
    let failed = |error: git2::Error| GitError::other("comparing two commits", &error);
    Seen::new(repo, roots).deltas(old, new).map_err(failed)
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

/// The commits, as many as `most` of them.
fn graph(repo: &Repo, asked: Asked<'_>, most: usize) -> Result<Graph, git2::Error> {
    if asked.known.is_empty() {
        return all(repo, asked.tips, most);
    }
    let mut walk = repo.git.revwalk()?;
    walk.set_sorting(Sort::NONE)?;
    asked.tips.iter().try_for_each(|tip| walk.push(*tip))?;
    asked.known.iter().try_for_each(|known| walk.hide(*known))?;
    let mut graph = Graph::default();
    for id in walk.take(most) {
        let commit = repo.git.find_commit(id?)?;
        graph.add(commit.id(), commit.parent_ids());
    }
    Ok(graph)
}

/// Every commit behind the tips, as many as `most` of them.
fn all(repo: &Repo, tips: &[Oid], most: usize) -> Result<Graph, git2::Error> {
    let mut graph = Graph::default();
    let (mut open, mut walked) = (tips.to_vec(), 0);
    while let Some(id) = open.pop().filter(|_| walked < most) {
        if !graph.listed(id) {
            let commit = repo.commit_of(id)?;
            graph.add(id, commit.parent_ids());
            open.extend(commit.parent_ids());
            walked += 1;
        }
    }
    Ok(graph)
}

type Files = BTreeMap<Arc<str>, Version>;

/// Folders that were looked at.
struct Seen<'r> {
    repo: &'r Repo,
    roots: &'r [String],
    /// The folders the roots start with.
    starts: Vec<String>,
    /// The tree ids of the roots in a commit; `None` = no such folder.
    of: HashMap<Oid, Vec<Option<Oid>>>,
    files: HashMap<(usize, Oid), Arc<Files>>,
}

impl<'r> Seen<'r> {
    fn new(repo: &'r Repo, roots: &'r [String]) -> Seen<'r> {
        Seen { repo, roots, starts: literal(roots), of: HashMap::new(), files: HashMap::new() }
    }

    fn deltas(&mut self, old: Option<Oid>, new: Oid) -> Result<Vec<Delta>, git2::Error> {
        let before = match old {
            Some(old) => self.trees(old)?,
            None => vec![None; self.starts.len()],
        };
        let after = self.trees(new)?;
        let mut deltas = Vec::new();
        for (nth, (before, after)) in before.into_iter().zip(after).enumerate() {
            if before != after {
                let (before, after) = (self.files(nth, before)?, self.files(nth, after)?);
                deltas.extend(compare(&before, &after));
            }
        }
        deltas.sort_by(|a: &Delta, b: &Delta| a.path.cmp(&b.path));
        Ok(deltas)
    }

    fn trees(&mut self, commit: Oid) -> Result<Vec<Option<Oid>>, git2::Error> {
        if let Some(known) = self.of.get(&commit) {
            return Ok(known.clone());
        }
        let tree = self.repo.folder_of(self.repo.git.find_commit(commit)?.tree_id())?;
        let folder = |root: &String| {
            let found = entry(&tree, root)?.filter(|entry| entry.kind() == Some(ObjectType::Tree));
            Ok(found.map(|entry| entry.id()))
        };
        let found = self.starts.iter().map(folder).collect::<Result<Vec<Option<Oid>>, git2::Error>>()?;
        self.of.insert(commit, found.clone());
        Ok(found)
    }

    fn files(&mut self, nth: usize, tree: Option<Oid>) -> Result<Arc<Files>, git2::Error> {
        let Some(id) = tree else { return Ok(Arc::default()) };
        if let Some(known) = self.files.get(&(nth, id)) {
            return Ok(Arc::clone(known));
        }
        let mut files = Files::new();
        let mut open: Vec<(String, Tree<'_>)> = vec![(self.starts[nth].clone(), self.repo.folder_of(id)?)];
        while let Some((folder, tree)) = open.pop() {
            for entry in &tree {
                let Ok(name) = entry.name() else { continue };
                let path = format!("{folder}/{name}");
                match entry.kind() {
                    Some(ObjectType::Tree) => open.push((path, self.repo.folder_of(entry.id())?)),
                    _ if relevant(self.roots, &path) => drop(files.insert(Arc::from(path), version(&entry))),
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

fn versions(repo: &Repo, wanted: &[Oid], tracer: &mut Tracer) -> Versions {
    let mut versions = Versions::default();
    for id in wanted {
        match repo.file_of(*id) {
            Ok(blob) => drop(versions.traces.insert(*id, Arc::new(tracer.trace(blob.content())))),
            Err(_) => versions.missing.push(*id),
        }
    }
    versions
}
