//! Issues on GitHub as tickets.

use serde_json::Value;

use super::{Draft, Edit, Found, Made, Tracker};
use crate::remote::{Github, NewTicket, Parent, RemoteError, Repository, Ticket, TicketEdit};
use crate::render::{Page, markdown, markdown_within};
use crate::store::Tracking;
use crate::track::{Dress, Key, Seen, State, lines};

/// A repository whose issues are tickets.
pub struct Hub<'a> {
    pub github: Github,
    pub track: &'a Tracking,
}

impl Hub<'_> {
    fn seen(&self, issue: Ticket, key: Option<&Key>) -> Option<Seen> {
        let mut marks = lines::marks(&issue.body).into_iter();
        let (mark, others) = (marks.next(), marks.collect());
        let key = mark.as_ref().map(|mark| &mark.key).or(key)?.clone();
        let home = issue.repository.is(self.github.repository());
        let state = match (issue.open, issue.reason.as_deref()) {
            (true, _) => State::Open,
            (false, Some("completed") | None) => State::Done,
            (false, Some(_)) => State::Gone,
        };
        Some(Seen {
            key,
            at: format!("{}#{}", issue.repository, issue.number),
            url: issue.url,
            number: if home { issue.number } else { 0 },
            home,
            mark,
            others,
            title: issue.title,
            state,
            labelled: bears(&issue.labels, &self.track.label),
            nested: issue.nested || !issue.open || self.track.github.parent.is_none(),
            comments: issue.comments > 0,
            body: Value::String(issue.body),
        })
    }

    /// The repository of a ticket, and its number there: of `acme/payments#12`, `#12`, and the address of an issue.
    fn parts(&self, at: &str) -> Option<(Repository, u64)> {
        let (repository, number) = match at.rsplit_once('#') {
            Some(("", number)) => (self.github.repository().clone(), number),
            Some((repository, number)) => (Repository::parse(repository)?, number),
            None => {
                let (before, number) = at.trim_end_matches('/').rsplit_once("/issues/")?;
                let mut parts = before.rsplit('/');
                let (name, owner) = parts.next().zip(parts.next())?;
                (Repository::parse(&format!("{owner}/{name}"))?, number)
            }
        };
        Some((repository, number.parse().ok()?))
    }

    fn there(&self, at: &str) -> Result<(Github, u64), RemoteError> {
        let odd = || RemoteError::Settings { message: format!("`{at}` names no issue") };
        self.parts(at).map(|(repository, number)| (self.github.elsewhere(repository), number)).ok_or_else(odd)
    }
}

/// A body takes 65,536 units, and people want some of them.
const LONGEST: usize = 50_000;

fn text(words: &Page) -> String {
    markdown_within(LONGEST, [words.clone()])
}

fn bears(labels: &[String], label: &str) -> bool {
    labels.iter().any(|one| one.eq_ignore_ascii_case(label))
}

/// Whether it was done; what was refused is kept.
fn keep(lacks: &mut Vec<RemoteError>, done: Result<(), RemoteError>) -> bool {
    done.map_err(|error| lacks.push(error)).is_ok()
}

/// The refusal of a new issue, with the setting that it may be about.
fn named(error: RemoteError, kind: Option<&str>) -> RemoteError {
    match (error, kind) {
        (RemoteError::Invalid { what, message }, Some(kind)) if message.contains("type") => RemoteError::Invalid {
            what,
            message: format!(
                "{message}; is `{kind}` a type of issues of this organisation? (type of [track.github] in redan.toml)"
            ),
        },
        (error, _) => error,
    }
}

fn body(seen: &Seen) -> &str {
    seen.body.as_str().unwrap_or_default()
}

