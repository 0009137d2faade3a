//! What the controls of a model may meet: `mapping/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::comply::mapping::Candidate;
use crate::model::{Id, Model};
use crate::render::{Line, Page, Tone};

/// `mapping/1`: proposals by control. Nothing of it counts until somebody accepts it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mapping {
    pub model: String,
    pub framework: String,
    pub level: Option<String>,
    pub controls: Vec<Control>,
}

/// A control with what it may meet, the best first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Control {
    pub control: String,
    pub description: String,
    pub candidates: Vec<Proposed>,
}

/// A requirement that it may meet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Proposed {
    /// `asvs@5.0.0:V6.2.1`.
    pub req: String,
    pub title: String,
    /// lexical, bridge, neighbour or llm.
    pub method: &'static str,
    /// Thousandths of the control's words, by their weight, that the requirement has too.
    pub score: u32,
    /// Why: matched words, the CWE both have, controls nearby.
    pub grounds: Vec<String>,
    /// The bridge or language model that brought it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
}

pub fn mapping<'c, 'p: 'c, C: Iterator<Item = &'c Candidate<'p>>>(
    model: &Model,
    (framework, level): (&str, Option<&str>),
    suggested: impl Iterator<Item = (Id, C)>,
) -> Mapping {
    let proposed = |candidate: &Candidate<'_>| Proposed {
        req: format!("{framework}:{}", candidate.clause.id),
        title: candidate.clause.words().to_owned(),
        method: candidate.method.word(),
        score: candidate.score,
        grounds: candidate.grounds.clone(),
        source: candidate.found.as_ref().map(|found| found.source.clone()),
        rationale: candidate.found.as_ref().map(|found| found.rationale.clone()),
    };
    let control = |(id, candidates): (Id, C)| Control {
        control: id.to_string(),
        description: model.entities.get(&id).map(|entity| entity.title().to_owned()).unwrap_or_default(),
        candidates: candidates.map(proposed).collect(),
    };
    Mapping {
        model: model.id.to_string(),
        framework: framework.to_owned(),
        level: level.map(str::to_owned),
        controls: suggested.map(control).collect(),
    }
}

/// Proposals for people: a control, and a line a requirement below it.
pub fn page(mapping: &Mapping) -> Page {
    let mut page = Page::default();
    for control in &mapping.controls {
        page.heading(Line::of(Tone::Id, &control.control).and(Tone::Plain, format!(" {}", flat(&control.description))));
        let row = |one: &Proposed| {
            vec![
                Line::of(Tone::Id, &one.req),
                Line::plain(one.score.to_string()),
                Line::plain(one.method),
                Line::plain(&one.title),
                Line::of(Tone::Dim, one.grounds.join("; ")),
            ]
        };
        page.table(&["", "score", "by", "", ""], control.candidates.iter().map(row).collect());
    }
    page
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
