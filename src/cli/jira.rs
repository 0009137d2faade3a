//! The way to Jira, from the settings and the environment.

use super::door::Door;
use super::failure::{Failure, Kind};
use crate::remote::{self, Flavour, Jira, Patience, Token};
use crate::store::{Deployment, Sites};

/// What the environment says about Jira, read once.
#[derive(Debug, Clone, Default)]
pub struct Account {
    user: Option<String>,
    token: Option<Token>,
}

impl Account {
    /// From variables by their names.
    pub fn from(text: impl Fn(&str) -> Option<String>) -> Account {
        Account { user: text("JIRA_EMAIL"), token: text("JIRA_TOKEN").map(|token| Token::new(&token)) }
    }
}

/// A Jira and the key of the project that new issues go to.
pub fn open<'s>(door: &Door, sites: &'s Sites) -> Result<(Jira, &'s str), Failure> {
    let unsaid = |what: &str| {
        Failure::usage(format!("which {what} of Jira gets the tickets?"))
            .hint("say it in redan.toml: [track.jira] site = \"https://acme.atlassian.net\", project = \"PAY\"")
    };
    let site = sites.site.clone().ok_or_else(|| unsaid("site"))?;
    let project = sites.project.as_deref().ok_or_else(|| unsaid("project"))?;
    let account = &door.environment.jira;
    let missing = || {
        Failure::new(Kind::Environment, "there is no token for Jira")
            .hint("on Cloud: JIRA_EMAIL and JIRA_TOKEN, an API token of that account")
            .hint("on Data Center: JIRA_TOKEN, a personal access token")
    };
    let token = account.token.clone().ok_or_else(missing)?;
    let cloud = site.trim_end_matches('/').ends_with(".atlassian.net");
    let flavour = match sites.deployment {
        Some(Deployment::Cloud) => Flavour::Cloud,
        Some(Deployment::DataCenter) => Flavour::DataCenter,
        None if cloud => Flavour::Cloud,
        None => Flavour::DataCenter,
    };
    let proxies = door.environment.github.proxies.clone();
    let door =
        remote::Door { site, flavour, user: account.user.clone(), token, proxies, patience: Patience::default() };
    Ok((Jira::open(&door)?, project))
}