impl Tracker for Hub<'_> {
    fn table(&self) -> &'static str {
        "github"
    }

    fn list(&self) -> Result<Vec<Seen>, RemoteError> {
        let off = |error| match error {
            RemoteError::Invalid { what, message } if message.contains("disabled") => RemoteError::Invalid {
                what,
                message: format!(
                    "{message} (410): turn Issues on in the settings of {}, or name another repository in [track.github]",
                    self.github.repository()
                ),
            },
            error => error,
        };
        let issues = self.github.tickets(&self.track.label).map_err(off)?;
        Ok(issues.into_iter().filter_map(|issue| self.seen(issue, None)).collect())
    }

    fn place(&self, link: &str) -> Option<String> {
        self.parts(link).map(|(repository, number)| format!("{repository}#{number}"))
    }

    fn look(&self, key: &Key, at: &str) -> Result<Found, RemoteError> {
        let (github, number) = self.there(at)?;
        match github.ticket(number) {
            Ok(issue) if issue.pull => Ok(Found::Stranger),
            Ok(issue) => Ok(Found::of(self.seen(issue, Some(key)), key)),
            Err(RemoteError::Missing { gone: true, .. }) => Ok(Found::Deleted),
            Err(RemoteError::Missing { .. } | RemoteError::Forbidden { .. } | RemoteError::Invalid { .. }) => {
                Ok(Found::Hidden)
            }
            Err(error) => Err(error),
        }
    }

    fn room(&self) -> Result<Option<usize>, RemoteError> {
        let Some(parent) = self.track.github.parent else { return Ok(None) };
        let room = self.github.room(Parent(parent.into())).map_err(|error| match error {
            RemoteError::Missing { what, gone } => {
                RemoteError::Missing { what: format!("{what} (parent of [track.github])"), gone }
            }
            error => error,
        })?;
        Ok(room.map(|room| usize::try_from(room).unwrap_or(usize::MAX)))
    }

    fn create(&self, draft: &Draft<'_>) -> Result<Made, RemoteError> {
        let body = Dress::Markdown.put("", draft.mark, &text(draft.words));
        let labels: Vec<String> = std::iter::once(&self.track.label).chain(&self.track.labels).cloned().collect();
        let kind = self.track.github.kind.as_deref();
        let new = NewTicket { title: draft.title, body: &body, labels: &labels, kind };
        let issue = self.github.create_ticket(&new).map_err(|error| named(error, kind))?;
        let mut lacks = Vec::new();
        // Without the right to label, GitHub makes the issue and drops its labels in silence.
        let lost: Vec<String> = labels.into_iter().filter(|label| !bears(&issue.labels, label)).collect();
        let labelled = lost.is_empty() || keep(&mut lacks, self.github.label_ticket(issue.number, &lost));
        if let Some(parent) = self.track.github.parent.filter(|_| draft.nest) {
            keep(&mut lacks, self.github.nest_ticket(Parent(parent.into()), issue.id));
        }
        let odd =
            || RemoteError::Unreadable { what: "making a ticket".to_owned(), message: "its text is lost".to_owned() };
        let seen = self.seen(issue, None).ok_or_else(odd)?;
        Ok(Made { seen: Seen { labelled: seen.labelled || labelled, ..seen }, lacks })
    }

    fn label(&self, seen: &Seen) -> Result<(), RemoteError> {
        let (github, number) = self.there(&seen.at)?;
        github.label_ticket(number, std::slice::from_ref(&self.track.label))
    }

    fn nest(&self, seen: &Seen) -> Result<(), RemoteError> {
        let (github, number) = self.there(&seen.at)?;
        let Some(parent) = self.track.github.parent else { return Ok(()) };
        self.github.nest_ticket(Parent(parent.into()), github.ticket(number)?.id)
    }

    fn explain(&self, seen: &Seen, mark: &str, words: &Page) -> Result<bool, RemoteError> {
        let (github, number) = self.there(&seen.at)?;
        let first = format!("<!-- {mark} -->");
        let said = seen.comments
            && github
                .comments(number)?
                .iter()
                .any(|comment| comment.body.lines().next().map(str::trim) == Some(&first));
        if said {
            return Ok(false);
        }
        github.comment_ticket(number, &format!("{first}\n{}", markdown(words))).map(|()| true)
    }

    fn edit(&self, seen: &Seen, edit: &Edit<'_>) -> Result<Result<(), String>, RemoteError> {
        let (github, number) = self.there(&seen.at)?;
        // What somebody wrote since the list was read stays.
        let now = edit.text.is_some().then(|| github.ticket(number)).transpose()?;
        let there = now.as_ref().map_or_else(|| body(seen), |now| &now.body);
        let text = edit.text.map(|(mark, words)| Dress::Markdown.put(there, mark, &text(words)));
        let title = edit.title.filter(|_| now.as_ref().is_none_or(|now| now.title == seen.title));
        let state = edit.state.map(|state| match state {
            State::Open => Ok(()),
            State::Done => Err("completed"),
            State::Gone | State::Closed => Err("not_planned"),
        });
        github.edit_ticket(number, &TicketEdit { title, body: text.as_deref(), state })?;
        Ok(Ok(()))
    }

    fn twin(&self, seen: &Seen, of: &Seen) -> Result<Result<(), String>, RemoteError> {
        let (github, number) = self.there(&seen.at)?;
        let theirs = github.ticket(number)?.body;
        let block = lines::find(&theirs, &seen.key).unwrap_or(theirs.len()..theirs.len());
        let text = format!("{}Duplicate of {}{}", &theirs[..block.start], of.at, &theirs[block.end..]);
        let close = |reason| TicketEdit { body: Some(&text), state: Some(Err(reason)), ..TicketEdit::default() };
        match github.edit_ticket(number, &close("duplicate")) {
            // Older servers know two reasons only.
            Err(RemoteError::Invalid { .. }) => github.edit_ticket(number, &close("not_planned"))?,
            edited => edited?,
        };
        Ok(Ok(()))
    }
}
