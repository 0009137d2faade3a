//! The working account of the published refs, independent of any candidate.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use git2::Oid;

use super::Question;
use super::collide;
use super::lines::{Line, Lines};
use super::spoken::{Folders, Spoken};
use super::state::{Along, Key, Seen, State};
use super::step::At;
use crate::history::walk::{Delta, Edge, Version, Versions, Walked, between, files, folder};
use crate::history::{GitError, Repo};
use crate::identity::Breach;
use crate::identity::Told;
use crate::model::ModelId;
use crate::store::Tracer;

/// Everything the published refs say.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub models: Vec<ModelId>,
    numbers: HashMap<ModelId, u32>,
    pub lines: Vec<Line>,
    /// The state at the tip of each line.
    pub states: Vec<State>,
    pub folders: Folders,
    pub spoken: BTreeMap<Key, Vec<Spoken>>,
    /// IDs that came up on a later line and were unknown to it: they were judged by all that the earlier
    /// lines said.
    pub births: BTreeSet<(Key, usize)>,
    /// An earlier line said something new about such an ID.
    pub overtaken: bool,
    pub breaks: Vec<Broken>,
    pub unread: Vec<(Seen, String)>,
    pub commits: usize,
    /// Refs without a line of their own: they point into one.
    pub pointing: HashSet<(String, Oid)>,
    /// Versions that are not in the clone.
    pub missing: usize,
    /// Roots that published settings named once, beside those of the question.
    pub former: Vec<String>,
}

/// Edges by their child and parent.
pub(super) type Edges<'w> = HashMap<(Oid, Option<Oid>), &'w Edge>;

/// A step that broke a meaning.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub breach: Breach,
    /// The line that took the step.
    pub line: usize,
    pub key: Key,
    pub from: Arc<Told>,
    pub to: Arc<Told>,
    pub why: String,
    pub at: Seen,
    pub before: Seen,
    /// A later step of the same line put it right.
    pub mended: bool,
}

impl Book {
    /// Works through a whole walk.
    pub fn write(
        repo: &Repo,
        question: &Question<'_>,
        (walked, lines): (&Walked, Lines),
        tracer: &mut Tracer,
    ) -> Result<Book, GitError> {
        let mut book = Book { commits: walked.graph.len(), missing: walked.versions.missing.len(), ..Book::default() };
        book.folders = Folders::of(walked);
        book.note_unread(walked);
        book.speak_all(repo, question, (walked, &lines), tracer)?;
        book.follow(repo, question, walked, &lines)?;
        let folders = std::mem::take(&mut book.folders);
        let collided = collide::find(repo, question, walked, &folders, tracer)?;
        book.folders = folders;
        book.enter_all(collided);
        book.lines = lines.lines;
        book.point(question.published);
        Ok(book)
    }

    /// The number of a model.
    pub fn number(&mut self, model: &ModelId) -> u32 {
        if let Some(number) = self.numbers.get(model) {
            return *number;
        }
        let number = self.models.len() as u32;
        self.models.push(model.clone());
        self.numbers.insert(model.clone(), number);
        number
    }

    pub fn enter_all(&mut self, found: Vec<collide::Collision>) {
        for found in found {
            let broken = self.enter(found);
            self.breaks.push(broken);
        }
    }

    fn enter(&mut self, found: collide::Collision) -> Broken {
        let key = (self.number(&found.model), found.id);
        let collide::Collision { from, to, why, at, before, .. } = found;
        Broken { breach: Breach::Collided, line: 0, key, from, to, why, at, before, mended: false }
    }

    pub fn note_unread(&mut self, walked: &Walked) {
        let mut noted: HashSet<(Option<Oid>, Arc<str>)> = HashSet::new();
        for edge in &walked.edges {
            for delta in &edge.deltas {
                let Some(version) = delta.new else { continue };
                let Some(flaw) = walked.versions.trace(version).flaw.clone() else { continue };
                let blob = match version {
                    Version::File(id) => Some(id),
                    Version::Other => None,
                };
                let missing = blob.is_some_and(|id| !walked.versions.traces.contains_key(&id));
                if !missing && noted.insert((blob, Arc::clone(&delta.path))) {
                    self.unread.push((Seen { commit: edge.child, path: Arc::clone(&delta.path), line: 0 }, flaw));
                }
            }
        }
    }

