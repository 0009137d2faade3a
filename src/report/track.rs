//! What was found and done about tickets: `track/1`.

mod left;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Status;
use crate::render::{Line, Page, Tone};
use crate::track::{Key, Plan, Proposal, Remote, State, Step, Wish};

/// What there is to tell.
pub struct Story<'a> {
    /// `github` or `jira`.
    pub to: &'static str,
    /// Where new tickets are made: `acme/payments`, `PAY`.
    pub place: &'a str,
    /// The full id of the commit.
    pub commit: &'a str,
    pub wishes: &'a [Wish],
    pub plan: &'a Plan,
    pub remote: &'a Remote,
    /// Models that could not be read whole: which, and why.
    pub held: &'a [(String, String)],
    pub proposals: &'a [Proposal],
    /// Steps that were done; absent where only a plan was asked for.
    pub done: Option<&'a [Step]>,
    pub stuck: &'a [(Key, String, String)],
    /// The most new tickets.
    pub cap: usize,
}

/// `track/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Track {
    /// github or jira.
    pub to: &'static str,
    /// Where new tickets are made.
    pub place: String,
    /// The commit that was read.
    pub commit: String,
    /// Whether anything was written to the tracker.
    pub performed: bool,
    /// What is to be done, or was done, in order.
    pub steps: Vec<Act>,
    /// Models, or files of one, that could not be read whole or whose tickets another workspace keeps: nothing is done
    /// about them.
    pub held: Vec<Unread>,
    /// What is left alone.
    pub left: Vec<Left>,
    /// Statuses that tickets say and the model does not.
    pub proposals: Vec<Proposed>,
    /// Controls that get no ticket in this run because of the cap.
    pub waiting: Vec<String>,
    /// Tickets, there or new, that are not below the parent, since it takes no more.
    pub beside: usize,
    /// Tickets that say what they should.
    pub unchanged: usize,
}

/// One thing to do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Act {
    /// create, label, nest, explain, update, reopen, complete, close or duplicate.
    pub act: &'static str,
    /// `payments/C1`.
    pub control: String,
    /// The ticket; absent for one that is not made yet.
    pub ticket: Option<String>,
    pub url: Option<String>,
    pub title: String,
}

/// A model that nothing is done about.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unread {
    /// The model, or the file where that is not known.
    pub model: String,
    pub message: String,
}

/// Something that is left alone, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Left {
    /// by_hand, unsure, stale, unknown, hidden, other, stranger, odd, deleted, stray or stuck.
    pub what: &'static str,
    pub control: String,
    /// Empty for one that could not be made.
    pub ticket: String,
    pub message: String,
}

/// A change of the model that a ticket suggests.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Proposed {
    pub control: String,
    pub ticket: String,
    pub field: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub command: String,
}

/// The whole story.
pub fn track(story: &Story<'_>) -> Track {
    let steps = story.done.unwrap_or(&story.plan.steps);
    let stuck = story.stuck.iter().map(|(key, at, why)| Left {
        what: "stuck",
        control: key.to_string(),
        ticket: at.clone(),
        message: why.clone(),
    });
    Track {
        to: story.to,
        place: story.place.to_owned(),
        commit: story.commit.to_owned(),
        performed: story.done.is_some(),
        steps: steps.iter().map(|step| act(story, step)).collect(),
        held: story
            .held
            .iter()
            .map(|(model, message)| Unread { model: model.clone(), message: message.clone() })
            .collect(),
        left: story.plan.told.iter().map(left::left).chain(stuck).collect(),
        proposals: story.proposals.iter().map(proposed).collect(),
        waiting: story.plan.waiting.iter().map(ToString::to_string).collect(),
        beside: story.plan.beside,
        unchanged: story.plan.same,
    }
}

