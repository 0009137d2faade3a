//! Rankings and what they are worth: recall among the first 5 and 20, a hit at the first place, each with an interval.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use redan::comply::Clause;
use redan::comply::mapping::{Index, Mapper, Neighbours, Query, terms};

use super::set::{Question, Set};

/// Somebody who chooses among what was found for every question of a set.
pub trait Picking {
    /// Numbers by question, the best first.
    fn picks(&self, set: &Set, mapper: &Mapper<'_>) -> Vec<Vec<String>>;
}

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

/// Random, popularity, plain BM25 over stems and headings, that joined with shared CWE numbers by reciprocal ranks, what is shipped; and what
/// a language model chose of it, where an exchange is there.
pub fn figures(set: &Set, exchange: Option<&dyn Picking>) -> Vec<Figures> {
    let clauses: Vec<&Clause> = set.pack.active().collect();
    let index = Index::new(clauses.iter().map(|clause| words(set, clause)));
    let mapper = Mapper::new(&set.pack, |_| true);
    let ids = |positions: Vec<usize>| positions.into_iter().map(|at| clauses[at].id.clone()).collect::<Vec<_>>();
    let random = |_: &Question, seed: usize| ids(shuffled(clauses.len(), seed as u64));
    let popular = |question: &Question, _: usize| popular(set, question);
    let bm25 =
        |question: &Question, _: usize| ids(index.ask(&terms(&question.text)).into_iter().map(|(at, _)| at).collect());
    let ranked = |question: &Question, _: usize| {
        let words: Vec<usize> = index.ask(&terms(&question.text)).into_iter().map(|(at, _)| at).collect();
        let both = |at: &usize| clauses[*at].cwes().any(|cwe| question.cwes.contains(cwe));
        ids(reciprocal(&[words, (0..clauses.len()).filter(both).collect()]))
    };
    let shipped = |question: &Question, _: usize| {
        let query = Query { text: &question.text, cwes: question.cwes.clone(), ..Query::default() };
        let found = mapper.candidates(&query, &Neighbours::default(), 20);
        found.into_iter().map(|one| one.clause.id.clone()).collect()
    };
    #[expect(clippy::type_complexity, reason = "a table of names and closures that borrow from here")]
    let ways: [(&str, &dyn Fn(&Question, usize) -> Vec<String>); 5] =
        [("random", &random), ("popularity", &popular), ("BM25", &bm25), ("ranks", &ranked), ("shipped", &shipped)];
    let mut figures: Vec<Figures> = ways.into_iter().map(|(way, rank)| measured(set, way, rank)).collect();
    if let Some(picks) = exchange.map(|exchange| exchange.picks(set, &mapper)) {
        figures.push(measured(set, "re-ranked", &|_, at| picks[at].clone()));
    }
    figures
}

/// Lists joined by the sums of 1 / (60 + rank), as others do.
fn reciprocal(lists: &[Vec<usize>]) -> Vec<usize> {
    let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
    for (rank, at) in lists.iter().flat_map(|list| list.iter().enumerate()).filter(|(rank, _)| *rank < 100) {
        *sums.entry(*at).or_default() += 1_000_000 / (60 + rank as u64);
    }
    let mut order: Vec<(usize, u64)> = sums.into_iter().collect();
    order.sort_by_key(|&(at, sum)| (std::cmp::Reverse(sum), at));
    order.into_iter().map(|(at, _)| at).collect()
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
pub fn table(set: &Set, exchange: Option<&dyn Picking>) -> String {
    let mut text =
        format!("{} ({} questions, {} requirements)\n", set.name, set.questions.len(), set.pack.active().count());
    let _ = writeln!(text, "  {:<12} {:<20} {:<20} hit@1", "", "recall@5", "recall@20");
    for figures in figures(set, exchange) {
        let cell = |one: Figure| format!("{:.2} ({:.2}–{:.2})", one.mean, one.low, one.high);
        let Figures { way, recall5, recall20, hit1 } = figures;
        let _ = writeln!(text, "  {way:<12} {:<20} {:<20} {}", cell(recall5), cell(recall20), cell(hit1));
    }
    text
}
