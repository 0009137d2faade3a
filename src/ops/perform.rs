//! Performing an act on a model: under the lock, judged by the rules on the result, written all or nothing.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::check::{findings, fingerprint};
use super::lifecycle::{Now, Outcome, Refusal, Stage};
use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::finding::{Finding, Severity, codes};
use crate::identity::{Base, Past};
use crate::model::{Model, Models};
use crate::store::{self, Workspace, Write, disk};

/// What is to be done, apart from the act itself.
pub struct Order<'a> {
    /// The model, where the person named one.
    pub model: Option<&'a str>,
    /// Find out, write nothing.
    pub dry_run: bool,
    pub now: &'a Now,
}

/// An act that went through.
pub struct Performed {
    pub before: Model,
    pub outcome: Outcome,
    /// The files it wrote, or would write.
    pub writes: Vec<Write>,
    pub dry_run: bool,
}

/// What came of an order.
pub enum Answer {
    Done(Box<Performed>),
    /// The act refused itself.
    Refused(Refusal),
    /// The result would break rules that held before; nothing was written.
    Breaks(Vec<Finding>),
}

/// Performs `act` on the model of the order. Two processes never interleave: the files are read and written
/// under one lock.
pub fn perform(
    desk: &Desk,
    order: &Order<'_>,
    act: impl FnOnce(&Stage<'_>, &Read) -> Result<Outcome, Refusal>,
) -> Result<Answer, Trouble> {
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let read = desk.look(&Candidate::WorkingTree)?;
    let before = desk.model(&read.workspace, order.model)?.clone();
    sound(&read.workspace, &before)?;
    let mut past = desk.past(&read)?;
    let heads = desk.repo()?.parents()?;
    let heads = heads.iter().filter(|head| past.bases.iter().all(|base| base.commit != head.id));
    let heads: Vec<Workspace> = heads.map(|head| desk.read_commit(head, &read)).collect::<Result<_, _>>()?;
    let published = past.bases.iter().map(|base| &base.models).chain(heads.iter().map(|head| &head.models));
    let published: Vec<&Model> = published.filter_map(|models| models.get(&before.id)).collect();
    let taken = desk.taken(&read, &past, &before)?;
    let (published, taken, words) = (&published[..], &taken, &past.words);
    let stage = Stage { model: &before, published, taken, words, now: order.now, unfinished: false };
    let outcome = match act(&stage, &read) {
        Ok(outcome) => outcome,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    desk.remember(&mut past, std::iter::once(&outcome.model), &read.settings)?;
    let breaks = breaks(&read, &past, &outcome.model, order.now.at.day());
    if !breaks.is_empty() {
        return Ok(Answer::Breaks(breaks));
    }
    let writes = store::plan(&read.workspace, read.settings.nursery().unwrap_or_default(), &outcome.changes)?;
    if !order.dry_run {
        disk::commit(&desk.root, &desk.state(), &writes)?;
    }
    Ok(Answer::Done(Box::new(Performed { before, outcome, writes, dry_run: order.dry_run })))
}

/// A model whose files could not be read whole is not edited: the edit could lose what was not understood.
fn sound(workspace: &Workspace, model: &Model) -> Result<(), Trouble> {
    if !workspace.lossy.contains(&model.id) {
        return Ok(());
    }
    let findings = workspace.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    Err(Trouble::Unsound { model: model.id.to_string(), findings })
}

impl Desk {
    /// The published states the working tree descends from.
    pub fn past(&self, read: &Read) -> Result<Past, Trouble> {
        let mut past = Past { ledger: self.remembered(&read.settings)?, ..Past::default() };
        for commit in self.owed(&read.settings)? {
            let workspace = self.read_commit(&commit, read)?;
            past.bases.push(Base {
                name: commit.name,
                commit: commit.id,
                models: workspace.models,
                folders: workspace.folders,
            });
        }
        let states = [&read.workspace.models].into_iter().chain(past.bases.iter().map(|base| &base.models));
        let models = states.flat_map(|models| models.values());
        past.words = self.words(&[&Candidate::WorkingTree], &read.settings, models, past.ledger.as_ref())?;
        self.recall(&Candidate::WorkingTree, &mut past, read)?;
        Ok(past)
    }
}

/// Errors that the result has and the state before had not.
pub(super) fn breaks(read: &Read, past: &Past, after: &Model, today: Date) -> Vec<Finding> {
    let errors = |models: Models| {
        let (folders, library) = (read.workspace.folders.clone(), read.workspace.library.clone());
        let workspace = Workspace { models, folders, library, ..Workspace::default() };
        let mut found = findings(&workspace, past, today, &read.settings);
        // What an act does to the posture is told as a note of the act, and judged where the change is reviewed.
        let gates =
            [&codes::MITIGATION_LOST, &codes::ASSESSMENT_OVERDUE, &codes::LIMIT_EXCEEDED, &codes::COVERAGE_SHORT];
        let told = |finding: &Finding| gates.contains(&finding.code);
        found.retain(|finding| finding.severity == Severity::Error && !told(finding));
        found
    };
    let known: BTreeSet<String> = errors(read.workspace.models.clone()).iter().map(fingerprint).collect();
    let mut models = read.workspace.models.clone();
    models.insert(after.id.clone(), after.clone());
    let mut found = errors(models);
    found.retain(|finding| !known.contains(&fingerprint(finding)));
    found
}