fn act(story: &Story<'_>, step: &Step) -> Act {
    let (act, key, at) = match step {
        Step::Create { key, .. } => ("create", key, None),
        Step::Label { key, at } => ("label", key, Some(at)),
        Step::Nest { key, at } => ("nest", key, Some(at)),
        Step::Explain { key, at, .. } => ("explain", key, Some(at)),
        Step::Edit { key, at, state, .. } => (word(*state), key, Some(at)),
        Step::Twin { key, at, .. } => ("duplicate", key, Some(at)),
    };
    let seen = match at {
        Some(at) => story.remote.seen.iter().find(|seen| seen.at == *at),
        None => story.done.and_then(|_| story.remote.of(key).first().copied()),
    };
    Act {
        act,
        control: key.to_string(),
        ticket: at.cloned().or_else(|| seen.map(|seen| seen.at.clone())),
        url: seen.map(|seen| seen.url.clone()).filter(|url| !url.is_empty()),
        title: story.wishes.iter().find(|wish| wish.key == *key).map(|wish| wish.title.clone()).unwrap_or_default(),
    }
}

fn word(state: Option<State>) -> &'static str {
    match state {
        None => "update",
        Some(State::Open) => "reopen",
        Some(State::Done) => "complete",
        Some(State::Gone | State::Closed) => "close",
    }
}

fn proposed(proposal: &Proposal) -> Proposed {
    let from = match proposal.status {
        Status::Implemented => Status::NotImplemented,
        Status::NotImplemented => Status::Implemented,
    };
    let to = proposal.status.word();
    Proposed {
        control: proposal.key.to_string(),
        ticket: proposal.at.clone(),
        field: "status",
        from: from.word(),
        to,
        command: format!("redan status {} {to}", proposal.key),
    }
}

/// The same for people.
pub fn page(track: &Track, cap: usize) -> Page {
    let mut page = Page::default();
    let verb = if track.performed { "done" } else { "to do" };
    let head =
        format!(" at {}: {} {verb}, {} as they should be", short(&track.commit), track.steps.len(), track.unchanged);
    page.heading(Line::of(Tone::Id, &track.place).and(Tone::Plain, head));
    let row = |act: &Act| {
        vec![
            Line::of(tone(act.act), act.act),
            Line::of(Tone::Id, &act.control),
            Line::plain(act.ticket.clone().unwrap_or_default()),
            Line::of(Tone::Dim, &act.title),
        ]
    };
    page.table(&["act", "control", "ticket", "title"], track.steps.iter().map(row).collect());
    let line = |unread: &Unread| {
        Line::of(Tone::Id, &unread.model).and(Tone::Plain, format!(": left alone: {}", unread.message))
    };
    page.list(track.held.iter().map(line).collect());
    let line = |left: &Left| {
        let line = match left.ticket.as_str() {
            "" => Line::default(),
            ticket => Line::of(Tone::Warning, ticket).and(Tone::Plain, " for "),
        };
        line.and(Tone::Id, &left.control).and(Tone::Plain, format!(": {}", left.message))
    };
    page.list(track.left.iter().map(line).collect());
    if !track.proposals.is_empty() {
        page.heading(Line::plain("what tickets say and the model does not"));
        let line = |one: &Proposed| {
            Line::of(Tone::Command, &one.command).and(Tone::Dim, format!("  ({} says so)", one.ticket))
        };
        page.list(track.proposals.iter().map(line).collect());
    }
    if !track.waiting.is_empty() {
        let count = track.waiting.len();
        let (more, wait) = if count == 1 { ("control", "waits") } else { ("controls", "wait") };
        let text = format!(
            "{count} more {more} {wait} for a ticket: a run makes {cap} at most, the highest tiers first. Run again, or say --max-new {} (max_new of [track] in redan.toml)",
            count + cap
        );
        page.text(Line::of(Tone::Warning, text));
    }
    if track.beside > 0 {
        let text = format!(
            "the parent takes no more sub-issues: {} of these tickets stand beside it. For them and what comes, name another: parent of [track.github] in redan.toml",
            track.beside
        );
        page.text(Line::of(Tone::Warning, text));
    }
    page
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

fn tone(act: &str) -> Tone {
    match act {
        "create" | "reopen" => Tone::Added,
        "complete" => Tone::Good,
        "close" | "duplicate" => Tone::Removed,
        _ => Tone::Plain,
    }
}
