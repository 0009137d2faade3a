//! Questions that are answered with yes or no: `is C4 implemented`, `does C9 cover A10`.

use super::{Asking, clause, heard};
use crate::assess::query::Row;
use crate::model::Id;
use crate::suggest::words::frame::Frame;
use crate::suggest::words::heard::Page;
use crate::suggest::words::name::{self, Among, Named, named};
use crate::suggest::words::nouns::{ARTICLES, after};
use crate::suggest::words::token::Token;

const ASKS: &[&str] = &["is", "are", "was", "does", "do", "did", "has", "have"];

/// An entity or objective, and what is asked of it: everything that stands behind it has to be a condition.
pub(super) fn read(frame: &Frame<'_>) -> Option<Asking> {
    let rest = after(frame.words, ASKS)?;
    if let Some((first, more)) = rest.split_first()
        && let Some(one) = name::objective(first).filter(|one| frame.model.is_open(*one))
    {
        return asked(frame, Row::Objective, (format!("id = {one}"), vec![one.asset, one.attacker]), more);
    }
    // The longest run of words that names something.
    (1..rest.len()).rev().find_map(|length| {
        let (subject, more) = rest.split_at(length);
        let id = whole(frame, subject)?;
        asked(frame, Row::Entity(id.kind), (format!("id = {id}"), vec![id]), more)
    })
}

/// The entity that all of the words name.
fn whole(frame: &Frame<'_>, words: &[Token]) -> Option<Id> {
    let Named::One(id) = named(frame.model, words, &[], Among::Live) else { return None };
    let mut page = Page::new(words);
    page.small(ARTICLES);
    heard::named(frame, &mut page, id);
    page.rest().is_empty().then_some(id)
}

fn asked(frame: &Frame<'_>, row: Row, (subject, about): (String, Vec<Id>), more: &[Token]) -> Option<Asking> {
    let (clauses, strange) = clause::clauses(frame, row, more);
    // Words of a text are asked about in a list.
    let said = !clauses.is_empty() && clauses.iter().all(|clause| !clause.contains("description has"));
    // "implemented in production" is no "implemented, and about A15 besides": one that is named stands alone.
    let said = said && (clauses.len() == 1 || !clauses.iter().any(|clause| clause.contains(".id = ")));
    (said && strange.is_empty()).then(|| Asking::Whether {
        query: [vec![subject], clauses].concat().join(" and "),
        row,
        about,
    })
}
