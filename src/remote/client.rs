//! Requests and answers of GitHub: octocrab over a client of our own.

use octocrab::Octocrab;
use serde_json::Value;

use super::access::Base;
use super::line::{Came, Line, agent, chain, client, unreadable};
use super::retry::Signs;
use super::{Access, RemoteError, Token};

/// An open way to one host.
pub(super) struct Client {
    line: Line,
    octocrab: Octocrab,
    base: Base,
    token: Token,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

/// One request.
pub(super) struct Call<'a> {
    pub method: Method,
    /// From the root of the REST API, with its query: `/repos/o/r/issues/1/comments?page=2`.
    pub path: String,
    pub body: Option<&'a Value>,
    /// Completes "while …" in errors.
    pub what: &'a str,
    /// Asking twice does no harm even where the first request was carried out and its answer lost.
    pub repeatable: bool,
}

/// What came back, whatever the status.
struct Reply {
    signs: Signs,
    text: String,
}

impl Came for Reply {
    fn signs(&self) -> &Signs {
        &self.signs
    }
}

impl Client {
    pub(super) fn open(access: &Access) -> Result<Client, RemoteError> {
        let base = Base::parse(&access.api)?;
        let token = access.token.expose()?;
        let wrong = |message: String| RemoteError::Settings { message: access.token.redact(&message) };
        let line = Line::open(access.patience).map_err(|error| wrong(error.to_string()))?;
        let http = client(&access.proxies, access.patience.timeout, 3).map_err(|error| wrong(chain(&error)))?;
        let build = async {
            let builder = Octocrab::builder().base_uri(base.origin.as_str())?;
            let named = builder.add_header(reqwest::header::USER_AGENT, agent());
            named.personal_token(token).build_with_reqwest(http)
        };
        let octocrab = line.wait(build).map_err(|error: octocrab::Error| wrong(chain(&error)))?;
        Ok(Client { line, octocrab, base, token: access.token.clone() })
    }

    /// One request of the REST API, repeated as far as that helps. An answer without a body is `null`.
    pub(super) fn rest(&self, call: &Call<'_>) -> Result<Value, RemoteError> {
        self.ask(call, &format!("{}{}", self.base.rest, call.path))
    }

    /// One GraphQL operation; its `data`.
    pub(super) fn graphql(&self, what: &str, query: &str, variables: Value) -> Result<Value, RemoteError> {
        let body = serde_json::json!({ "query": query, "variables": variables });
        let call = Call { method: Method::Post, path: String::new(), body: Some(&body), what, repeatable: true };
        let mut answer = self.ask(&call, &self.base.graphql)?;
        match answer.get("errors").and_then(Value::as_array).filter(|errors| !errors.is_empty()) {
            Some(errors) => Err(self.declined(what, errors)),
            None => Ok(answer["data"].take()),
        }
    }

    /// Every element of a list, over all its pages. The path may have a query.
    pub(super) fn pages(&self, path: &str, what: &str) -> Result<Vec<Value>, RemoteError> {
        let mut all = Vec::new();
        for page in 1..=PAGES {
            let join = if path.contains('?') { '&' } else { '?' };
            let path = format!("{path}{join}per_page={SIZE}&page={page}");
            let call = Call { method: Method::Get, path, body: None, what, repeatable: true };
            let Value::Array(items) = self.rest(&call)? else { return Err(unreadable(what, "it is no list")) };
            let full = items.len() >= SIZE;
            all.extend(items);
            if !full {
                return Ok(all);
            }
        }
        Err(unreadable(what, "there is no end to it"))
    }

    fn ask(&self, call: &Call<'_>, uri: &str) -> Result<Value, RemoteError> {
        let came = self.line.ask(call.what, call.repeatable, || self.send(call, uri))?;
        self.take(call.what, came)
    }

