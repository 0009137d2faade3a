//! What a brief names, and what it says is not there.

use std::collections::{BTreeMap, BTreeSet};

use crate::suggest::{Brief, Hit, Knowledge, Mention, Subject};

use super::place::VENDOR;

/// Everything that was named, in the order of the texts.
pub struct Heard {
    pub mentions: Vec<Mention>,
    /// What is denied and nowhere affirmed, with the place.
    pub denied: BTreeMap<Subject, Mention>,
    /// Where a text says that the whole system is not reached from outside.
    pub closed: Option<Mention>,
}

impl Heard {
    pub fn new(all: &Knowledge, brief: &Brief) -> Heard {
        let mut heard = Heard { mentions: Vec::new(), denied: BTreeMap::new(), closed: None };
        // What is said to lie with others.
        let mut lent = Vec::new();
        for text in &brief.texts {
            let said = all.listen(&text.content);
            let elsewhere: BTreeSet<usize> =
                said.hits.iter().filter(|hit| theirs(all, hit)).map(|hit| hit.sentence).collect();
            for hit in said.hits {
                let mention = mention(&hit, &text.path);
                match (hit.denied, hit.subject) {
                    (true, _) => drop(heard.denied.entry(hit.subject).or_insert(mention)),
                    (false, Subject::Lack(_)) => {}
                    (false, _) => {
                        lent.push(elsewhere.contains(&hit.sentence) && !theirs(all, &hit));
                        heard.mentions.push(mention);
                    }
                }
            }
            let closed = said.closed.map(|(words, line)| Mention { words, line, ..at(&text.path) });
            heard.closed = heard.closed.or(closed);
        }
        heard.mentions.extend(brief.mentions.iter().cloned());
        heard.weigh(all, &lent);
        heard
    }

    /// Where something is named.
    pub fn of(&self, subject: Subject) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.subject == subject)
    }

    /// What is said to be there stays, unless it lies with others and is denied of us; what is denied takes along what hangs on it.
    fn weigh(&mut self, all: &Knowledge, lent: &[bool]) {
        let Heard { mentions, denied, .. } = self;
        let said = |subject: &Subject| {
            let mut here = mentions.iter().enumerate().filter(|(_, mention)| mention.subject == *subject);
            here.any(|(at, _)| !lent.get(at).is_some_and(|lent| *lent))
        };
        let mut gone: BTreeMap<Subject, Mention> = BTreeMap::new();
        for (subject, mention) in denied.iter() {
            match subject {
                Subject::Lack(key) => {
                    let kinds: Vec<Subject> = lacking(all, key).collect();
                    let runs = |kind: &Subject| matches!(kind, Subject::Component(_)) && said(kind);
                    if !kinds.iter().any(runs) {
                        let kinds = kinds.into_iter().filter(|kind| !said(kind));
                        kinds.for_each(|kind| {
                            gone.entry(kind).or_insert_with(|| mention.clone());
                        });
                    }
                }
                subject if !said(subject) => drop(gone.insert(*subject, mention.clone())),
                _ => {}
            }
        }
        *denied = gone;
        mentions.retain(|mention| !denied.contains_key(&mention.subject));
    }
}

fn at(path: &str) -> Mention {
    Mention { path: path.to_owned(), ..Mention::of(Subject::Lack("outside")) }
}

fn mention(hit: &Hit, path: &str) -> Mention {
    Mention {
        subject: hit.subject,
        words: hit.words.clone(),
        line: hit.line,
        outside: hit.outside,
        exposed: hit.closed.then_some(false),
        ..at(path)
    }
}

/// Whether somebody else runs what is named.
fn theirs(all: &Knowledge, hit: &Hit) -> bool {
    let Subject::Component(key) = hit.subject else { return false };
    !hit.denied && (hit.outside || all.component(key).is_some_and(|kind| kind.zone == VENDOR))
}

/// The kinds that a lack is about.
fn lacking(all: &Knowledge, key: &str) -> impl Iterator<Item = Subject> {
    let lack = all.lacks.iter().find(|lack| lack.key == key);
    let subject = |key: &&'static str| {
        let component = all.component(key).map(|kind| Subject::Component(kind.key));
        let asset = || all.asset(key).map(|kind| Subject::Asset(kind.key));
        component.or_else(asset).or_else(|| all.attacker(key).map(|kind| Subject::Attacker(kind.key)))
    };
    lack.map(|lack| lack.kinds.as_slice()).unwrap_or_default().iter().filter_map(subject)
}
