//! How an issue of Jira stands, and which transition leads it on, by the names that people give these.

use std::collections::BTreeMap;

use crate::remote::{Card, Transition};
use crate::track::State;

/// Statuses and resolutions that mean that nobody will do it.
const GIVEN_UP: [&str; 17] = [
    "won't do",
    "won't fix",
    "wont do",
    "wont fix",
    "cancelled",
    "canceled",
    "declined",
    "rejected",
    "abandoned",
    "withdrawn",
    "duplicate",
    "obsolete",
    "not planned",
    "invalid",
    "incomplete",
    "cannot reproduce",
    "not a bug",
];
/// Statuses and resolutions that mean that it was done. `Closed` means either.
const DONE: [&str; 11] = [
    "done",
    "fixed",
    "resolved",
    "complete",
    "completed",
    "implemented",
    "finished",
    "released",
    "deployed",
    "delivered",
    "shipped",
];

/// A name as it is compared: keyboards and locales write the apostrophe either way.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace('\u{2019}', "'")
}

fn given_up(name: &str) -> bool {
    GIVEN_UP.contains(&plain(name).as_str())
}

/// How an issue stands. `settled`: [track.jira.transitions], where a name may be a status. Done is only what is known to
/// be: by the settings, else by its resolution, and where it has none by its status.
pub fn state(card: &Card, settled: &BTreeMap<&'static str, String>) -> State {
    let names = || std::iter::once(card.status.as_str()).chain(card.resolution.as_deref());
    let said = |word| settled.get(word).is_some_and(|said| names().any(|name| plain(name) == plain(said)));
    let telling = card.resolution.as_deref().unwrap_or(&card.status);
    match card.done {
        false => State::Open,
        true if said("gone") => State::Gone,
        true if said("done") => State::Done,
        true if names().any(given_up) => State::Gone,
        true if DONE.contains(&plain(telling).as_str()) => State::Done,
        true => State::Closed,
    }
}

/// The transition that people would take: the fittest name, else the first that leads there.
pub fn choose(ways: &[Transition], state: State) -> Option<&Transition> {
    let fits: Vec<&Transition> = ways.iter().filter(|way| way.done != state.open()).collect();
    let best = match state {
        State::Gone | State::Closed => fits.iter().find(|way| given_up(&way.to)),
        State::Done => fits.iter().find(|way| !given_up(&way.to)),
        State::Open => fits.iter().find(|way| way.name.to_lowercase().contains("reopen")),
    };
    best.or(fits.first()).copied()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn of(status: &str, resolution: Option<&str>, settled: &[(&'static str, &str)]) -> State {
        let card = Card {
            id: 1,
            key: "PAY-1".to_owned(),
            project: "PAY".to_owned(),
            summary: String::new(),
            description: Value::Null,
            status: status.to_owned(),
            done: status != "To Do",
            resolution: resolution.map(str::to_owned),
            labels: Vec::new(),
            nested: false,
        };
        state(&card, &settled.iter().map(|(word, name)| (*word, (*name).to_owned())).collect())
    }

    #[test]
    fn only_what_is_known_to_be_done_is_done() {
        for (status, resolution, wanted) in [
            ("To Do", None, State::Open),
            ("Done", None, State::Done),
            ("Closed", Some("Fixed"), State::Done),
            ("Fertig", Some("Done"), State::Done),
            ("Closed", Some("Won\u{2019}t Do"), State::Gone),
            ("Closed", Some("Cannot Reproduce"), State::Gone),
            ("Closed", Some("Not a Bug"), State::Gone),
            ("Withdrawn", Some("Done"), State::Gone),
            ("Resolved", Some("Incomplete"), State::Gone),
            ("Closed", None, State::Closed),
            ("Done", Some("Out of scope"), State::Closed),
            ("Verworfen", Some("Verworfen"), State::Closed),
        ] {
            assert_eq!(of(status, resolution, &[]), wanted, "{status} {resolution:?}");
        }
    }

    #[test]
    fn settings_say_what_a_name_means() {
        let german = [("done", "fertig"), ("gone", "Verworfen")];
        assert_eq!(of("Fertig", None, &german), State::Done);
        assert_eq!(of("Verworfen", Some("Done"), &german), State::Gone);
        assert_eq!(of("Verworfen", Some("Verworfen"), &[("gone", "Verwerfen")]), State::Closed);
    }
}
