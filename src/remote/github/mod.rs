//! What we ask of GitHub: one file a subject, plain values in and out. Paths and fields as in GitHub's OpenAPI
//! description, version 2022-11-28.

mod branch;
mod comments;
mod commit;
mod event;
mod issues;
mod people;
mod pulls;
mod reviews;
mod status;
mod tickets;

use std::fmt;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client::{Call, Client, Method};
use super::line::unreadable;
use super::{Access, RemoteError};

pub use branch::{Standing, Tip};
pub use comments::{Author, Comment};
pub use commit::{Added, Draft};
pub use event::Heard;
pub use issues::Issue;
pub use people::Level;
pub use pulls::{End, File, Opened, Pull};
pub use reviews::{Suggestion, Thread};
pub use status::{State, Status};
pub use tickets::{NewTicket, Parent, Ticket, TicketEdit};

/// A repository on a host: `owner/name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    pub owner: String,
    pub name: String,
}

impl Repository {
    /// Parts are letters, digits, `-`, `_` and `.`, so that they stay one part of an address.
    pub fn parse(text: &str) -> Option<Repository> {
        let plain = |part: &str| {
            let fits = part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            fits && !part.is_empty() && part.chars().any(|c| c != '.')
        };
        let (owner, name) = text.split_once('/')?;
        (plain(owner) && plain(name)).then(|| Repository { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// Whether it is the same one: GitHub takes no notice of upper and lower case.
    pub fn is(&self, other: &Repository) -> bool {
        self.owner.eq_ignore_ascii_case(&other.owner) && self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// One repository through one client.
pub struct Github {
    client: Rc<Client>,
    repository: Repository,
}

impl Github {
    /// Sends nothing yet.
    pub fn open(access: &Access, repository: Repository) -> Result<Github, RemoteError> {
        Ok(Github { client: Rc::new(Client::open(access)?), repository })
    }

    /// Another repository through the same client.
    pub fn elsewhere(&self, repository: Repository) -> Github {
        Github { client: Rc::clone(&self.client), repository }
    }

    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// A path below this repository.
    fn path(&self, below: &str) -> String {
        format!("/repos/{}/{}/{below}", self.repository.owner, self.repository.name)
    }

    fn read<T: DeserializeOwned>(&self, below: &str, what: &str) -> Result<T, RemoteError> {
        let call = Call { method: Method::Get, path: self.path(below), body: None, what, repeatable: true };
        typed(self.client.rest(&call)?, what)
    }

    fn list<T: DeserializeOwned>(&self, below: &str, what: &str) -> Result<Vec<T>, RemoteError> {
        let items = self.client.pages(&self.path(below), what)?;
        items.into_iter().map(|item| typed(item, what)).collect()
    }

    /// A write that may be asked for twice, since it says the same thing twice or its caller looks afterwards.
    fn write(&self, method: Method, below: &str, body: &Value, what: &str) -> Result<Value, RemoteError> {
        self.client.rest(&Call { method, path: self.path(below), body: Some(body), what, repeatable: true })
    }
}

fn typed<T: DeserializeOwned>(value: Value, what: &str) -> Result<T, RemoteError> {
    serde_json::from_value(value).map_err(|error| unreadable(what, &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_stays_two_parts_of_an_address() {
        let whole = |text: &str| Repository::parse(text).map(|at| format!("{}/{}", at.owner, at.name));
        assert_eq!(whole("acme/pay.api").as_deref(), Some("acme/pay.api"));
        for wrong in
            ["acme", "acme/", "/pay", "acme/pay/x", "../pay", "acme/..", "acme/p?q=1", "ac me/pay", "acme/pa%2fy"]
        {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }
}
