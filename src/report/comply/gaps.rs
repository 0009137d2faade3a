//! Where a model stands to a framework: `gaps/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::in_days;
use crate::comply::{Coverage, Excuse, Library, Mapped, Origin, Pack, Stands, Status};
use crate::model::Model;
use crate::render::{Line, Page, Tone};

/// `gaps/1`: every requirement that is asked for, and what it comes to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Gaps {
    pub model: String,
    pub as_of: String,
    /// `asvs@5.0.0`.
    pub framework: String,
    pub title: String,
    /// Who published it, and under which licence.
    pub attribution: String,
    /// built-in or imported.
    pub source: &'static str,
    /// `sha256:…` of the imported pack that was locked and is not there: the built-in one counts instead.
    pub lost: Option<String>,
    /// The level or profile asked for; absent where everything is.
    pub level: Option<String>,
    pub requirements: Vec<Requirement>,
    pub coverage: Counts,
    /// Limits that are exceeded, a sentence each.
    pub exceeded: Vec<String>,
}

/// One requirement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Requirement {
    pub id: String,
    pub title: String,
    pub level: Option<String>,
    /// covered, partial, uncovered, unmapped or excluded.
    pub status: &'static str,
    /// Controls that somebody accepted for it.
    pub controls: Vec<Control>,
    /// Controls that were proposed and not decided about.
    pub proposed: usize,
    /// Some mapping was accepted for other words, and does not count.
    pub stale: bool,
    /// The exclusion about it, whether it counts or not.
    pub exclusion: Option<Exclusion>,
}

/// A control that meets a requirement, or a part of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Control {
    pub id: String,
    /// full or part.
    pub cover: &'static str,
    /// Implemented, or stood in for by assumptions.
    pub holds: bool,
    pub stale: bool,
    pub by: String,
    pub on: Option<String>,
}

/// Who took a requirement out, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Exclusion {
    /// As written: a number, or a pattern.
    pub req: String,
    pub reason: Option<&'static str>,
    pub why: String,
    /// holds, overdue, incomplete, later, refuted or stale.
    pub state: &'static str,
    /// Days that are left before its review, where it holds.
    pub days_left: Option<i32>,
    /// It holds, and does so for 30 days at most: `check` warns of it.
    pub ends_soon: bool,
    pub owner: String,
    pub approved_by: String,
    pub on: Option<String>,
    pub review_by: Option<String>,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct Counts {
    /// Everything that is asked for.
    pub total: usize,
    pub covered: usize,
    pub partial: usize,
    pub uncovered: usize,
    pub unmapped: usize,
    pub excluded: usize,
    /// Covered of what nothing excludes, in thousandths, rounded down; 0 where everything is excluded.
    pub of_applicable: usize,
    /// Covered of everything, in thousandths, rounded down.
    pub of_total: usize,
    /// Requirements left out because only the organisation around the system can meet them.
    pub beyond: usize,
}

impl Counts {
    pub fn of(coverage: &Coverage<'_>) -> Counts {
        Counts {
            total: coverage.total(),
            covered: coverage.count(Status::Covered),
            partial: coverage.count(Status::Partial),
            uncovered: coverage.count(Status::Uncovered),
            unmapped: coverage.count(Status::Unmapped),
            excluded: coverage.count(Status::Excluded),
            of_applicable: coverage.of_applicable(),
            of_total: coverage.of_total(),
            beyond: coverage.beyond,
        }
    }
}

/// The answer for one framework.
pub fn gaps(model: &Model, library: &Library, coverage: &Coverage<'_>, (day, exceeded): (&str, Vec<String>)) -> Gaps {
    let shelved = library.shelved(&coverage.framework);
    let pack = shelved.map(crate::comply::Shelved::pack);
    let imported = shelved.is_some_and(|shelved| matches!(shelved.origin, Origin::Imported(_)));
    Gaps {
        model: model.id.to_string(),
        as_of: day.to_owned(),
        framework: coverage.framework.to_string(),
        title: pack.map(|pack| pack.title.clone()).unwrap_or_default(),
        attribution: pack.map(attribution).unwrap_or_default(),
        source: if imported { "imported" } else { "built-in" },
        lost: library.lost(&coverage.framework.to_string()).map(|lost| lost.digest.clone()),
        level: coverage.level.clone(),
        requirements: coverage.requirements.iter().map(requirement).collect(),
        coverage: Counts::of(coverage),
        exceeded,
    }
}

