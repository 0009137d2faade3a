//! Where each requirement of a framework stands, from what people decided alone: no score, no guess.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::canon::Memory;
use super::excuse::{Excuse, about, recalled};
use super::{Clause, Name, Pack, Reference, Scope, Stamp};
use crate::model::{Body, Cover, Exclusion, Id, MappingState, Model, Requirement};

/// What is asked of a pack.
pub struct Target<'a> {
    pub pack: &'a Pack,
    /// A level or profile; `None` = everything. It must be one that the pack has.
    pub level: Option<&'a str>,
    /// Also what only the organisation around the system can meet.
    pub whole: bool,
}

/// How the model is looked at.
pub struct Eyes<'a> {
    /// Later decisions do not count.
    pub today: Date,
    /// Whether a control is there: implemented, or stood in for.
    pub holds: &'a dyn Fn(Id) -> bool,
    /// Whether the model contradicts the condition of this exclusion, by its row.
    pub refuted: &'a dyn Fn(usize) -> bool,
}

/// The first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// An exclusion takes it out.
    Excluded,
    /// No control is mapped to it.
    Unmapped,
    /// Controls are mapped to it, and none is there.
    Uncovered,
    /// Controls that are there meet a part of it.
    Partial,
    /// A control that is there meets it.
    Covered,
}

impl Status {
    pub const ALL: [Status; 5] =
        [Status::Covered, Status::Partial, Status::Uncovered, Status::Unmapped, Status::Excluded];

    pub const fn word(self) -> &'static str {
        match self {
            Status::Excluded => "excluded",
            Status::Unmapped => "unmapped",
            Status::Uncovered => "uncovered",
            Status::Partial => "partial",
            Status::Covered => "covered",
        }
    }
}

/// A control that somebody accepted for a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapped<'m> {
    pub control: Id,
    pub row: &'m Requirement,
    pub full: bool,
    /// Whether the control is there.
    pub holds: bool,
    /// The requirement has other words than when this was accepted: it does not count.
    pub stale: bool,
}

/// An exclusion by its row, and whether it counts.
pub type Judged<'m> = (usize, &'m Exclusion, Excuse);

/// Where one requirement stands.
#[derive(Debug, Clone)]
pub struct Stands<'m> {
    pub clause: &'m Clause,
    pub status: Status,
    pub mapped: Vec<Mapped<'m>>,
    /// Controls that a machine proposed and nobody decided about.
    pub proposed: usize,
    /// The exclusion about it; the one that holds, else the first.
    pub excuse: Option<Judged<'m>>,
}

impl Stands<'_> {
    pub fn stale(&self) -> bool {
        self.mapped.iter().any(|mapped| mapped.stale)
    }
}

/// Every requirement that the target asks for.
#[derive(Debug, Clone)]
pub struct Coverage<'m> {
    pub framework: Name,
    pub level: Option<String>,
    pub requirements: Vec<Stands<'m>>,
    /// Requirements that were left out because only the organisation can meet them.
    pub beyond: usize,
}

impl Coverage<'_> {
    pub fn count(&self, status: Status) -> usize {
        self.requirements.iter().filter(|stands| stands.status == status).count()
    }

    pub fn total(&self) -> usize {
        self.requirements.len()
    }

    /// Requirements that nothing takes out.
    pub fn applicable(&self) -> usize {
        self.total() - self.count(Status::Excluded)
    }

    /// Covered of what nothing takes out, in thousandths; where nothing is left, nothing is covered.
    pub fn of_applicable(&self) -> usize {
        share(self.count(Status::Covered), self.applicable())
    }

    /// Covered of everything that is asked for, in thousandths.
    pub fn of_total(&self) -> usize {
        share(self.count(Status::Covered), self.total())
    }
}

/// Rounded down, so that 100 % is said of everything and of nothing less.
fn share(part: usize, whole: usize) -> usize {
    (part * 1000).checked_div(whole).unwrap_or(0)
}

