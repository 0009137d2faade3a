//! Names of frameworks: `asvs@5.0.0`.

use std::fmt;

/// A framework in one version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Name {
    /// Lower-case letters, digits, dots, hyphens and underscores: `asvs`.
    pub id: String,
    /// As its publisher writes it: `5.0.0`.
    pub version: String,
}

impl Name {
    pub fn parse(text: &str) -> Option<Name> {
        let (id, version) = text.split_once('@')?;
        let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        let printed = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
        let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let fits = starts(id) && id.chars().all(lower) && starts(version) && version.chars().all(printed);
        fits.then(|| Name { id: id.to_owned(), version: version.to_owned() })
    }

    /// The folder an imported pack lies in.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.id, self.version)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}@{}", self.id, self.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_an_id_and_a_version() {
        assert_eq!(Name::parse("asvs@5.0.0").unwrap().folder(), "asvs-5.0.0");
        assert_eq!(Name::parse("llm-top10@2025").unwrap().to_string(), "llm-top10@2025");
        for text in ["asvs", "asvs@", "ASVS@5", "@5", "a b@5", "asvs@5 0", "../x@1", "asvs@../1", "asvs@.."] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }
}
