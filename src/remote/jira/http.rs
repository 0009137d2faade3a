//! Requests and answers, with the same patience as for any host.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::Door;
use crate::remote::client::{agent, chain, client, unreadable};
use crate::remote::retry::{Next, Signs, next};
use crate::remote::{Patience, RemoteError, Token};

pub(super) struct Http {
    runtime: Runtime,
    client: Client,
    authorization: HeaderValue,
    /// Neither is ever repeated: the token, and the header made of it.
    secrets: [Token; 2],
    patience: Patience,
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

impl Http {
    pub(super) fn open(door: &Door) -> Result<Http, RemoteError> {
        let token = door.token.expose()?;
        let credentials = match &door.user {
            Some(user) => BASE64_STANDARD.encode(format!("{user}:{token}")),
            None => token.to_owned(),
        };
        let scheme = if door.user.is_some() { "Basic" } else { "Bearer" };
        let wrong = |message: String| RemoteError::Settings { message: door.token.redact(&message) };
        let mut authorization =
            HeaderValue::from_str(&format!("{scheme} {credentials}")).map_err(|error| wrong(error.to_string()))?;
        authorization.set_sensitive(true);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| wrong(error.to_string()))?;
        // The first one to come sets it for the process; whoever comes later finds the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = client(&door.proxies, door.patience.timeout).map_err(|error| wrong(chain(&error)))?;
        let secrets = [door.token.clone(), Token::new(&credentials)];
        Ok(Http { runtime, client, authorization, secrets, patience: door.patience })
    }

    /// One request, repeated as far as that helps. An answer without a body is `null`.
    pub(super) fn ask(&self, call: &Call<'_>) -> Result<Value, RemoteError> {
        let mut tried = 0;
        loop {
            let came = self.runtime.block_on(self.send(call));
            tried += 1;
            let silent = Signs::default();
            let signs = came.as_ref().map_or(&silent, |(signs, _)| signs);
            match next(&self.patience, tried, call.repeatable, signs) {
                Next::Wait(time) => self.runtime.block_on(async { tokio::time::sleep(time).await }),
                Next::Limited(seconds) => return Err(RemoteError::Limited { what: call.what.to_owned(), seconds }),
                Next::Take => return self.take(call.what, came),
            }
        }
    }

    async fn send(&self, call: &Call<'_>) -> Result<(Signs, String), reqwest::Error> {
        let request = self.client.request(call.method.clone(), &call.url);
        let request = request.header(AUTHORIZATION, self.authorization.clone());
        let request = request.header("Accept", "application/json").header("User-Agent", agent());
        let request = match call.body {
            Some(body) => request.json(body),
            None => request,
        };
        let response = request.send().await?;
        let mut signs = Signs { status: Some(response.status().as_u16()), ..Signs::default() };
        signs.retry_after = seconds(response.headers());
        Ok((signs, response.text().await?))
    }

    /// The value of an answer, or what its status means.
    fn take(&self, what: &str, came: Result<(Signs, String), reqwest::Error>) -> Result<Value, RemoteError> {
        let redacted = |text: &str| self.secrets.iter().fold(text.to_owned(), |text, secret| secret.redact(&text));
        let silent = |error| RemoteError::Unreachable { what: what.to_owned(), message: redacted(&chain(&error)) };
        let (signs, text) = came.map_err(silent)?;
        let status = signs.status.unwrap_or_default();
        let (what, message) = (what.to_owned(), || redacted(&words(&text)));
        match status {
            200..=299 if text.trim().is_empty() => Ok(Value::Null),
            200..=299 => serde_json::from_str(&text).map_err(|error| unreadable(&what, &error.to_string())),
            401 => Err(RemoteError::Unauthorized { what }),
            403 => Err(RemoteError::Forbidden { what, message: message() }),
            404 | 410 => Err(RemoteError::Missing { what, gone: false }),
            409 => Err(RemoteError::Conflict { what, message: message() }),
            500.. => Err(RemoteError::Broken { what, status }),
            _ => Err(RemoteError::Invalid { what, message: message() }),
        }
    }
}

fn seconds(headers: &HeaderMap) -> Option<u64> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()
}

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
