//! Issues of Jira as tickets.

use std::cell::{Cell, RefCell};

use serde_json::{Value, json};

use super::{Draft, Edit, Found, Made, Tracker, standing};
use crate::remote::{Card, Flavour, Jira, RemoteError, Transition};
use crate::render::{Page, adf, adf_line, wiki};
use crate::store::Tracking;
use crate::track::{Dress, Key, Mark, Seen, State, lines, nodes};

/// A project whose issues are tickets.
pub struct Site<'a> {
    jira: Jira,
    project: &'a str,
    track: &'a Tracking,
    /// The project was there when it was asked for.
    sure: Cell<bool>,
    /// Issues made by this run, which the index may not know yet.
    fresh: RefCell<Vec<u64>>,
}

impl<'a> Site<'a> {
    pub fn new(jira: Jira, project: &'a str, track: &'a Tracking) -> Site<'a> {
        Site { jira, project, track, sure: Cell::new(false), fresh: RefCell::default() }
    }

    fn seen(&self, card: Card, key: Option<&Key>) -> Option<Seen> {
        let marks = match &card.description {
            Value::String(text) => lines::marks(text),
            document => nodes::marks(document),
        };
        let mut marks = marks.into_iter();
        let (mark, others) = (marks.next(), marks.collect());
        let key = mark.as_ref().map(|mark| &mark.key).or(key)?.clone();
        Some(Seen {
            key,
            url: self.jira.url(&card.key),
            number: card.id,
            home: card.project == self.project,
            mark,
            others,
            state: standing::state(&card, &self.track.jira.transitions),
            labelled: card.labels.contains(&self.track.label),
            nested: card.nested || card.done || self.track.jira.parent.is_none(),
            comments: true,
            title: card.summary,
            body: card.description,
            at: card.key,
        })
    }

    /// A text of ours for this flavour, to stand alone.
    fn text(&self, first: &str, words: &Page) -> Value {
        match self.jira.flavour {
            Flavour::Cloud => {
                let content: Vec<Value> = adf(words).into_iter().chain([adf_line(first)]).collect();
                json!({ "type": "doc", "version": 1, "content": content })
            }
            Flavour::DataCenter => Value::String(format!("{}\n{first}", wiki(words).trim_end())),
        }
    }

    /// The description with our block in it.
    fn body(&self, there: &Value, mark: &Mark, words: &Page) -> Value {
        match self.jira.flavour {
            Flavour::Cloud => nodes::replace(there, &mark.key, nodes::block(mark, adf(words), adf_line)),
            Flavour::DataCenter => {
                let there = there.as_str().unwrap_or_default();
                // Lines of a wiki run into one paragraph; empty ones keep ours apart.
                Value::String(Dress::Plain.put(there, mark, &format!("\n{}\n", wiki(words))))
            }
        }
    }

    /// The transition that leads a ticket to a state; `None` where it is as good as there. `Err` within: no transition does.
    fn way(&self, seen: &Seen, state: State) -> Result<Result<Option<Transition>, String>, RemoteError> {
        let ways = self.jira.transitions(&seen.at)?;
        let word = match state {
            State::Open => "open",
            State::Done => "done",
            State::Gone | State::Closed => "gone",
        };
        let configured = self.track.jira.transitions.get(word);
        let way = match configured {
            Some(name) => {
                ways.iter().find(|way| way.name.eq_ignore_ascii_case(name) || way.to.eq_ignore_ascii_case(name))
            }
            None => standing::choose(&ways, state),
        };
        Ok(match way {
            Some(way) => Ok(Some(way.clone())),
            // It is closed already, and its workflow has no other way of being closed.
            None if state.open() == seen.state.open() => Ok(None),
            None => Err(missing(&ways, word, configured)),
        })
    }

    /// Leads a ticket to a state. `Err` within: no transition does.
    fn lead(&self, seen: &Seen, state: State) -> Result<Result<(), String>, RemoteError> {
        match self.way(seen, state)? {
            Ok(Some(way)) => self.jira.take_transition(&seen.at, &way.id).map(Ok),
            Ok(None) => Ok(Ok(())),
            Err(why) => Ok(Err(why)),
        }
    }
}

/// The refusal of a new issue, with the setting that it is about.
fn named(error: RemoteError) -> RemoteError {
    let RemoteError::Invalid { what, message } = error else { return error };
    let settings = [("issuetype", "type"), ("components", "components"), ("parent", "parent"), ("labels", "labels")];
    let about = settings.iter().find(|(field, _)| message.contains(&format!("{field}:")));
    let table = |setting: &str| if setting == "labels" { "[track]" } else { "[track.jira]" };
    let setting = about.map_or(String::new(), |(_, name)| format!(" ({name} of {} in redan.toml)", table(name)));
    RemoteError::Invalid { what, message: format!("{message}{setting}") }
}

fn missing(ways: &[Transition], word: &str, configured: Option<&String>) -> String {
    let there: Vec<String> = ways.iter().map(|way| format!("{} (to {})", way.name, way.to)).collect();
    let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
    let wanted = configured.map_or(String::new(), |name| format!(" `{name}`"));
    format!(
        "its status has no transition{wanted} for a control that is {word}; there are: {there}. Name one in [track.jira.transitions] {word} = \"…\", or lead it there by hand"
    )
}

