//! What a tracker has to be able to do, whichever it is.

use crate::remote::RemoteError;
use crate::render::Page;
use crate::track::{Key, Mark, Seen, State};

/// A host of tickets. Each call is a request or two; none of them decides anything.
pub trait Tracker {
    /// Whose table of tickets.toml it is: `github` or `jira`.
    fn table(&self) -> &'static str;

    /// Every ticket that bears the label and has a memory.
    fn list(&self) -> Result<Vec<Seen>, RemoteError>;

    /// A link, however a person wrote it, as the place that lists show; `None` where it names no ticket.
    fn place(&self, link: &str) -> Option<String>;

    /// The ticket at a place that a link names.
    fn look(&self, key: &Key, at: &str) -> Result<Found, RemoteError>;

    /// How many more tickets the parent takes: `None` where none is wanted, or the tracker sets no limit. An error names
    /// the setting when there is no such parent.
    fn room(&self) -> Result<Option<usize>, RemoteError>;

    /// Makes a ticket.
    fn create(&self, draft: &Draft<'_>) -> Result<Made, RemoteError>;

    /// Gives the ticket the label that it is found by.
    fn label(&self, seen: &Seen) -> Result<(), RemoteError>;

    /// Puts the ticket below its parent.
    fn nest(&self, seen: &Seen) -> Result<(), RemoteError>;

    /// Says once why it was closed: again with the same `mark` it says nothing. Whether it was said now.
    fn explain(&self, seen: &Seen, mark: &str, words: &Page) -> Result<bool, RemoteError>;

    /// Sets state, then text and title, in what stands there at that moment. `Err` within: there is no way to that state,
    /// in words for a person; text and title are left as they are then.
    fn edit(&self, seen: &Seen, edit: &Edit<'_>) -> Result<Result<(), String>, RemoteError>;

    /// Closes a ticket as the duplicate of another and takes its memory from it.
    fn twin(&self, seen: &Seen, of: &Seen) -> Result<Result<(), String>, RemoteError>;
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    There(Box<Seen>),
    /// To a ticket whose text names other controls only.
    Other,
    /// To a ticket that bears neither our label nor our lines, or to what is no issue.
    Stranger,
    Deleted,
    /// The tracker does not tell whether it is deleted or only hidden.
    Hidden,
}

impl Found {
    /// What a ticket is to a control whose link led to it.
    pub(super) fn of(seen: Option<Seen>, key: &Key) -> Found {
        match seen.map(|seen| seen.taken_for(key)) {
            Some(seen) if seen.mark.is_none() && !seen.labelled => Found::Stranger,
            Some(seen) if seen.key == *key => Found::There(Box::new(seen)),
            _ => Found::Other,
        }
    }
}

/// A ticket that was made.
pub struct Made {
    pub seen: Seen,
    /// What it has not got, since the tracker refused that.
    pub lacks: Vec<RemoteError>,
}

/// A new ticket.
pub struct Draft<'a> {
    /// Whether it goes below the parent.
    pub nest: bool,
    pub title: &'a str,
    pub mark: &'a Mark,
    pub words: &'a Page,
}

/// What changes in a ticket.
pub struct Edit<'a> {
    pub state: Option<State>,
    /// The new memory, with the text that goes with it.
    pub text: Option<(&'a Mark, &'a Page)>,
    pub title: Option<&'a str>,
}
