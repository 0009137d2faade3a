//! BM25 over the words of requirements (k1 1.2, b 0.75), in millionths.

use std::collections::{BTreeMap, HashMap};

use super::log::log2;

/// Requirements by the terms they hold.
pub struct Index {
    /// Requirements by term, each with how often it is there.
    postings: HashMap<String, Vec<(usize, u64)>>,
    lengths: Vec<u64>,
    total: u64,
}

/// A requirement and what speaks for it, in thousandths of what could.
pub(super) type Scored = (usize, u32);

impl Index {
    pub fn new(documents: impl Iterator<Item = Vec<String>>) -> Index {
        let (mut postings, mut lengths): (HashMap<String, Vec<(usize, u64)>>, Vec<u64>) = Default::default();
        for (at, terms) in documents.enumerate() {
            lengths.push(terms.len() as u64);
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            terms.into_iter().for_each(|term| *counts.entry(term).or_default() += 1);
            counts.into_iter().for_each(|(term, count)| postings.entry(term).or_default().push((at, count)));
        }
        let total = lengths.iter().sum();
        Index { postings, lengths, total }
    }

    /// Requirements that share a term, the best first; of equals the earlier one.
    pub fn ask(&self, terms: &[String]) -> Vec<Scored> {
        let (mut scores, mut most) = (vec![0u64; self.lengths.len()], 0u64);
        for (term, count) in counted(terms) {
            let weight = self.weight(term) * count;
            most += weight * 2_200 / 1_000;
            for &(at, times) in self.postings.get(term).into_iter().flatten() {
                scores[at] += weight * self.saturation(at, times) / 1_000_000;
            }
        }
        let thousandths = |score: u64| u32::try_from(score * 1000 / most.max(1)).unwrap_or(1000).min(1000);
        let mut found: Vec<(usize, u64)> = scores.into_iter().enumerate().filter(|(_, score)| *score > 0).collect();
        found.sort_by_key(|&(at, score)| (std::cmp::Reverse(score), at));
        found.into_iter().map(|(at, score)| (at, thousandths(score))).collect()
    }

    /// Terms that a requirement shares with the question, the rarest first.
    pub fn shared(&self, at: usize, terms: &[String]) -> Vec<&str> {
        let mut shared: Vec<(u64, &str)> = Vec::new();
        for (term, _) in counted(terms) {
            let Some((term, postings)) = self.postings.get_key_value(term) else { continue };
            if postings.iter().any(|(other, _)| *other == at) {
                shared.push((self.weight(term), term));
            }
        }
        shared.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        shared.into_iter().map(|(_, term)| term).collect()
    }

    /// How much a term says: ln(1 + (N − n + ½) / (n + ½)), in millionths. A term that no requirement has counts as one
    /// that a single one has, so that a control about something else scores low.
    fn weight(&self, term: &str) -> u64 {
        let holders = self.postings.get(term).map_or(1, Vec::len) as u64;
        let log = log2(2 * self.lengths.len() as u64 + 2, 2 * holders + 1);
        // ln 2 is 0.693147; logarithms come in 65,536ths.
        log * 693_147 / 65_536
    }

    /// tf (k1 + 1) / (tf + k1 (1 − b + b · length / average)), in millionths.
    fn saturation(&self, at: usize, times: u64) -> u64 {
        let documents = self.lengths.len() as u64;
        let long = 900_000 * self.lengths[at] * documents / self.total.max(1);
        times * 2_200_000 * 1_000_000 / (times * 1_000_000 + 300_000 + long)
    }
}

fn counted(terms: &[String]) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::new();
    terms.iter().for_each(|term| *counts.entry(term.as_str()).or_default() += 1);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn rare_words_weigh_more_and_the_order_of_words_does_not() {
        let index =
            Index::new(["token cookie secure", "token bind certificate", "token expire"].map(terms).into_iter());
        let found = index.ask(&terms("token certificate"));
        assert_eq!(found[0].0, 1);
        assert_eq!(found.len(), 3);
        assert_eq!(found, index.ask(&terms("certificate token")));
        assert_eq!(index.shared(1, &terms("token certificate")), ["certificate", "token"]);
        assert!(index.ask(&terms("nothing shared")).is_empty());
    }

    #[test]
    fn it_is_bm25() {
        let documents = ["a b c", "a a d", "e"];
        let index = Index::new(documents.map(terms).into_iter());
        let (n, average) = (3.0_f64, 7.0 / 3.0);
        let idf = |df: f64| (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        let part = |tf: f64, length: f64| tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / average));
        let most = 2.2 * (idf(2.0) + idf(1.0));
        let expected = [
            (1, (idf(2.0) * part(2.0, 3.0) + idf(1.0) * part(1.0, 3.0)) / most),
            (0, idf(2.0) * part(1.0, 3.0) / most),
        ];
        for (found, (at, score)) in index.ask(&terms("a d")).into_iter().zip(expected) {
            assert_eq!(found.0, at);
            assert!((f64::from(found.1) - score * 1000.0).abs() < 2.0, "{found:?} {score}");
        }
    }
}