/// Says where a model stands to a framework. A retired model has no controls; an orphaned control counts nowhere.
pub fn coverage<'m>(model: &'m Model, target: &Target<'m>, eyes: &Eyes<'_>) -> Coverage<'m> {
    let rows = rows(model, &target.pack.name);
    let asked = |clause: &&Clause| target.pack.asks(target.level, clause) == Some(true);
    let (within, beyond): (Vec<&Clause>, Vec<&Clause>) =
        target.pack.active().filter(asked).partition(|clause| target.whole || clause.scope != Scope::Organisation);
    let excuses = excuses(model, target.pack, eyes);
    let none = Vec::new();
    let requirements = within.into_iter().map(|clause| {
        let rows = rows.get(clause.id.as_str()).unwrap_or(&none);
        let excuse = excused(&excuses, (&target.pack.name, clause));
        stands(clause, rows, excuse, eyes)
    });
    Coverage {
        framework: target.pack.name.clone(),
        level: target.level.map(str::to_owned),
        requirements: requirements.collect(),
        beyond: beyond.len(),
    }
}

/// Rows of live controls by the number they are about.
fn rows<'m>(model: &'m Model, framework: &Name) -> BTreeMap<String, Vec<(Id, &'m Requirement)>> {
    let mut rows: BTreeMap<String, Vec<(Id, &Requirement)>> = BTreeMap::new();
    let live = model.entities.values().filter(|entity| !model.retired() && entity.live() && !model.is_orphaned(entity));
    for entity in live {
        let Body::Control(control) = &entity.body else { continue };
        for row in &control.requirements {
            let Some(reference) = Reference::parse(&row.req).filter(|one| one.framework == *framework) else {
                continue;
            };
            rows.entry(reference.id).or_default().push((entity.id, row));
        }
    }
    rows
}

fn stands<'m>(
    clause: &'m Clause,
    rows: &[(Id, &'m Requirement)],
    excuse: Option<Judged<'m>>,
    eyes: &Eyes<'_>,
) -> Stands<'m> {
    let stamp = Stamp::of(clause);
    let decided = |row: &Requirement| row.on.is_none_or(|on| on.day() <= eyes.today);
    let accepted = rows.iter().filter(|(_, row)| row.state == Some(MappingState::Accepted) && decided(row));
    let mapped: Vec<Mapped<'m>> = accepted
        .map(|&(control, row)| Mapped {
            control,
            row,
            full: row.cover != Some(Cover::Part),
            holds: (eyes.holds)(control),
            stale: stamp.compare(&row.text) == Memory::Changed,
        })
        .collect();
    let status = match excuse {
        Some((_, _, Excuse::Holds(_))) => Status::Excluded,
        _ => of_mapped(&mapped),
    };
    let open = |row: &Requirement| matches!(row.state, None | Some(MappingState::Proposed));
    Stands { clause, status, mapped, proposed: rows.iter().filter(|(_, row)| open(row)).count(), excuse }
}

