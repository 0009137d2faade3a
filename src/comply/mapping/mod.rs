//! Which requirements a control may be about: proposals with their grounds, never decisions. Everything is counted in
//! whole numbers, so that the answer has the same bytes on every machine.

mod bridge;
mod found;
mod fuse;
mod hub;
mod lexical;
mod log;
mod neighbour;
mod terms;

use std::collections::BTreeSet;

use super::{Alias, Clause, Pack};
use crate::model::MappingMethod;

pub use found::Found;
pub use hub::{Anchors, Links, links};
pub use lexical::Index;
pub use neighbour::{Neighbour, Neighbours};
pub use terms::terms;

/// What is known of a control.
#[derive(Debug, Clone, Default)]
pub struct Query<'q> {
    /// Its own words, never those of threats.
    pub text: &'q str,
    /// CWE numbers that other frameworks' requirements bring, which somebody accepted for it.
    pub cwes: BTreeSet<String>,
    /// What bridges link with it, by number within the framework.
    pub links: Links,
}

/// A requirement that a control may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'p> {
    pub clause: &'p Clause,
    /// What speaks for it most.
    pub method: MappingMethod,
    /// Thousandths of the control's words, by their weight, that the requirement has too; 1000 where the control names it.
    pub score: u32,
    /// The grounds, a few words each: matched words, the CWE both have, the controls nearby.
    pub grounds: Vec<String>,
    /// Who else than the words brought it up, where that is what speaks for it most.
    pub found: Option<Found>,
}

/// A pack made ready for questions.
pub struct Mapper<'p> {
    pack: &'p Pack,
    clauses: Vec<&'p Clause>,
    index: Index,
    aliases: Vec<Alias>,
}

impl<'p> Mapper<'p> {
    /// `within` says which requirements may be proposed.
    pub fn new(pack: &'p Pack, within: impl Fn(&Clause) -> bool) -> Mapper<'p> {
        let clauses: Vec<&Clause> = pack.active().filter(|clause| within(clause)).collect();
        let index = Index::new(clauses.iter().map(|clause| words(pack, clause)));
        let aliases = pack.aliases.iter().filter_map(|alias| Alias::compile(alias).ok()).collect();
        Mapper { pack, clauses, index, aliases }
    }

    /// Candidates, the best first, at most so many.
    pub fn candidates(&self, query: &Query<'_>, neighbours: &Neighbours, most: usize) -> Vec<Candidate<'p>> {
        let lexical = self.index.ask(&terms(query.text));
        let named = self.named(query.text);
        let bridged = bridge::bridged(&self.clauses, query);
        let near = neighbours.votes(query.text, &self.clauses);
        let lists = fuse::Lists { named: &named, lexical: &lexical, bridged: &bridged, near: &near };
        fuse::fuse(&lists, most).into_iter().map(|found| self.candidate(found, query, &lists)).collect()
    }

    /// Positions of requirements that the text names, in the order of naming.
    fn named(&self, text: &str) -> Vec<usize> {
        let mut named = Vec::new();
        for id in self.aliases.iter().flat_map(|alias| alias.find(text)) {
            let clause = self.pack.meant(id);
            let at = clause.and_then(|clause| self.clauses.iter().position(|other| other.id == clause.id));
            named.extend(at.filter(|at| !named.contains(at)));
        }
        named
    }

    fn candidate(&self, found: fuse::Found, query: &Query<'_>, lists: &fuse::Lists<'_>) -> Candidate<'p> {
        let clause = self.clauses[found.at];
        let mut grounds = Vec::new();
        if lists.named.contains(&found.at) {
            grounds.push(format!("named: {}", clause.id));
        }
        let shared = self.index.shared(found.at, &terms(query.text));
        let words = shared.iter().filter_map(|stem| terms::said(query.text).find(|(other, _)| other == stem));
        let words: Vec<String> = words.map(|(_, word)| word).collect();
        if !words.is_empty() {
            grounds.push(format!("words: {}", words.join(" ")));
        }
        if let Some((_, cwes)) = lists.bridged.iter().find(|(at, cwes)| *at == found.at && !cwes.is_empty()) {
            let cwes: Vec<String> = cwes.iter().map(|cwe| format!("CWE-{cwe}")).collect();
            grounds.push(format!("both: {}", cwes.join(" ")));
        }
        let linked = query.links.get(&clause.id).map(Vec::as_slice).unwrap_or_default();
        grounds.extend(linked.iter().map(Found::to_string));
        if let Some((_, votes)) = lists.near.iter().find(|(at, _)| *at == found.at) {
            grounds.push(format!("accepted for {votes} controls like it"));
        }
        let by = linked.first().filter(|_| found.method == MappingMethod::Bridge).cloned();
        Candidate { clause, method: found.method, score: found.score, grounds, found: by }
    }
}

/// The words of a requirement with those of its headings.
fn words(pack: &Pack, clause: &Clause) -> Vec<String> {
    let mut text = format!("{} {}", clause.title, clause.text);
    let heads = pack.above(clause).map(|above| above.title.as_str());
    heads.chain(clause.tags.iter().map(String::as_str)).for_each(|words| {
        text.push(' ');
        text.push_str(words);
    });
    terms(&text)
}
