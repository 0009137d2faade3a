//! Who and what stands in the model: the parts of the system first, then what is at stake in them, then who comes for it.

use std::cmp::Reverse;

use super::hear::Heard;
use super::write::id;
use super::{foes, stakes};
use crate::model::{Id, Kind, Properties};
use crate::suggest::{AssetKind, AttackerKind, ComponentKind, Knowledge, Mention, Premise, Subject};

/// Parts that a text names by kind, at most; those that a file names one by one all count.
const PARTS: usize = 14;
/// Assumptions, at most: each wants somebody's word.
const PREMISES: usize = 4;

/// A part of the system.
pub struct Part<'k> {
    pub id: Id,
    pub kind: &'k ComponentKind,
    /// Where it is named, the first place first.
    pub mentions: Vec<&'k Mention>,
}

/// Something at stake.
pub struct Stake<'k> {
    pub id: Id,
    pub kind: &'k AssetKind,
    /// What matters of it: the kind's, or its own where it is there already.
    pub properties: &'k Properties,
    /// Where a text names it; else it came with its parts.
    pub mention: Option<&'k Mention>,
    /// The parts that it lies in, as positions in the cast.
    pub parts: Vec<usize>,
}

/// Somebody who comes for it.
pub struct Foe<'k> {
    pub id: Id,
    pub kind: &'k AttackerKind,
    /// Where a text names them; else the parts brought them, or they are everywhere.
    pub mention: Option<&'k Mention>,
    /// The parts that bring them.
    pub parts: Vec<usize>,
}

/// Everybody and everything.
pub struct Cast<'k> {
    pub parts: Vec<Part<'k>>,
    pub stakes: Vec<Stake<'k>>,
    pub foes: Vec<Foe<'k>>,
    pub premises: Vec<&'k Premise>,
    pub notes: Vec<String>,
}

impl<'k> Cast<'k> {
    pub fn new(all: &'k Knowledge, heard: &'k Heard) -> Cast<'k> {
        let mut cast = Cast {
            parts: parts(all, heard),
            stakes: Vec::new(),
            foes: Vec::new(),
            premises: Vec::new(),
            notes: Vec::new(),
        };
        cast.foes = foes::foes(all, heard, &cast.parts);
        cast.stakes = stakes::stakes(all, heard, &cast);
        let stakes = &cast.stakes;
        cast.foes.retain(|foe| stakes.iter().any(|stake| foes::harms(all, foe.kind, stake.properties)));
        cast.number();
        cast.premises = premises(all, &cast);
        cast.notes = notes(all, heard);
        cast
    }

    /// Numbers everybody in their order.
    fn number(&mut self) {
        self.parts.iter_mut().enumerate().for_each(|(at, part)| part.id = id(Kind::Component, at));
        self.stakes.iter_mut().enumerate().for_each(|(at, stake)| stake.id = id(Kind::Asset, at));
        self.foes.iter_mut().enumerate().for_each(|(at, foe)| foe.id = id(Kind::Attacker, at));
    }

    /// Whether a part of one of these kinds is there; no kinds ask for none.
    pub fn has(&self, kinds: &[&str]) -> bool {
        kinds.is_empty() || self.parts.iter().any(|part| kinds.contains(&part.kind.key))
    }
}

/// The parts in the order of the text; of too many, those that are named most and that most attackers come for.
fn parts<'k>(all: &'k Knowledge, heard: &'k Heard) -> Vec<Part<'k>> {
    let mut parts: Vec<Part<'k>> = Vec::new();
    for mention in &heard.mentions {
        let Subject::Component(key) = mention.subject else { continue };
        let same = |part: &&mut Part<'_>| part.kind.key == key && part.mentions[0].name == mention.name;
        match parts.iter_mut().find(same) {
            Some(part) => part.mentions.push(mention),
            None => parts.extend(all.component(key).map(|kind| Part {
                id: id(Kind::Component, 0),
                kind,
                mentions: vec![mention],
            })),
        }
    }
    let mut kept: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].mentions[0].name.is_none()).collect();
    let attracts = |part: &Part<'_>| all.attackers.iter().filter(|one| one.with.contains(&part.kind.key)).count();
    kept.sort_by_key(|at| (Reverse(2 * parts[*at].mentions.len() + attracts(&parts[*at]).min(4)), *at));
    kept.truncate(PARTS);
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        part.mentions[0].name.is_some() || kept.contains(&(at - 1))
    });
    parts
}

/// What the parts rest on; the premise that most of them share first, then in the order of the table.
fn premises<'k>(all: &'k Knowledge, cast: &Cast<'k>) -> Vec<&'k Premise> {
    let weight = |premise: &&Premise| cast.parts.iter().filter(|part| premise.with.contains(&part.kind.key)).count();
    let mut premises: Vec<&Premise> = all.assumptions.iter().filter(|premise| weight(premise) > 0).collect();
    premises.sort_by_key(|premise| Reverse(weight(premise)));
    premises.truncate(PREMISES);
    premises
}

/// What was left out, and where the text says so; what one place denies stands in one line.
fn notes(all: &Knowledge, heard: &Heard) -> Vec<String> {
    let mut places: Vec<(&Mention, Vec<&str>)> = Vec::new();
    for (subject, mention) in &heard.denied {
        let Some(name) = called(all, *subject) else { continue };
        let same = |(other, _): &&mut (&Mention, _)| {
            (&other.path, other.line, &other.words) == (&mention.path, mention.line, &mention.words)
        };
        match places.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => places.push((mention, vec![name])),
        }
    }
    places.sort_by_key(|(mention, _)| mention.line);
    let told = |(mention, names): (&Mention, Vec<&str>)| {
        let Mention { words, path, line, .. } = mention;
        format!("left out: {}, since {path}:{line} says that “{words}” is not there", names.join(", "))
    };
    places.into_iter().map(told).collect()
}

fn called(all: &Knowledge, subject: Subject) -> Option<&'static str> {
    match subject {
        Subject::Component(key) => all.component(key).map(|kind| kind.name),
        Subject::Asset(key) => all.asset(key).map(|kind| kind.name),
        Subject::Attacker(key) => all.attacker(key).map(|kind| kind.capability),
    }
}
