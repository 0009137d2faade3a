//! What we ask of Jira: Cloud by version 3 of its REST API, Data Center by version 2. Paths and fields as Atlassian
//! describes them in public.

mod issues;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::access::Base;
use super::http::{Http, Way};
use super::{Proxies, RemoteError, Token};

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
        let token = door.token.expose()?;
        let (scheme, credentials) = match &door.user {
            Some(user) => ("Basic", BASE64_STANDARD.encode(format!("{user}:{token}"))),
            None => ("Bearer", token.to_owned()),
        };
        let http = Http::open(Way {
            headers: vec![("authorization", format!("{scheme} {credentials}"))],
            // The token, and the header made of it.
            secrets: vec![door.token.clone(), Token::new(&credentials)],
            proxies: &door.proxies,
            patience: door.patience,
            words,
            most: MOST,
            elsewhere: 3,
        })?;
        Ok(Jira { http, flavour: door.flavour, origin })
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

/// The longest answer of Jira's that is read, in bytes.
const MOST: usize = 64 << 20;

/// The words of a refusal: `errorMessages`, and `errors` by field.
fn words(text: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return text.chars().take(200).collect();
    };
    let messages = value["errorMessages"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let fields = value["errors"].as_object().into_iter().flatten();
    let fields = fields.map(|(field, why)| format!("{field}: {}", why.as_str().unwrap_or_default()));
    messages.chain(fields).collect::<Vec<_>>().join("; ")
}

/// A key stays one part of an address.
fn part(key: &str) -> Result<&str, RemoteError> {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let wrong = || RemoteError::Settings { message: format!("`{key}` is no key of Jira's") };
    plain.then_some(key).ok_or_else(wrong)
}
