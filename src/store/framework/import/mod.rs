//! Publishers' own files as packs: whole, with licence and attribution, or not at all.

mod asvs;
mod ciso;
mod cyclonedx;
mod opencre;
mod oscal;
mod publisher;
mod succession;
mod table;
mod xml;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::comply::{About, Clause, Kind, Levels, Library, Name, Pack, Source, State, TextPolicy, flaws, hex, natural};

pub use succession::succession;

/// A file to import.
pub struct Asked<'a> {
    /// Its name, which may say what is in it.
    pub file: &'a str,
    pub bytes: &'a [u8],
    /// What the framework is to be called, where the file does not say or says it wrongly.
    pub name: Option<Name>,
    /// Its licence, where the file does not say.
    pub licence: Option<&'a str>,
}

/// What a file held.
#[derive(Debug)]
pub enum Imported {
    Pack(Box<Pack>),
    /// A list of numbers of another file.
    Profile {
        set: String,
        title: String,
        ids: BTreeSet<String>,
    },
}

/// Why a file is not imported: a sentence, and the line where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub line: Option<usize>,
    pub message: String,
}

/// Larger files are not read: the largest framework anybody publishes has a tenth of it.
pub const LARGEST: usize = 32 << 20;

/// A framework as a file says it.
#[derive(Debug, Default)]
struct Raw {
    name: Option<Name>,
    title: String,
    publisher: String,
    licence: String,
    levels: Levels,
    clauses: Vec<Clause>,
    notices: Vec<String>,
}

/// Reads a file in whatever known format it is. `library` lends what it knows of a framework of the same name.
pub fn import(asked: &Asked<'_>, library: &Library) -> Result<Imported, Vec<Fault>> {
    if asked.bytes.len() > LARGEST {
        return Err(fault(format!("it has {} bytes; up to {LARGEST} are read", asked.bytes.len())));
    }
    let text = std::str::from_utf8(asked.bytes).map_err(|_| fault("it is no UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = match text.trim_start().chars().next() {
        Some('{' | '[') => match json(text)? {
            Json::Raw(raw) => raw,
            Json::Profile(imported) => return Ok(imported),
        },
        Some('<') => xml::catalog(text, library)?,
        Some(_) if [".yaml", ".yml"].iter().any(|end| asked.file.to_lowercase().ends_with(end)) => self::yaml(text)?,
        Some(_) if opencre::heads(text.lines().next().unwrap_or_default()) => opencre::table(text)?,
        Some(_) => table::text(asked.file, text)?,
        None => return Err(fault("it is empty")),
    };
    let pack = finish(asked, raw, library)?;
    let told = flaws(&pack);
    if told.is_empty() {
        return Ok(Imported::Pack(Box::new(pack)));
    }
    Err(told.into_iter().map(|flaw| Fault { line: line(text, &flaw.about), message: flaw.message }).collect())
}

fn yaml(text: &str) -> Result<Raw, Vec<Fault>> {
    let documents = crate::store::yaml(text).map_err(|unread| {
        vec![Fault { line: Some(unread.line), message: format!("it is no YAML: {}", unread.message) }]
    })?;
    match documents.as_slice() {
        all if all.iter().any(opencre::is) => opencre::hub(all),
        [value] if ciso::is(value) => ciso::library(value),
        [value] if value.as_object().is_some_and(|table| table.keys().any(|key| succession::is(key))) => {
            Err(fault("it says what became of an earlier version: name the file that looks back with --back"))
        }
        [value] => table::json(value),
        many => Err(fault(format!("it holds {} documents, and one is a pack", many.len()))),
    }
}

/// What a JSON file held.
enum Json {
    Raw(Raw),
    Profile(Imported),
}

fn json(text: &str) -> Result<Json, Vec<Fault>> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| vec![Fault { line: Some(error.line()), message: format!("it is no JSON: {error}") }])?;
    let has = |key: &str| value.get(key).is_some();
    match () {
        () if value["bomFormat"] == "CycloneDX" => cyclonedx::standard(&value).map(Json::Raw),
        () if has("catalog") => oscal::catalog(&value["catalog"]).map(Json::Raw),
        () if has("profile") => oscal::profile(&value["profile"]).map(Json::Profile),
        () if has("Requirements") && has("ShortName") => Ok(Json::Raw(asvs::nested(&value))),
        () if opencre::is(&value) => opencre::hub(&[value]).map(Json::Raw),
        () => table::json(&value).map(Json::Raw),
    }
}

