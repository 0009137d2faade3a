//! The way to GitHub as a workflow's environment gives it.

use std::path::PathBuf;

use clap::Args;

use super::door::Door;
use super::failure::{Failure, Kind};
use crate::remote::{Access, Github, Patience, Proxies, Repository, Token};

/// What the environment says about GitHub, read once.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    token: Option<Token>,
    /// `https://api.github.com`, or that of an Enterprise server.
    api: Option<String>,
    /// `https://github.com`
    web: Option<String>,
    /// `owner/name`
    pub repository: Option<String>,
    /// Where a workflow's event is described.
    pub event: Option<PathBuf>,
    pub proxies: Proxies,
}

impl Surroundings {
    /// A way to an API with the token and the proxies of the environment.
    pub fn access(&self) -> Result<Access, Failure> {
        let missing = || {
            Failure::new(Kind::Environment, "there is no token for GitHub")
                .hint("in a workflow: env: { GITHUB_TOKEN: ${{ github.token }} }")
                .hint("elsewhere: GH_TOKEN=$(gh auth token) redan …")
        };
        Ok(Access {
            api: self.api.clone().unwrap_or_else(|| "https://api.github.com".to_owned()),
            token: self.token.clone().ok_or_else(missing)?,
            proxies: self.proxies.clone(),
            patience: Patience::default(),
        })
    }

    /// Where the host shows things to people.
    pub fn web(&self) -> &str {
        self.web.as_deref().map_or("https://github.com", |web| web.trim_end_matches('/'))
    }

    /// From variables by their names. Lower-case names of proxies go first, as curl and Git have it.
    pub fn from(text: impl Fn(&str) -> Option<String>) -> Surroundings {
        let either = |one: &str, other: &str| text(one).or_else(|| text(other));
        Surroundings {
            token: either("GH_TOKEN", "GITHUB_TOKEN").map(|token| Token::new(&token)),
            api: text("GITHUB_API_URL"),
            web: text("GITHUB_SERVER_URL"),
            repository: text("GITHUB_REPOSITORY"),
            event: text("GITHUB_EVENT_PATH").map(PathBuf::from),
            proxies: Proxies {
                https: either("https_proxy", "HTTPS_PROXY"),
                // In capitals it could be the header of a request, where a program runs as CGI.
                http: text("http_proxy"),
                except: either("no_proxy", "NO_PROXY"),
            },
        }
    }
}

/// Where a pull request is, for commands that speak there.
#[derive(Debug, Clone, Args)]
pub struct Remote {
    /// The repository on GitHub [default: GITHUB_REPOSITORY]
    #[arg(long, value_name = "OWNER/NAME")]
    repository: Option<String>,
    /// Somebody whose comments are ours too: needed where the token is a person's and no App's or workflow's
    #[arg(long, value_name = "LOGIN")]
    pub author: Vec<String>,
}

impl Remote {
    /// The token and addresses come from the environment: GH_TOKEN or GITHUB_TOKEN, GITHUB_API_URL, HTTPS_PROXY.
    pub fn open(&self, door: &Door) -> Result<Github, Failure> {
        Ok(Github::open(&door.environment.github.access()?, self.repository(door)?)?)
    }

    /// Whether the environment says where to speak and gives a token.
    pub fn is_reachable(&self, door: &Door) -> bool {
        door.environment.github.token.is_some() && self.repository(door).is_ok()
    }

    fn repository(&self, door: &Door) -> Result<Repository, Failure> {
        let said = self.repository.as_ref().or(door.environment.github.repository.as_ref());
        let said = said.ok_or_else(|| Failure::usage("which repository? say --repository OWNER/NAME"))?;
        Repository::parse(said).ok_or_else(|| Failure::usage(format!("`{said}` is no repository: write OWNER/NAME")))
    }

    /// Where the host shows this repository to people.
    pub fn web(&self, door: &Door) -> Result<String, Failure> {
        Ok(format!("{}/{}", door.environment.github.web(), self.repository(door)?))
    }
}
