//! Which of the requirements that were found offline a control really meets. The model may put them into another order and leave some
//! out; it can bring none in.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::estimate::{Estimate, tokens};
use super::ground::Ground;
use super::schema::{list, object, short, text};
use super::secret::hide;
use super::talk::{Step, Taken, Talk};
use super::{Language, prompts};
use crate::model::Id;
use crate::suggest::{Brief, EngineError};
use crate::text::plain;

/// Controls of one request.
const SIZE: usize = 5;
/// The shortest quotation that shows that the control was read.
const QUOTE: usize = 4;

/// A control with the requirements that it may be about.
#[derive(Debug, Clone)]
pub struct Shortlist<'a> {
    pub control: Id,
    /// Its own words.
    pub text: &'a str,
    /// By number, the likeliest first, each with the words it is known by.
    pub offered: Vec<(&'a str, &'a str)>,
}

/// A requirement that the model holds to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// One of the numbers that were offered.
    pub requirement: String,
    /// Words of the control.
    pub quote: String,
    pub reason: String,
}

/// What the model picks for each control, the best first; nothing where nothing fits.
pub type Picks = BTreeMap<Id, Vec<Pick>>;

impl Language<'_> {
    /// Picks for every list, and what was refused of the replies. Fails where some control got no answer in a few tries.
    pub fn rerank(&self, framework: &str, lists: &[Shortlist<'_>]) -> Result<(Picks, Vec<String>), EngineError> {
        let ground = Ground::new(&Brief::default(), &self.name);
        let talk = Talk::new(self.speaker, &ground);
        let (mut picks, mut notes) = (Picks::new(), Vec::new());
        for batch in lists.chunks(SIZE) {
            picks.extend(talk.settle(&mut notes, &step(&ground, framework, batch))?);
        }
        notes.extend(ground.cleaned());
        Ok((picks, notes))
    }
}

/// What asking about the lists will come to.
pub fn of_lists(lists: &[Shortlist<'_>]) -> Estimate {
    let requests = lists.len().div_ceil(SIZE) as u64;
    let shown: u64 = lists.iter().flat_map(lines).map(|line| tokens(&line)).sum();
    let told = tokens(prompts::SYSTEM) + tokens(prompts::MAPPING) + 200;
    Estimate { requests, input: shown + requests * told, output: 250 * lists.len() as u64 }
}

fn step<'a>(ground: &'a Ground, framework: &str, batch: &'a [Shortlist<'a>]) -> Step<'a, Picks> {
    let name = batch.first().map_or_else(String::new, |first| format!("mappings from {}", first.control));
    let shown: Vec<String> =
        batch.iter().map(|one| ground.shown(&one.control.to_string(), &lines(one).collect::<Vec<_>>())).collect();
    let task = format!(
        "{}\n\nThe requirements are those of {framework}.\n\n{}",
        prompts::MAPPING.trim_end(),
        shown.join("\n\n")
    );
    Step { name, task, schema: shape(), take: Box::new(move |reply| taken(ground, batch, reply)) }
}

/// The control, then a requirement a line.
fn lines<'a>(one: &'a Shortlist<'a>) -> impl Iterator<Item = String> + 'a {
    let offered = one.offered.iter().map(|(id, words)| format!("{id}: {}", flat(words)));
    std::iter::once(format!("the control: {}", shown(one.text))).chain(offered)
}

/// The words of a control as they leave.
fn shown(text: &str) -> String {
    flat(&hide(text).0)
}

fn flat(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shape() -> Json {
    let pick = object(vec![
        ("requirement", text("A number from the list of the control")),
        ("quote", text("Words of the control, letter by letter")),
        ("reason", text("What of the requirement the control does, in a sentence")),
    ]);
    let control = object(vec![
        ("control", text("The ID of a control, such as C1")),
        ("picks", list("What it meets, the best first; empty where nothing fits", pick)),
    ]);
    object(vec![("controls", list("One for each control", control))])
}

fn taken(ground: &Ground, batch: &[Shortlist<'_>], reply: &Json) -> Taken<Picks> {
    let (mut picks, mut faults) = (Picks::new(), Vec::new());
    for item in reply["controls"].as_array().into_iter().flatten() {
        let said = item["control"].as_str().unwrap_or_default().trim();
        match batch.iter().find(|one| one.control.to_string() == said) {
            None => faults.push(format!("there is no control `{}` here", short(said))),
            Some(one) if picks.contains_key(&one.control) => faults.push(format!("{said} is answered twice")),
            Some(one) => {
                let of = picked(ground, one, item, &mut faults);
                picks.insert(one.control, of);
            }
        }
    }
    let missing: Vec<&Id> = batch.iter().map(|one| &one.control).filter(|id| !picks.contains_key(id)).collect();
    faults.extend(missing.iter().map(|id| format!("{id} has no answer")));
    Taken { value: missing.is_empty().then_some(picks), faults, notes: Vec::new() }
}

/// The picks for a control that can be taken.
fn picked(ground: &Ground, one: &Shortlist<'_>, item: &Json, faults: &mut Vec<String>) -> Vec<Pick> {
    let mut picks: Vec<Pick> = Vec::new();
    let words = shown(one.text);
    for pick in item["picks"].as_array().into_iter().flatten() {
        let said = pick["requirement"].as_str().unwrap_or_default().trim();
        let quote = flat(pick["quote"].as_str().unwrap_or_default());
        let reason = ground.words(pick, "reason");
        let wrong = match () {
            () if !one.offered.iter().any(|(id, _)| *id == said) => "is not in its list",
            () if picks.iter().any(|other| other.requirement == said) => "is there twice",
            () if quote.chars().count() < QUOTE || !words.contains(&quote) => "quotes what the control does not say",
            () if reason.is_empty() => "has no reason",
            () => {
                picks.push(Pick { requirement: said.to_owned(), quote, reason });
                continue;
            }
        };
        faults.push(format!("{}: {} {wrong}", one.control, short(said)));
    }
    picks
}