impl Tracker for Site<'_> {
    fn table(&self) -> &'static str {
        "jira"
    }

    /// In every project: an issue that was moved keeps its label.
    fn list(&self) -> Result<Vec<Seen>, RemoteError> {
        // Cloud takes fifty of them.
        let fresh: Vec<u64> = self.fresh.borrow().iter().rev().take(50).copied().collect();
        let cards = self.jira.cards(&self.track.label, &fresh)?;
        Ok(cards.into_iter().filter_map(|card| self.seen(card, None)).collect())
    }

    fn place(&self, link: &str) -> Option<String> {
        let key = link.rsplit_once("/browse/").map_or(link, |(_, key)| key);
        let (project, number) = key.rsplit_once('-')?;
        let plain = !project.is_empty() && project.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (plain && number.parse::<u64>().is_ok()).then(|| key.to_owned())
    }

    fn look(&self, key: &Key, at: &str) -> Result<Found, RemoteError> {
        match self.jira.card(at) {
            Ok(card) => Ok(Found::of(self.seen(card, Some(key)), key)),
            Err(RemoteError::Missing { .. } | RemoteError::Forbidden { .. }) => Ok(Found::Hidden),
            Err(error) => Err(error),
        }
    }

    /// Jira sets no limit.
    fn room(&self) -> Result<Option<usize>, RemoteError> {
        let Some(parent) = &self.track.jira.parent else { return Ok(None) };
        match self.jira.card(parent) {
            Err(RemoteError::Missing { gone, .. }) => {
                Err(RemoteError::Missing { what: format!("looking for {parent} (parent of [track.jira])"), gone })
            }
            there => there.map(|_| None),
        }
    }

    fn create(&self, draft: &Draft<'_>) -> Result<Made, RemoteError> {
        if !self.sure.replace(true) {
            self.jira.project(self.project)?;
        }
        let settings = &self.track.jira;
        let labels: Vec<&String> = std::iter::once(&self.track.label).chain(&self.track.labels).collect();
        let body = self.body(&Value::Null, draft.mark, draft.words);
        let mut fields = json!({
            "project": { "key": self.project },
            "issuetype": { "name": settings.kind.as_deref().unwrap_or("Task") },
            "summary": draft.title,
            "description": body,
            "labels": labels,
        });
        if !settings.components.is_empty() {
            fields["components"] = settings.components.iter().map(|name| json!({ "name": name })).collect();
        }
        if let Some(parent) = settings.parent.as_ref().filter(|_| draft.nest) {
            fields["parent"] = json!({ "key": parent });
        }
        let (id, key) = self.jira.create_card(&fields).map_err(named)?;
        self.fresh.borrow_mut().push(id);
        let seen = Seen {
            key: draft.mark.key.clone(),
            url: self.jira.url(&key),
            at: key,
            number: id,
            home: true,
            mark: Some(draft.mark.clone()),
            others: Vec::new(),
            title: draft.title.to_owned(),
            state: State::Open,
            labelled: true,
            nested: true,
            comments: false,
            body: fields["description"].take(),
        };
        Ok(Made { seen, lacks: Vec::new() })
    }

    fn label(&self, seen: &Seen) -> Result<(), RemoteError> {
        self.jira.edit_card(&seen.at, &json!({}), std::slice::from_ref(&self.track.label))
    }

    fn nest(&self, seen: &Seen) -> Result<(), RemoteError> {
        let Some(parent) = &self.track.jira.parent else { return Ok(()) };
        self.jira.edit_card(&seen.at, &json!({ "parent": { "key": parent } }), &[])
    }

    fn explain(&self, seen: &Seen, mark: &str, words: &Page) -> Result<bool, RemoteError> {
        let says = |body: &Value| match body {
            Value::String(text) => text.lines().any(|line| line.trim() == mark),
            document => {
                document["content"].as_array().into_iter().flatten().any(|node| nodes::text(node).trim() == mark)
            }
        };
        if self.jira.remarks(&seen.at)?.iter().any(says) {
            return Ok(false);
        }
        self.jira.remark(&seen.at, &self.text(mark, words)).map(|()| true)
    }

    fn edit(&self, seen: &Seen, edit: &Edit<'_>) -> Result<Result<(), String>, RemoteError> {
        if let Some(state) = edit.state
            && let Err(why) = self.lead(seen, state)?
        {
            return Ok(Err(why));
        }
        let mut fields = json!({});
        // What somebody wrote since the list was read stays.
        let now = edit.text.is_some().then(|| self.jira.card(&seen.at)).transpose()?;
        if let Some((mark, words)) = edit.text {
            let there = now.as_ref().map_or(&seen.body, |now| &now.description);
            fields["description"] = self.body(there, mark, words);
        }
        if let Some(title) = edit.title.filter(|_| now.as_ref().is_none_or(|now| now.summary == seen.title)) {
            fields["summary"] = title.into();
        }
        if fields != json!({}) {
            self.jira.edit_card(&seen.at, &fields, &[])?;
        }
        Ok(Ok(()))
    }

    fn twin(&self, seen: &Seen, of: &Seen) -> Result<Result<(), String>, RemoteError> {
        if seen.state.open()
            && let Err(why) = self.lead(seen, State::Gone)?
        {
            return Ok(Err(why));
        }
        let words = format!("Duplicate of {}", of.at);
        let body = match &self.jira.card(&seen.at)?.description {
            Value::String(text) => {
                let block = lines::find(text, &seen.key).unwrap_or(text.len()..text.len());
                Value::String(format!("{}{words}{}", &text[..block.start], &text[block.end..]))
            }
            document => nodes::replace(document, &seen.key, vec![adf_line(&words)]),
        };
        self.jira.edit_card(&seen.at, &json!({ "description": body }), &[]).map(Ok)
    }
}
