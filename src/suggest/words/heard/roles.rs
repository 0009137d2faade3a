//! What each kind of act reads: its entities, its values, and the words that are its own.

use std::ops::Range;

use super::free::{self, Freedom};
use super::page::Page;
use super::{fields, listed};
use crate::model::{Factor, Id, Kind, Model};
use crate::suggest::words::control::{DID, DONE, NOT, OPEN};
use crate::suggest::words::frame::{Frame, Verb};
use crate::suggest::words::name::{id, objective};
use crate::suggest::words::nouns::{ARTICLES, factor_names, kind, level, property};
use crate::suggest::words::phrases::phrases;
use crate::suggest::words::token::Token;
use crate::suggest::words::{Act, add, attest, control, remove, rename, restore};

/// A text that the act writes, where it stands in the sentence.
pub(super) struct Text {
    pub(super) at: Range<usize>,
    pub(super) freedom: Freedom,
}

/// A noun of a kind within a name that no word such as `called` opens: `a guitar component Search service`.
fn noun_within(words: &[Token], at: &Range<usize>) -> bool {
    let called = at.start > 0 && words[at.start - 1].any(&["called", "named", "to", "titled"]);
    let text = &words[at.clone()];
    !called && (0..text.len()).any(|at| kind(&text[at..]).is_some_and(|(kind, _)| kind != Kind::Control))
}

impl Text {
    /// The word that may not stand there.
    pub(super) fn wrong(&self, words: &[Token]) -> Option<String> {
        let text = &words[self.at.clone()];
        if text.iter().all(|token| token.quoted) {
            return None;
        }
        let second = |two: &[Token]| two[0].any(&["and", "then"]) && two[1].any(phrases("another act"));
        let again = text.windows(2).find(|two| self.freedom != Freedom::Open && second(two)).map(|two| &two[1]);
        let named = text.iter().find(|token| {
            let entity = self.freedom == Freedom::Name && id(token).is_some();
            !token.quoted && (entity || objective(token).is_some())
        });
        let noun = text.first().filter(|_| self.freedom == Freedom::Name && noun_within(words, &self.at));
        let odd = free::odd(words, &self.at, self.freedom).or(again).or(named).or(noun);
        odd.map(|token| token.text.clone())
    }
}

/// The sentence with everything read that has its place in the act, and the texts that it writes.
pub(super) fn read<'f>(frame: &'f Frame<'_>, act: &Act) -> (Page<'f>, Vec<Text>) {
    let mut page = Page::new(frame.words);
    page.small(ARTICLES);
    page.small(&["please", "kindly", "now"]);
    let texts = match act {
        Act::Add { kind, sets } => newcomer(frame, &mut page, *kind, sets),
        Act::Edit { id, sets } => fields::read(frame, &mut page, *id, sets),
        Act::Remove { id, reason, replaced_by } => {
            one(frame.model, &mut page, *id);
            if frame.verb == Verb::None {
                page.once(remove::GONE);
            }
            if let Some(by) = replaced_by.as_deref().and_then(Id::parse) {
                page.once(remove::INSTEAD);
                one(frame.model, &mut page, by);
            }
            if frame.verb == Verb::Place {
                page.small(&["out"]);
            }
            page.tail(reason);
            Vec::new()
        }
        Act::Restore { id } => {
            one(frame.model, &mut page, *id);
            page.once(restore::BACK);
            page.once(restore::WANTS);
            page.small(&["back", "in"]);
            Vec::new()
        }
        Act::Rate { id, sets, reason } => {
            rated(frame, &mut page, *id, sets);
            page.tail(reason);
            Vec::new()
        }
        Act::Rename { name } => {
            page.small(&["the", "model", "threat", "it", "to", "into", "as", "be", "name", "title", "of", "->", "→"]);
            page.once(rename::SAID);
            let at = page.text(name);
            at.map(|at| Text { at, freedom: Freedom::Name }).into_iter().collect()
        }
        Act::Cover { control, objectives, group } => {
            covered(frame, &mut page, *control, objectives.iter().map(|one| (one.asset, one.attacker)), group);
            page.each(|token| objective(token).is_some_and(|one| objectives.contains(&one)));
            Vec::new()
        }
        Act::Status { control, implemented } => {
            one(frame.model, &mut page, *control);
            status(&mut page, *implemented);
            Vec::new()
        }
        Act::Attest { id, statement, expires, .. } => {
            vouched(frame, &mut page, *id, (statement, expires.as_deref()));
            Vec::new()
        }
        Act::Between { name, outer, inner } => between(frame, &mut page, (*outer, *inner), name),
    };
    (page, texts)
}

/// The reason that an act keeps or that was given all the same, unless it stands in quotes.
pub(super) fn reason(frame: &Frame<'_>, act: &Act) -> Option<String> {
    let given = match act {
        Act::Remove { reason, .. } | Act::Rate { reason, .. } => Some(reason.clone()),
        _ => frame.reason.clone(),
    };
    given.filter(|reason| !["\"", "“", "«"].iter().any(|open| frame.sentence.contains(&format!("{open}{reason}"))))
}

/// An entity by name, and the noun of its kind.
pub(super) fn one(model: &Model, page: &mut Page<'_>, id: Id) {
    if let Some(entity) = model.entities.get(&id) {
        page.entity(entity);
    }
    page.noun(id.kind);
}

