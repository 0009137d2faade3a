//! Who is behind a commit: its author and whom its message names as co-authors.

use git2::{Mailmap, Oid, Signature};

use super::{GitError, Repo};
use crate::identity::{Person, Signers};

impl Repo {
    /// Author and co-authors of a commit, as it names them and as `.mailmap` does.
    pub fn signers(&self, commit: &str) -> Result<Signers, GitError> {
        let failed = |error: git2::Error| GitError::other(&format!("reading commit {commit}"), &error);
        let found = Oid::from_str(commit).and_then(|id| self.git.find_commit(id)).map_err(failed)?;
        let map = self.git.mailmap().ok();
        let author = found.author();
        let mut people = vec![person(&author)];
        people.extend(mapped(map.as_ref(), &people[0]));
        let message = String::from_utf8_lossy(found.message_bytes());
        for one in message.lines().filter_map(co_author) {
            let own = mapped(map.as_ref(), &one);
            people.extend([Some(one), own].into_iter().flatten());
        }
        Ok(Signers { commit: commit.to_owned(), people })
    }
}

fn person(signature: &Signature<'_>) -> Person {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Person { name: text(signature.name_bytes()), email: text(signature.email_bytes()) }
}

fn mapped(map: Option<&Mailmap>, known: &Person) -> Option<Person> {
    let signature = Signature::now(&known.name, &known.email).ok()?;
    let mapped = person(&map?.resolve_signature(&signature).ok()?);
    (mapped != *known).then_some(mapped)
}

/// `Co-authored-by: Lin <lin@example.org>`, whatever the case of its key.
fn co_author(line: &str) -> Option<Person> {
    let (key, value) = line.split_once(':')?;
    let (name, rest) = value.split_once('<')?;
    let email = rest.trim_end().strip_suffix('>')?;
    let known = key.trim().eq_ignore_ascii_case("co-authored-by");
    known.then(|| Person { name: name.trim().to_owned(), email: email.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn co_authors_stand_in_trailers() {
        let found = co_author("Co-Authored-By: Lin Li <lin@example.org> ").unwrap();
        assert_eq!((found.name.as_str(), found.email.as_str()), ("Lin Li", "lin@example.org"));
        for other in ["Reviewed-by: Lin <lin@example.org>", "Co-authored-by: Lin", "Co-authored-by Lin <l@e>", ""] {
            assert_eq!(co_author(other), None, "{other}");
        }
    }
}
