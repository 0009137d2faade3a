//! Words that turn an act around, put it off or hang it on something, a second wish, and IDs that the act leaves out.
//! Where nobody read them the act is not what was said, and the person is asked. The words are a list and no rule: one that
//! is not on it is still passed over.

use std::collections::BTreeSet;

use super::act::Act;
use super::frame::{Frame, Verb, verbs};
use super::name::{id, titled};
use super::stop::Stop;
use super::token::{Gap, Token};
use crate::model::{Entity, Id, Value};

const TURNS: &[&str] = &[
    "not",
    "no",
    "never",
    "don't",
    "doesn't",
    "isn't",
    "aren't",
    "wasn't",
    "won't",
    "can't",
    "cannot",
    "shouldn't",
    "needn't",
    "neither",
    "nor",
];

const HANGS: &[&str] = &[
    "might",
    "may",
    "maybe",
    "perhaps",
    "possibly",
    "probably",
    "could",
    "would",
    "will",
    "if",
    "unless",
    "whether",
    "when",
    "once",
    "tomorrow",
    "soon",
    "later",
    "eventually",
    "instead",
    "except",
    "but",
    "either",
    "or",
];

/// Words that make a status a wish.
const WISHES: &[&str] = &["should", "must", "shall", "wants", "needs"];

/// Why a sentence says something else than the act that was read out of it.
pub(super) fn doubt(frame: &Frame<'_>, act: &Act) -> Option<Stop> {
    let body = body(frame, act);
    let said = text(act);
    let described = body.iter().position(|token| token.before >= Gap::Comma || token.is("described"));
    let aside = if matches!(act, Act::Add { .. }) { described.unwrap_or(body.len()) } else { 0 };
    // What a newcomer is called is said plainly; what is said about it is taken as it is.
    let unread = |&(at, token): &(usize, &Token)| !token.quoted && (at < aside || !said.contains(token.low.as_str()));
    let takes = takes_away(frame, act);
    let done = matches!(act, Act::Status { implemented: true, .. });
    let turned = |token: &Token| token.any(HANGS) || (token.any(TURNS) && !takes) || (done && token.any(WISHES));
    let word = body.iter().enumerate().filter(unread).find(|(_, token)| turned(token)).map(|(_, token)| token);
    if let Some(word) = word {
        return Some(
            Stop::unclear(format!("`{}` changes what is meant, and I cannot follow it", word.text))
                .hint("say what is to be done now, in one plain sentence"),
        );
    }
    if second(body, frame, act) {
        return Some(
            Stop::unclear("this says two things, and I do one at a time").hint("say them one after the other"),
        );
    }
    if let Some(left) = left_out(frame, body, act) {
        return Some(
            Stop::unclear(format!(
                "{} is named too, and the rest of the sentence does nothing with it",
                titled(frame.model, left)
            ))
            .hint("say one thing at a time"),
        );
    }
    endless(frame, act)
}

/// The words that say what is to be done: for acts that take a reason or a statement, up to it.
fn body<'f>(frame: &'f Frame<'_>, act: &Act) -> &'f [Token] {
    let apart = match act {
        Act::Attest { .. } => true,
        Act::Remove { .. } | Act::Rate { .. } => frame.reason.is_none(),
        _ => false,
    };
    let end = (1..frame.words.len()).find(|at| apart && frame.words[*at].before >= Gap::Comma);
    &frame.words[..end.unwrap_or(frame.words.len())]
}

/// Everything the act writes, word by word.
fn text(act: &Act) -> BTreeSet<String> {
    let sets = |sets: &[(String, String)]| sets.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
    let all = match act {
        Act::Add { sets: all, .. } | Act::Edit { sets: all, .. } | Act::Rate { sets: all, .. } => sets(all),
        Act::Rename { name } | Act::Between { name, .. } => vec![name.clone()],
        Act::Attest { statement, .. } => vec![statement.clone()],
        Act::Remove { .. } | Act::Restore { .. } | Act::Cover { .. } | Act::Status { .. } => Vec::new(),
    };
    let words =
        all.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '\'')).map(str::to_lowercase);
    words.collect()
}

