//! Requirements that share a CWE number with a control: exactly, or by one step over a requirement of another framework
//! that somebody accepted for it.

use std::collections::BTreeSet;

use super::Query;
use crate::comply::Clause;

/// Numbers that MITRE says not to map to: categories and views, and classes too wide to say anything.
const TOO_WIDE: &[&str] = &[
    "16", "17", "18", "19", "20", "21", "189", "199", "200", "254", "255", "264", "265", "269", "275", "284", "285",
    "287", "310", "320", "345", "355", "361", "371", "388", "389", "398", "399", "400", "417", "429", "435", "438",
    "442", "452", "465", "485", "664", "668", "682", "691", "693", "697", "703", "707", "710",
];

/// Positions with the numbers both have, those with more first.
pub(super) fn bridged(clauses: &[&Clause], query: &Query<'_>) -> Vec<(usize, Vec<String>)> {
    let mut cwes = query.cwes.clone();
    cwes.extend(written(query.text));
    cwes.retain(|cwe| !TOO_WIDE.contains(&cwe.as_str()));
    if cwes.is_empty() {
        return Vec::new();
    }
    let both = |clause: &Clause| -> Vec<String> {
        clause.cwes().filter(|cwe| cwes.contains(*cwe)).map(str::to_owned).collect()
    };
    let mut found: Vec<(usize, Vec<String>)> = clauses.iter().map(|clause| both(clause)).enumerate().collect();
    found.retain(|(_, both)| !both.is_empty());
    found.sort_by_key(|(at, both)| (std::cmp::Reverse(both.len()), *at));
    found
}

/// Numbers in a text: `CWE-79`, `CWE 79`.
fn written(text: &str) -> BTreeSet<String> {
    let upper = text.to_ascii_uppercase();
    let after = upper.split("CWE").skip(1).map(|rest| rest.trim_start_matches(['-', ' ', ':']));
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    after.map(number).filter(|number| !number.is_empty()).collect()
}
