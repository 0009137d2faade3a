//! Going on from a kept book. Only where the answer is certain to be the one a whole reading gives: the
//! same lines, each of them only grown, and nothing new that an earlier judgement would have depended on.

use std::collections::{HashMap, HashSet};

use git2::Oid;

use super::book::Book;
use super::lines::Lines;
use super::pulls::Pulls;
use super::stood::Stood;
use super::{Question, collide, roots};
use crate::history::walk::{Asked, Walked, Way, walk};
use crate::history::{GitError, Repo};
use crate::identity::Published;
use crate::store::Tracer;

/// What became of a kept book.
pub(super) enum Resumed {
    /// It says what the refs say.
    Same(Book),
    /// It was carried on.
    Grown(Book),
    /// It is of no use; history has to be read.
    Useless,
}

pub(super) fn resume(
    repo: &Repo,
    question: &Question<'_>,
    (mut book, stood): (Book, &Stood),
    tracer: &mut Tracer,
) -> Result<Resumed, GitError> {
    let Some(tips) = tips(&book, question.published) else { return Ok(Resumed::Useless) };
    let known: Vec<Oid> = book.lines.iter().map(|line| line.tip).collect();
    if tips == known {
        let old = book.lines.iter().all(|line| stood.news(line).is_empty());
        return Ok(if old { Resumed::Same(book) } else { Resumed::Useless });
    }
    let roots = [question.roots, &book.former[..]].concat();
    let question = &Question { roots: &roots, ..question.clone() };
    let asked = Asked { tips: &tips, known: &known, roots: question.roots };
    let walked = match walk(repo, question.reader, asked, tracer) {
        Ok(walked) => walked,
        // A tip that was pruned since, for one.
        Err(GitError::Failed { .. } | GitError::Other { .. }) => return Ok(Resumed::Useless),
        Err(error) => return Err(error),
    };
    let Some(lines) = grown(&book, (&walked, &Pulls::find(repo, &walked)), question.published, stood) else {
        return Ok(Resumed::Useless);
    };
    if !roots::former(repo, question, &lines.commits).is_empty() {
        return Ok(Resumed::Useless);
    }
    if !walked.versions.missing.is_empty() || !book.folders.takes(&walked) || !own(repo, &book, &walked, &tips)? {
        return Ok(Resumed::Useless);
    }
    book.carry_on(repo, question, (&walked, lines), tracer)?;
    Ok(if book.overtaken { Resumed::Useless } else { Resumed::Grown(book) })
}

/// The new tip of each line; `None` when the refs are not those of the book.
fn tips(book: &Book, published: &[Published]) -> Option<Vec<Oid>> {
    let mut tips = Vec::new();
    let mut lines = book.lines.iter().peekable();
    for published in published {
        let tip = Oid::from_str(&published.commit).ok()?;
        match lines.next_if(|line| line.name == published.name) {
            Some(line) if line.tagged && line.tip != tip => return None,
            Some(_) => tips.push(tip),
            // Without a line of its own it pointed into an earlier one, and still has to.
            None if book.pointing.contains(&(published.name.clone(), tip)) => {}
            None => return None,
        }
    }
    lines.next().is_none().then_some(tips)
}

/// The new commits of each line, when every line only grew. Where a line was read to, its ref stood.
fn grown(book: &Book, (walked, pulls): (&Walked, &Pulls), published: &[Published], stood: &Stood) -> Option<Lines> {
    let mut lines = Lines { lines: book.lines.clone(), ..Lines::default() };
    for (nth, line) in book.lines.iter().enumerate() {
        let published = published.iter().find(|published| published.name == line.name)?;
        let tip = Oid::from_str(&published.commit).ok()?;
        let new = |id: &Oid| walked.graph.listed(*id);
        if !stood.news(line).iter().all(new) {
            return None;
        }
        let known = stood.of(&line.name).iter().copied();
        let through: Vec<Oid> = known.clone().filter(|id| new(id) || *id == line.tip).chain([line.tip]).collect();
        let mut way = Way::default();
        if tip != line.tip {
            way = walked.graph.way(tip, (&through, &pulls.of(published)), |id| id == line.tip);
            way.end.filter(|end| *end == line.tip)?;
        }
        lines.grow(&walked.graph, nth, tip, way)?;
        lines.lines[nth].heard = known.chain([line.tip]).collect();
    }
    Some(lines)
}

/// Whether every new commit is new to its own line too: none came in from another line that has it already.
fn own(repo: &Repo, book: &Book, walked: &Walked, tips: &[Oid]) -> Result<bool, GitError> {
    if book.lines.len() == 1 {
        return Ok(true);
    }
    let failed = |error: git2::Error| GitError::other("comparing published refs", &error);
    for (line, tip) in book.lines.iter().zip(tips).filter(|(line, tip)| line.tip != **tip) {
        let mut walk = repo.git.revwalk().map_err(failed)?;
        walk.push(*tip).map_err(failed)?;
        walk.hide(line.tip).map_err(failed)?;
        for id in walk {
            if !walked.graph.listed(id.map_err(failed)?) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

impl Book {
    fn carry_on(
        &mut self,
        repo: &Repo,
        question: &Question<'_>,
        (walked, lines): (&Walked, Lines),
        tracer: &mut Tracer,
    ) -> Result<(), GitError> {
        self.commits += walked.graph.len();
        self.note_unread(walked);
        self.speak_all(repo, question, (walked, &lines), tracer)?;
        let mut edges = HashMap::new();
        for edge in &walked.edges {
            edges.insert((edge.child, edge.parent), edge);
        }
        let mut states = std::mem::take(&mut self.states);
        for (nth, state) in states.iter_mut().enumerate() {
            self.follow_line(state, (nth, self.lines[nth].length), &lines.commits[nth], (walked, &edges, &lines));
        }
        self.states = states;
        let folders = std::mem::take(&mut self.folders);
        let collided = collide::find(repo, question, walked, &folders, tracer)?;
        self.folders = folders;
        self.enter_all(collided);
        self.lines = lines.lines;
        Ok(())
    }

    /// Refs that have no line of their own.
    pub(super) fn point(&mut self, published: &[Published]) {
        let own: HashSet<&str> = self.lines.iter().map(|line| line.name.as_str()).collect();
        let rest = published.iter().filter(|published| !own.contains(published.name.as_str()));
        self.pointing = rest.filter_map(|one| Some((one.name.clone(), Oid::from_str(&one.commit).ok()?))).collect();
    }
}
