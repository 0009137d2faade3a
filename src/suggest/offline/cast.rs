//! Who and what stands in the model: the parts of the system first, then what is at stake in them, then who comes for it.

use std::cmp::Reverse;

use super::hear::Heard;
use super::place::VENDOR;
use super::write::id;
use super::{foes, stakes};
use crate::model::{Id, Kind, Properties};
use crate::suggest::{AssetKind, AttackerKind, ComponentKind, Knowledge, Mention, Premise, Subject};

/// Parts that a text names by kind, at most; those that a file names one by one all count.
const PARTS: usize = 14;
/// Assumptions, at most: each wants somebody's word.
const PREMISES: usize = 4;

/// Kinds that are described beside their code.
const INTERFACES: [Subject; 2] = [Subject::Component("rest-api"), Subject::Component("grpc-service")];

/// A part of the system.
pub struct Part<'k> {
    pub id: Id,
    pub kind: &'k ComponentKind,
    /// Where it is named, the first place first.
    pub mentions: Vec<&'k Mention>,
}

impl<'k> Part<'k> {
    /// A file calls it by its own name.
    pub fn named(&self) -> bool {
        self.mentions[0].name.is_some()
    }

    /// Where its code lives; empty while unknown.
    pub fn folder(&self) -> &'k str {
        self.mentions
            .iter()
            .map(|mention| mention.folder.as_str())
            .find(|folder| !folder.is_empty())
            .unwrap_or_default()
    }

    /// Whether a file lies in its folder.
    fn holds(&self, path: &str) -> bool {
        let folder = self.folder();
        !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Networks and the like that it lies in.
    pub fn places(&self) -> impl Iterator<Item = (&'k str, &'k Mention)> + '_ {
        self.mentions.iter().flat_map(|mention| mention.places.iter().map(move |place| (place.as_str(), *mention)))
    }

    /// Whether it answers to the outside; one file that says so is enough.
    pub fn exposed(&self) -> Option<bool> {
        self.mentions.iter().filter_map(|mention| mention.exposed).max()
    }

    /// Somebody else runs it: a text says so or names their product, and no file runs it here.
    pub fn outside(&self) -> bool {
        let ours = |mention: &&&Mention| mention.structure && mention.name.is_some();
        self.mentions.iter().find(ours).is_none() && self.mentions.iter().any(|mention| mention.outside)
    }

    /// A text says that it is not reached from outside.
    pub fn closed(&self) -> bool {
        self.mentions.iter().any(|mention| !mention.structure && mention.exposed == Some(false))
    }

    /// The zone it stands in.
    pub fn zone(&self) -> &'k str {
        if self.outside() { VENDOR } else { self.kind.zone }
    }

    /// One more place that names it. What names its kind outweighs what only shows that it is there.
    fn take(&mut self, kind: &'k ComponentKind, mention: &'k Mention) {
        if !mention.vague && mention.name.is_some() && self.mentions.iter().all(|one| one.vague) {
            self.kind = kind;
        }
        self.mentions.push(mention);
    }
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
    /// Nothing of it is reached from outside.
    pub closed: bool,
    pub notes: Vec<String>,
}

impl<'k> Cast<'k> {
    pub fn new(all: &'k Knowledge, heard: &'k Heard) -> Cast<'k> {
        let mut cast = Cast {
            parts: parts(all, heard),
            stakes: Vec::new(),
            foes: Vec::new(),
            premises: Vec::new(),
            closed: false,
            notes: Vec::new(),
        };
        cast.closed = heard.closed.is_some() || closed(&cast.parts);
        cast.foes = foes::foes(all, heard, &cast);
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

/// The parts: those that files name one by one, then those that a text names by kind, each in the order of its source. Of too many of
/// the latter, those that are named most and that most attackers come for.
fn parts<'k>(all: &'k Knowledge, heard: &'k Heard) -> Vec<Part<'k>> {
    let mut parts: Vec<Part<'k>> = Vec::new();
    let said = |named: bool| heard.mentions.iter().filter(move |mention| mention.name.is_some() == named);
    for mention in said(true).chain(said(false)) {
        let Subject::Component(key) = mention.subject else { continue };
        let Some(kind) = all.component(key) else { continue };
        match part(&parts, mention) {
            Some(at) => parts[at].take(kind, mention),
            None => parts.push(Part { id: id(Kind::Component, 0), kind, mentions: vec![mention] }),
        }
    }
    let mut kept: Vec<usize> = (0..parts.len()).filter(|at| !parts[*at].named()).collect();
    let attracts = |part: &Part<'_>| all.attackers.iter().filter(|one| one.with.contains(&part.kind.key)).count();
    kept.sort_by_key(|at| (Reverse(2 * parts[*at].mentions.len() + attracts(&parts[*at]).min(4)), *at));
    kept.truncate(PARTS);
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        part.named() || kept.contains(&(at - 1))
    });
    parts
}

/// The part that a mention is about: the one of its name or its folder; without a name, the one in whose folder an interface is
/// described, else the first of its kind.
fn part(parts: &[Part<'_>], mention: &Mention) -> Option<usize> {
    let find = |holds: &dyn Fn(&Part<'_>) -> bool| parts.iter().position(holds);
    let kind = |part: &Part<'_>| Subject::Component(part.kind.key) == mention.subject;
    let described = |part: &Part<'_>| {
        mention.structure
            && INTERFACES.contains(&mention.subject)
            && mention.folder.is_empty()
            && part.holds(&mention.path)
    };
    let Some(name) = &mention.name else { return find(&described).or_else(|| find(&kind)) };
    let called =
        |part: &Part<'_>| part.mentions.iter().any(|one| one.name.as_ref().is_some_and(|own| alike(own, name)));
    // Two services of one file are two, also where they are built from one folder.
    let apart = |part: &Part<'_>| part.mentions.iter().all(|one| one.path != mention.path);
    let lies = |part: &Part<'_>| !mention.folder.is_empty() && part.folder() == mention.folder && apart(part);
    find(&called).or_else(|| find(&described)).or_else(|| find(&lies))
}

/// Whether a text closes everything that outsiders would meet.
fn closed(parts: &[Part<'_>]) -> bool {
    let mut met = parts.iter().filter(|part| ["edge", "application", "client"].contains(&part.zone())).peekable();
    met.peek().is_some() && met.all(Part::closed)
}

/// The same but for signs and capitals.
fn alike(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.to_lowercase().replace(['-', '_', '.', ' '], "");
    bare(one) == bare(other)
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
    let shut = heard.closed.as_ref().map(|Mention { words, path, line, .. }| {
        format!("without attackers from the internet, since {path}:{line} says “{words}”")
    });
    let told = |(mention, names): (&Mention, Vec<&str>)| {
        let Mention { words, path, line, .. } = mention;
        let names = match names.as_slice() {
            [one, two, three, rest @ ..] if rest.len() > 1 => format!("{one}, {two}, {three} and {} more", rest.len()),
            few => few.join(", "),
        };
        format!("left out: {names}, since {path}:{line} says that “{words}” is not there")
    };
    places.into_iter().map(told).chain(shut).collect()
}

fn called(all: &Knowledge, subject: Subject) -> Option<&'static str> {
    match subject {
        Subject::Component(key) => all.component(key).map(|kind| kind.name),
        Subject::Asset(key) => all.asset(key).map(|kind| kind.name),
        Subject::Attacker(key) => all.attacker(key).map(|kind| kind.capability),
        Subject::Lack(_) => None,
    }
}
