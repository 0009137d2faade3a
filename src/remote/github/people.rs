//! What a person may do in a repository.

use serde::Deserialize;

use super::Github;
use crate::remote::RemoteError;

/// How far a person's rights go; `maintain` counts as `Write`, `triage` as `Read`, as GitHub maps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    None,
    Read,
    Write,
    Admin,
}

#[derive(Deserialize)]
struct Wire {
    permission: String,
}

impl Github {
    /// The rights of a user, asked of the host itself; somebody unknown has none.
    pub fn level(&self, login: &str) -> Result<Level, RemoteError> {
        let plain = login.chars().all(|c| c.is_ascii_alphanumeric() || "-_[]".contains(c)) && !login.is_empty();
        if !plain {
            return Ok(Level::None);
        }
        let login = login.replace('[', "%5B").replace(']', "%5D");
        match self.read::<Wire>(&format!("collaborators/{login}/permission"), "asking what the author may do") {
            Ok(wire) => Ok(level(&wire.permission)),
            Err(RemoteError::Missing { .. }) => Ok(Level::None),
            Err(error) => Err(error),
        }
    }
}

fn level(permission: &str) -> Level {
    match permission {
        "admin" => Level::Admin,
        "maintain" | "write" => Level::Write,
        "triage" | "read" => Level::Read,
        _ => Level::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_give_rights() {
        let all = ["admin", "maintain", "write", "triage", "read", "none", "", "WRITE", "owner"];
        let writers: Vec<&str> = all.into_iter().filter(|word| level(word) >= Level::Write).collect();
        assert_eq!(writers, ["admin", "maintain", "write"]);
    }
}