fn of_mapped(mapped: &[Mapped<'_>]) -> Status {
    let mut counting = mapped.iter().filter(|mapped| !mapped.stale).peekable();
    if counting.peek().is_none() {
        return Status::Unmapped;
    }
    let there: Vec<&Mapped<'_>> = counting.filter(|mapped| mapped.holds).collect();
    match there.iter().any(|mapped| mapped.full) {
        _ if there.is_empty() => Status::Uncovered,
        true => Status::Covered,
        false => Status::Partial,
    }
}

/// The exclusions about a framework, each judged once.
fn excuses<'m>(model: &'m Model, pack: &Pack, eyes: &Eyes<'_>) -> Vec<Judged<'m>> {
    let judged = |(row, exclusion): (usize, &'m Exclusion)| {
        let (memory, _) = recalled(exclusion, pack)?;
        let excuse = Excuse::of(exclusion, eyes.today, ((eyes.refuted)(row), memory == Memory::Changed));
        Some((row, exclusion, excuse))
    };
    model.compliance.exclusions.iter().enumerate().filter_map(judged).collect()
}

/// The exclusion about a requirement that holds, else the first.
fn excused<'m>(excuses: &[Judged<'m>], (framework, clause): (&Name, &Clause)) -> Option<Judged<'m>> {
    let about = excuses.iter().filter(|(_, exclusion, _)| about(exclusion, framework, clause));
    about.min_by_key(|(row, _, excuse)| (!matches!(excuse, Excuse::Holds(_)), *row)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Control, Entity, Excuse as Why, Kind, When};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn pack() -> Pack {
        let clause = |id: &str| Clause { id: id.into(), title: format!("title of {id}"), ..Clause::default() };
        let organisation = Clause { scope: Scope::Organisation, ..clause("9") };
        Pack::named(Name::parse("x@1").unwrap())
            .with(["1", "2", "3", "4", "5"].map(clause).into_iter().chain([organisation]).collect())
    }

    fn row(req: &str, cover: Cover, state: MappingState) -> Requirement {
        Requirement { req: format!("x@1:{req}"), cover: Some(cover), state: Some(state), ..Requirement::default() }
    }

    fn model(rows: Vec<(u32, Requirement)>) -> Model {
        let mut model = Model::default();
        for (number, row) in rows {
            let id = Id::new(Kind::Control, number);
            let entity = model.entities.entry(id).or_insert_with(|| Entity::new(id));
            if let Body::Control(Control { requirements, .. }) = &mut entity.body {
                requirements.push(row);
            }
        }
        model
    }

    fn statuses(model: &Model, pack: &Pack) -> Vec<Status> {
        let eyes = Eyes { today: TODAY, holds: &|id| id.number() != Some(2), refuted: &|_| false };
        let coverage = coverage(model, &Target { pack, level: None, whole: false }, &eyes);
        assert_eq!(coverage.beyond, 1);
        coverage.requirements.iter().map(|stands| stands.status).collect()
    }

    #[test]
    fn the_first_status_that_holds() {
        use MappingState::{Accepted, Proposed, Rejected};
        let model = model(vec![
            (1, row("1", Cover::Full, Accepted)),
            (1, row("2", Cover::Part, Accepted)),
            (2, row("3", Cover::Full, Accepted)),
            (1, row("4", Cover::Full, Proposed)),
            (1, row("5", Cover::Full, Rejected)),
        ]);
        let expected = [Status::Covered, Status::Partial, Status::Uncovered, Status::Unmapped, Status::Unmapped];
        assert_eq!(statuses(&model, &pack()), expected);
    }

    #[test]
    fn a_stale_mapping_does_not_count() {
        let mut stale = row("1", Cover::Full, MappingState::Accepted);
        stale.text = "idx:0123456789ab".into();
        assert_eq!(statuses(&model(vec![(1, stale)]), &pack())[0], Status::Unmapped);
    }

    #[test]
    fn an_exclusion_counts_until_its_last_day() {
        let mut model = model(vec![(1, row("1", Cover::Full, MappingState::Accepted))]);
        model.compliance.exclusions.push(Exclusion {
            req: "x@1:*".into(),
            reason: Some(Why::NotApplicable),
            why: "w".into(),
            owner: "o".into(),
            review_by: Some(When::Day(TODAY)),
            ..Exclusion::default()
        });
        assert_eq!(statuses(&model, &pack()), [Status::Excluded; 5]);
        model.compliance.exclusions[0].review_by = Some(When::Day(date(2026, 11, 19)));
        assert_eq!(statuses(&model, &pack())[0], Status::Covered);
        model.compliance.exclusions[0].owner = String::new();
        assert_eq!(statuses(&model, &pack())[1], Status::Unmapped);
    }

    #[test]
    fn an_exclusion_is_about_the_words_it_was_decided_about() {
        let mut model = model(Vec::new());
        let mut exclude = |req: &str, text: String| {
            model.compliance.exclusions = vec![Exclusion {
                req: format!("x@1:{req}"),
                reason: Some(Why::NotApplicable),
                why: "w".into(),
                owner: "o".into(),
                review_by: Some(When::Day(TODAY)),
                text,
                ..Exclusion::default()
            }];
            statuses(&model, &pack())[1]
        };
        let stamp = |pattern: &str| Stamp::over(&pack(), pattern).unwrap().to_string();
        assert_eq!(stamp("2"), Stamp::of(pack().clause("2").unwrap()).to_string());
        assert_eq!(exclude("2", stamp("2")), Status::Excluded);
        assert_eq!(exclude("*", stamp("*")), Status::Excluded);
        assert_eq!(exclude("2", "idx:0123456789ab".into()), Status::Unmapped);
        // One clause more or less is a change as well.
        assert_eq!(exclude("*", stamp("2*")), Status::Unmapped);
        assert!(Stamp::over(&pack(), "8*").is_none());
    }

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(share(2, 3), 666);
        assert_eq!(share(0, 0), 0);
    }
}
