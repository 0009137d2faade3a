//! How far a control is, and what it covers.

use super::Act;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, named, objective, one, titled};
use super::nouns::{after, parted, starts};
use super::stop::Stop;
use super::token::Token;
use crate::model::{Body, Id, Kind, Objective};

pub(super) const DONE: &[&str] = &[
    "implemented",
    "done",
    "in place",
    "live",
    "finished",
    "complete",
    "completed",
    "in production",
    "deployed",
    "built",
    "rolled out",
    "active",
    "ready",
];
pub(super) const OPEN: &[&str] = &[
    "not implemented",
    "not_implemented",
    "unimplemented",
    "not done",
    "not in place",
    "open",
    "planned",
    "no longer implemented",
    "no longer in place",
    "not live",
    "not built",
    "to be done",
    "undone",
    "not yet implemented",
    "not deployed",
    "missing",
    "not finished",
    "rolled back",
    "not ready",
];

/// Who says so first.
pub(super) const DID: &[&str] = &[
    "we finished",
    "we implemented",
    "we completed",
    "we shipped",
    "we deployed",
    "we built",
    "we rolled out",
    "implemented",
    "done",
    "finished",
];

/// What denies that a control is done.
pub(super) const NOT: &[&str] = &["not yet", "no longer", "not", "isn't"];

/// `Mark C7 as implemented`, `C2 is not implemented any more`.
pub(super) fn status(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    if frame.verb == Verb::None
        && let Some(what) = after(words, DID)
        && let Named::One(control) = named(frame.model, what, &[Kind::Control], Among::Live)
        && control.kind == Kind::Control
    {
        return Some(Ok(Act::Status { control, implemented: true }));
    }
    let (what, value) = match frame.verb {
        Verb::Mark => parted(words, &["as", "to", "to be"]).or_else(|| split(words)),
        Verb::Set => {
            let of = after(words, &["the status of", "status of"]).unwrap_or(words);
            parted(of, &["as", "to", "to be", "is"]).or_else(|| split(of))
        }
        Verb::None => {
            parted(words, &["is now", "are now", "is", "has been", "was", "isn't", "are"]).or_else(|| split(words))
        }
        _ => None,
    }?;
    let what = match what {
        [rest @ .., last] if last.is("status") => rest,
        _ => what,
    };
    let Named::One(id) = named(frame.model, what, &[], Among::Live) else {
        return word(value).and_then(|done| controls(frame, what, done));
    };
    let isn_t = words.iter().any(|token| token.is("isn't"));
    match (id.kind, word(value)) {
        (Kind::Control, Some(done)) => Some(Ok(Act::Status { control: id, implemented: done && !isn_t })),
        (Kind::Control, None) if frame.verb == Verb::Mark => Some(state(frame, id, value)),
        _ => None,
    }
}

/// `mark C14 not implemented`.
fn split(words: &[Token]) -> Option<(&[Token], &[Token])> {
    let at = (1..words.len()).find(|at| word(&words[*at..]).is_some())?;
    Some(words.split_at(at))
}

fn controls(frame: &Frame<'_>, what: &[Token], implemented: bool) -> Option<Result<Act, Stop>> {
    let control = super::name::stripped(what).1 == Some(Kind::Control);
    control.then(|| {
        one(frame.model, what, &[Kind::Control], Among::Live).map(|control| Act::Status { control, implemented })
    })
}

/// Whether the words say that it is done; nothing where they say neither.
fn word(value: &[Token]) -> Option<bool> {
    let value = after(value, &["already", "now", "fully", "finally", "currently", "again"]).unwrap_or(value);
    let said = |words: &[&str]| words.iter().any(|word| starts(value, word));
    let denied = after(value, NOT).is_some_and(|rest| DONE.iter().any(|word| starts(rest, word)));
    match () {
        () if denied || said(OPEN) => Some(false),
        () if said(DONE) && value.len() <= 4 => Some(true),
        () => None,
    }
}

/// The status of a control as somebody says it.
pub(super) fn state(frame: &Frame<'_>, control: Id, value: &[Token]) -> Result<Act, Stop> {
    match word(value) {
        Some(implemented) => Ok(Act::Status { control, implemented }),
        None => {
            let said = frame.text(value);
            Err(Stop::unclear(format!("a control is implemented or not_implemented, not `{said}`"))
                .example(format!("Mark {control} as implemented")))
        }
    }
}