/// The pack with what is known of its publisher and of a pack of the same name.
fn finish(asked: &Asked<'_>, raw: Raw, library: &Library) -> Result<Pack, Vec<Fault>> {
    let name = asked.name.clone().or(raw.name).or_else(|| publisher::from_file(asked.file));
    let name = name.ok_or_else(|| match raw.title.as_str() {
        "OpenCRE" => fault("OpenCRE has no versions: name it by the day it was taken: --as opencre@2026-11-27"),
        _ => fault("it does not say which framework it is: name it with --as asvs@5.0.0"),
    })?;
    let mut pack = Pack::named(name);
    (pack.title, pack.publisher, pack.licence) = (raw.title, raw.publisher, raw.licence);
    (pack.levels, pack.notices) = (raw.levels, raw.notices);
    publisher::known(&mut pack);
    if let Some(twin) = library.pack(&pack.name) {
        pack.title.clone_from(&twin.title);
        pack.publisher.clone_from(&twin.publisher);
        pack.aliases.clone_from(&twin.aliases);
    }
    if pack.title.is_empty() {
        pack.title.clone_from(&pack.name.id);
    }
    if let Some(licence) = asked.licence {
        licence.clone_into(&mut pack.licence);
    }
    if pack.attribution.is_empty() {
        let whose = if pack.publisher.is_empty() { String::new() } else { format!(", {}", pack.publisher) };
        pack.attribution = format!("{} {}{whose}", pack.title, pack.name.version);
    }
    let full = raw.clauses.iter().any(|clause| !clause.text.is_empty());
    pack.text_policy = if full { TextPolicy::Full } else { TextPolicy::Titles };
    pack.source = Source { path: asked.file.to_owned(), sha256: hex(asked.bytes), ..Source::default() };
    Ok(pack.with(raw.clauses))
}

fn fault(message: impl Into<String>) -> Vec<Fault> {
    vec![Fault { line: None, message: message.into() }]
}

/// The last line that has the number in quotes or between separators: of two with one number the later is too many.
fn line(text: &str, about: &About) -> Option<usize> {
    let About::Clause(id) = about else { return None };
    let alone = |line: &str| line.split([',', '\t', '"', '\'', '<', '>']).any(|cell| cell == id);
    text.lines().enumerate().filter(|(_, line)| alone(line)).map(|(at, _)| at + 1).last()
}

/// A heading.
fn group(id: &str, title: &str, parent: Option<&str>) -> Clause {
    Clause {
        id: id.to_owned(),
        kind: Kind::Group,
        title: flat(title),
        parent: parent.map(str::to_owned),
        ..Clause::default()
    }
}

/// One line, without the links some publishers leave at the end: `… ([C1](https://…))`.
fn flat(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = line.as_str();
    while let Some(open) = rest.rfind(" ([").filter(|open| rest.ends_with("))") && rest[*open..].contains("](")) {
        rest = rest[..open].trim_end();
    }
    rest.to_owned()
}

/// Levels as their names, from low to high; none where no clause has one.
fn minimum(clauses: &[Clause]) -> Levels {
    let mut names: Vec<String> = clauses.iter().filter_map(|clause| clause.level.clone()).collect();
    names.sort_by(|a, b| natural(a, b));
    names.dedup();
    if names.is_empty() { Levels::None } else { Levels::Minimum(names) }
}

/// What the text of a requirement says of its state.
fn state(text: &str) -> State {
    if text.starts_with("[DELETED") { State::Deleted } else { State::Active }
}
