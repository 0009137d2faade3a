//! Asking a language model which of the requirements that were found a control really meets.

use crate::cli::door::Door;
use crate::cli::engine::{Asking, Watched, configured};
use crate::cli::failure::{Failure, Kind};
use crate::model::Model;
use crate::ops::Desk;
use crate::ops::comply::{DEEPEST, Suggested, rerank, shortlists};
use crate::ops::exchange::Exchange;
use crate::suggest::{Language, Speaker, of_lists};

/// What is asked about: the framework, the model, and how many requirements a control may keep.
pub type About<'a> = (String, &'a Model, usize);

/// The suggestions as the language model orders them. Nothing is sent before somebody agreed, and nothing at all where nothing was found.
pub fn reranked<'p>(
    door: &mut Door,
    (asking, desk): (&Asking, &Desk),
    (framework, model, most): &About<'_>,
    suggested: Vec<Suggested<'p>>,
) -> Result<Vec<Suggested<'p>>, Failure> {
    let chosen = asking.choose(door, || configured(door, desk, None))?.ok_or_else(nobody)?;
    let lists = shortlists(model, &suggested);
    if lists.is_empty() {
        return Ok(suggested);
    }
    let (estimate, count) = (of_lists(&lists), lists.len());
    let what = format!("{count} controls of {}, each with up to {DEEPEST} requirements of {framework}", model.id);
    asking.agreed(door, &chosen, &what, &estimate)?;
    let watched = chosen.speaker(door, estimate.requests);
    let speaker = watched.as_ref().map(|watched| watched as &dyn Speaker);
    let exchange = Exchange::open(&chosen.name, speaker, &chosen.keeping)?;
    let language = Language { name: chosen.name.clone(), speaker: &exchange };
    let came = rerank((framework, model), suggested, &language, *most);
    watched.iter().for_each(Watched::finish);
    chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
    exchange.done()?;
    let (suggested, notes) = came?;
    notes.iter().for_each(|note| door.remark(note));
    Ok(suggested)
}

fn nobody() -> Failure {
    Failure::new(Kind::Engine, "there is no language model to ask")
        .hint("name one: --engine openai/gpt-5, or in redan.toml: [engine] use = \"openai/gpt-5\" (docs/language-models.md)")
        .hint("or do without: redan comply map without --rerank")
}
