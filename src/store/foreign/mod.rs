//! Files that are no model: tables of the crate itself, and what other tools wrote, in one shape whatever their language. Never here:
//! what such a file means.

mod hcl;
mod node;
mod toml;
mod xml;
mod yaml;

use std::collections::BTreeMap;

use ::toml::Spanned;
use serde::Deserialize;

pub use hcl::hcl;
pub use node::{Leaf, Node, Unread};
pub use toml::toml;
pub use xml::xml;
pub use yaml::yaml;

/// The rows of a file whose top level is `key = { … }` with bare keys, in the order of the file. Fails with the parser's own words.
pub fn rows<'t, T: Deserialize<'t>>(text: &'t str) -> Result<Vec<(&'t str, T)>, String> {
    let table: BTreeMap<Spanned<String>, T> = ::toml::from_str(text).map_err(|error| error.to_string())?;
    let mut rows: Vec<(Spanned<String>, T)> = table.into_iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    Ok(rows.into_iter().map(|(key, row)| (&text[key.span()], row)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_order_of_the_file() {
        let rows = rows::<Vec<&str>>("zeta = [\"1\"]\n# a remark\nalpha = [\"2\", \"3\"]\n").unwrap();
        assert_eq!(rows, [("zeta", vec!["1"]), ("alpha", vec!["2", "3"])]);
    }

    #[test]
    fn what_does_not_fit_says_where() {
        assert!(rows::<Vec<&str>>("alpha = 1").unwrap_err().contains("line 1"));
        assert!(rows::<Vec<&str>>("alpha = [").is_err());
    }
}
