//! What every host gets: a client that goes where it is told to, on a runtime that nobody outside sees, and the same patience.

use std::future::Future;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{NoProxy, Proxy};
use tokio::runtime::{Builder, Runtime};

use super::retry::{Next, Signs, next};
use super::{Patience, Proxies, RemoteError};

/// Somewhere to wait for answers.
pub(super) struct Line {
    runtime: Runtime,
    patience: Patience,
}

/// What came back, whatever the status.
pub(super) trait Came {
    fn signs(&self) -> &Signs;
}

impl Line {
    pub(super) fn open(patience: Patience) -> Result<Line, std::io::Error> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        // The first one to come sets it for the process; whoever comes later finds the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Line { runtime, patience })
    }

    pub(super) fn wait<F: Future>(&self, for_this: F) -> F::Output {
        self.runtime.block_on(for_this)
    }

    /// Sends once, and again as far as that helps. `what` completes "while …" in errors; `repeatable`: asking twice does no harm even where
    /// the first request was carried out and its answer lost.
    pub(super) fn ask<C: Came, E, F: Future<Output = Result<C, E>>>(
        &self,
        what: &str,
        repeatable: bool,
        send: impl Fn() -> F,
    ) -> Result<Result<C, E>, RemoteError> {
        let mut tried = 0;
        loop {
            let came = self.wait(send());
            tried += 1;
            let silent = Signs::default();
            let signs = came.as_ref().map_or(&silent, Came::signs);
            match next(&self.patience, tried, repeatable, signs) {
                Next::Wait(time) => self.wait(async { tokio::time::sleep(time).await }),
                Next::Limited(seconds) => return Err(RemoteError::Limited { what: what.to_owned(), seconds }),
                Next::Take => return Ok(came),
            }
        }
    }
}

/// A client that goes where it is told to, and at most so many times elsewhere.
pub(super) fn client(
    proxies: &Proxies,
    timeout: Duration,
    elsewhere: usize,
) -> Result<reqwest::Client, reqwest::Error> {
    let except = || proxies.except.as_deref().and_then(NoProxy::from_string);
    let mut builder = reqwest::Client::builder().no_proxy().timeout(timeout).redirect(match elsewhere {
        0 => Policy::none(),
        times => Policy::limited(times),
    });
    if let Some(https) = &proxies.https {
        builder = builder.proxy(Proxy::https(https.as_str())?.no_proxy(except()));
    }
    if let Some(http) = &proxies.http {
        builder = builder.proxy(Proxy::http(http.as_str())?.no_proxy(except()));
    }
    builder.build()
}

pub(super) fn agent() -> String {
    format!("redan/{}", env!("CARGO_PKG_VERSION"))
}

pub(super) fn unreadable(what: &str, message: &str) -> RemoteError {
    RemoteError::Unreadable { what: what.to_owned(), message: message.to_owned() }
}

/// An error with what caused it, a line; what the outer ones repeat of the inner is said once.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut said = vec![error.to_string()];
    let mut inner = error.source();
    while let Some(cause) = inner {
        said.push(cause.to_string());
        inner = cause.source();
    }
    said.dedup();
    said.last().filter(|_| said.len() > 2).map_or(said.join(": "), |root| format!("{}: {root}", said[1]))
}
