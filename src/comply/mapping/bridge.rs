//! Requirements that share a CWE number with a control, exactly or by one step over a requirement of another framework that
//! somebody accepted for it; and those that a hub links with it.

use std::collections::BTreeSet;

use super::Query;
use crate::comply::Clause;

/// Numbers that MITRE says not to map to: categories and views, and classes too wide to say anything.
const TOO_WIDE: &[&str] = &[
    "16", "17", "18", "19", "20", "21", "189", "199", "200", "254", "255", "264", "265", "269", "275", "284", "285",
    "287", "310", "320", "345", "355", "361", "371", "388", "389", "398", "399", "400", "417", "429", "435", "438",
    "442", "452", "465", "485", "664", "668", "682", "691", "693", "697", "703", "707", "710",
];

/// Positions with the CWE numbers both have, those with more numbers and links first.
pub(super) fn bridged(clauses: &[&Clause], query: &Query<'_>) -> Vec<(usize, Vec<String>)> {
    let cwes = telling(query.text, query.cwes.iter());
    if cwes.is_empty() && query.links.is_empty() {
        return Vec::new();
    }
    let both = |clause: &Clause| -> Vec<String> {
        clause.cwes().filter(|cwe| cwes.contains(*cwe)).map(str::to_owned).collect()
    };
    let links = |clause: &Clause| query.links.get(&clause.id).map_or(0, Vec::len);
    let mut found: Vec<(usize, usize, Vec<String>)> =
        clauses.iter().enumerate().map(|(at, clause)| (at, links(clause), both(clause))).collect();
    found.retain(|(_, links, both)| links + both.len() > 0);
    found.sort_by_key(|(at, links, both)| (std::cmp::Reverse(links + both.len()), *at));
    found.into_iter().map(|(at, _, both)| (at, both)).collect()
}

/// Numbers that are brought along or stand in a text, and say something.
pub(super) fn telling<'c>(text: &str, brought: impl Iterator<Item = &'c String>) -> BTreeSet<String> {
    let mut cwes: BTreeSet<String> = brought.cloned().collect();
    cwes.extend(written(text));
    cwes.retain(|cwe| !TOO_WIDE.contains(&cwe.as_str()));
    cwes
}

/// Numbers in a text: `CWE-79`, `CWE 79`.
fn written(text: &str) -> BTreeSet<String> {
    let upper = text.to_ascii_uppercase();
    let after = upper.split("CWE").skip(1).map(|rest| rest.trim_start_matches(['-', ' ', ':']));
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    after.map(number).filter(|number| !number.is_empty()).collect()
}
