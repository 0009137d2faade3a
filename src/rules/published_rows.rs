//! What append-only means: every published row is still there, in the same order, saying the same.

use std::collections::BTreeMap;

use crate::identity::owed;
use crate::model::Value;

/// Keys that other rules ask for: where a published row lacks one, filling it in rewrites nothing.
const FILLABLE: [&str; 8] = ["at", "by", "reason", "statement", "owner", "review_by", "model", "of"];

/// Whether `new` says everything `old` said, or its hash with a redaction beside it, and beyond that only what
/// was missing.
pub(super) fn says_the_same(old: &BTreeMap<String, Value>, new: &BTreeMap<String, Value>) -> bool {
    altered(&owed(old, new), new).is_none()
}

/// The first key that says something else.
pub(super) fn altered<'a>(old: &'a BTreeMap<String, Value>, new: &'a BTreeMap<String, Value>) -> Option<&'a str> {
    let changed = old.iter().find(|(key, value)| new.get(*key) != Some(value)).map(|(key, _)| key);
    let added = || new.keys().find(|key| !old.contains_key(*key) && !FILLABLE.contains(&key.as_str()));
    changed.or_else(added).map(String::as_str)
}

/// The first published row that is not kept; rows of other branches may stand between.
pub(super) fn first_lost(old: &[Value], new: &[Value]) -> Option<usize> {
    let mut rest = new.iter();
    old.iter().position(|row| !rest.any(|candidate| keeps(row, candidate)))
}

/// The published rows as they were, then the rows that are new.
pub(super) fn put_back(old: &[Value], new: &[Value]) -> Vec<Value> {
    let mut rest: Vec<Option<&Value>> = new.iter().map(Some).collect();
    let mut rows = Vec::new();
    let mut edited = Vec::new();
    for (at, row) in old.iter().enumerate() {
        let kept = rest.iter_mut().find(|slot| slot.is_some_and(|candidate| keeps(row, candidate)));
        if kept.is_none() {
            edited.push(at);
        }
        rows.push(kept.and_then(Option::take).unwrap_or(row).clone());
    }
    // What stands where a published row stood is that row with other words, not a new one.
    edited.into_iter().for_each(|at| rest.get_mut(at).into_iter().for_each(|slot| *slot = None));
    rows.extend(rest.into_iter().flatten().cloned());
    rows
}

fn keeps(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Table(old), Value::Table(new)) => says_the_same(old, new),
        _ => old == new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(words: &[(&str, &str)]) -> Value {
        Value::Table(words.iter().map(|(key, text)| ((*key).to_owned(), Value::text(*text))).collect())
    }

    fn rows(names: &str) -> Vec<Value> {
        names.chars().map(|name| row(&[("reason", &name.to_string())])).collect()
    }

    #[test]
    fn rows_are_kept_in_order_with_others_between() {
        for (old, new, lost) in
            [("ab", "ab", None), ("ab", "axbc", None), ("ab", "ba", Some(1)), ("ab", "b", Some(0)), ("", "x", None)]
        {
            assert_eq!(first_lost(&rows(old), &rows(new)), lost, "{old} {new}");
        }
    }

    #[test]
    fn putting_back_keeps_what_is_new() {
        for (old, new, back) in [("ab", "xbc", "abc"), ("ab", "ba", "ab"), ("ab", "", "ab"), ("ab", "abc", "abc")] {
            assert_eq!(put_back(&rows(old), &rows(new)), rows(back), "{old} {new}");
        }
    }

    #[test]
    fn only_what_was_missing_may_be_filled_in() {
        let old = [row(&[("by", "ada")])];
        assert_eq!(first_lost(&old, &[row(&[("by", "ada"), ("of", "77ab01c9d2e4")])]), None);
        assert_eq!(first_lost(&old, &[row(&[("by", "bob"), ("of", "77ab01c9d2e4")])]), Some(0));
        assert_eq!(first_lost(&old, &[row(&[("by", "ada"), ("expires", "2030-01-01")])]), Some(0));
    }
}
