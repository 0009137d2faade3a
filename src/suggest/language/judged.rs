//! Whether new words still say the same thing, where the judge that is built in cannot tell: an opinion with its grounds, which has to rest on
//! words of both sides.

use serde_json::Value as Json;

use super::ground::Ground;
use super::schema::{object, text, word};
use super::talk::{Step, Taken, Talk};
use super::{Language, prompts};
use crate::suggest::{Brief, EngineError};
use crate::text::plain;

/// One thing in two wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// `attacker`
    pub noun: &'static str,
    /// What it is called in either, a line a field: `description: …`.
    pub from: String,
    pub to: String,
    /// Why the judge that is built in cannot tell.
    pub why: String,
}

/// What a language model thinks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    pub same: bool,
    pub reason: String,
}

impl Language<'_> {
    /// An opinion; whoever is not sure holds it for another thing.
    pub fn judge(&self, doubt: &Doubt) -> Result<Opinion, EngineError> {
        let ground = Ground::new(&Brief::default(), &self.name);
        let talk = Talk::new(self.speaker, &ground);
        let shown = |what: &str, words: &str| ground.shown(what, &[plain(words).into_owned()]);
        let step = Step {
            name: "an opinion".to_owned(),
            task: format!(
                "{}\n\nIt is one {}.\n\n{}\n\n{}",
                prompts::JUDGE.trim_end(),
                doubt.noun,
                shown("before", &doubt.from),
                shown("after", &doubt.to)
            ),
            schema: object(vec![
                ("verdict", word("Whether both say the same thing", ["same", "different", "unsure"])),
                ("before", text("Words of the wording before that it rests on, letter by letter")),
                ("after", text("Words of the wording after that it rests on, letter by letter")),
                ("reason", text("Why, in a sentence")),
            ]),
            take: Box::new(|reply| taken(&ground, doubt, reply)),
        };
        talk.settle(&mut Vec::new(), &step)
    }
}

fn taken(ground: &Ground, doubt: &Doubt, reply: &Json) -> Taken<Opinion> {
    let reason = ground.words(reply, "reason");
    let mut faults = Vec::new();
    for (key, words) in [("before", &doubt.from), ("after", &doubt.to)] {
        let quote = reply[key].as_str().unwrap_or_default().trim();
        if quote.is_empty() || !plain(words).contains(quote) {
            faults.push(format!("`{key}` quotes what the wording {key} does not say"));
        }
    }
    if reason.is_empty() {
        faults.push("there is no reason".to_owned());
    }
    let opinion = Opinion { same: reply["verdict"] == "same", reason };
    Taken { value: faults.is_empty().then_some(opinion), faults, notes: Vec::new() }
}