/// What has to stand beside everything that repeats a pack.
pub fn attribution(pack: &Pack) -> String {
    let whose = if pack.publisher.is_empty() { &pack.title } else { &pack.publisher };
    format!("{whose} ({}). {}", pack.licence, pack.attribution).trim_end().to_owned()
}

fn requirement(stands: &Stands<'_>) -> Requirement {
    Requirement {
        id: stands.clause.id.clone(),
        title: stands.clause.words().to_owned(),
        level: stands.clause.level.clone(),
        status: stands.status.word(),
        controls: stands.mapped.iter().map(control).collect(),
        proposed: stands.proposed,
        stale: stands.stale(),
        exclusion: stands.excuse.map(|(_, exclusion, state)| excluded(exclusion, state)),
    }
}

fn control(mapped: &Mapped<'_>) -> Control {
    Control {
        id: mapped.control.to_string(),
        cover: if mapped.full { "full" } else { "part" },
        holds: mapped.holds,
        stale: mapped.stale,
        by: mapped.row.by.clone(),
        on: mapped.row.on.map(|on| on.day().to_string()),
    }
}

fn excluded(exclusion: &crate::model::Exclusion, state: Excuse) -> Exclusion {
    let day = |when: Option<crate::model::When>| when.map(|when| when.day().to_string());
    Exclusion {
        req: exclusion.req.clone(),
        reason: exclusion.reason.map(crate::model::Excuse::word),
        why: exclusion.why.clone(),
        state: state.word(),
        days_left: match state {
            Excuse::Holds(left) => Some(left),
            _ => None,
        },
        ends_soon: state.ending().is_some(),
        owner: exclusion.owner.clone(),
        approved_by: exclusion.approved_by.clone(),
        on: day(exclusion.on),
        review_by: day(exclusion.review_by),
    }
}

/// For people: counts by heading, what is there in part or not, and what needs a look.
pub fn page(gaps: &Gaps, pack: &Pack, all: bool) -> Page {
    let mut page = Page::default();
    let level = gaps.level.as_ref().map(|level| format!(" level {level}")).unwrap_or_default();
    let head = Line::of(Tone::Id, &gaps.model)
        .and(Tone::Plain, format!(" against {}{level} on {}", gaps.framework, gaps.as_of))
        .and(Tone::Dim, format!(" ({} pack)", gaps.source));
    page.heading(head);
    page.text(verdict(&gaps.coverage));
    by_heading(&mut page, gaps, pack);
    let open = |requirement: &&Requirement| match requirement.status {
        "partial" | "uncovered" => true,
        "unmapped" => all || requirement.stale || requirement.proposed > 0,
        _ => all,
    };
    let rows: Vec<Vec<Line>> = gaps.requirements.iter().filter(open).map(row).collect();
    if !rows.is_empty() {
        page.heading(Line::of(Tone::Strong, if all { "every requirement" } else { "open" }));
    }
    page.table(&["", "level", "status", "", ""], rows);
    let hidden = gaps.requirements.iter().filter(|one| one.status == "unmapped" && !open(one)).count();
    if hidden > 0 {
        let text = format!(
            "  and {hidden} more to which no control is mapped; --all lists everything, redan comply map proposes"
        );
        page.text(Line::of(Tone::Dim, text));
    }
    remarks(&mut page, gaps);
    page
}

/// `covered 88 of 214 applicable (41.1 %), 34.7 % of all 253; 39 excluded`.
pub fn verdict(counts: &Counts) -> Line {
    let percent = |share: usize| format!("{}.{} %", share / 10, share % 10);
    let applicable = counts.total - counts.excluded;
    if applicable == 0 {
        return Line::of(Tone::Strong, "nothing applies")
            .and(Tone::Plain, format!(": {} of {} excluded", counts.excluded, counts.total));
    }
    Line::plain("covered ")
        .and(Tone::Strong, format!("{} of {applicable} applicable ({})", counts.covered, percent(counts.of_applicable)))
        .and(
            Tone::Plain,
            format!(", {} of all {}; {} excluded", percent(counts.of_total), counts.total, counts.excluded),
        )
}

