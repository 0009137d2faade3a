//! The full audit: the ledger of every ID ever published, from all versions of all model files in every
//! commit that the published refs reach, and every step along a published line that broke a meaning.
//! `docs/history.md` says what is owed and what is spoken for.

mod beside;
mod book;
mod cache;
mod codec;
mod collide;
mod drafts;
mod former;
mod gaps;
mod lines;
mod notes;
mod pulls;
mod refs;
mod report;
mod resume;
mod roots;
mod shelf;
mod spoken;
mod state;
mod step;
mod stood;

use std::sync::Arc;

use git2::Oid;

use super::walk::{Asked, Reader, Walked, walk};
use super::{Commit, GitError, Repo};
use crate::identity::{Ledger, Published};
use crate::store::{Tracer, disk};

pub(super) use beside::Beside;
pub use refs::Named;

use book::Book;
use lines::Lines;
use pulls::Pulls;
use resume::Resumed;
use stood::Stood;

/// What the audit is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Roots of models, today's and former ones.
    pub roots: &'a [String],
    /// The file in which roots are named, relative to the repository.
    pub settings: &'a str,
    /// The refs whose commits burn IDs: see [`Repo::published`].
    pub published: &'a [Published],
    /// What the candidate descends from: HEAD, and the other parents of a merge under way.
    pub parents: &'a [Commit],
    /// Where published branches stood before, of each the newest first: what an event says, and this clone may not know.
    pub stood: &'a [Stand],
    pub reader: Reader,
    /// Whether an earlier answer may be carried on, and this one kept.
    pub cache: bool,
}

/// A commit that a branch stood at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// `main`, also for the `main` of any remote.
    pub name: String,
    /// Full commit id.
    pub commit: String,
}

impl Repo {
    /// Reads the whole history. What cannot be read is a gap in the answer, and never an absence.
    pub fn audit(&self, question: &Question<'_>) -> Result<Ledger, GitError> {
        let mut tracer = Tracer::default();
        let tips = oids(question.published.iter().map(|published| published.commit.as_str()))?;
        let mut gaps = self.gaps();
        let stood = Stood::find(self, question);
        let (book, news) = match self.book(question, (&tips, &stood), &mut tracer) {
            Ok(found) => found,
            Err(GitError::Failed { command, message }) => {
                gaps.push(gaps::unread(self, &command, &message));
                return Ok(Ledger { published: question.published.to_vec(), gaps, ..Ledger::default() });
            }
            Err(error) => return Err(error),
        };
        gaps.extend(report::gap(self, &book));
        let parents = oids(question.parents.iter().map(|commit| commit.id.as_str()))?;
        let book = Arc::new(book);
        let log = stood.keeps(&book.lines).filter(|_| question.cache && self.is_whole(&book));
        self.keep(question.roots, news.then(|| Arc::clone(&book)), log);
        let roots = [question.roots, &book.former[..]].concat();
        let question = &Question { roots: &roots, ..question.clone() };
        let own = self.own(question, (&parents, &tips), &book, &mut tracer)?;
        let ledger = report::ledger(question, &book, own, gaps);
        Ok(Ledger { notes: self.oddities(), ..ledger })
    }

    /// Starts to read the book of an earlier run while the caller is busy with something else: an audit will
    /// be asked for soon.
    pub fn foresee(&self) {
        self.beside.foresee(cache::place(self));
    }

    /// The book, and whether it says something worth keeping that the kept one does not.
    fn book(
        &self,
        question: &Question<'_>,
        (tips, stood): (&[Oid], &Stood),
        tracer: &mut Tracer,
    ) -> Result<(Book, bool), GitError> {
        let kept = if question.cache { cache::load(self, question.roots) } else { None };
        if let Some(kept) = kept {
            match resume::resume(self, question, (kept, stood), tracer)? {
                Resumed::Same(book) => return Ok((book, false)),
                Resumed::Grown(book) => return Ok((book, true)),
                Resumed::Useless => {}
            }
        }
        let asked = Asked { tips, known: &[], roots: question.roots };
        let mut walked = walk(self, question.reader, asked, tracer)?;
        let drawn =
            |walked: &Walked| Lines::find(&walked.graph, question.published, (stood, &Pulls::find(self, walked)));
        let mut lines = drawn(&walked);
        let former: Vec<String> = roots::former(self, question, &lines.commits).into_iter().collect();
        let roots = [question.roots, &former[..]].concat();
        let wide = &Question { roots: &roots, ..question.clone() };
        if !former.is_empty() {
            walked = walk(self, question.reader, Asked { roots: &roots, ..asked }, tracer)?;
            lines = drawn(&walked);
        }
        let mut book = Book::write(self, wide, (&walked, lines), tracer)?;
        book.former = former;
        let news = question.cache && self.is_whole(&book);
        Ok((book, news))
    }

    /// Keeps a book, and where published branches stood. What cannot be written is done without.
    fn keep(&self, roots: &[String], book: Option<Arc<Book>>, log: Option<String>) {
        if book.is_none() && log.is_none() {
            return;
        }
        let (roots, cache, stood) = (roots.to_vec(), cache::place(self), stood::place(self));
        self.beside.write(move || {
            if let Some(book) = book {
                cache::keep(&cache, &roots, &book);
            }
            if let Some(log) = log {
                let _ = disk::replace(&stood, log.as_bytes());
            }
        });
    }

    /// Waits for what is being kept; dropping the last handle of the repository does so too.
    pub fn settled(&self) {
        self.beside.settle();
    }

    /// A book with gaps is not kept: the gaps may be filled by the next time.
    fn is_whole(&self, book: &Book) -> bool {
        book.missing == 0 && !self.git.is_shallow()
    }

    /// What the candidate's own, unpublished commits add: merges that hid a collision, words that no published
    /// commit has, and how far along each published line it has come.
    fn own(
        &self,
        question: &Question<'_>,
        (parents, tips): (&[Oid], &[Oid]),
        book: &Book,
        tracer: &mut Tracer,
    ) -> Result<report::Own, GitError> {
        let known = Asked { tips: parents, known: tips, roots: question.roots };
        let walked = walk(self, question.reader, known, tracer)?;
        let mut folders = book.folders.clone();
        folders.takes(&walked);
        let collided = collide::find(self, question, &walked, &folders, tracer)?;
        let reached = book.lines.iter().map(|line| lines::reached(self, line, parents)).collect::<Result<_, _>>()?;
        let drafts = drafts::drafts(self, question, &walked, &folders, tracer)?;
        Ok(report::Own { commits: walked.graph.len(), collided, drafts, reached })
    }
}

fn oids<'a>(ids: impl Iterator<Item = &'a str>) -> Result<Vec<Oid>, GitError> {
    let failed = |error: git2::Error| GitError::other("reading a commit id", &error);
    ids.map(|id| Oid::from_str(id).map_err(failed)).collect()
}
