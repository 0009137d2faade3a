//! What we ask of Jira: Cloud by version 3 of its REST API, Data Center by version 2. Paths and fields as Atlassian
//! describes them in public.

mod http;
mod issues;

use super::{Proxies, RemoteError, Token, access::Base};

use http::Http;

pub use issues::{Card, Transition};

/// Which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Texts are documents of nodes; a search goes on by a token.
    Cloud,
    /// Texts are wiki markup; a search goes on by a number.
    DataCenter,
}

/// Where a Jira is, and who asks.
#[derive(Debug, Clone)]
pub struct Door {
    /// `https://acme.atlassian.net`, `https://host/jira`.
    pub site: String,
    pub flavour: Flavour,
    /// With an e-mail address, the token is an API token of that account; without, a personal access token.
    pub user: Option<String>,
    pub token: Token,
    pub proxies: Proxies,
    pub patience: super::Patience,
}

/// A Jira through one client.
pub struct Jira {
    http: Http,
    pub flavour: Flavour,
    origin: String,
}

impl Jira {
    /// Sends nothing yet.
    pub fn open(door: &Door) -> Result<Jira, RemoteError> {
        let Base { origin, rest, .. } = Base::parse(&door.site)?;
        let origin = format!("{origin}{rest}");
        Ok(Jira { http: Http::open(door)?, flavour: door.flavour, origin })
    }

    /// The version of the API that speaks the texts of this flavour.
    fn api(&self, below: &str) -> String {
        let version = match self.flavour {
            Flavour::Cloud => 3,
            Flavour::DataCenter => 2,
        };
        format!("{}/rest/api/{version}/{below}", self.origin)
    }

    /// Where people read an issue.
    pub fn url(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.origin)
    }
}

/// A key stays one part of an address.
fn part(key: &str) -> Result<&str, RemoteError> {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let wrong = || RemoteError::Settings { message: format!("`{key}` is no key of Jira's") };
    plain.then_some(key).ok_or_else(wrong)
}