    async fn send(&self, call: &Call<'_>, uri: &str) -> Result<Reply, octocrab::Error> {
        let response = match call.method {
            Method::Get => self.octocrab._get(uri).await?,
            Method::Post => self.octocrab._post(uri, call.body).await?,
            Method::Patch => self.octocrab._patch(uri, call.body).await?,
            Method::Delete => self.octocrab._delete(uri, call.body).await?,
        };
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let number = |name: &str| header(name)?.trim().parse::<u64>().ok();
        let mut signs = Signs {
            status: Some(response.status().as_u16()),
            retry_after: number("retry-after"),
            used_up: number("x-ratelimit-remaining") == Some(0),
            reset: number("x-ratelimit-reset").zip(header("date").as_deref().and_then(seconds)).map(since),
            secondary: false,
        };
        let text = self.octocrab.body_to_string(response).await?;
        signs.secondary = text.contains("secondary rate limit");
        Ok(Reply { signs, text })
    }

    /// The value of an answer, or what its status means.
    fn take(&self, what: &str, came: Result<Reply, octocrab::Error>) -> Result<Value, RemoteError> {
        let silent =
            |error| RemoteError::Unreachable { what: what.to_owned(), message: self.token.redact(&chain(&error)) };
        let Reply { signs, text } = came.map_err(silent)?;
        let status = signs.status.unwrap_or_default();
        let (what, message) = (what.to_owned(), || self.token.redact(&words(&text)));
        match status {
            200..=299 if text.trim().is_empty() => Ok(Value::Null),
            200..=299 => serde_json::from_str(&text).map_err(|error| unreadable(&what, &error.to_string())),
            401 => Err(RemoteError::Unauthorized { what }),
            403 => Err(RemoteError::Forbidden { what, message: message() }),
            // It is there, and a setting of its repository keeps it from everybody.
            410 if message().contains("disabled") => Err(RemoteError::Invalid { what, message: message() }),
            404 | 410 => Err(RemoteError::Missing { what, gone: status == 410 }),
            409 => Err(RemoteError::Conflict { what, message: message() }),
            500.. => Err(RemoteError::Broken { what, status }),
            _ => Err(RemoteError::Invalid { what, message: message() }),
        }
    }

    fn declined(&self, what: &str, errors: &[Value]) -> RemoteError {
        let kinds: Vec<&str> = errors.iter().filter_map(|error| error["type"].as_str()).collect();
        let said: Vec<&str> = errors.iter().filter_map(|error| error["message"].as_str()).collect();
        let (what, message) = (what.to_owned(), self.token.redact(&said.join("; ")));
        match kinds.first() {
            Some(&"FORBIDDEN" | &"INSUFFICIENT_SCOPES") => RemoteError::Forbidden { what, message },
            Some(&"NOT_FOUND") => RemoteError::Missing { what, gone: false },
            Some(&"STALE_DATA") => RemoteError::Conflict { what, message },
            Some(&"RATE_LIMITED") => RemoteError::Limited { what, seconds: None },
            _ => RemoteError::Invalid { what, message },
        }
    }
}

/// Elements a page: the most that GitHub gives.
const SIZE: usize = 100;
/// Pages of one list at most.
const PAGES: usize = 100;

/// The words of a refusal: `message` and the `errors` beside it, else the start of the text.
fn words(text: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return text.chars().take(200).collect();
    };
    let errors = value["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = errors.iter().filter_map(|error| {
        let coded = || {
            let code = error["code"].as_str()?;
            Some(error["field"].as_str().map_or(code.to_owned(), |field| format!("{field}: {code}")))
        };
        error.as_str().or(error["message"].as_str()).map(str::to_owned).or_else(coded)
    });
    let said: Vec<String> = value["message"].as_str().map(str::to_owned).into_iter().chain(said).collect();
    said.join("; ")
}

/// Seconds of an HTTP date since 1970.
fn seconds(date: &str) -> Option<u64> {
    let zoned = jiff::fmt::rfc2822::parse(date).ok()?;
    u64::try_from(zoned.timestamp().as_second()).ok()
}

fn since((reset, now): (u64, u64)) -> u64 {
    reset.saturating_sub(now)
}