pub(super) const COVERS: &[&str] = &[
    "also covers",
    "covers",
    "cover",
    "also protects",
    "protects",
    "protect",
    "also mitigates",
    "mitigates",
    "mitigate",
    "also applies to",
    "applies to",
    "apply to",
    "to protect",
    "to cover",
    "to",
    "onto",
    "for",
    "now covers",
    "should cover",
    "should also cover",
    "helps against",
    "addresses",
    "against",
    "should protect",
    "handles",
];

/// `C9 also covers CO-A10-T12`, `Let C9 protect A7 against T1`, `Map C5 to CO-A12-T3`.
pub(super) fn cover(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let words = frame.words;
    if !matches!(frame.verb, Verb::Cover | Verb::None | Verb::Add) {
        return None;
    }
    let (words, group) = group(words);
    // `Cover A7 against T1 with C9`.
    let turned = match frame.verb {
        Verb::Cover => parted(words, &["with", "by", "using"]).map(|(goal, control)| (control, goal)),
        _ => None,
    };
    let (what, goal) = turned.or_else(|| parted(words, COVERS))?;
    let control = match named(frame.model, what, &[], Among::Live) {
        Named::One(id) if id.kind == Kind::Control => id,
        _ if frame.verb == Verb::Cover && !what.is_empty() => {
            return Some(
                one(frame.model, what, &[Kind::Control], Among::Live)
                    .and_then(|control| covered(frame, control, goal, &group)),
            );
        }
        _ => return None,
    };
    if super::rate::only_properties(goal) {
        return None;
    }
    Some(covered(frame, control, goal, &group))
}

fn covered(frame: &Frame<'_>, control: Id, goal: &[Token], group: &str) -> Result<Act, Stop> {
    let all = objectives(frame, control, goal)?;
    let held = frame.model.entities.get(&control).map(|entity| &entity.body);
    let covers = |one: &Objective| match held {
        Some(Body::Control(control)) => control.covers.group(*one),
        _ => None,
    };
    // Without a word of a group, nothing moves out of the one it is in.
    let objectives: Vec<Objective> =
        all.iter().copied().filter(|one| group != "next" || covers(one).is_none()).collect();
    match all.first().and_then(|one| Some((one, covers(one)?))) {
        Some((one, held)) if objectives.is_empty() => {
            Err(Stop::unclear(format!("{} covers {one} already, in group {held}", titled(frame.model, control)))
                .example(format!("{control} covers {one} in group 2")))
        }
        _ => Ok(Act::Cover { control, objectives, group: group.to_owned() }),
    }
}

fn objectives(frame: &Frame<'_>, control: Id, goal: &[Token]) -> Result<Vec<Objective>, Stop> {
    let said: Vec<Objective> = goal.iter().filter_map(objective).collect();
    if !said.is_empty() {
        return match said.iter().find(|one| !frame.model.is_open(**one)) {
            Some(one) => Err(Stop::unclear(format!("{one} is no live objective"))
                .hint(format!("redan show {} lists them", frame.model.id))),
            None => Ok(said),
        };
    }
    let unclear = || {
        Stop::unclear(format!("what does {} cover? Name an asset and an attacker", titled(frame.model, control)))
            .example(format!("{control} also covers CO-A1-T1"))
            .hint(format!("for patterns: redan cover {control} 'A1-*' --group next -m {}", frame.model.id))
    };
    let (asset, attacker) =
        parted(goal, &["against", "from", "vs", "versus", "when attacked by"]).ok_or_else(unclear)?;
    let asset = one(frame.model, asset, &[Kind::Asset], Among::Live)?;
    let attacker = one(frame.model, attacker, &[Kind::Attacker], Among::Live)?;
    Ok(vec![Objective { asset, attacker }])
}

pub(super) const GROUP: &[&str] = &["in group", "as group", "group", "in mitigation group"];
pub(super) const DEPTH: &[&str] = &[
    "as defense in depth",
    "as defence in depth",
    "as defense-in-depth",
    "as defence-in-depth",
    "in depth",
    "as depth",
    "for depth",
];

/// The mitigation group that the words end with; a group of its own where they name none.
fn group(words: &[Token]) -> (&[Token], String) {
    if let Some((before, after)) = parted(words, GROUP)
        && let Some(number) = after.first().filter(|token| token.low.parse::<u32>().is_ok_and(|number| number > 0))
    {
        return (before, number.low.clone());
    }
    match parted(words, DEPTH) {
        Some((before, _)) => (before, "depth".to_owned()),
        None => (words, "next".to_owned()),
    }
}
