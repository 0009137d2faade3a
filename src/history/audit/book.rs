//! The working account of the published refs, independent of any candidate.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use git2::Oid;

use super::collide;
use super::lines::{Line, Lines};
use super::spoken::{Folders, Spoken};
use super::state::{Key, Seen, State};
use super::step::At;
use super::Question;
use crate::history::walk::{Delta, Edge, Version, Walked, between};
use crate::history::{GitError, Repo};
use crate::identity::Breach;
use crate::model::ModelId;
use crate::store::{Told, Tracer};

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
    /// IDs that came up on a later line and were unknown to it: to be compared with the earlier lines.
    pub births: Vec<Spoken>,
    pub breaks: Vec<Broken>,
    pub unread: Vec<(Seen, String)>,
    pub commits: usize,
    /// Versions that are not in the clone.
    pub missing: usize,
}

/// A step that broke a meaning.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    pub breach: Breach,
    pub key: Key,
    pub from: Arc<Told>,
    pub to: Arc<Told>,
    pub why: String,
    pub at: Seen,
    pub before: Seen,
    /// A later step put it right.
    pub mended: bool,
}

impl Book {
    /// Works through a whole walk.
    pub fn write(repo: &Repo, question: &Question<'_>, walked: &Walked, tracer: &mut Tracer) -> Result<Book, GitError> {
        let lines = Lines::find(&walked.graph, question.published);
        let mut book = Book { commits: walked.graph.len(), missing: walked.versions.missing.len(), ..Book::default() };
        book.folders = Folders::of(walked);
        book.note_unread(walked);
        book.speak_beside(repo, question, walked, &lines, tracer)?;
        book.follow(repo, question, walked, &lines)?;
        let folders = std::mem::take(&mut book.folders);
        let collided = collide::find(repo, question, walked, &folders, tracer)?;
        book.folders = folders;
        let collided: Vec<Broken> = collided.into_iter().map(|found| book.enter(found)).collect();
        book.breaks.extend(collided);
        book.lines = lines.lines;
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

    fn enter(&mut self, found: collide::Collision) -> Broken {
        let key = (self.number(&found.model), found.id);
        let collide::Collision { from, to, why, at, before, .. } = found;
        Broken { breach: Breach::Collided, key, from, to, why, at, before, mended: false }
    }

    fn note_unread(&mut self, walked: &Walked) {
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

    /// What published commits beside the lines say: spoken for, not owed.
    fn speak_beside(
        &mut self,
        repo: &Repo,
        question: &Question<'_>,
        walked: &Walked,
        lines: &Lines,
        tracer: &mut Tracer,
    ) -> Result<(), GitError> {
        for edge in walked.edges.iter().filter(|edge| !lines.at.contains_key(&edge.child)) {
            let Some(published) = lines.published(&walked.graph, edge.child) else { continue };
            for delta in &edge.deltas {
                let Some(new) = delta.new else { continue };
                let of = (edge.child, &*delta.path);
                let Some(model) = self.folders.model(repo, question.roots, of, tracer)? else { continue };
                let model = self.number(&model);
                let old = delta.old.map(|old| walked.versions.trace(old));
                for traced in &walked.versions.trace(new).entities {
                    let before = old.as_ref().and_then(|old| super::state::find(&old.entities, traced.id));
                    if before.is_some_and(|before| Arc::ptr_eq(&before.told, &traced.told)) {
                        continue;
                    }
                    let at = Seen { commit: edge.child, path: Arc::clone(&delta.path), line: traced.line };
                    self.speak(Spoken { key: (model, traced.id), told: Arc::clone(&traced.told), at, published });
                }
            }
        }
        Ok(())
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
            for (pos, &commit) in lines.commits[nth].iter().enumerate() {
                let at = At { line: nth, pos: pos as u32, commit };
                if line.tagged {
                    let base = line.base.map(|(line, pos)| lines.commits[line][pos as usize]);
                    let deltas = between(repo, question.roots, base, commit)?;
                    self.advance(&mut state, at, &deltas, walked);
                } else if let Some(edge) = edges.get(&(commit, walked.graph.parents(commit).next())) {
                    self.advance(&mut state, at, &edge.deltas, walked);
                }
                if forks.contains(&(nth, pos as u32)) {
                    kept.insert((nth, pos as u32), state.clone());
                }
            }
            self.states.push(state);
        }
        Ok(())
    }

    fn advance(&mut self, state: &mut State, at: At, deltas: &[Delta], walked: &Walked) {
        if !deltas.is_empty() {
            self.step(state, at, deltas, &walked.versions);
        }
    }
}
