//! Columns and fields as what they hold.

use crate::suggest::{Knowledge, Mention, Subject};

use super::file::File;
use super::signs::{Signs, words};

/// What a field of this owner holds: `users.password_hash`. A key that only refers to another row holds nothing by itself.
pub fn field(all: &Knowledge, file: &File<'_>, owner: &str, name: &str, line: usize) -> Option<Mention> {
    let words = words(name);
    let refers = words.last().is_some_and(|last| last == "id" || last == "uuid");
    let subject = match refers {
        true => Signs::built_in().fields.kind(&words.join(" ")).and_then(|key| subject(all, key)),
        false => kind(all, file, &words),
    };
    Some(file.says(subject?, format!("{owner}.{name}"), line))
}

/// What a table or a message as a whole holds.
pub fn table(all: &Knowledge, file: &File<'_>, name: &str, line: usize) -> Option<Mention> {
    Some(file.says(kind(all, file, &words(name))?, name, line))
}

/// The first kind that the name leads to and that the file, or what is said of it, is about.
fn kind(all: &Knowledge, file: &File<'_>, words: &[String]) -> Option<Subject> {
    let means = |(name, key): &(String, &'static str)| file.means(all, key, name);
    subject(all, Signs::built_in().fields.runs(words).find(means)?.1)
}

fn subject(all: &Knowledge, key: &str) -> Option<Subject> {
    all.asset(key).map(|kind| Subject::Asset(kind.key))
}
