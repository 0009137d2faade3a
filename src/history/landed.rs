//! How a file came: the commit that brought it, whose it is, whether it is signed, and the pull request it came by.

use std::collections::{BTreeMap, BTreeSet};

use super::{Commit, GitError, Repo};

/// How a file came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Landed {
    /// Full id of the commit that brought it.
    pub commit: String,
    /// `Ada <ada@example.org>`, as `.mailmap` has it.
    pub author: String,
    /// What Git says of the commit's signature, with the keys of this machine.
    pub signature: &'static str,
    /// `#123` (GitHub, Bitbucket) or `!123` (GitLab), where the commit or the merge that landed it says so.
    pub pull_request: Option<String>,
    /// Whom those two name in `Reviewed-by:` and `Approved-by:`, in their order.
    pub approvers: Vec<String>,
}

/// A commit that added files, against one parent.
struct Added {
    commit: String,
    parents: usize,
    paths: Vec<String>,
}

/// What a commit says about itself.
struct Said {
    author: String,
    signature: &'static str,
    message: String,
}

/// Commits asked about in one command.
const BATCH: usize = 200;

impl Repo {
    /// How each of these files came to the commit; files that are not in its history are left out. Exit 4 where the
    /// history is not all here.
    pub fn landed(&self, tip: &Commit, paths: &[String]) -> Result<BTreeMap<String, Landed>, GitError> {
        if paths.is_empty() {
            return Ok(BTreeMap::new());
        }
        self.whole(tip)?;
        let (brought, merged) = (self.brought(tip, paths)?, self.merged_by(tip, paths)?);
        let commits: BTreeSet<&str> = brought.values().chain(merged.values()).map(String::as_str).collect();
        let said = self.said(&commits)?;
        let landed = |(path, commit): (&String, &String)| {
            let by = said.get(commit)?;
            let merge = merged.get(path).filter(|merge| *merge != commit).and_then(|merge| said.get(merge));
            let messages: Vec<&str> = merge.iter().chain([&by]).map(|said| said.message.as_str()).collect();
            let landed = Landed {
                commit: commit.clone(),
                author: by.author.clone(),
                signature: by.signature,
                pull_request: messages.iter().find_map(|message| pull_request(message)),
                approvers: approvers(&messages),
            };
            Some((path.clone(), landed))
        };
        Ok(brought.iter().filter_map(landed).collect())
    }

    /// The newest commit that has a file no parent of it has.
    fn brought(&self, tip: &Commit, paths: &[String]) -> Result<BTreeMap<String, String>, GitError> {
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut found = BTreeMap::new();
        for added in self.added(&["--full-history", "--topo-order"], tip, paths)? {
            for path in added.paths {
                let sides = seen.entry((added.commit.clone(), path.clone())).or_default();
                *sides += 1;
                if *sides == added.parents.max(1) {
                    found.entry(path).or_insert_with(|| added.commit.clone());
                }
            }
        }
        Ok(found)
    }

    /// The commit on the first parents by which a file came.
    fn merged_by(&self, tip: &Commit, paths: &[String]) -> Result<BTreeMap<String, String>, GitError> {
        let mut found = BTreeMap::new();
        for added in self.added(&["--first-parent"], tip, paths)? {
            for path in added.paths {
                found.entry(path).or_insert_with(|| added.commit.clone());
            }
        }
        Ok(found)
    }

