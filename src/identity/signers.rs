//! Who a commit is by, and whether that is whom a row names.

/// The people behind a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signers {
    /// Full commit id.
    pub commit: String,
    /// Author and co-authors, each as the commit and as `.mailmap` has them; the author first.
    pub people: Vec<Person>,
}

/// A name with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
}

/// Addresses that GitHub makes: `handle@…`, or `number+handle@…`.
const NO_REPLY: &str = "@users.noreply.github.com";

impl Signers {
    /// Whether one of them is `by`: an e-mail address, or a `@handle` that is their name, the first part of their
    /// address or in the address that GitHub made for them.
    pub fn include(&self, by: &str) -> bool {
        let by = by.trim().to_lowercase();
        self.people.iter().any(|person| match by.strip_prefix('@') {
            Some(handle) => handles(person).any(|known| known == handle),
            None => person.email.to_lowercase() == by,
        })
    }

    /// `Ada <ada@example.org>`, the author.
    pub fn author(&self) -> String {
        self.people.first().map(|person| format!("{} <{}>", person.name, person.email)).unwrap_or_default()
    }
}

fn handles(person: &Person) -> impl Iterator<Item = String> {
    let email = person.email.to_lowercase();
    let given = email.strip_suffix(NO_REPLY).map(|local| local.rsplit('+').next().unwrap_or(local).to_owned());
    let local = email.split('@').next().unwrap_or_default().to_owned();
    [Some(person.name.to_lowercase()), given, Some(local)].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_address_and_by_handle() {
        let person = |name: &str, email: &str| Person { name: name.into(), email: email.into() };
        let signers = Signers {
            commit: String::new(),
            people: vec![
                person("Ada", "ada@example.org"),
                person("Lin Li", "17+linli@users.noreply.github.com"),
                person("kim", "k@example.org"),
            ],
        };
        for by in ["ada@example.org", "ADA@Example.org", "@ada", "@linli", "@kim", " @Kim "] {
            assert!(signers.include(by), "{by}");
        }
        for by in ["bob@example.org", "@bob", "@17", "ada", "", "@", "@users.noreply.github.com"] {
            assert!(!signers.include(by), "{by}");
        }
    }
}
