//! Names that tell a kind: of images, libraries, cloud resources and columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::store::foreign;
use crate::text::singular;

/// Names of one table with the kind they lead to.
#[derive(Debug)]
pub struct Table {
    names: HashMap<&'static str, Vec<&'static str>>,
    /// The kinds in the order of the table.
    pub kinds: Vec<&'static str>,
}

/// Every table.
#[derive(Debug)]
pub struct Signs {
    pub images: Table,
    pub frameworks: Table,
    pub clients: Table,
    pub resources: Table,
    pub fields: Table,
}

static SIGNS: LazyLock<Signs> =
    LazyLock::new(|| Signs::load().expect("invariant: a test reads the tables that are built in"));

impl Signs {
    /// The tables that are built in, read at the first use.
    pub fn built_in() -> &'static Signs {
        &SIGNS
    }

    pub(super) fn load() -> Result<Signs, String> {
        Ok(Signs {
            images: Table::read(include_str!("images.toml"))?,
            frameworks: Table::read(include_str!("frameworks.toml"))?,
            clients: Table::read(include_str!("clients.toml"))?,
            resources: Table::read(include_str!("resources.toml"))?,
            fields: Table::read(include_str!("fields.toml"))?,
        })
    }
}

impl Table {
    fn read(text: &'static str) -> Result<Table, String> {
        let rows = foreign::rows::<Vec<&str>>(text)?;
        let kinds = rows.iter().map(|(kind, _)| *kind).collect();
        let mut names = HashMap::new();
        for (kind, row) in rows {
            for name in row {
                names.entry(name).or_insert_with(Vec::new).push(kind);
            }
        }
        Ok(Table { names, kinds })
    }

    /// Names of more than one kind.
    #[cfg(test)]
    pub fn twice(&self) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.names.iter().filter(|(_, kinds)| kinds.len() > 1).map(|(name, kinds)| (*name, kinds.as_slice()))
    }

    /// Every name.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.names.keys().copied()
    }

    /// The kind that a name leads to.
    pub fn kind(&self, name: &str) -> Option<&'static str> {
        self.names.get(name).and_then(|kinds| kinds.first().copied())
    }

    /// The kinds that runs of these words lead to, each with its run, the longest first.
    pub fn runs(&self, words: &[String]) -> impl Iterator<Item = (String, &'static str)> {
        let lengths = (1..=words.len().min(3)).rev();
        let runs = lengths.flat_map(move |length| words.windows(length)).map(|run| run.join(" "));
        runs.flat_map(|run| {
            let kinds = self.names.get(run.as_str()).map(Vec::as_slice).unwrap_or_default();
            kinds.iter().map(move |kind| (run.clone(), *kind))
        })
    }
}

/// The words of a name in code, singular and small: `customerEmails`, `customer_emails`, `CustomerEmails`.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut small = false;
    for c in name.chars().take(120) {
        let new = !c.is_alphanumeric() || (c.is_uppercase() && small);
        if new || words.is_empty() {
            words.push(String::new());
        }
        small = c.is_lowercase() || c.is_numeric();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| singular(word).into_owned()).collect()
}
