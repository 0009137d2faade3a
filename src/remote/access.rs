//! Where a host is, how to get there, and how long to try.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use super::{RemoteError, Token};

/// Everything a client needs to know of the world.
#[derive(Debug, Clone)]
pub struct Access {
    /// The address of the REST API: `https://api.github.com`, or `https://host/api/v3` of an Enterprise server.
    pub api: String,
    pub token: Token,
    pub proxies: Proxies,
    pub patience: Patience,
}

/// Proxies as the usual variables name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For `https://`.
    pub https: Option<String>,
    /// For `http://`.
    pub http: Option<String>,
    /// Hosts that are reached directly, separated by commas.
    pub except: Option<String>,
}

/// How long to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one request and its answer.
    pub timeout: Duration,
    /// Requests in all before giving up, at least 1.
    pub tries: u32,
    /// Before the second try; doubled for each further one.
    pub pause: Duration,
    /// The longest wait that a rate limit is given.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            timeout: Duration::from_secs(30),
            tries: 4,
            pause: Duration::from_millis(500),
            longest: Duration::from_secs(60),
        }
    }
}

/// The address of an API, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// Scheme and host, with port: `https://host:8443`.
    pub origin: String,
    /// What every path of the REST API starts with: empty or `/api/v3`.
    pub rest: String,
    pub graphql: String,
    /// Nobody on the way reads what goes there.
    covered: bool,
}

impl Base {
    /// A token travels encrypted, or stays on this machine.
    pub(super) fn parse(api: &str) -> Result<Base, RemoteError> {
        let base = Base::open(api)?;
        match base.covered {
            true => Ok(base),
            false => Err(wrong(api, "would show the token to everybody on the way; use https")),
        }
    }

    /// The same where no token goes along: a server in the network next door may speak plain HTTP.
    pub(super) fn open(api: &str) -> Result<Base, RemoteError> {
        let url = Url::parse(api.trim()).map_err(|_| wrong(api, "is not the address of an API"))?;
        let host = url.host_str().ok_or_else(|| wrong(api, "names no host"))?;
        if !["https", "http"].contains(&url.scheme()) {
            return Err(wrong(api, "is no address of the web; use https"));
        }
        let covered = url.scheme() == "https" || loopback(host);
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
            return Err(wrong(api, "holds more than an address"));
        }
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let rest = url.path().trim_end_matches('/').to_owned();
        let graphql =
            rest.strip_suffix("/api/v3").map_or(format!("{rest}/graphql"), |above| format!("{above}/api/graphql"));
        Ok(Base { origin: format!("{}://{host}{port}", url.scheme()), rest, graphql, covered })
    }
}

fn wrong(api: &str, why: &str) -> RemoteError {
    RemoteError::Settings { message: format!("`{}` {why}", shown(api)) }
}

/// An address without what may be a password in it.
fn shown(api: &str) -> &str {
    api.rsplit_once('@').map_or(api, |(_, host)| host)
}

fn loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(api: &str) -> Result<(String, String, String), String> {
        Base::parse(api).map(|base| (base.origin, base.rest, base.graphql)).map_err(|error| error.to_string())
    }

    #[test]
    fn graphql_lies_beside_the_rest_api() {
        let three = |a: &str, b: &str, c: &str| Ok((a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(base("https://api.github.com"), three("https://api.github.com", "", "/graphql"));
        assert_eq!(base("https://api.acme.ghe.com/"), three("https://api.acme.ghe.com", "", "/graphql"));
        assert_eq!(base("https://git.acme:8443/api/v3/"), three("https://git.acme:8443", "/api/v3", "/api/graphql"));
        assert_eq!(base("http://127.0.0.1:9/api/v3"), three("http://127.0.0.1:9", "/api/v3", "/api/graphql"));
    }

    #[test]
    fn a_token_is_not_sent_in_the_clear() {
        for api in ["http://git.acme/api/v3", "http://127.0.0.1.evil.example", "ftp://localhost", "file:///etc/passwd"]
        {
            assert!(base(api).is_err(), "{api}");
        }
        assert!(Base::open("http://ollama:11434/v1").is_ok() && Base::open("ftp://ollama").is_err());
        let told = base("https://ada:secret@git.acme/api/v3").unwrap_err();
        assert_eq!(told, "`git.acme/api/v3` holds more than an address");
    }
}
