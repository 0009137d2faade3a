//! What becomes of decisions in the next version of a framework: `migration/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::comply::{Clause, Fate, Freed, Migration as Decisions, Moved, Pack, Tally};
use crate::model::{MappingState, Model};
use crate::render::{Line, Page, Tone};
use crate::text::{Edit, edits};

/// `migration/1`: every decision of a model about one version of a framework, and where it lands in another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Migration {
    pub model: String,
    pub from: String,
    pub to: String,
    pub requirements: Requirements,
    /// Mappings that somebody accepted or rejected.
    pub mappings: Vec<Mapping>,
    /// Requirements that an exclusion takes out.
    pub exclusions: Vec<Exclusion>,
    /// Removed controls with such decisions: they are left as they are.
    pub removed: Vec<String>,
}

/// What becomes of the live requirements of the version before.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Requirements {
    /// They ask for the same under another number.
    pub same: usize,
    /// They changed, were split, merged, or are covered by another one.
    pub changed: usize,
    /// They are asked for no longer.
    pub dropped: usize,
    /// Nothing is said about them.
    pub unsaid: usize,
    /// Requirements of the new version that took over nothing.
    pub new: usize,
}

/// A decision about a mapping.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mapping {
    pub control: String,
    /// accepted or rejected.
    pub state: &'static str,
    #[serde(flatten)]
    pub landing: Landing,
}

/// An exclusion of one requirement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Exclusion {
    /// As it is written.
    pub req: String,
    /// The reason in words.
    pub why: String,
    #[serde(flatten)]
    pub landing: Landing,
}

/// What becomes of a decision.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Landing {
    /// The number in the version before.
    pub from: String,
    /// The requirement in the version before: its title, else its text.
    pub title: String,
    /// same, changed, dropped or unsaid.
    pub fate: &'static str,
    pub to: Vec<Target>,
    /// The publisher's reason where it is asked for no longer.
    pub reason: String,
}

/// A requirement of the new version.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Target {
    pub id: String,
    pub title: String,
    /// same, changed, split, merged or covered.
    pub how: &'static str,
    /// The texts of both versions word by word, where the packs have them.
    pub difference: Vec<Run>,
}

/// A run of words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Run {
    /// kept, gone or new.
    pub is: &'static str,
    pub text: String,
}

pub fn migration(model: &Model, (from, to): (&Pack, &Pack), tally: &Tally<'_>, found: &Decisions<'_>) -> Migration {
    let mapping = |moved: &Moved<'_>| Mapping {
        control: moved.control.to_string(),
        state: moved.row.state.map_or("", MappingState::word),
        landing: landing(moved.clause, &moved.fate, to),
    };
    let exclusion = |freed: &Freed<'_>| Exclusion {
        req: freed.row.req.clone(),
        why: freed.row.why.clone(),
        landing: landing(freed.clause, &freed.fate, to),
    };
    Migration {
        model: model.id.to_string(),
        from: from.name.to_string(),
        to: to.name.to_string(),
        requirements: Requirements {
            same: tally.same,
            changed: tally.changed,
            dropped: tally.dropped,
            unsaid: tally.unsaid,
            new: tally.new.len(),
        },
        mappings: found.moved.iter().map(mapping).collect(),
        exclusions: found.freed.iter().map(exclusion).collect(),
        removed: found.removed.iter().map(ToString::to_string).collect(),
    }
}

fn landing(clause: &Clause, fate: &Fate<'_>, to: &Pack) -> Landing {
    let target = |(id, how): (&str, &'static str)| {
        let new = to.clause(id);
        Target {
            id: id.to_owned(),
            title: new.map(|new| new.words().to_owned()).unwrap_or_default(),
            how,
            difference: new.map(|new| difference(clause, new)).unwrap_or_default(),
        }
    };
    let (fate, to, reason) = match fate {
        Fate::Same(id) => ("same", vec![target((id, "same"))], ""),
        Fate::Changed(targets) => ("changed", targets.iter().map(|(id, how)| target((id, how.word()))).collect(), ""),
        Fate::Dropped(why) => ("dropped", Vec::new(), *why),
        Fate::Unsaid => ("unsaid", Vec::new(), ""),
    };
    Landing { from: clause.id.clone(), title: clause.words().to_owned(), fate, to, reason: reason.to_owned() }
}

