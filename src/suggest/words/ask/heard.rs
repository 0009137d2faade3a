//! Whether every word of a question is in what was read out of it. What the clauses of a filter read, they read word by word; of
//! the other questions it is held here: entities, and the few words that such a question is made of.

use super::Asking;
use crate::model::{Id, Objective};
use crate::suggest::words::frame::Frame;
use crate::suggest::words::heard::Page;
use crate::suggest::words::name;
use crate::suggest::words::nouns::ARTICLES;
use crate::suggest::words::phrases::phrases;
use crate::suggest::words::token::Token;

/// The first words that nothing here reads.
pub(super) fn unread<'f>(frame: &'f Frame<'_>, asking: &Asking) -> Option<&'f [Token]> {
    let mut page = Page::new(frame.words);
    page.small(ARTICLES);
    let section = match asking {
        Asking::Changed(since) => {
            since.iter().for_each(|since| page.first(|token| token.text == *since));
            "of changes"
        }
        Asking::Decisions { about, .. } => {
            about.iter().for_each(|id| named(frame, &mut page, *id));
            "of decisions"
        }
        Asking::Removed => "of removals",
        Asking::Pair(Objective { asset, attacker }) => {
            named(frame, &mut page, *asset);
            named(frame, &mut page, *attacker);
            page.each(|token| name::objective(token) == Some(Objective { asset: *asset, attacker: *attacker }));
            "of a pair"
        }
        Asking::Entity(id) => {
            named(frame, &mut page, *id);
            "of an entity"
        }
        Asking::Select { query, only, .. } => {
            ids(query).into_iter().for_each(|id| named(frame, &mut page, id));
            if only.is_some() { "of reach" } else { "of cover" }
        }
        Asking::Whether { .. } => return None,
    };
    page.once(phrases(section));
    page.small(phrases(&format!("{section} too")));
    page.rest().first().copied()
}

/// An entity by name, and the noun of its kind.
pub(super) fn named(frame: &Frame<'_>, page: &mut Page<'_>, id: Id) {
    if let Some(entity) = frame.model.entities.get(&id) {
        page.entity(entity);
    }
    page.noun(id.kind);
}

fn ids(query: &str) -> Vec<Id> {
    query.split(|c: char| !c.is_alphanumeric()).filter_map(Id::parse).collect()
}
