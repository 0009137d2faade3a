//! What the tracker shows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Key, Mark, Shown, Wish};
use crate::model::ModelId;

/// How a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Open,
    /// Closed as completed.
    Done,
    /// Closed as anything else.
    Gone,
    /// Closed, and the tracker does not tell whether it was done.
    Closed,
}

impl State {
    pub fn open(self) -> bool {
        self == State::Open
    }
}

impl From<Shown> for State {
    fn from(shown: Shown) -> State {
        match shown {
            Shown::Open => State::Open,
            Shown::Done => State::Done,
            Shown::Gone => State::Gone,
        }
    }
}

/// A ticket of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The control, as its text says, else as the link does that led here.
    pub key: Key,
    /// As people name it: `acme/payments#12`, `PAY-12`.
    pub at: String,
    /// Where people read it.
    pub url: String,
    /// Smaller is older. 0 where only its line in tickets.toml leads to it: it was there before any that a list shows.
    pub number: u64,
    /// Whether it lies where new tickets are made.
    pub home: bool,
    /// Absent when somebody took our block away.
    pub mark: Option<Mark>,
    /// Memories of other controls in its text: somebody pasted them.
    pub others: Vec<Mark>,
    pub title: String,
    pub state: State,
    /// Whether it bears the label it is found by.
    pub labelled: bool,
    /// Whether it has a parent, or none is wanted.
    pub nested: bool,
    /// Whether anybody said anything.
    pub comments: bool,
    /// Its text as the tracker keeps it.
    pub body: Value,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The tracker says that it is deleted.
    Deleted,
    /// Deleted, or moved to where this token does not see it: the tracker does not tell.
    Hidden,
    /// It is there and names another control, or several, and nothing says which of them it is for.
    Other,
    /// It is there and bears neither our label nor our lines, or is no issue.
    Stranger,
    /// The link names no ticket.
    Odd,
}

/// Everything the tracker shows of the controls in question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remote {
    pub seen: Vec<Seen>,
    pub lost: BTreeMap<Key, (String, Lost)>,
    /// Controls of which a ticket speaks that may be for another one, with its place.
    pub unsure: BTreeMap<Key, String>,
}

impl Seen {
    /// Every control that its text names, or the link does that led here.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(self.others.iter().map(|mark| &mark.key))
    }

    /// The same ticket, taken for one of the other controls that its text names.
    #[must_use]
    pub fn taken_for(mut self, key: &Key) -> Seen {
        let Some(at) = self.others.iter().position(|mark| mark.key == *key) else { return self };
        let mark = self.others.swap_remove(at);
        self.others.extend(self.mark.replace(mark));
        self.key = key.clone();
        self
    }
}

impl Remote {
    /// What a list shows. A ticket is for the control that its text names; where people pasted blocks of others into it,
    /// or instead of ours, it is for the one whose line in tickets.toml (`claims`, by place in lower case) leads to it.
    pub fn sift(listed: Vec<Seen>, claims: &BTreeMap<String, Vec<Key>>) -> Remote {
        let mut remote = Remote::default();
        for seen in listed {
            let claimed = claims.get(&seen.at.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
            let both: Vec<&Key> = seen.keys().filter(|key| claimed.is_empty() || claimed.contains(key)).collect();
            match both.as_slice() {
                [only] => {
                    let only = (*only).clone();
                    remote.seen.push(seen.taken_for(&only));
                }
                _ => remote.unsure.extend(seen.keys().chain(claimed).map(|key| (key.clone(), seen.at.clone()))),
            }
        }
        remote
    }

    /// The tickets of a control, the oldest first: it stays. Whoever sees two of them picks the same.
    pub fn of(&self, key: &Key) -> Vec<&Seen> {
        let mut of: Vec<&Seen> = self.seen.iter().filter(|seen| seen.key == *key).collect();
        of.sort_by_key(|seen| seen.number);
        of
    }
}

/// Models whose tickets another workspace keeps, each with that workspace and one of the tickets. Whoever keeps one
/// ticket of a model keeps all of them.
pub fn foreign<'s>(wishes: &[Wish], seen: impl IntoIterator<Item = &'s Seen>) -> BTreeMap<ModelId, (String, String)> {
    let mut foreign = BTreeMap::new();
    let ours = |seen: &Seen| wishes.iter().find(|wish| wish.key.model == seen.key.model)?.repo.clone();
    for seen in seen {
        let theirs = seen.mark.as_ref().and_then(|mark| mark.repo.clone());
        if let Some((_, theirs)) = ours(seen).zip(theirs).filter(|(ours, theirs)| ours != theirs) {
            foreign.entry(seen.key.model.clone()).or_insert_with(|| (theirs, seen.at.clone()));
        }
    }
    foreign
}