/// Nothing where a pack has no texts, or both say the same.
fn difference(old: &Clause, new: &Clause) -> Vec<Run> {
    if old.text.is_empty() || new.text.is_empty() || old.text == new.text {
        return Vec::new();
    }
    let run = |edit: Edit| match edit {
        Edit::Kept(text) => Run { is: "kept", text },
        Edit::Gone(text) => Run { is: "gone", text },
        Edit::New(text) => Run { is: "new", text },
    };
    edits(&old.text, &new.text).into_iter().map(run).collect()
}

/// Where every decision lands, for people.
pub fn page(migration: &Migration) -> Page {
    let mut page = Page::default();
    let head = format!(" from {} to {}", migration.from, migration.to);
    page.heading(Line::of(Tone::Id, &migration.model).and(Tone::Plain, head));
    let Requirements { same, changed, dropped, unsaid, new } = migration.requirements;
    let silent = if unsaid > 0 { format!(", {unsaid} nobody says anything about") } else { String::new() };
    let (stay, gone, come) = (verb(same, "stays", "stay"), verb(dropped, "is", "are"), verb(new, "is", "are"));
    page.text(Line::plain(format!(
        "of the requirements {stay} under another number, {changed} changed, {gone} asked for no longer{silent}; {come} new"
    )));
    for (fate, title) in FATES {
        let mappings = migration.mappings.iter().filter(|one| one.landing.fate == fate);
        let exclusions = migration.exclusions.iter().filter(|one| one.landing.fate == fate);
        let mut lines: Vec<Line> = mappings.flat_map(|one| lines(&one.control, one.state, &one.landing)).collect();
        lines.extend(exclusions.flat_map(|one| self::lines("excluded", &one.why, &one.landing)));
        if !lines.is_empty() {
            page.heading(Line::of(Tone::Strong, title));
            page.list(lines);
        }
    }
    if migration.mappings.is_empty() && migration.exclusions.is_empty() {
        page.text(Line::plain(format!("nobody decided anything about {}", migration.from)));
    }
    if !migration.removed.is_empty() {
        page.text(Line::of(Tone::Dim, format!("removed, and left as they are: {}", migration.removed.join(", "))));
    }
    page
}

fn verb(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

const FATES: [(&str, &str); 4] = [
    ("same", "carried: what was decided holds under another number"),
    ("changed", "to be looked at: mappings are proposed, exclusions are not carried"),
    ("dropped", "asked for no longer"),
    ("unsaid", "nothing is said about"),
];

fn lines(who: &str, what: &str, landing: &Landing) -> Vec<Line> {
    let start = Line::of(Tone::Id, who).and(Tone::Dim, format!(" {what} ")).and(Tone::Id, &landing.from);
    if landing.to.is_empty() {
        let reason = if landing.reason.is_empty() { String::new() } else { format!(" {}", landing.reason) };
        return vec![start.and(Tone::Plain, reason).and(Tone::Dim, titled(&landing.title))];
    }
    let line = |target: &Target| {
        let arrow = start.clone().and(Tone::Plain, " → ").and(Tone::Id, &target.id);
        let line = arrow.and(Tone::Plain, format!(" {}", target.how));
        match target.difference.as_slice() {
            [] => line.and(Tone::Dim, titled(&target.title)),
            runs => runs.iter().fold(line.and(Tone::Plain, ": "), |line, run| line.and(tone(run.is), &run.text)),
        }
    };
    landing.to.iter().map(line).collect()
}

fn tone(is: &str) -> Tone {
    match is {
        "gone" => Tone::Deleted,
        "new" => Tone::Inserted,
        _ => Tone::Plain,
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(": {title}") }
}
