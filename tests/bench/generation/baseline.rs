//! A plain search: the rows that share most words with the text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use redan::text::{stem, words};

use super::rows::Table;

/// As many rows as wanted; a word that few rows have weighs more.
pub fn search(text: &str, table: Table, wanted: usize) -> BTreeSet<&'static str> {
    let said = stems(text);
    let rows: Vec<(&str, BTreeSet<String>)> =
        table.rows().into_iter().map(|(key, _, words)| (key, stems(&words))).collect();
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    rows.iter().flat_map(|(_, words)| words).for_each(|word| *common.entry(word).or_default() += 1);
    let score = |words: &BTreeSet<String>| {
        let shared = words.intersection(&said).map(|word| 1000 / common[word.as_str()]);
        shared.sum::<usize>()
    };
    let mut scored: Vec<(usize, &str)> = rows.iter().map(|(key, words)| (score(words), *key)).collect();
    scored.sort_by_key(|(score, key)| (Reverse(*score), *key));
    scored.into_iter().take(wanted).map(|(_, key)| key).collect()
}

fn stems(text: &str) -> BTreeSet<String> {
    words(text).iter().filter(|word| word.text.len() > 2).map(|word| stem(&word.text)).collect()
}