    fn added(&self, words: &[&str], tip: &Commit, paths: &[String]) -> Result<Vec<Added>, GitError> {
        let folders: BTreeSet<&str> = paths.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        let folders: Vec<&str> = folders.into_iter().collect();
        let own = ["log", "-m", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%x01%H %P"];
        let printed = self.run(&[&own[..], words, &[&tip.id, "--"], &folders[..]].concat())?;
        let mut found: Vec<Added> = Vec::new();
        for token in String::from_utf8_lossy(&printed).split('\0') {
            let token = token.trim_start_matches('\n');
            match (token.strip_prefix('\u{1}'), found.last_mut()) {
                (Some(header), _) => {
                    let mut ids = header.split_whitespace().map(str::to_owned);
                    let commit = ids.next().unwrap_or_default();
                    found.push(Added { commit, parents: ids.count(), paths: Vec::new() });
                }
                (None, Some(added)) if !token.is_empty() => added.paths.push(token.to_owned()),
                _ => {}
            }
        }
        Ok(found)
    }

    fn said(&self, commits: &BTreeSet<&str>) -> Result<BTreeMap<String, Said>, GitError> {
        let signers =
            self.configured("gpg.ssh.allowedSignersFile").map(|file| format!("gpg.ssh.allowedSignersFile={file}"));
        let config: Vec<&str> = signers.iter().flat_map(|value| ["-c", value]).collect();
        let own = ["log", "--no-walk=unsorted", "--encoding=UTF-8", "-z", "--format=%H%x01%aN <%aE>%x01%G?%x01%B"];
        let commits: Vec<&str> = commits.iter().copied().collect();
        let mut found = BTreeMap::new();
        for some in commits.chunks(BATCH) {
            let printed = self.run(&[&config[..], &own[..], some, &["--"]].concat())?;
            for record in String::from_utf8_lossy(&printed).split('\0') {
                let parts: Vec<&str> = record.splitn(4, '\u{1}').collect();
                let [commit, author, state, message] = parts[..] else { continue };
                let message = message.to_owned();
                found.insert(commit.to_owned(), Said { author: author.to_owned(), signature: word(state), message });
            }
        }
        Ok(found)
    }
}

/// Git's letter for a signature, in words.
fn word(letter: &str) -> &'static str {
    match letter {
        "G" => "good",
        "B" => "bad",
        "U" => "good, key not trusted",
        "X" => "good, expired",
        "Y" => "good, key expired",
        "R" => "good, key revoked",
        "E" => "cannot be checked here",
        _ => "none",
    }
}

/// The pull request that a message names where hosts write it: `… (#12)`, `Merge pull request #12 from …`,
/// `Merged in … (pull request #12)`, `See merge request group/project!12`.
fn pull_request(message: &str) -> Option<String> {
    let subject = message.lines().next()?.trim();
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    let merged = subject.strip_prefix("Merge pull request #").and_then(number);
    let last = |start: &str| {
        let inner = subject.strip_suffix(')')?.rsplit_once(start)?.1;
        number(inner).filter(|digits| digits.len() == inner.len())
    };
    let host = merged.or_else(|| last("(#")).or_else(|| last("(pull request #")).map(|digits| format!("#{digits}"));
    let request = |line: &str| number(line.strip_prefix("See merge request ")?.rsplit_once('!')?.1);
    host.or_else(|| message.lines().find_map(request).map(|digits| format!("!{digits}")))
}

fn approvers(messages: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (key, value) in messages.iter().flat_map(|message| message.lines()).filter_map(|line| line.split_once(':')) {
        let approves = ["reviewed-by", "approved-by"].contains(&key.trim().to_ascii_lowercase().as_str());
        let value = value.trim();
        if approves && !value.is_empty() && !found.iter().any(|known| known == value) {
            found.push(value.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_write_pull_requests_in_their_ways() {
        for (message, said) in [
            ("Accept T2 (#12)", Some("#12")),
            ("Accept T2 (#12)\n\nmore (#13)", Some("#12")),
            ("Merge pull request #7 from ada/accept\n\nAccept T2", Some("#7")),
            ("Merged in accept (pull request #9)", Some("#9")),
            ("Merge branch 'accept' into 'main'\n\nSee merge request sec/shop!31", Some("!31")),
            ("Fix #12", None),
            ("Accept T2 (#12 and #13)", None),
            ("", None),
        ] {
            assert_eq!(pull_request(message).as_deref(), said, "{message}");
        }
    }

    #[test]
    fn approvers_come_once_in_their_order() {
        let merge = "Merge\n\nReviewed-by: Lin <lin@example.org>\napproved-by: @kim";
        let commit = "Accept\n\nReviewed-By: Lin <lin@example.org>\nSigned-off-by: Ada <ada@example.org>";
        assert_eq!(approvers(&[merge, commit]), ["Lin <lin@example.org>", "@kim"]);
    }
}