fn newcomer(frame: &Frame<'_>, page: &mut Page<'_>, kind: Kind, sets: &[(String, String)]) -> Vec<Text> {
    page.noun(kind);
    let mut texts = Vec::new();
    for (field, value) in sets {
        let at: Vec<Range<usize>> = match field.as_str() {
            "name" | "description" => page.text(value).into_iter().collect(),
            "repo" => {
                page.text(value);
                Vec::new()
            }
            "capability" => page.pieces(value),
            "properties" => {
                properties(page, |letter| value.split(',').any(|one| one.starts_with(letter)));
                Vec::new()
            }
            "covers" => {
                page.once(add::COVERING);
                page.each(|token| objective(token).is_some_and(|one| value.contains(&one.to_string())));
                page.small(&["and", "objective", "objectives"]);
                Vec::new()
            }
            "components" | "boundaries" if kind != Kind::Attacker => {
                value.split(',').filter_map(Id::parse).for_each(|id| one(frame.model, page, id));
                Vec::new()
            }
            _ => Vec::new(),
        };
        let freedom = |at: &Range<usize>| match field.as_str() {
            "name" => Freedom::Name,
            _ if frame.verb == Verb::Assume || free::opened(page.words, at.start) => Freedom::Open,
            _ => Freedom::Clause,
        };
        texts.extend(at.into_iter().map(|at| Text { freedom: freedom(&at), at }));
    }
    page.small(phrases("of a newcomer"));
    texts
}

/// Properties and what joins them; `only` and a level beside one of them.
pub(super) fn properties(page: &mut Page<'_>, listed: impl Fn(&str) -> bool) {
    let fits = |token: &Token| property(token).is_some_and(|property| listed(property.word()));
    page.each(fits);
    page.beside(&["only", "high", "low"], fits);
    page.small(&["and", "property", "properties", "both", "its", "as", "well", "too", "security", "plus"]);
}

fn rated(frame: &Frame<'_>, page: &mut Page<'_>, id: Id, sets: &[(String, String)]) {
    one(frame.model, page, id);
    let all = Factor::OF_ASSET.iter().chain(&Factor::LIKELIHOOD);
    for factor in all.filter(|factor| sets.iter().any(|(name, _)| name == factor.name())) {
        page.once(&factor_names(*factor));
        page.first(|token| property(token).is_some_and(|property| property.factor() == *factor));
        page.first(|token| level(*factor, token).is_some_and(|name| sets.iter().any(|(_, level)| level == name)));
    }
    page.small(phrases("of a rating"));
}

fn covered(frame: &Frame<'_>, page: &mut Page<'_>, control: Id, goal: impl Iterator<Item = (Id, Id)>, group: &str) {
    one(frame.model, page, control);
    goal.for_each(|(asset, attacker)| {
        one(frame.model, page, asset);
        one(frame.model, page, attacker);
    });
    page.once(control::COVERS);
    page.once(&["with", "by", "using"]);
    page.once(&["control objective", "control objectives", "objective", "objectives", "the objective"]);
    match group {
        "next" => {}
        "depth" => page.once(control::DEPTH),
        number => {
            page.once(control::GROUP);
            page.first(|token| token.is(number));
        }
    }
    page.once(&["against", "from", "vs", "versus", "when attacked by"]);
    page.small(&["and"]);
}

/// How far a control is: one word for it, and one that denies where it is not there.
fn status(page: &mut Page<'_>, implemented: bool) {
    if implemented {
        page.once(if page.opens(DID) { DID } else { DONE });
    } else {
        match page.holds(OPEN) {
            true => page.once(OPEN),
            false => {
                page.once(NOT);
                page.once(DONE);
            }
        }
        page.once(&["any more", "anymore", "any longer"]);
    }
    page.once(phrases("past"));
    page.once(&["already", "fully", "finally", "currently", "again"]);
    page.once(&["mark it as", "mark it", "set it to", "so mark it as"]);
    page.small(&["as", "to", "be", "is", "are", "has", "been", "was", "status", "of"]);
}

fn vouched(frame: &Frame<'_>, page: &mut Page<'_>, id: Id, (statement, expires): (&str, Option<&str>)) {
    // What is claimed may be the assumption in its own words, so the text is read first.
    if page.text(statement).is_none() {
        page.tail(statement);
    }
    one(frame.model, page, id);
    page.once(&["that", "for the fact that", "the fact that"]);
    page.once(attest::SAYS);
    page.once(attest::HOLDS);
    if let Some(day) = expires {
        page.once(&["until", "till", "expires", "expiring", "expires on", "expiring on", "until the", "valid until"]);
        page.first(|token| token.is(day));
    }
    page.small(&["for"]);
}

fn between(frame: &Frame<'_>, page: &mut Page<'_>, (outer, inner): (Id, Id), name: &str) -> Vec<Text> {
    one(frame.model, page, outer);
    one(frame.model, page, inner);
    page.noun(Kind::Boundary);
    page.once(&["between"]);
    page.once(&["separate", "isolate", "divide", "segregate"]);
    page.once(&["with", "by", "using", "through"]);
    page.once(&["and", "&", "from"]);
    let called = page.holds(&["called", "named"]);
    page.once(&["called", "named"]);
    let at = if called { page.text(name) } else { None };
    at.map(|at| Text { at, freedom: Freedom::Name }).into_iter().collect()
}

/// The members that a list loses and gets.
pub(super) fn turned(frame: &Frame<'_>, id: Id, field: &str, value: &str) -> (Vec<String>, Vec<String>) {
    let held = frame.model.entities.get(&id).map(|entity| listed(entity, field)).unwrap_or_default();
    let kept: Vec<String> = value
        .split(',')
        .map(|one| one.split('=').next().unwrap_or_default().trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect();
    let gone = held.iter().filter(|one| !kept.contains(one)).cloned().collect();
    let come = kept.into_iter().filter(|one| !held.contains(one)).collect();
    (gone, come)
}
