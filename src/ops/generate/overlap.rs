//! Whether a description is about a model that is there already.

use std::collections::BTreeSet;

use super::sources::STDIN;
use crate::model::{Kind, Model, Models};
use crate::ops::lifecycle::{Refusal, Why};
use crate::suggest::Brief;
use crate::text::{stem, words};

/// Descriptions share at least this much of the shorter one, in hundredths.
const ALIKE: usize = 60;
/// Fewer words than that say nothing.
const FEW: usize = 8;
/// Words that every description has.
const EMPTY: &[&str] = &[
    "a", "an", "the", "of", "for", "with", "and", "or", "to", "in", "on", "at", "by", "from", "is", "are", "be", "it",
    "its", "we", "our", "they", "their", "that", "which", "who", "this", "as", "has", "have", "can", "may", "not",
    "no", "one", "all", "into", "every", "each",
];

/// A refusal that names the models the description is about, the closest first.
pub fn overlap(models: &Models, brief: &Brief, proposed: &Model) -> Option<Refusal> {
    let text: String = brief.texts.iter().map(|text| text.content.as_str()).collect::<Vec<_>>().join("\n");
    let said = stems(&text);
    let live = models.values().filter(|model| !model.retired());
    let mut found: Vec<(usize, &Model)> = live.map(|model| (likeness(model, &said, proposed), model)).collect();
    found.retain(|(likeness, _)| *likeness >= ALIKE);
    found.sort_by_key(|(likeness, model)| (std::cmp::Reverse(*likeness), &model.id));
    let (_, first) = found.first()?;
    let listed: Vec<String> = found.iter().map(|(likeness, model)| format!("{} ({likeness} %)", model.id)).collect();
    let refusal = Refusal::new(Why::Duplicate, format!("the description overlaps with {}", listed.join(", ")));
    Some(
        refusal
            .hint(format!("look at it: redan show {}", first.id))
            .hint(format!("bring it up to date: redan generate --update {} --from …", first.id))
            .hint("it is another system? go on with --force"),
    )
}

/// The live model that was made from the same source.
pub fn grown<'m>(models: &'m Models, proposed: &Model) -> Option<&'m Model> {
    models.values().find(|model| !model.retired() && same_source(model, proposed))
}

fn same_source(model: &Model, proposed: &Model) -> bool {
    let source = |model: &Model| {
        model.head.provenance.as_ref().map(|from| from.source.clone()).filter(|from| !from.is_empty() && from != STDIN)
    };
    source(model).is_some() && source(model) == source(proposed)
}

/// In hundredths: the same source, or the words of the descriptions, or the names of what is in the models.
fn likeness(model: &Model, said: &BTreeSet<String>, proposed: &Model) -> usize {
    if same_source(model, proposed) {
        return 100;
    }
    let described = share(&stems(&model.head.description), said);
    described.max(share(&names(model), &names(proposed)))
}

/// How much of the smaller set is in the other one.
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    match one.len().min(other.len()) {
        least if least < FEW => 0,
        least => one.intersection(other).count() * 100 / least,
    }
}

fn stems(text: &str) -> BTreeSet<String> {
    let kept = words(text).into_iter().map(|word| word.text).filter(|word| !EMPTY.contains(&word.as_str()));
    kept.map(|word| stem(&word)).collect()
}

fn names(model: &Model) -> BTreeSet<String> {
    let kinds = [Kind::Component, Kind::Asset].into_iter().flat_map(|kind| model.of_kind(kind));
    kinds.filter(|entity| entity.live()).map(|entity| entity.title().to_lowercase()).collect()
}
