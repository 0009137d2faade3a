//! Fixes with gaps: who, when and why are nothing a rule can know.

use crate::finding::{Choice, Fix, Safety};

/// A fix whose changes carry tables or rows without some of `at`, `by` and `reason`. Whoever performs
/// it fills every such table; `needs` lists the keys, separated by `, `.
pub(super) fn fix(title: impl Into<String>, options: Vec<Choice>, keys: &[&str]) -> Fix {
    Fix { title: title.into(), safety: Safety::Unsafe, options, needs: Some(keys.join(", ")) }
}

/// All three of them.
pub(super) const ALL: [&str; 3] = ["at", "by", "reason"];

/// The names whose value is missing.
pub(super) fn missing<const N: usize>(keys: [(&'static str, bool); N]) -> Vec<&'static str> {
    keys.into_iter().filter(|(_, there)| !there).map(|(key, _)| key).collect()
}
