//! Words that gave way to their hash: the row no longer says them, and whoever has them can prove them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::model::{Part, Redaction, Value};

type Row = BTreeMap<String, Value>;

/// The keys of rows whose words may give way. Who, when, and what was set, ruled or counted stays.
const WORDS: [&str; 6] = ["reason", "statement", "evidence", "words", "reply", "changes"];

/// The key of the record beside them.
pub const REDACTED: &str = "redacted";

/// What stands for words: `sha256:` and 64 hex digits over their UTF-8 bytes.
pub fn hashed(words: &str) -> String {
    let digits: String = Sha256::digest(words.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}

/// The row without its words; nothing when it has none, or gave them up already.
pub fn redacted(row: &Row, redaction: &Redaction) -> Option<Row> {
    if row.contains_key(REDACTED) {
        return None;
    }
    let mut after = row.clone();
    let gone = after.iter_mut().filter(|(key, _)| is_words(key)).map(|(_, value)| *value = without(value)).count();
    after.insert(REDACTED.to_owned(), Some(redaction.clone()).show()?);
    (gone > 0).then_some(after)
}

/// What `new` has to say to keep what `old` said: `old` itself, and where `new` redacts it, the hashes of the words
/// that it took out.
pub fn owed<'a>(old: &'a Row, new: &Row) -> Cow<'a, Row> {
    let Some(record) = new.get(REDACTED).filter(|_| !old.contains_key(REDACTED)) else { return Cow::Borrowed(old) };
    let complete = Option::<Redaction>::read(Some(record)).flatten().is_some_and(|redaction| redaction.complete());
    let hash = |(key, value): (&String, &Value)| {
        let hash = Some(without(value)).filter(|hash| is_words(key) && new.get(key) == Some(hash))?;
        Some((key.clone(), hash))
    };
    let gone: Row = old.iter().filter_map(hash).collect();
    if !complete || gone.is_empty() {
        return Cow::Borrowed(old);
    }
    let mut owed = old.clone();
    owed.extend(gone);
    owed.insert(REDACTED.to_owned(), record.clone());
    Cow::Owned(owed)
}

/// Whether words of `from` are hashes in `to`: then nobody who shows the change shows them again.
pub fn took_out(from: &Value, to: &Value) -> bool {
    let redacts = |(old, new): (&Value, &Value)| match (old.as_table(), new.as_table()) {
        (Some(old), Some(new)) => new.contains_key(REDACTED) && !old.contains_key(REDACTED),
        _ => false,
    };
    match (from, to) {
        (Value::Text(_), Value::Text(_)) => *to == without(from),
        (Value::List(old), Value::List(new)) => *to == without(from) || old.iter().zip(new).any(redacts),
        _ => false,
    }
}

fn is_words(key: &str) -> bool {
    WORDS.contains(&key)
}

fn without(words: &Value) -> Value {
    match words {
        Value::Text(text) => Value::Text(hashed(text)),
        Value::List(lines) => Value::List(lines.iter().map(without).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AssetRevision, AttackerRevision, Attestation, Decision, Record, Renamed, Shape, Turn};

    fn row(words: &[(&str, &str)]) -> Row {
        words.iter().map(|(key, text)| ((*key).to_owned(), Value::text(*text))).collect()
    }

    fn redaction() -> Redaction {
        Redaction { at: "2026-11-20".parse().ok(), by: "ada@example.org".into(), reason: "a password".into() }
    }

    #[test]
    fn a_hash_is_what_anybody_computes() {
        assert_eq!(hashed("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_redacted_row_keeps_what_was_owed_and_no_other_does() {
        let old = row(&[("by", "bob@example.org"), ("reason", "hunter2")]);
        let new = redacted(&old, &redaction()).unwrap();
        assert_eq!(owed(&old, &new).as_ref(), &new);
        assert_eq!(redacted(&new, &redaction()), None);
        let change = |key: &str, text: &str| {
            let mut other = new.clone();
            other.insert(key.to_owned(), Value::text(text));
            other
        };
        for other in [change("reason", &hashed("hunter3")), change("by", "eve@example.org")] {
            assert_ne!(owed(&old, &other).as_ref(), &other);
        }
        let mut silent = new.clone();
        silent.insert(REDACTED.to_owned(), Value::Table(row(&[("by", "ada@example.org")])));
        assert_eq!(owed(&old, &silent).as_ref(), &old);
        assert_eq!(owed(&new, &old).as_ref(), &new, "what was redacted stays so");
    }

    /// What somebody wrote in sentences can be taken out; `from` says which words a renaming is about.
    #[test]
    fn all_prose_of_rows_may_give_way() {
        let rows = [AssetRevision::FIELDS, AttackerRevision::FIELDS, Attestation::FIELDS, Decision::FIELDS];
        for field in rows.into_iter().chain([Turn::FIELDS, Renamed::FIELDS]).flatten() {
            let prose = matches!(field.shape, Shape::Prose) && field.name != "from";
            assert!(!prose || is_words(field.name), "{}", field.name);
        }
    }
}
