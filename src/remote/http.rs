//! Requests and answers over one client of ours, with the same patience for any host.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;

use super::line::{self, Line, agent, chain, client, unreadable};
use super::retry::Signs;
use super::{Patience, Proxies, RemoteError, Token};

/// What is said to a host with every request, and how it is listened to.
pub(super) struct Way<'w> {
    /// Headers with their values; those that hold secrets are named below as well.
    pub headers: Vec<(&'static str, String)>,
    /// Texts that are never repeated, whoever says them.
    pub secrets: Vec<Token>,
    pub proxies: &'w Proxies,
    pub patience: Patience,
    /// The words of a refusal, out of its body.
    pub words: fn(&str) -> String,
    /// The longest answer that is read, in bytes.
    pub most: usize,
    /// How often an answer may send a request elsewhere.
    pub elsewhere: usize,
}

pub(super) struct Http {
    line: Line,
    client: Client,
    headers: HeaderMap,
    secrets: Vec<Token>,
    words: fn(&str) -> String,
    most: usize,
}

/// One request.
pub(super) struct Call<'a> {
    pub method: Method,
    /// The whole address, with its query.
    pub url: String,
    pub body: Option<&'a Value>,
    /// Completes "while …" in errors.
    pub what: &'a str,
    /// Asking twice does no harm even where the first request was carried out and its answer lost.
    pub repeatable: bool,
}

/// What came back, whatever the status.
struct Came {
    signs: Signs,
    text: String,
    /// There was more than is read.
    over: bool,
}

impl line::Came for Came {
    fn signs(&self) -> &Signs {
        &self.signs
    }
}

impl Http {
    pub(super) fn open(way: Way<'_>) -> Result<Http, RemoteError> {
        let hidden = |text: &str| redacted(&way.secrets, text);
        let wrong = |message: String| RemoteError::Settings { message: hidden(&message) };
        let mut headers = HeaderMap::new();
        for (name, value) in &way.headers {
            let mut value = HeaderValue::from_str(value).map_err(|error| wrong(error.to_string()))?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        let line = Line::open(way.patience).map_err(|error| wrong(error.to_string()))?;
        let client = client(way.proxies, way.patience.timeout, way.elsewhere).map_err(|error| wrong(chain(&error)))?;
        let Way { secrets, words, most, .. } = way;
        Ok(Http { line, client, headers, secrets, words, most })
    }

    /// One request, repeated as far as that helps. An answer without a body is `null`.
    pub(super) fn ask(&self, call: &Call<'_>) -> Result<Value, RemoteError> {
        let text = self.text(call)?;
        match text.trim() {
            "" => Ok(Value::Null),
            text => serde_json::from_str(text).map_err(|error| unreadable(call.what, &error.to_string())),
        }
    }

    /// The same for an answer that may be no JSON.
    pub(super) fn text(&self, call: &Call<'_>) -> Result<String, RemoteError> {
        let came = self.line.ask(call.what, call.repeatable, || self.send(call))?;
        self.take(call.what, came)
    }

    async fn send(&self, call: &Call<'_>) -> Result<Came, reqwest::Error> {
        let request = self.client.request(call.method.clone(), &call.url).headers(self.headers.clone());
        let request = request.header("Accept", "application/json").header("User-Agent", agent());
        let request = match call.body {
            Some(body) => request.json(body),
            None => request,
        };
        let mut response = request.send().await?;
        let mut signs = Signs { status: Some(response.status().as_u16()), ..Signs::default() };
        signs.retry_after = seconds(response.headers());
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > self.most {
                return Ok(Came { signs, text: String::new(), over: true });
            }
        }
        Ok(Came { signs, text: String::from_utf8_lossy(&bytes).into_owned(), over: false })
    }

    /// The text of an answer, or what its status means.
    fn take(&self, what: &str, came: Result<Came, reqwest::Error>) -> Result<String, RemoteError> {
        let redacted = |text: &str| redacted(&self.secrets, text);
        let silent = |error| RemoteError::Unreachable { what: what.to_owned(), message: redacted(&chain(&error)) };
        let Came { signs, text, over } = came.map_err(silent)?;
        let status = signs.status.unwrap_or_default();
        let (what, message) = (what.to_owned(), || redacted(&(self.words)(&text)));
        match status {
            200..=299 if over => Err(unreadable(&what, &format!("it is longer than {} bytes", self.most))),
            200..=299 => Ok(text),
            300..=399 => {
                let message = format!("the host sends elsewhere ({status}), and nothing was sent there");
                Err(RemoteError::Invalid { what, message })
            }
            401 => Err(RemoteError::Unauthorized { what }),
            403 => Err(RemoteError::Forbidden { what, message: message() }),
            404 => Err(RemoteError::Missing { what, gone: false }),
            // An interface that is no more says what to use instead.
            410 => Err(RemoteError::Invalid { what, message: format!("{} (410)", message()) }),
            409 => Err(RemoteError::Conflict { what, message: message() }),
            500.. => Err(RemoteError::Broken { what, status }),
            _ => Err(RemoteError::Invalid { what, message: message() }),
        }
    }
}

fn redacted(secrets: &[Token], text: &str) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| secret.redact(&text))
}

fn seconds(headers: &HeaderMap) -> Option<u64> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()
}
