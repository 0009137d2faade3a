//! The packs there are, `frameworks/1`, and what one of them holds, `framework/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::comply::{Clause, Kind, Library, Name, Origin, Pack, Shelved, State};
use crate::render::{Line, Page, Tone};

/// `frameworks/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Frameworks {
    pub frameworks: Vec<Listed>,
}

/// One pack.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Listed {
    pub id: String,
    pub version: String,
    pub title: String,
    /// built-in or imported.
    pub source: &'static str,
    /// Requirements that its publisher still asks for.
    pub requirements: usize,
    /// Levels or profiles, the lowest level first.
    pub levels: Vec<Level>,
    pub publisher: String,
    pub licence: String,
    /// What has to stand beside every copy.
    pub attribution: String,
    /// full, titles or ids-only: how much of the publisher's words it holds.
    pub text_policy: &'static str,
    /// SHA-256 of its canonical form.
    pub digest: String,
    /// The folder of an imported pack, relative to the repository.
    pub folder: Option<String>,
    /// An imported pack of the same name counts instead.
    pub shadowed: bool,
    /// What its readers should know.
    pub notices: Vec<String>,
}

/// A level or profile.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Level {
    pub name: String,
    /// Requirements it asks for, those of lower levels included.
    pub requirements: usize,
}

/// `framework/1`: a pack with everything it holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Framework {
    pub framework: Listed,
    pub requirements: Vec<Requirement>,
}

/// A requirement, or a heading.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Requirement {
    pub id: String,
    /// requirement or group.
    pub kind: &'static str,
    pub parent: Option<String>,
    pub level: Option<String>,
    pub title: String,
    pub text: String,
    /// active, withdrawn or deleted.
    pub status: &'static str,
    pub replaced_by: Vec<String>,
    /// component, system or organisation.
    pub scope: &'static str,
    /// CWE numbers.
    pub cwe: Vec<String>,
}

pub fn frameworks(library: &Library) -> Frameworks {
    Frameworks { frameworks: library.all().map(|(_, shelved, counts)| listed(shelved, counts)).collect() }
}

fn listed(shelved: &Shelved, counts: bool) -> Listed {
    let pack = shelved.pack();
    let level = |name: &str| Level {
        name: name.to_owned(),
        requirements: pack.active().filter(|clause| pack.asks(Some(name), clause) == Some(true)).count(),
    };
    let (source, folder) = match &shelved.origin {
        Origin::BuiltIn => ("built-in", None),
        Origin::Imported(folder) => ("imported", Some(folder.clone())),
    };
    Listed {
        id: pack.name.id.clone(),
        version: pack.name.version.clone(),
        title: pack.title.clone(),
        source,
        requirements: pack.active().count(),
        levels: pack.levels.names().into_iter().map(level).collect(),
        publisher: pack.publisher.clone(),
        licence: pack.licence.clone(),
        attribution: pack.attribution.clone(),
        text_policy: pack.text_policy.word(),
        digest: pack.digest(),
        folder,
        shadowed: !counts,
        notices: pack.notices.clone(),
    }
}

/// The packs, for people.
pub fn page(frameworks: &Frameworks) -> Page {
    let head = ["framework", "title", "requirements", "levels", "source", "licence"];
    let row = |one: &Listed| {
        let source = Line::plain(one.source);
        let levels: Vec<String> =
            one.levels.iter().map(|level| format!("{}: {}", level.name, level.requirements)).collect();
        vec![
            Line::of(Tone::Id, format!("{}@{}", one.id, one.version)),
            Line::plain(&one.title),
            Line::plain(one.requirements.to_string()),
            Line::plain(levels.join(", ")),
            if one.shadowed { source.and(Tone::Dim, " (shadowed by the imported one)") } else { source },
            Line::of(Tone::Dim, &one.licence),
        ]
    };
    let mut page = Page::default();
    page.table(&head, frameworks.frameworks.iter().map(row).collect());
    page
}

