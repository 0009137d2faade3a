//! What is left alone, in words for a person.

use super::Left;
use crate::track::{Key, Lost, Shown, State, Told};

/// One thing that is left alone.
pub(super) fn left(told: &Told) -> Left {
    let (what, key, at, message) = match told {
        Told::ByHand { key, at, state, shown } => ("by_hand", key, at, by_hand(key, (*state, *shown))),
        Told::Unsure { key, at, state } => {
            let (is, hand) = if state.open() { ("open", "close it") } else { ("closed", "open it") };
            let message = format!(
                "our lines were lost, so who left it {is} is not known: it stays so, and nothing is proposed; {hand} by hand where the model is right"
            );
            ("unsure", key, at, message)
        }
        Told::Stale { key, at } => {
            let message = format!("it is about something else that {} once was: redan check tells", key.control);
            ("stale", key, at, message)
        }
        Told::Unknown { key, at } => {
            let message = "its words changed since, and the history that says whether it is still the same control is not at hand: fetch all of it (in a workflow: fetch-depth: 0 of actions/checkout), or say which branch is published ([history] published)".to_owned();
            ("unknown", key, at, message)
        }
        Told::Lost { key, at, lost: why } => {
            let (what, message) = lost(key, *why);
            (what, key, at, message)
        }
        Told::Stray { key, at } => {
            ("stray", key, at, format!("there is no {} in {}; it is left alone", key.control, key.model))
        }
    };
    Left { what, control: key.to_string(), ticket: at.clone(), message }
}

/// What somebody set, and what may come of it.
fn by_hand(key: &Key, standing: (State, Shown)) -> String {
    match standing {
        (State::Open, Shown::Gone) => format!(
            "somebody opened it again, and the control is gone: restore it (redan restore {key}), cover something live with it, or close the ticket"
        ),
        (State::Open, _) => "somebody opened it again, and the model says otherwise; --pull takes it over".to_owned(),
        (State::Done, _) => {
            "somebody closed it as completed, and the model does not say so; --pull takes it over".to_owned()
        }
        (State::Closed, _) => format!(
            "somebody closed it, and whether it was done is not known: where it was, redan status {key} implemented; done and gone of [track.jira.transitions] name the statuses that tell"
        ),
        (State::Gone, _) => format!(
            "somebody closed it as not planned: remove the control (redan remove {key} --reason …), accept the risk (redan accept), or open it again"
        ),
    }
}

/// Why a link leads to no ticket of ours.
fn lost(key: &Key, lost: Lost) -> (&'static str, String) {
    let anew = format!("take {} out of tickets.toml for a new one", key.control);
    match lost {
        Lost::Hidden => (
            "hidden",
            format!(
                "deleted, or moved out of sight of this token: no second one is made; to have one, take {} out of tickets.toml",
                key.control
            ),
        ),
        Lost::Other => (
            "other",
            format!(
                "its text names another control or several, and which it is for is not known: leave our lines for {key} alone in it, or {anew}"
            ),
        ),
        Lost::Stranger => (
            "stranger",
            format!(
                "it is none of ours, since it bears neither our label nor our lines, or is a pull request: say the right one in tickets.toml, or {anew}"
            ),
        ),
        Lost::Odd => (
            "odd",
            format!("tickets.toml names no ticket with that: write it like acme/payments#12 or PAY-12, or {anew}"),
        ),
        Lost::Deleted => ("deleted", "it was deleted, so there will be a new one".to_owned()),
    }
}
