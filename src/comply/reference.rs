//! References to requirements: `asvs@5.0.0:V6.2.1` in files, and what people write instead.

use std::fmt;

use super::{Clause, Name, Pack};

/// A requirement of a framework in one version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    pub framework: Name,
    /// The number; in exclusions it may end with `*`.
    pub id: String,
}

impl Reference {
    /// Reads the spelling of files; whether there is such a requirement is another question.
    pub fn parse(text: &str) -> Option<Reference> {
        let (framework, id) = text.split_once(':')?;
        let framework = Name::parse(framework)?;
        (!id.is_empty()).then(|| Reference { framework, id: id.to_owned() })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.framework, self.id)
    }
}

/// Whether a number fits a pattern: equal, or equal up to a `*` at the end. `V1.*` is everything below V1.
pub fn matches(pattern: &str, id: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(stem) => id.starts_with(stem),
        None => pattern == id,
    }
}

impl Pack {
    /// The clause that a number means, whatever its case and with or without the letter in front: `v6.2.1`, `6.2.1`.
    pub fn meant(&self, id: &str) -> Option<&Clause> {
        self.clause(id).or_else(|| {
            let wanted = bare(id);
            let mut found = self.clauses().iter().filter(|clause| bare(&clause.id) == wanted);
            match (found.next(), found.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        })
    }
}

/// Upper case, without the V that some publishers write before a number.
fn bare(id: &str) -> String {
    let upper = id.trim().to_ascii_uppercase();
    match upper.strip_prefix('V') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_ends_a_pattern() {
        assert!(matches("V1.*", "V1.2.3") && matches("V1.2.3", "V1.2.3") && matches("*", "x"));
        assert!(!matches("V1.*", "V10.2.3") && !matches("V1.1", "V1.10"));
    }

    #[test]
    fn a_number_is_found_by_what_people_write() {
        let clause = |id: &str| Clause { id: id.into(), ..Clause::default() };
        let pack = Pack::default().with(vec![clause("V1.1"), clause("V1.10"), clause("ac-2")]);
        let meant = |id: &str| pack.meant(id).map(|clause| clause.id.as_str());
        assert_eq!(meant("1.1"), Some("V1.1"));
        assert_eq!(meant("v1.10"), Some("V1.10"));
        assert_eq!(meant("AC-2"), Some("ac-2"));
        assert_eq!(meant("1.100"), None);
    }
}
