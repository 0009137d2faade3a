//! What files say by their structure: what is deployed, what it is built on, what it keeps. Names are read and values are not, so no
//! secret comes into a model. Never here: the disk, and what an attacker does.

mod cluster;
mod compose;
mod fields;
mod file;
mod interface;
mod manifest;
mod packages;
mod pipeline;
mod signs;
mod sql;
mod terraform;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Knowledge, Mention, Subject, Text};
use crate::store::foreign::Unread;
use crate::text::one_line;

pub use file::{Format, format};

use file::{File, Tree};
use signs::words;

/// What one reading found.
#[derive(Debug, Default)]
pub struct Structure {
    pub mentions: Vec<Mention>,
    /// Files that look like something and could not be read, with the reason.
    pub notes: Vec<String>,
    /// Their paths.
    pub unread: Vec<String>,
}

/// Entities that are read from files, at most: more is no model that somebody reads.
const MOST: usize = 300;
/// Places that say one asset in one file, at most.
const SAID: usize = 3;
/// Characters of a name, at most.
const LONGEST: usize = 80;
/// Files that could not be read are told one by one up to here.
const TOLD: usize = 5;

/// Reads files as what they are; `repo` is what the repository they lie in is called, and `texts` say what it is about.
pub fn read(all: &Knowledge, repo: &str, texts: &[Text], files: &[(Format, Text)]) -> Structure {
    let mut trees = Vec::new();
    let mut unread = Vec::new();
    let said = all.themes(texts.iter().flat_map(|text| singles(&text.content)));
    for (format, text) in files {
        match File::open(text, *format, repo) {
            Ok(file) => {
                let own = if file.names() { all.themes(singles(&text.content)) } else { Vec::new() };
                let own = own.into_iter().chain(std::iter::repeat(false));
                let about = said.iter().zip(own).map(|(said, own)| *said || own).collect();
                trees.push(File { about, ..file });
            }
            Err(Unread { line, message }) => {
                let said = format!("not read: {}:{line}: {}", text.path, one_line(&message));
                unread.push((text.path.clone(), said));
            }
        }
    }
    let mut mentions = Vec::new();
    for file in &trees {
        mentions.extend(one(all, file));
    }
    mentions.extend(cluster::read(all, &trees));
    mentions.iter_mut().for_each(clean);
    let paths = unread.iter().map(|(path, _)| path.clone()).collect();
    Structure { mentions: bounded(mentions), notes: told(unread), unread: paths }
}

/// Every word of a text, also within names, singular and small.
fn singles(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).flat_map(words).map(Cow::Owned)
}

fn one(all: &Knowledge, file: &File<'_>) -> Vec<Mention> {
    match &file.tree {
        Tree::Documents(documents) => documents.iter().flat_map(|node| interface::read(all, file, node)).collect(),
        Tree::Compose(node) => compose::read(all, file, node),
        Tree::Pipeline(node) => pipeline::read(file, node),
        Tree::Resources(node) => terraform::read(all, file, node),
        Tree::Package(package) => packages::read(all, file, package),
        Tree::Proto(text) => interface::proto(all, file, text),
        Tree::Graphql(text) => interface::graphql(all, file, text),
        Tree::Sql(text) => sql::read(all, file, text),
    }
}

/// Names go into a model as one line that anybody can read.
fn clean(mention: &mut Mention) {
    let plain = |text: &mut String| *text = one_line(text).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    plain(&mut mention.words);
    mention.name.iter_mut().chain(&mut mention.places).for_each(plain);
}

/// Not all of what says the same, and not more than anybody reads.
fn bounded(mentions: Vec<Mention>) -> Vec<Mention> {
    let mut said: BTreeMap<(Subject, String), usize> = BTreeMap::new();
    let mut fits = |mention: &Mention| {
        let count = said.entry((mention.subject, mention.path.clone())).or_default();
        *count += 1;
        mention.name.is_some() || *count <= SAID
    };
    let mut mentions: Vec<Mention> = mentions.into_iter().filter(|mention| fits(mention)).collect();
    let mut named = 0;
    mentions.retain(|mention| {
        named += usize::from(mention.name.is_some());
        mention.name.is_none() || named <= MOST
    });
    mentions
}

fn told(unread: Vec<(String, String)>) -> Vec<String> {
    let mut notes: Vec<String> = unread.into_iter().map(|(_, said)| said).collect();
    let more = notes.len().saturating_sub(TOLD);
    notes.truncate(TOLD);
    if more > 0 {
        notes.push(format!("not read: {more} more files"));
    }
    notes
}
