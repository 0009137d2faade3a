//! Rankings and what they are worth: recall among the first 5 and 20, a hit at the first place, each with an interval.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use redan::comply::Clause;
use redan::comply::mapping::{Index, Mapper, Neighbours, Query, terms};

use super::set::{Question, Set};

/// What one way of ranking finds.
pub struct Figures {
    pub way: &'static str,
    pub recall5: Figure,
    pub recall20: Figure,
    pub hit1: Figure,
}

/// A mean over questions with its 95 % bootstrap interval.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Random, popularity, plain BM25 over stems and headings, and what is shipped.
pub fn figures(set: &Set) -> Vec<Figures> {
    let clauses: Vec<&Clause> = set.pack.active().collect();
    let index = Index::new(clauses.iter().map(|clause| words(set, clause)));
    let mapper = Mapper::new(&set.pack, |_| true);
    let ids = |positions: Vec<usize>| positions.into_iter().map(|at| clauses[at].id.clone()).collect::<Vec<_>>();
    let random = |_: &Question, seed: usize| ids(shuffled(clauses.len(), seed as u64));
    let popular = |question: &Question, _: usize| popular(set, question);
    let bm25 =
        |question: &Question, _: usize| ids(index.ask(&terms(&question.text)).into_iter().map(|(at, _)| at).collect());
    let shipped = |question: &Question, _: usize| {
        let query = Query { text: &question.text, ..Query::default() };
        let found = mapper.candidates(&query, &Neighbours::default(), 20);
        found.into_iter().map(|one| one.clause.id.clone()).collect()
    };
    let ways: [(&str, &dyn Fn(&Question, usize) -> Vec<String>); 4] =
        [("random", &random), ("popularity", &popular), ("BM25", &bm25), ("shipped", &shipped)];
    ways.into_iter().map(|(way, rank)| measured(set, way, rank)).collect()
}

fn words(set: &Set, clause: &Clause) -> Vec<String> {
    let heads: Vec<&str> = set.pack.above(clause).map(|above| above.title.as_str()).collect();
    terms(&format!("{} {} {}", clause.title, clause.text, heads.join(" ")))
}

fn measured(set: &Set, way: &'static str, rank: &dyn Fn(&Question, usize) -> Vec<String>) -> Figures {
    let ranked: Vec<Vec<String>> = set.questions.iter().enumerate().map(|(at, one)| rank(one, at)).collect();
    let recall = |first: usize| -> Vec<f64> {
        let share = |(question, ranked): (&Question, &Vec<String>)| {
            let found: BTreeSet<&String> =
                ranked.iter().take(first).filter(|id| question.truth.contains(*id)).collect();
            found.len() as f64 / question.truth.len().min(first) as f64
        };
        set.questions.iter().zip(&ranked).map(share).collect()
    };
    Figures { way, recall5: interval(&recall(5)), recall20: interval(&recall(20)), hit1: interval(&recall(1)) }
}

/// What the other families are mapped to most.
fn popular(set: &Set, question: &Question) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let others = set.questions.iter().filter(|other| other.family != question.family);
    others.flat_map(|other| &other.truth).for_each(|id| *counts.entry(id).or_default() += 1);
    let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    ranked.into_iter().map(|(id, _)| id.to_owned()).collect()
}

const DRAWS: usize = 1000;

fn interval(values: &[f64]) -> Figure {
    let all = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut dice = Dice(7);
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| (0..values.len()).map(|_| values[dice.below(values.len())]).sum::<f64>() / values.len().max(1) as f64)
        .collect();
    means.sort_by(f64::total_cmp);
    Figure { mean: all, low: means[DRAWS / 40], high: means[DRAWS - 1 - DRAWS / 40] }
}

fn shuffled(length: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut dice = Dice(seed * 2 + 1);
    (1..length).rev().for_each(|at| order.swap(at, dice.below(at + 1)));
    order
}

/// A generator that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// The figures of a set for people.
pub fn table(set: &Set) -> String {
    let mut text =
        format!("{} ({} questions, {} requirements)\n", set.name, set.questions.len(), set.pack.active().count());
    let _ = writeln!(text, "  {:<12} {:<20} {:<20} hit@1", "", "recall@5", "recall@20");
    for figures in figures(set) {
        let cell = |one: Figure| format!("{:.2} ({:.2}–{:.2})", one.mean, one.low, one.high);
        let Figures { way, recall5, recall20, hit1 } = figures;
        let _ = writeln!(text, "  {way:<12} {:<20} {:<20} {}", cell(recall5), cell(recall20), cell(hit1));
    }
    text
}
