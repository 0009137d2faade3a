//! Which version of a framework a model comes from, and where it goes.

use crate::comply::{Library, Name, Pack, Reference, Step};
use crate::model::{Body, Model};
use crate::ops::Trouble;

/// Two versions with what became of the requirements of the first.
pub struct Way<'l> {
    pub from: &'l Pack,
    pub to: &'l Pack,
    pub steps: &'l [Step],
}

/// The way that is named, else the only one from a version that the model selects or has decisions about.
pub fn way<'l>(
    model: &Model,
    library: &'l Library,
    (from, to): (Option<&str>, Option<&str>),
) -> Result<Way<'l>, Trouble> {
    let from = match from {
        Some(said) => named(library, said)?,
        None => {
            let used: Vec<&Name> = library.names().filter(|name| uses(model, name)).collect();
            only(used.into_iter().filter(|name| !library.successors(name).is_empty()), || Trouble::NoWay {
                message: format!("{} uses no framework, or several, that a pack here says a next version of", model.id),
                hint: "say from which: redan comply migrate --from asvs@4.0.3".to_owned(),
            })?
        }
    };
    let known: Vec<&Name> = library.successors(from);
    let to = match to {
        Some(said) => named(library, said)?,
        None => only(known.iter().copied(), || nowhere(from, &known))?,
    };
    let way = library.pack(from).zip(library.pack(to)).zip(library.succession(from, to));
    way.map(|((from, to), steps)| Way { from, to, steps }).ok_or_else(|| nowhere(from, &known))
}

fn nowhere(from: &Name, known: &[&Name]) -> Trouble {
    let names: Vec<String> = known.iter().map(|name| name.to_string()).collect();
    let hint = match names.is_empty() {
        true => format!("the pack of the next version says it in maps/{from}.jsonl, a step a line"),
        false => format!("say where to with --to: {}", names.join(", ")),
    };
    Trouble::NoWay { message: format!("no pack here says what became of {from} there"), hint }
}

fn named<'l>(library: &'l Library, said: &str) -> Result<&'l Name, Trouble> {
    let known = || library.names().map(Name::to_string).collect();
    library.meant(said).map_err(|_| match library.lost(said) {
        Some(lost) => Trouble::Lost { lost: Box::new(lost.clone()), kept: None },
        None => Trouble::Unknown { what: "framework", asked: said.to_owned(), known: known() },
    })
}

fn only<'l>(mut names: impl Iterator<Item = &'l Name>, trouble: impl FnOnce() -> Trouble) -> Result<&'l Name, Trouble> {
    match (names.next(), names.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(trouble()),
    }
}

/// Whether the model selects a framework, maps a control to it, or excludes something of it.
fn uses(model: &Model, name: &Name) -> bool {
    let about = |req: &str| Reference::parse(req).is_some_and(|reference| reference.framework == *name);
    let mapped = model.entities.values().any(|entity| match &entity.body {
        Body::Control(control) => control.requirements.iter().any(|row| about(&row.req)),
        _ => false,
    });
    let excluded = model.compliance.exclusions.iter().any(|row| about(&row.req));
    mapped || excluded || model.compliance.frameworks.contains_key(&name.to_string())
}
