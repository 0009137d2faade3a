//! In which order to build controls: greedy, the worst tiers first.

use std::cmp::Reverse;

use super::assessment::Assessment;
use super::leverage::Weight;
use super::outcome::Status;
use super::rating::Tier;
use crate::model::{Id, Objective};

/// One step of the greedy order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub control: Id,
    /// What this step closes, given the steps before it; empty while it only prepares.
    pub closes: Vec<Objective>,
    pub weight: Weight,
    /// At-risk objectives left after it.
    pub left: usize,
}

/// An incomplete group of an at-risk objective.
struct Group {
    objective: usize,
    lacks: Vec<u32>,
}

/// An at-risk objective: its tier, its incomplete groups, whether a step closed it.
struct Open {
    at: usize,
    tier: Option<Tier>,
    groups: Vec<usize>,
    closed: bool,
}

struct Board {
    groups: Vec<Group>,
    open: Vec<Open>,
    /// The groups that lack a control.
    lacking: Vec<Vec<usize>>,
    /// What building a control now would close, and what it would bring nearer.
    score: Vec<(Weight, Weight)>,
}

impl Assessment<'_> {
    /// An order in which controls close every at-risk objective that controls can close: each step is
    /// the control that closes most of the worst, else the one that brings most of the worst nearer.
    pub fn plan(&self) -> Vec<Step> {
        let mut board = Board::new(self);
        let mut left = self.outcomes().filter(|(_, outcome)| outcome.status == Status::AtRisk).count();
        let mut steps = Vec::new();
        while let Some(control) = board.best() {
            let closed = board.build(control);
            left -= closed.len();
            let mut weight = Weight::default();
            closed.iter().for_each(|&open| weight.add(board.open[open].tier));
            let closes = closed.into_iter().map(|open| self.objective(board.open[open].at)).collect();
            steps.push(Step { control: self.controls[control].id, closes, weight, left });
        }
        steps
    }
}

impl Board {
    fn new(assessment: &Assessment<'_>) -> Board {
        let controls = assessment.controls.len();
        let score = vec![(Weight::default(), Weight::default()); controls];
        let mut board = Board { groups: Vec::new(), open: Vec::new(), lacking: vec![Vec::new(); controls], score };
        for (at, groups) in assessment.lacking() {
            let objective = board.open.len();
            let first = board.groups.len();
            let tier = assessment.tier_at(at);
            board.groups.extend(groups.into_iter().map(|lacks| Group { objective, lacks }));
            board.open.push(Open { at, tier, groups: (first..board.groups.len()).collect(), closed: false });
        }
        for group in 0..board.groups.len() {
            for member in 0..board.groups[group].lacks.len() {
                let control = board.groups[group].lacks[member] as usize;
                board.lacking[control].push(group);
            }
            board.count(group, Weight::add);
        }
        board
    }

    /// Adds a group to the scores of the controls it lacks, or takes it out.
    fn count(&mut self, group: usize, change: fn(&mut Weight, Option<Tier>)) {
        let Group { objective, lacks } = &self.groups[group];
        let tier = self.open[*objective].tier;
        for &control in lacks {
            let (closes, helps) = &mut self.score[control as usize];
            change(if lacks.len() == 1 { closes } else { helps }, tier);
        }
    }

    fn best(&self) -> Option<usize> {
        let useful = self.score.iter().enumerate().filter(|(_, (closes, helps))| closes.total() + helps.total() > 0);
        useful.max_by_key(|(control, score)| (**score, Reverse(*control))).map(|(control, _)| control)
    }

    /// Builds a control; the objectives that this closes.
    fn build(&mut self, control: usize) -> Vec<usize> {
        let mut closed = Vec::new();
        for group in std::mem::take(&mut self.lacking[control]) {
            let objective = self.groups[group].objective;
            if self.open[objective].closed {
                continue;
            }
            self.count(group, Weight::take);
            self.groups[group].lacks.retain(|&lack| lack as usize != control);
            self.count(group, Weight::add);
            if self.groups[group].lacks.is_empty() {
                self.open[objective].closed = true;
                let groups = std::mem::take(&mut self.open[objective].groups);
                groups.into_iter().for_each(|group| self.count(group, Weight::take));
                closed.push(objective);
            }
        }
        closed
    }
}