/// A pack, or what of it lies at or below a number.
pub fn framework(library: &Library, name: &Name, below: Option<&str>) -> Option<Framework> {
    let shelved = library.shelved(name)?;
    let pack = shelved.pack();
    let within =
        |clause: &&Clause| below.is_none_or(|id| clause.id == id || pack.above(clause).any(|above| above.id == id));
    let requirements = pack.clauses().iter().filter(within).map(requirement).collect();
    Some(Framework { framework: listed(shelved, true), requirements })
}

fn requirement(clause: &Clause) -> Requirement {
    let replaced_by = match &clause.state {
        State::Withdrawn { replaced_by } => replaced_by.clone(),
        _ => Vec::new(),
    };
    Requirement {
        id: clause.id.clone(),
        kind: clause.kind.word(),
        parent: clause.parent.clone(),
        level: clause.level.clone(),
        title: clause.title.clone(),
        text: clause.text.clone(),
        status: clause.state.word(),
        replaced_by,
        scope: clause.scope.word(),
        cwe: clause.cwes().map(str::to_owned).collect(),
    }
}

/// A pack for people: headings, and a line a requirement; one requirement alone with everything it says.
pub fn framework_page(library: &Library, name: &Name, below: Option<&str>) -> Option<Page> {
    let pack = library.pack(name)?;
    let mut page = Page::default();
    page.heading(
        Line::of(Tone::Id, name.to_string()).and(Tone::Plain, format!(" {} ({})", pack.title, pack.publisher)),
    );
    let within =
        |clause: &&Clause| below.is_none_or(|id| clause.id == id || pack.above(clause).any(|above| above.id == id));
    let clauses: Vec<&Clause> = pack.clauses().iter().filter(within).collect();
    let levelled = !pack.levels.names().is_empty();
    let head: &[&'static str] = if levelled { &["", "level", ""] } else { &["", ""] };
    page.table(head, clauses.iter().map(|clause| row(pack, clause, levelled)).collect());
    if let [only] = clauses.as_slice() {
        detail(&mut page, pack, only);
    }
    let notices = pack.notices.iter().map(|notice| Line::of(Tone::Warning, notice)).collect();
    page.list(notices);
    page.text(Line::of(Tone::Dim, format!("{}. {}", pack.licence, pack.attribution).trim_end()));
    Some(page)
}

fn row(pack: &Pack, clause: &Clause, levelled: bool) -> Vec<Line> {
    let words = match (&clause.state, clause.kind) {
        (State::Active, Kind::Group) => Line::of(Tone::Strong, clause.words()),
        (State::Active, Kind::Requirement) => Line::plain(clause.words()),
        (state, _) => Line::of(Tone::Dim, format!("{} ({})", clause.words(), state.word()).trim().to_owned()),
    };
    let level = match &pack.levels {
        crate::comply::Levels::Sets(sets) => {
            let within = sets.iter().filter(|(_, ids)| ids.contains(&clause.id));
            within.map(|(set, _)| set.as_str()).collect::<Vec<_>>().join(" ")
        }
        _ => clause.level.clone().unwrap_or_default(),
    };
    let mut row = vec![Line::of(Tone::Id, &clause.id)];
    if levelled {
        row.push(Line::plain(level));
    }
    row.push(words);
    row
}

fn detail(page: &mut Page, pack: &Pack, clause: &Clause) {
    let above: Vec<String> = pack.above(clause).map(|above| format!("{} {}", above.id, above.words())).collect();
    let mut facts = vec![("below", above.join(" · ")), ("scope", clause.scope.word().to_owned())];
    let refs = clause.refs.iter().map(|(catalogue, ids)| (catalogue.as_str(), ids.iter().cloned().collect::<Vec<_>>()));
    facts.extend(refs.map(|(catalogue, ids)| (catalogue, ids.join(", "))));
    if !clause.title.is_empty() {
        facts.push(("text", clause.text.clone()));
    }
    if let State::Withdrawn { replaced_by } = &clause.state {
        facts.push(("replaced by", replaced_by.join(", ")));
    }
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    page.list(told.map(|(name, value)| Line::of(Tone::Dim, format!("{name}: ")).and(Tone::Plain, value)).collect());
}
