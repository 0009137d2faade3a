//! Commits and their parents, as numbers: a million of them fit in a few dozen megabytes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use git2::Oid;

/// Commits by number. A commit that is only known as somebody's parent is not `listed`.
#[derive(Debug, Default)]
pub(in crate::history) struct Graph {
    ids: Vec<Oid>,
    numbers: HashMap<[u8; 20], u32, BuildHasherDefault<Own>>,
    /// Where each commit's parents lie in `links`.
    spans: Vec<Option<(u32, u32)>>,
    links: Vec<u32>,
}

impl Graph {
    /// Adds a commit that was walked.
    pub fn add(&mut self, id: Oid, parents: impl Iterator<Item = Oid>) {
        let number = self.intern(id) as usize;
        let start = self.links.len() as u32;
        for parent in parents {
            let parent = self.intern(parent);
            self.links.push(parent);
        }
        self.spans[number] = Some((start, self.links.len() as u32));
    }

    fn intern(&mut self, id: Oid) -> u32 {
        let next = self.ids.len() as u32;
        let number = *self.numbers.entry(key(id)).or_insert(next);
        if number == next {
            self.ids.push(id);
            self.spans.push(None);
        }
        number
    }

    /// Commits that were walked.
    pub fn len(&self) -> usize {
        self.spans.iter().flatten().count()
    }

    pub fn listed(&self, id: Oid) -> bool {
        self.numbers.get(&key(id)).is_some_and(|&number| self.spans[number as usize].is_some())
    }

    pub fn commits(&self) -> impl Iterator<Item = Oid> + '_ {
        self.ids.iter().zip(&self.spans).filter(|(_, span)| span.is_some()).map(|(id, _)| *id)
    }

    pub fn parents(&self, id: Oid) -> impl Iterator<Item = Oid> + '_ {
        let number = self.numbers.get(&key(id)).copied();
        self.links_of(number).iter().map(|&parent| self.ids[parent as usize])
    }

    fn links_of(&self, number: Option<u32>) -> &[u32] {
        match number.and_then(|number| self.spans[number as usize]) {
            Some((start, end)) => &self.links[start as usize..end as usize],
            None => &[],
        }
    }

    /// The way down from a commit: by first parents, and from a merge that has one of `through` further down by the first
    /// parent that has it too, the first of them before the others. Where that leaves it open, a merge goes on by the parent
    /// that `pulled` names for it. Ends before what is not listed, and before a `stop`.
    pub fn way(&self, tip: Oid, (through, pulled): (&[Oid], &HashMap<Oid, Oid>), stop: impl Fn(Oid) -> bool) -> Way {
        let mut way = Way::default();
        let mut goals = through.iter().filter_map(|id| self.number(*id));
        let (mut next, mut goal, mut plan) = (self.number(tip), u32::MAX, Vec::new());
        while let Some(at) = next {
            while plan.is_empty() {
                let Some(farther) = goals.next() else { break };
                (goal, plan) = (farther, self.stretch(at, farther).unwrap_or_default());
            }
            let id = self.ids[at as usize];
            if self.spans[at as usize].is_none() || stop(id) {
                way.end = Some(id);
                break;
            }
            way.commits.push(id);
            let (first, planned) = (self.links_of(Some(at)).first().copied(), plan.pop());
            next = planned.or(first);
            let Some(pulled) = pulled.get(&id).and_then(|to| self.number(*to)) else {
                way.turn(id, next.filter(|_| next != first).map(|to| self.ids[to as usize]));
                continue;
            };
            match planned.map(|_| self.stretch(pulled, goal)) {
                None => next = Some(pulled),
                Some(Some(stretch)) => (next, plan) = (Some(pulled), stretch),
                Some(None) => {}
            }
            way.turn(id, next.map(|to| self.ids[to as usize]));
        }
        way
    }

    fn number(&self, id: Oid) -> Option<u32> {
        self.numbers.get(&key(id)).copied()
    }

    /// What comes after a commit on the way to one that it descends from, the last first; nothing where it does not. By
    /// first parents, if that one is on their line; else each time by the first parent that has it.
    fn stretch(&self, from: u32, goal: u32) -> Option<Vec<u32>> {
        let mut stretch = self.straight(from, goal).or_else(|| self.bent(from, goal))?;
        stretch.reverse();
        stretch.pop();
        Some(stretch)
    }

    fn straight(&self, from: u32, goal: u32) -> Option<Vec<u32>> {
        let mut way = vec![from];
        while let Some(&at) = way.last().filter(|at| **at != goal) {
            way.push(*self.links_of(Some(at)).first()?);
        }
        Some(way)
    }

    fn bent(&self, from: u32, goal: u32) -> Option<Vec<u32>> {
        let mut has: Vec<Option<bool>> = vec![None; self.ids.len()];
        has[goal as usize] = Some(true);
        let mut open = vec![from];
        while let Some(&at) = open.last() {
            let (parents, height) = (self.links_of(Some(at)), open.len());
            if has[at as usize].is_none() {
                open.extend(parents.iter().filter(|parent| has[**parent as usize].is_none()));
            }
            if open.len() == height {
                let reaches = parents.iter().any(|parent| has[*parent as usize] == Some(true));
                has[at as usize].get_or_insert(reaches);
                open.pop();
            }
        }
        let mut way = vec![from];
        while let Some(&at) = way.last().filter(|at| **at != goal) {
            way.push(*self.links_of(Some(at)).iter().find(|parent| has[**parent as usize] == Some(true))?);
        }
        Some(way)
    }

    /// Gives every commit that `from` reaches and nobody has labelled yet the label.
    pub fn label(&self, from: Oid, label: u32, labels: &mut Labels) {
        labels.of.resize(self.ids.len(), u32::MAX);
        let mut open: Vec<u32> = self.numbers.get(&key(from)).copied().into_iter().collect();
        while let Some(number) = open.pop() {
            if labels.of[number as usize] == u32::MAX && self.spans[number as usize].is_some() {
                labels.of[number as usize] = label;
                open.extend_from_slice(self.links_of(Some(number)));
            }
        }
    }

    pub fn labelled(&self, id: Oid, labels: &Labels) -> Option<u32> {
        let number = *self.numbers.get(&key(id))?;
        labels.of.get(number as usize).copied().filter(|&label| label != u32::MAX)
    }
}

/// The bytes of an id, which compare faster than libgit2's own form of it.
fn key(id: Oid) -> [u8; 20] {
    let mut key = [0; 20];
    key.copy_from_slice(id.as_bytes());
    key
}

/// Ids are hashes already: their first bytes will do.
#[derive(Debug, Default)]
struct Own(u64);

impl Hasher for Own {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_ne_bytes(*first);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A way down through history.
#[derive(Debug, Default)]
pub(in crate::history) struct Way {
    /// Newest first.
    pub commits: Vec<Oid>,
    /// Merges that it leaves by another parent than the first, or whose words were not believed, with the parent; newest
    /// first.
    pub turns: Vec<(Oid, Oid)>,
    /// The commit that comes next and is not on it any more; `None` = it began with the last.
    pub end: Option<Oid>,
}

impl Way {
    fn turn(&mut self, merge: Oid, parent: Option<Oid>) {
        self.turns.extend(parent.map(|parent| (merge, parent)));
    }
}

/// A number for each commit.
#[derive(Debug, Default)]
pub(in crate::history) struct Labels {
    of: Vec<u32>,
}
