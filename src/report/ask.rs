//! The answer to a question: `ask/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::found::{Item, list};
use crate::render::{Line, Page, Tone};

/// `ask/1`: an answer from the data of a model, with the IDs it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ask {
    pub model: String,
    /// The question, as it was asked.
    pub words: String,
    /// The day it was answered for.
    pub as_of: String,
    /// The answer in a sentence.
    pub answer: String,
    /// The entities and objectives that the answer is about.
    pub found: Vec<Item>,
    /// What else is to be known, a line each.
    pub more: Vec<String>,
    /// The same as a filter, where it is one.
    #[serde(rename = "where")]
    pub query: Option<String>,
}

/// The answer for people.
pub fn page(ask: &Ask) -> Page {
    let mut page = Page::default();
    page.text(Line::of(Tone::Strong, &ask.answer));
    list(&mut page, &ask.found);
    page.list(ask.more.iter().map(Line::plain).collect());
    if let Some(query) = &ask.query {
        page.text(Line::of(Tone::Dim, "as a filter: ").and(Tone::Command, query));
    }
    page
}
