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

/// A number for each commit.
#[derive(Debug, Default)]
pub(in crate::history) struct Labels {
    of: Vec<u32>,
}
