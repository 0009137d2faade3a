//! Conversations about a model: `sessions/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::identity::hashed;
use crate::model::{Model, Session, Turn};
use crate::render::{Line, Page, Tone};

/// `sessions/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sessions {
    pub model: String,
    /// Oldest first; their place in this list is the number to ask for one by.
    pub sessions: Vec<Conversation>,
}

/// One file of `sessions/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Conversation {
    /// From 1.
    pub number: usize,
    /// The file name without `.toml`.
    pub id: String,
    pub at: Option<String>,
    pub by: String,
    pub engine: String,
    pub turns: Vec<Said>,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Said {
    pub at: Option<String>,
    /// generate, refine, query or general.
    pub intent: Option<&'static str>,
    /// The person's words; a hash where they were not kept.
    pub words: String,
    pub reply: String,
    pub changes: Vec<String>,
    /// Structural digest before and after, 12 hex digits.
    pub before: String,
    pub after: String,
    /// Hashes stand for the words.
    pub redacted: bool,
    /// What it changed was taken back later in the conversation.
    pub undone: bool,
}

/// Every session of a model, or the one of this number or name.
pub fn sessions(model: &Model, only: Option<&str>) -> Sessions {
    let all = (1..).zip(&model.sessions).map(|(number, (id, session))| conversation(number, id, session));
    let meant = |one: &Conversation| only.is_none_or(|only| one.id == only || one.number.to_string() == only);
    Sessions { model: model.id.to_string(), sessions: all.filter(meant).collect() }
}

fn conversation(number: usize, id: &str, session: &Session) -> Conversation {
    Conversation {
        number,
        id: id.to_owned(),
        at: session.at.map(|at| at.to_string()),
        by: session.by.clone(),
        engine: session.engine.clone(),
        turns: session.turns.iter().zip(undone(&session.turns)).map(|(turn, undone)| said(turn, undone)).collect(),
    }
}

/// Which turns were taken back: each `/undo` takes the last change that stands.
fn undone(turns: &[Turn]) -> Vec<bool> {
    let hidden = hashed("/undo");
    let mut undone = vec![false; turns.len()];
    let mut standing: Vec<usize> = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        if !turn.changes.is_empty() {
            standing.push(at);
        } else if turn.words.trim() == "/undo" || turn.words == hidden {
            standing.pop().into_iter().for_each(|at| undone[at] = true);
        }
    }
    undone
}

fn said(turn: &Turn, undone: bool) -> Said {
    Said {
        at: turn.at.map(|at| at.to_string()),
        intent: turn.intent.map(|intent| intent.word()),
        words: turn.words.trim().to_owned(),
        reply: turn.reply.trim().to_owned(),
        changes: turn.changes.clone(),
        before: turn.before.clone(),
        after: turn.after.clone(),
        redacted: turn.redacted.is_some(),
        undone,
    }
}

/// The list: a line a session.
pub fn page(sessions: &Sessions) -> Page {
    let head = ["", "session", "by", "turns", "intents", "changes"];
    let row = |one: &Conversation| {
        let mut intents: Vec<&str> = one.turns.iter().filter_map(|turn| turn.intent).collect();
        intents.dedup();
        let changes: Vec<String> = one.turns.iter().flat_map(changes).collect();
        vec![
            Line::plain(one.number.to_string()),
            Line::of(Tone::Id, &one.id),
            Line::plain(&one.by),
            Line::plain(one.turns.len().to_string()),
            Line::plain(intents.join(", ")),
            Line::of(Tone::Dim, changes.join(", ")),
        ]
    };
    let mut page = Page::default();
    page.table(&head, sessions.sessions.iter().map(row).collect());
    if sessions.sessions.is_empty() {
        page.text(Line::of(Tone::Dim, format!("{} has no sessions", sessions.model)));
    }
    page
}

/// One session, turn by turn; `whole` with the answers, as it was.
pub fn conversation_page(one: &Conversation, whole: bool) -> Page {
    let mut page = Page::default();
    let with = format!("  {}, {}, engine {}", one.by, one.at.as_deref().unwrap_or_default(), one.engine);
    page.heading(Line::of(Tone::Strong, &one.id).and(Tone::Dim, with));
    for turn in &one.turns {
        let intent = turn.intent.unwrap_or_default();
        page.text(Line::of(Tone::Dim, format!("[{intent}] ")).and(Tone::Plain, format!("> {}", flat(&turn.words))));
        if whole && !turn.reply.is_empty() {
            page.text(Line::plain(flat(&turn.reply)));
        }
        let tone = if turn.undone { Tone::Dim } else { Tone::Added };
        page.list(changes(turn).into_iter().map(|change| Line::of(tone, change)).collect());
        if turn.before != turn.after {
            page.text(Line::of(Tone::Dim, format!("{} → {}", turn.before, turn.after)));
        }
    }
    page
}

/// What a turn changed, and whether it was taken back.
fn changes(turn: &Said) -> Vec<String> {
    let told = |change: &String| if turn.undone { format!("{change} (undone)") } else { change.clone() };
    turn.changes.iter().map(told).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