/// Counts by the topmost heading, which is a chapter or a function.
fn by_heading(page: &mut Page, gaps: &Gaps, pack: &Pack) {
    let mut rows: Vec<(String, String, Counts)> = Vec::new();
    for requirement in &gaps.requirements {
        let clause = pack.clause(&requirement.id);
        let top =
            clause.and_then(|clause| pack.above(clause).last()).map(|top| (top.id.clone(), top.words().to_owned()));
        let (id, title) = top.unwrap_or_default();
        if rows.last().is_none_or(|(last, ..)| *last != id) {
            rows.push((id, title, Counts::default()));
        }
        let Some((_, _, counts)) = rows.last_mut() else { continue };
        counts.total += 1;
        match requirement.status {
            "covered" => counts.covered += 1,
            "partial" => counts.partial += 1,
            "uncovered" => counts.uncovered += 1,
            "unmapped" => counts.unmapped += 1,
            _ => counts.excluded += 1,
        }
    }
    if rows.len() < 2 {
        return;
    }
    let count = |count: usize| if count == 0 { Line::of(Tone::Dim, "·") } else { Line::plain(count.to_string()) };
    let row = |(id, title, counts): (String, String, Counts)| {
        let Counts { total, covered, partial, uncovered, unmapped, excluded, .. } = counts;
        let numbers = [total, covered, partial, uncovered, unmapped, excluded].map(count);
        [Line::of(Tone::Id, id), Line::plain(title)].into_iter().chain(numbers).collect()
    };
    let head = ["", "", "all", "covered", "partial", "uncovered", "unmapped", "excluded"];
    page.table(&head, rows.into_iter().map(row).collect());
}

fn row(requirement: &Requirement) -> Vec<Line> {
    let tone = match requirement.status {
        "covered" => Tone::Good,
        "excluded" => Tone::Dim,
        "partial" => Tone::Warning,
        _ => Tone::Bad,
    };
    let mut what: Vec<String> = requirement.controls.iter().map(mapped).collect();
    if requirement.proposed > 0 {
        what.push(format!("{} proposed", requirement.proposed));
    }
    if let Some(exclusion) = &requirement.exclusion {
        what.push(format!("excluded: {} ({})", exclusion.reason.unwrap_or("no reason"), exclusion.state));
    }
    vec![
        Line::of(Tone::Id, &requirement.id),
        Line::plain(requirement.level.clone().unwrap_or_default()),
        Line::of(tone, requirement.status),
        Line::plain(what.join(", ")),
        Line::of(Tone::Dim, &requirement.title),
    ]
}

/// `C4 in part, not there`.
fn mapped(control: &Control) -> String {
    let mut text = control.id.clone();
    let facts = [(control.cover == "part", "in part"), (!control.holds, "not there"), (control.stale, "stale")];
    facts.iter().filter(|(is, _)| *is).for_each(|(_, word)| text.push_str(&format!(" {word}")));
    text
}

/// `1 requirement has`, `2 requirements have`.
fn having(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 requirement {one}") } else { format!("{count} requirements {many}") }
}

/// What there is to say about each exclusion, once.
fn excuses(gaps: &Gaps) -> Vec<Line> {
    let mut told: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for exclusion in gaps.requirements.iter().filter_map(|one| one.exclusion.as_ref()) {
        if told.contains(&exclusion.req.as_str()) {
            continue;
        }
        told.push(&exclusion.req);
        let review = exclusion.review_by.as_deref().unwrap_or("");
        let what = match (exclusion.state, exclusion.days_left) {
            (_, Some(left)) if exclusion.ends_soon => format!("ends {}, on {review}", in_days(left)),
            (_, Some(_)) => continue,
            ("overdue", _) => format!("ended on {review}"),
            ("refuted", _) => {
                "does not count: the model contradicts what it rests on (redan check says where)".to_owned()
            }
            (state, _) => format!("does not count: {state}"),
        };
        let warning = if exclusion.ends_soon { "warning: " } else { "" };
        lines.push(Line::of(Tone::Warning, format!("{warning}the exclusion of {} {what}", exclusion.req)));
    }
    lines
}

fn remarks(page: &mut Page, gaps: &Gaps) {
    let mut lines = excuses(gaps);
    if gaps.lost.is_some() {
        let text =
            "warning: the pack that was locked is not there, and the built-in one counts instead: see redan check";
        lines.push(Line::of(Tone::Warning, text));
    }
    let stale = gaps.requirements.iter().filter(|one| one.stale).count();
    if stale > 0 {
        lines.push(Line::of(
            Tone::Warning,
            format!("{} other words than when mapped: see redan check", having(stale, "has", "have")),
        ));
    }
    if gaps.coverage.beyond > 0 {
        lines.push(Line::of(
            Tone::Dim,
            format!(
                "{} left out, as only the organisation can meet it; --scope all counts that",
                having(gaps.coverage.beyond, "is", "are")
            ),
        ));
    }
    lines.extend(gaps.exceeded.iter().map(|text| Line::of(Tone::Bad, text)));
    page.list(lines);
}
