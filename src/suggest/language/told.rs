//! A question that no grammar reads, answered with the IDs that the answer rests on.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value as Json;

use super::ground::Ground;
use super::item::line;
use super::schema::{list, object, short, text};
use super::secret::hide;
use super::structure::listed;
use super::talk::{Step, Taken, Talk};
use super::{Language, prompts};
use crate::model::{Id, Model, Objective};
use crate::suggest::{Brief, EngineError};

/// What stands in a text like an ID.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:CO-A[0-9]+-T[0-9]+|(?:CMP|TB|AS|A|T|C)[0-9]+)\b").expect("a pattern of our own")
});

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub answer: String,
    /// Entities and objectives that are there, in the order of the answer.
    pub ids: Vec<String>,
}

impl Language<'_> {
    /// Answers from a model and what it implies, `objectives` a line each. An answer that names what is not there is none.
    pub fn answer(&self, model: &Model, objectives: &[String], words: &str) -> Result<Told, EngineError> {
        let ground = Ground::new(&Brief::default(), &self.name);
        let talk = Talk::new(self.speaker, &ground);
        let lines: Vec<String> = model.entities.values().map(line).chain(objectives.iter().cloned()).collect();
        let step = Step {
            name: "an answer".to_owned(),
            task: format!(
                "{}\n\n{}\n\nThe question:\n{}",
                prompts::ANSWER.trim_end(),
                ground.shown("the model", &lines),
                crate::text::plain(&hide(words.trim()).0)
            ),
            schema: object(vec![
                ("answer", text("The answer in one to three sentences")),
                ("ids", list("IDs of everything that the answer rests on", text("Such as A1, T2, C4, CO-A1-T2"))),
            ]),
            take: Box::new(|reply| taken(&ground, model, reply)),
        };
        talk.settle(&mut Vec::new(), &step)
    }
}

fn taken(ground: &Ground, model: &Model, reply: &Json) -> Taken<Told> {
    let answer = ground.words(reply, "answer");
    let said = NAMED.find_iter(&answer).map(|found| found.as_str()).chain(listed(reply, "ids").map(str::trim));
    let (mut ids, mut faults) = (Vec::new(), Vec::new());
    for id in said {
        if !there(model, id) {
            faults.push(format!("there is no {} in the model", short(id)));
        } else if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    if answer.is_empty() {
        faults.push("there is no answer".to_owned());
    } else if ids.is_empty() && faults.is_empty() {
        faults.push("name the IDs that the answer rests on".to_owned());
    }
    Taken { value: faults.is_empty().then_some(Told { answer, ids }), faults, notes: Vec::new() }
}

fn there(model: &Model, id: &str) -> bool {
    match Objective::parse(id) {
        Some(objective) => [objective.asset, objective.attacker].iter().all(|id| model.entities.contains_key(id)),
        None => Id::parse(id).is_some_and(|id| model.entities.contains_key(&id)),
    }
}
