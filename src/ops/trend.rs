//! Where the objectives of a model stood, version by version.

use jiff::civil::Date;

use super::assess::unknown;
use super::log::{Asked, View};
use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::assess::{self, Tally, assess, tally};
use crate::history::{Commit, Log, Signed};
use crate::identity::Words;
use crate::model::{Model, ModelId, When};
use crate::rules::Memory;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub about: Asked<'a>,
    /// The newest versions to show; older ones are not read.
    pub last: usize,
    /// The newest version is assessed on this day.
    pub today: Date,
}

/// The answer.
pub struct Trend {
    pub model: ModelId,
    pub name: String,
    /// The oldest first.
    pub points: Vec<Point>,
    /// Older versions that were not asked for.
    pub older: usize,
    pub tip: Option<Commit>,
    pub trunk: Option<Commit>,
}

/// Where a version stood when it was left, or where it stands today.
pub struct Point {
    /// `v7`, or `v8 (uncommitted)`.
    pub version: String,
    /// The last commit of the version; none = only the working tree has it.
    pub commit: Option<Signed>,
    pub day: Date,
    pub tally: Tally,
}

/// Assesses each version as it was left, on the day of its last commit, and the newest on the day that is asked for.
pub fn trend(desk: &Desk, question: Question<'_>) -> Result<Trend, Trouble> {
    let view = desk.view(question.about.reference)?;
    let id = desk.subject(&view, question.about.model)?;
    let log = view.log(desk, &id)?;
    let here = view.here(&id).cloned();
    let name = view.workspace.models.get(&id).map_or_else(|| id.to_string(), |model| model.head.name.clone());
    let View { settings, workspace, .. } = view;
    let read = Read { settings, workspace };
    let candidate =
        question.about.reference.map_or(Candidate::WorkingTree, |name| Candidate::Revision(name.to_owned()));
    let mut line = Replay { desk, read: &read, id: &id, candidate, words: None, points: Vec::new() };
    let committed = question.last.saturating_sub(usize::from(log.draft.is_some()));
    let older = log.versions.len().saturating_sub(committed);
    line.committed(&log, older, here.is_none().then_some(question.today))?;
    if let Some(model) = &here {
        let label = log.name().unwrap_or_else(|| id.to_string());
        let commit = log.versions.last().filter(|_| log.draft.is_none()).map(|(_, version)| version.last.clone());
        line.point(label, commit, question.today, model)?;
    }
    if line.points.is_empty() {
        let known = read.workspace.models.keys().map(ModelId::to_string).collect();
        return Err(Trouble::UnknownModel { asked: id.to_string(), known });
    }
    let points = line.points;
    Ok(Trend { model: id, name, points, older, tip: log.tip, trunk: log.trunk })
}

/// The versions one after another.
struct Replay<'a> {
    desk: &'a Desk,
    read: &'a Read,
    id: &'a ModelId,
    candidate: Candidate,
    /// What decisions in doubt were about, once one was.
    words: Option<Words>,
    points: Vec<Point>,
}

impl Replay<'_> {
    /// Every version but the first `older`. The one that stands at the end is left to the working tree, or assessed on the
    /// day `today` where that does not count.
    fn committed(&mut self, log: &Log, older: usize, today: Option<Date>) -> Result<(), Trouble> {
        let stands = |at: usize| log.current && at + 1 == log.versions.len();
        for (at, (label, version)) in log.versions.iter().enumerate().skip(older) {
            if stands(at) && today.is_none() && log.draft.is_none() {
                continue;
            }
            let day = today.filter(|_| stands(at)).unwrap_or_else(|| When::Instant(version.last.at).day());
            let commit = Commit { name: label.to_string(), id: version.last.commit.clone() };
            let workspace = self.desk.read_commit(&commit, self.read)?;
            if let Some(model) = workspace.models.get(self.id) {
                self.point(label.to_string(), Some(version.last.clone()), day, model)?;
            }
        }
        Ok(())
    }

    fn point(&mut self, version: String, commit: Option<Signed>, day: Date, model: &Model) -> Result<(), Trouble> {
        let words = match self.words.take() {
            Some(words) => words,
            None => self.desk.words(&[&self.candidate], &self.read.settings, std::iter::once(model), None)?,
        };
        let memory = Memory::new(model, &words);
        if let Some((_, gap)) = memory.unknown() {
            return Err(unknown(model, gap));
        }
        let changed = |row: assess::Row<'_>| memory.changed(row);
        let assessment = assess(model, assess::View::on(day).judged_by(&changed));
        let tally = tally(assessment.outcomes().map(|(_, outcome)| outcome));
        self.points.push(Point { version, commit, day, tally });
        self.words = Some(words).filter(|words| !words.models.is_empty());
        Ok(())
    }
}
