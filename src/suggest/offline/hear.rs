//! What a brief names, and what it says is not there.

use std::collections::BTreeMap;

use crate::suggest::{Brief, Knowledge, Mention, Subject};

/// Everything that was named, in the order of the texts.
pub struct Heard {
    pub mentions: Vec<Mention>,
    /// What is denied and nowhere affirmed, with the place.
    pub denied: BTreeMap<Subject, Mention>,
}

impl Heard {
    pub fn new(all: &Knowledge, brief: &Brief) -> Heard {
        let mut heard = Heard { mentions: Vec::new(), denied: BTreeMap::new() };
        for text in &brief.texts {
            for hit in all.spot(&text.content) {
                let mention = Mention {
                    subject: hit.subject,
                    words: hit.words,
                    path: text.path.clone(),
                    line: hit.line,
                    ..Mention::of(hit.subject)
                };
                match hit.denied {
                    true => drop(heard.denied.entry(hit.subject).or_insert(mention)),
                    false => heard.mentions.push(mention),
                }
            }
        }
        heard.mentions.extend(brief.mentions.iter().cloned());
        let Heard { mentions, denied } = &mut heard;
        denied.retain(|subject, _| mentions.iter().all(|mention| mention.subject != *subject));
        heard
    }

    /// Where something is named.
    pub fn of(&self, subject: Subject) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.subject == subject)
    }
}