    /// What the trees of all published commits say, on a line or beside it: spoken for, not owed. Whose a
    /// folder is, is told by its whole history, so this does not wait for the step that names it.
    pub fn speak_all(
        &mut self,
        repo: &Repo,
        question: &Question<'_>,
        (walked, lines): (&Walked, &Lines),
        tracer: &mut Tracer,
    ) -> Result<(), GitError> {
        for edge in &walked.edges {
            let Some(published) = lines.published(&walked.graph, edge.child) else { continue };
            let mut deltas = edge.deltas.clone();
            for head in edge.deltas.iter().filter(|delta| self.folders.disputed(&delta.path)) {
                let beside = files(repo, question.roots, edge.child)?
                    .into_iter()
                    .filter(|(path, _)| folder(path) == folder(&head.path));
                deltas.extend(beside.map(|(path, version)| Delta { path, old: None, new: Some(version) }));
            }
            for delta in &deltas {
                let of = (edge.child, &*delta.path);
                if let Some(model) = self.folders.model(repo, question.roots, of, tracer)? {
                    self.speak_file((edge.child, published), &model, delta, &walked.versions);
                }
            }
        }
        Ok(())
    }

    /// What a file of a commit says that its parent's did not.
    fn speak_file(
        &mut self,
        (commit, published): (Oid, (usize, u32)),
        model: &ModelId,
        delta: &Delta,
        versions: &Versions,
    ) {
        let Some(new) = delta.new else { return };
        let model = self.number(model);
        let old = delta.old.map(|old| versions.trace(old)).unwrap_or_default();
        let mut before = Along(&old.entities);
        for traced in &versions.trace(new).entities {
            let before = before.find(traced.id);
            if before.is_none_or(|before| before.told != traced.told) {
                let at = Seen { commit, path: Arc::clone(&delta.path), line: traced.line };
                self.speak(Spoken { key: (model, traced.id), told: Arc::clone(&traced.told), at, published });
            }
        }
    }

    /// Follows every line from its base to its tip.
    fn follow(&mut self, repo: &Repo, question: &Question<'_>, walked: &Walked, lines: &Lines) -> Result<(), GitError> {
        let mut edges: HashMap<(Oid, Option<Oid>), &Edge> = HashMap::new();
        for edge in &walked.edges {
            edges.insert((edge.child, edge.parent), edge);
        }
        let forks: HashSet<(usize, u32)> = lines.lines.iter().filter_map(|line| line.base).collect();
        let mut kept: HashMap<(usize, u32), State> = HashMap::new();
        for (nth, line) in lines.lines.iter().enumerate() {
            let mut state = line.base.and_then(|base| kept.get(&base).cloned()).unwrap_or_default();
            if line.tagged {
                let base = line.base.map(|(line, pos)| lines.commits[line][pos as usize]);
                let deltas = between(repo, question.roots, base, line.tip)?;
                let published = lines.published(&walked.graph, line.tip).unwrap_or((nth, 0));
                self.advance(&mut state, At { line: nth, pos: 0, commit: line.tip, published }, &deltas, walked);
                kept.insert((nth, 0), state.clone());
            } else {
                let mut from = 0;
                let mut ends: Vec<u32> = forks.iter().filter(|fork| fork.0 == nth).map(|fork| fork.1 + 1).collect();
                ends.sort_unstable();
                for end in ends.into_iter().chain([line.length]) {
                    let commits = &lines.commits[nth][from as usize..end as usize];
                    self.follow_line(&mut state, (nth, from), commits, (walked, &edges, lines));
                    if forks.contains(&(nth, end - 1)) {
                        kept.insert((nth, end - 1), state.clone());
                    }
                    from = end;
                }
            }
            self.states.push(state);
        }
        Ok(())
    }

    /// Takes a line along some of its commits, the first of which stands at a place.
    pub fn follow_line(
        &mut self,
        state: &mut State,
        (line, from): (usize, u32),
        commits: &[Oid],
        (walked, edges, lines): (&Walked, &Edges<'_>, &Lines),
    ) {
        for (nth, &commit) in commits.iter().enumerate() {
            let before = lines.lines[line].before(commit, walked.graph.parents(commit).next());
            if let Some(edge) = edges.get(&(commit, before)) {
                let pos = from + nth as u32;
                let published = lines.published(&walked.graph, commit).unwrap_or((line, pos));
                let at = At { line, pos, commit, published };
                self.advance(state, at, &edge.deltas, walked);
            }
        }
    }

    fn advance(&mut self, state: &mut State, at: At, deltas: &[Delta], walked: &Walked) {
        if !deltas.is_empty() {
            self.step(state, at, deltas, &walked.versions);
        }
    }
}
