//! What can go wrong with another host, as far as a person can do something about it.

use std::fmt;

/// A host that did not do what was asked. `what` completes "while …"; messages are the host's own words without the
/// token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RemoteError {
    /// An address or a token that cannot be used; nothing was sent.
    Settings { message: String },
    /// 401: the token is wrong or has expired.
    Unauthorized { what: String },
    /// 403 that is no rate limit: the token may not do this.
    Forbidden { what: String, message: String },
    /// 404 or 410: it is not there, or the token may not see it. `gone`: the host says that it was there.
    Missing { what: String, gone: bool },
    /// 409, or a branch that moved meanwhile.
    Conflict { what: String, message: String },
    /// 422 or another 4xx: the host does not accept what was sent.
    Invalid { what: String, message: String },
    /// A rate limit that lasts longer than we wait.
    Limited { what: String, seconds: Option<u64> },
    /// 5xx after every try.
    Broken { what: String, status: u16 },
    /// No answer: connection, TLS, proxy or time.
    Unreachable { what: String, message: String },
    /// An answer that is not what the host describes.
    Unreadable { what: String, message: String },
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RemoteError::Settings { message } => f.write_str(message),
            RemoteError::Unauthorized { what } => write!(f, "{what}: the token is wrong or has expired (401)"),
            RemoteError::Forbidden { what, message } => write!(f, "{what}: the token may not do this (403): {message}"),
            RemoteError::Missing { what, gone: true } => write!(f, "{what}: it was deleted (410)"),
            RemoteError::Missing { what, .. } => write!(f, "{what}: not there, or hidden from this token (404)"),
            RemoteError::Conflict { what, message } => write!(f, "{what}: changed meanwhile: {message}"),
            RemoteError::Invalid { what, message } => write!(f, "{what}: not accepted: {message}"),
            RemoteError::Limited { what, seconds: Some(seconds) } => {
                write!(f, "{what}: the rate limit is used up; it asks to wait {seconds} s")
            }
            RemoteError::Limited { what, seconds: None } => write!(f, "{what}: the rate limit is used up"),
            RemoteError::Broken { what, status } => {
                write!(f, "{what}: the host failed ({status}), also when asked again")
            }
            RemoteError::Unreachable { what, message } => write!(f, "{what}: no answer: {message}"),
            RemoteError::Unreadable { what, message } => write!(f, "{what}: the answer makes no sense: {message}"),
        }
    }
}

impl std::error::Error for RemoteError {}