/// Whether the act itself is the turn: it takes something away, opens what was shut, or says that nothing is done.
fn takes_away(frame: &Frame<'_>, act: &Act) -> bool {
    match act {
        Act::Status { implemented, .. } => !implemented,
        Act::Remove { .. } => frame.verb == Verb::None,
        Act::Edit { id, sets } => sets.iter().all(|(field, value)| {
            let before = frame.model.entities.get(id).map(|entity| listed(entity, field)).unwrap_or_default();
            let after: BTreeSet<&str> = value.split(',').map(str::trim).collect();
            let fewer =
                field != "passes" && before.iter().any(|one| !after.iter().any(|kept| kept.starts_with(one.as_str())));
            value.is_empty() || value == "false" || fewer
        }),
        _ => false,
    }
}

/// The members of a list, as the command line calls them.
fn listed(entity: &Entity, field: &str) -> Vec<String> {
    match entity.value(field) {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        Some(Value::Table(table)) => table.keys().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// A second wish: `… and remove T12`; and for acts on one entity a second entity, unless its name has the `and`.
fn second(body: &[Token], frame: &Frame<'_>, act: &Act) -> bool {
    let ands = (1..body.len().saturating_sub(1)).filter(|at| body[*at].any(&["and", "&", "then"]));
    let title = |id: &Id| frame.model.entities.get(id).is_some_and(|entity| entity.title().contains(" and "));
    let lone = match act {
        Act::Remove { id, .. } | Act::Restore { id } | Act::Status { control: id, .. } => !title(id),
        _ => false,
    };
    let mut ands = ands.peekable();
    (lone && ands.peek().is_some()) || ands.any(|at| verbs(&body[at + 1..]))
}

/// An ID that was named and that the act does nothing with.
fn left_out(frame: &Frame<'_>, body: &[Token], act: &Act) -> Option<Id> {
    let used = used(frame, act);
    body.iter().filter(|token| !token.quoted).filter_map(id).find(|id| !used.contains(id))
}

fn used(frame: &Frame<'_>, act: &Act) -> BTreeSet<Id> {
    let ids =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '-').flat_map(Id::parse).collect::<Vec<_>>();
    let mut used: BTreeSet<Id> = BTreeSet::new();
    match act {
        Act::Add { sets, .. } => sets.iter().for_each(|(_, value)| used.extend(ids(value))),
        Act::Edit { id, sets } => {
            used.insert(*id);
            for (field, value) in sets {
                used.extend(ids(value));
                let before = frame.model.entities.get(id).map(|entity| listed(entity, field)).unwrap_or_default();
                used.extend(before.iter().filter_map(|one| Id::parse(one)));
            }
        }
        Act::Rate { id, .. } | Act::Restore { id } | Act::Attest { id, .. } => drop(used.insert(*id)),
        Act::Remove { id, replaced_by, .. } => {
            used.insert(*id);
            used.extend(replaced_by.iter().flat_map(|by| ids(by)));
        }
        Act::Rename { .. } => {}
        Act::Cover { control, objectives, .. } => {
            used.insert(*control);
            used.extend(objectives.iter().flat_map(|one| [one.asset, one.attacker]));
        }
        Act::Status { control, .. } => drop(used.insert(*control)),
        Act::Between { outer, inner, .. } => used.extend([*outer, *inner]),
    }
    used
}

/// An attestation with an end that was not understood would have none.
fn endless(frame: &Frame<'_>, act: &Act) -> Option<Stop> {
    let Act::Attest { expires: None, id, .. } = act else { return None };
    let at = frame.words.iter().position(|token| token.any(&["until", "till", "expires", "expiring"]))?;
    let said = frame.text(&frame.words[at..]);
    Some(
        Stop::unclear(format!("`{said}` is no day that is still to come"))
            .example(format!("Attest {id}: the provider's report was read, until 2999-12-31")),
    )
}
