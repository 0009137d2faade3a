//! Sequences of states, without Git.

mod events;
mod follow;
mod runs;
mod track;

use std::sync::Arc;

use super::{Sight, Signed, Step};
use crate::model::{Model, ModelId};
use crate::store::{Content, Settings, Source, read};

/// A commit that nobody made.
fn signed(number: usize) -> Signed {
    Signed {
        commit: format!("{number:040}"),
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        at: jiff::Timestamp::from_second(number as i64 * 60).unwrap(),
        subject: format!("Commit {number}"),
    }
}

const HEAD: &str = "format = 1\nid = \"shop\"\nname = \"Shop\"\ndescription = \"Sells things\"\n";

/// A model of these tables; `[controls…` and what follows is a file of its own.
fn model(text: &str) -> Model {
    let (head, controls) = match text.find("[controls") {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let head = if head.contains("format = 1") { head.to_owned() } else { format!("{HEAD}{head}") };
    let source = |name: &str, text: &str| Source {
        path: format!("threat-models/shop/{name}"),
        content: Content::Bytes(text.as_bytes().into()),
    };
    let mut sources = vec![source("model.toml", &head)];
    sources.extend((!controls.is_empty()).then(|| source("controls.toml", controls)));
    let read = read(sources, &Settings::default());
    assert!(read.lossy.is_empty(), "{text}\n{:?}", read.findings);
    read.models.into_values().next().unwrap()
}

fn id() -> ModelId {
    ModelId::parse("shop").unwrap()
}

/// Plays states one after the other; `None` = the model is gone, a text that is no TOML = unreadable.
fn play(states: &[Option<&str>], mut see: impl FnMut(&Step<'_>)) {
    let mut before: Option<Arc<Model>> = None;
    for (number, state) in states.iter().enumerate() {
        let now = match state {
            None => Sight::Gone,
            Some("?") => Sight::Unreadable { path: "threat-models/shop/model.toml".to_owned(), why: "odd".to_owned() },
            Some(text) => Sight::Read(Arc::new(model(text))),
        };
        let (signed, model) = (signed(number + 1), id());
        see(&Step { signed: &signed, model: &model, before: before.as_deref(), now: &now, decided: &[] });
        before = match now {
            Sight::Read(model) => Some(model),
            Sight::Unreadable { .. } => before,
            Sight::Gone => None,
        };
    }
}
