//! Git's own hooks, put where there is none.

use crate::ops::{Desk, Trouble};
use crate::store::disk;

/// By the name Git runs them under; the texts are samples in `examples/hooks`.
const HOOKS: [(&str, &str); 3] = [
    ("pre-commit", include_str!("../../../examples/hooks/pre-commit")),
    ("pre-merge-commit", include_str!("../../../examples/hooks/pre-merge-commit")),
    ("pre-push", include_str!("../../../examples/hooks/pre-push")),
];

/// What became of the hooks.
#[derive(Debug, Default)]
pub struct Hooks {
    /// Written, or to be written in a dry run.
    pub written: Vec<&'static str>,
    /// There already, and left alone.
    pub kept: Vec<&'static str>,
    /// The repository's configuration names another folder of hooks, which others may share: nothing is
    /// written there.
    pub elsewhere: Option<String>,
}

/// Puts a hook wherever the repository has none. A workspace below the top of the repository is named in them.
pub fn hooks(desk: &Desk, dry_run: bool) -> Result<Hooks, Trouble> {
    let repo = desk.repo()?;
    let mut done = Hooks { elsewhere: repo.configured("core.hooksPath"), ..Hooks::default() };
    if done.elsewhere.is_some() {
        return Ok(done);
    }
    for (name, text) in HOOKS {
        let path = repo.hooks().join(name);
        if disk::exists(&path) {
            done.kept.push(name);
        } else {
            done.written.push(name);
            if !dry_run {
                disk::program(&path, &text.replace("redan check", &called(&desk.prefix)))?;
            }
        }
    }
    Ok(done)
}

/// `redan check`, from the top of the repository.
fn called(prefix: &str) -> String {
    match prefix.trim_end_matches('/') {
        "" => "redan check".to_owned(),
        folder => format!("redan -C '{}' check", folder.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_quoted_for_the_shell() {
        assert_eq!(called(""), "redan check");
        assert_eq!(called("services/it's/"), r"redan -C 'services/it'\''s' check");
    }
}
