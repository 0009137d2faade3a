//! Columns and fields as what they hold.

use crate::suggest::{Knowledge, Mention, Subject};

use super::file::File;
use super::signs::{Signs, words};

/// What a field of this owner holds: `users.password_hash`. A key that only refers to another row holds nothing by itself.
pub fn field(all: &Knowledge, file: &File<'_>, owner: &str, name: &str, line: usize) -> Option<Mention> {
    let words = words(name);
    let refers = words.last().is_some_and(|last| last == "id" || last == "uuid");
    let subject =
        if refers { subject(all, Signs::built_in().fields.kind(&words.join(" "))) } else { kind(all, &words) };
    Some(file.says(subject?, format!("{owner}.{name}"), line))
}

/// What a table or a message as a whole holds.
pub fn table(all: &Knowledge, file: &File<'_>, name: &str, line: usize) -> Option<Mention> {
    Some(file.says(kind(all, &words(name))?, name, line))
}

fn kind(all: &Knowledge, words: &[String]) -> Option<Subject> {
    subject(all, Signs::built_in().fields.run(words))
}

fn subject(all: &Knowledge, key: Option<&str>) -> Option<Subject> {
    all.asset(key?).map(|kind| Subject::Asset(kind.key))
}
