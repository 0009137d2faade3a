//! Rows by what a person calls them.

use std::collections::BTreeSet;

use super::{AssetKind, AttackerKind, ComponentKind, Knowledge, Subject};
use crate::text::{stem, words};

/// A row that words may mean.
#[derive(Debug)]
pub struct Found<'k, T> {
    pub kind: &'k T,
    /// The words hold one of its terms, or its whole name; else they only share words with it.
    pub sure: bool,
    /// Greater is closer: the words that fit, in thousandths of the words there are.
    pub score: usize,
}

/// What may be compared with words.
trait Row {
    fn terms(&self) -> &[&'static str];
    /// What it is called: its own key and name.
    fn name(&self) -> String;
    /// Everything it says.
    fn text(&self) -> String;
}

impl Row for ComponentKind {
    fn terms(&self) -> &[&'static str] {
        &self.terms
    }
    fn name(&self) -> String {
        self.name.to_owned()
    }
    fn text(&self) -> String {
        format!("{} {}", self.key, self.name)
    }
}

impl Row for AssetKind {
    fn terms(&self) -> &[&'static str] {
        &self.terms
    }
    fn name(&self) -> String {
        self.name.to_owned()
    }
    fn text(&self) -> String {
        format!("{} {} {}", self.key, self.name, self.description)
    }
}

impl Row for AttackerKind {
    fn terms(&self) -> &[&'static str] {
        &self.terms
    }
    fn name(&self) -> String {
        self.key.replace('-', " ")
    }
    fn text(&self) -> String {
        format!("{} {} {}", self.key, self.capability, self.position)
    }
}

impl Knowledge {
    /// Attackers that the words may mean, the closest first: `an insider threat with database access`.
    pub fn find_attackers(&self, said: &str) -> Vec<Found<'_, AttackerKind>> {
        find(&self.attackers, said)
    }

    /// Assets that the words may mean, the closest first.
    pub fn find_assets(&self, said: &str) -> Vec<Found<'_, AssetKind>> {
        find(&self.assets, said)
    }

    /// Components that the words may mean, the closest first.
    pub fn find_components(&self, said: &str) -> Vec<Found<'_, ComponentKind>> {
        find(&self.components, said)
    }

    /// Whether a text names the subject and does not deny it.
    pub fn names(&self, text: &str, subject: Subject) -> bool {
        self.spot(text).iter().any(|hit| hit.subject == subject && !hit.denied)
    }
}

/// Words that say nothing about which kind is meant.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "for",
    "with",
    "and",
    "or",
    "to",
    "in",
    "on",
    "from",
    "who",
    "that",
    "which",
    "our",
    "their",
    "its",
    "attacker",
    "threat",
    "actor",
    "adversary",
    "asset",
    "component",
    "new",
    "another",
    "able",
    "can",
    "has",
    "have",
    "is",
];

fn stems(text: &str) -> Vec<String> {
    let kept = words(text).into_iter().map(|word| word.text).filter(|word| !EMPTY.contains(&word.as_str()));
    kept.map(|word| stem(&word)).collect()
}

fn find<'k, T: Row>(rows: &'k [T], said: &str) -> Vec<Found<'k, T>> {
    let said = stems(said);
    let all: BTreeSet<&str> = said.iter().map(String::as_str).collect();
    let score = |row: &'k T| {
        let names = row.terms().iter().map(|term| stems(term)).chain([stems(&row.name())]);
        let named =
            names.filter(|name| !name.is_empty() && runs(&said, name)).map(|name| name.len()).max().unwrap_or(0);
        let text: BTreeSet<String> = stems(&row.text()).into_iter().collect();
        let shared = all.iter().filter(|word| text.contains(**word)).count();
        let found = Found { kind: row, sure: named > 0, score: (named * 2 + shared) * 1000 / (all.len().max(1) * 3) };
        (found.score > 0).then_some(found)
    };
    let mut found: Vec<Found<'k, T>> = rows.iter().filter_map(score).collect();
    found.sort_by_key(|found| std::cmp::Reverse((found.sure, found.score)));
    found
}

/// Whether `run` stands in `words`, one after the other.
fn runs(words: &[String], run: &[String]) -> bool {
    words.windows(run.len()).any(|window| window == run)
}
