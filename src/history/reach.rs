//! Bringing single commits that are not here, as far back as a question needs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::cloned::{Cloned, typed};
use super::program::fetching;
use super::{GitError, Repo};

/// How far back to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So many commits from each, itself included.
    Depth(u32),
    /// All there is.
    Whole,
}

/// Who asks a host for objects: a token, which reaches `git` through its environment, never as an argument.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer {
    /// `https://host`: no other host is shown the token.
    pub server: String,
    pub token: String,
}

impl std::fmt::Debug for Bearer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bearer for {}", self.server)
    }
}

impl Bearer {
    /// Variables that make `git` send the token. The empty value takes back a header that a checkout left in the
    /// configuration, since two of them are refused.
    pub(super) fn variables(&self) -> [(&'static str, String); 5] {
        let key = format!("http.{}/.extraheader", self.server.trim_end_matches('/'));
        [
            ("GIT_CONFIG_COUNT", "2".to_owned()),
            ("GIT_CONFIG_KEY_0", key.clone()),
            ("GIT_CONFIG_VALUE_0", String::new()),
            ("GIT_CONFIG_KEY_1", key),
            ("GIT_CONFIG_VALUE_1", format!("AUTHORIZATION: basic {}", self.basic())),
        ]
    }

    fn basic(&self) -> String {
        STANDARD.encode(format!("x-access-token:{}", self.token))
    }

    /// What Git said, without the token in any form.
    pub(super) fn hidden(&self, message: &str) -> String {
        match self.token.is_empty() {
            true => message.to_owned(),
            false => message.replace(&self.token, "***").replace(&self.basic(), "***"),
        }
    }
}

impl Repo {
    /// Lets every fetch from here on show this token to its host.
    pub fn ask_as(&mut self, bearer: Bearer) {
        self.bearer = Some(bearer);
    }

    /// Fetches commits by their full ids. No ref is written, and the working tree stays as it is. Only a clone
    /// that is shallow already gets a new boundary.
    pub fn reach(&self, commits: &[&str], reach: Reach) -> Result<(), GitError> {
        let depth = match reach {
            _ if !self.is_shallow() => None,
            Reach::Depth(depth) => Some(format!("--depth={depth}")),
            Reach::Whole => Some("--unshallow".to_owned()),
        };
        let mut words = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"].map(str::to_owned).to_vec();
        words.extend(depth);
        words.push(Cloned::of(self).remote);
        words.extend(commits.iter().map(|id| (*id).to_owned()));
        let incomplete =
            |why: &str| GitError::Incomplete { why: format!("it could not be fetched: {why}"), command: typed(&words) };
        let output = fetching(self).args(&words).output().map_err(|error| incomplete(&error.to_string()))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(incomplete(&self.masked(&output.stderr))),
        }
    }

    /// What `git` said on its way to a remote, fit to be shown.
    pub(super) fn masked(&self, said: &[u8]) -> String {
        let said = String::from_utf8_lossy(said);
        self.bearer.as_ref().map_or_else(|| said.trim().to_owned(), |bearer| bearer.hidden(said.trim()))
    }

    /// Whether a commit is here, by its full id.
    pub fn holds(&self, id: &str) -> bool {
        git2::Oid::from_str(id).is_ok_and(|id| self.git.find_commit(id).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_in_no_form() {
        let bearer = Bearer { server: "https://git.acme/".to_owned(), token: "ghs_secret".to_owned() };
        let header = bearer.variables()[4].1.clone();
        assert_eq!(bearer.hidden(&format!("ghs_secret in {header}")), "*** in AUTHORIZATION: basic ***");
        assert_eq!(format!("{bearer:?}"), "Bearer for https://git.acme/");
        assert_eq!(bearer.variables()[1].1, "http.https://git.acme/.extraheader");
    }
}
