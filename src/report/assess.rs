//! What a model implies: `assess/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::{Assessment, GroupState, Outcome, Reach, Status, Tally, Tier, tally};
use crate::model::{Group, Objective};
use crate::render::{Line, Page, Tone};

/// `assess/1`: every live objective of a model on a day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Assess {
    pub model: String,
    /// The day that was asked about.
    pub as_of: String,
    pub objectives: Vec<Assessed>,
    pub counts: Counts,
}

/// One objective, assessed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Assessed {
    /// `CO-A1-T1`.
    pub id: String,
    /// critical, high, medium or low; absent = not rated.
    pub tier: Option<&'static str>,
    /// not_applicable, unreachable, mitigated, accepted, at_risk or unassessed.
    pub status: &'static str,
    /// controls or assumption, when mitigated.
    pub mitigated_by: Option<&'static str>,
    /// Why it is open, when it is.
    pub reason: Option<&'static str>,
    /// What the reason calls for.
    pub act: Option<&'static str>,
    pub groups: Vec<Grouped>,
    pub reachability: Reachability,
    /// Properties that the complete groups of a mitigated objective leave unaddressed.
    pub property_gap: Vec<&'static str>,
}

/// A mitigation group of an objective.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Grouped {
    /// A number, or `depth`.
    pub group: String,
    pub controls: Vec<String>,
    pub complete: bool,
    /// How its controls show: `Group 1`, or `Defense-in-depth` once another group is complete.
    pub badge: String,
}

/// Whether the attacker gets to the asset.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Reachability {
    /// reachable, unreachable or indeterminate.
    pub verdict: &'static str,
    pub reason: Option<&'static str>,
    /// The same in words.
    pub narration: String,
}

/// How many objectives are where.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    pub total: usize,
    pub status: BTreeMap<&'static str, usize>,
    /// `not_rated` for those without a tier.
    pub tier: BTreeMap<&'static str, usize>,
    /// Status within tier.
    pub cells: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
    pub reason: BTreeMap<&'static str, usize>,
    pub mitigated_by: BTreeMap<&'static str, usize>,
    /// Mitigated objectives with a property gap.
    pub property_gaps: usize,
}

/// From the worst to the least, then what nobody rated.
pub const TIERS: [Option<Tier>; 5] =
    [Some(Tier::Critical), Some(Tier::High), Some(Tier::Medium), Some(Tier::Low), None];

pub fn tier_word(tier: Option<Tier>) -> &'static str {
    tier.map_or("not_rated", Tier::word)
}

/// The whole assessment.
pub fn assess(assessment: &Assessment<'_>, day: &str) -> Assess {
    let objectives = assessment.outcomes().map(|(objective, outcome)| assessed(assessment, objective, outcome));
    Assess {
        model: assessment.model().id.to_string(),
        as_of: day.to_owned(),
        objectives: objectives.collect(),
        counts: counts(&tally(assessment.outcomes().map(|(_, outcome)| outcome))),
    }
}

pub(super) fn assessed(assessment: &Assessment<'_>, objective: Objective, outcome: &Outcome) -> Assessed {
    let Reach { verdict, cause } = outcome.reach;
    Assessed {
        id: objective.to_string(),
        tier: outcome.tier.map(Tier::word),
        status: outcome.status.word(),
        mitigated_by: outcome.mitigated_by.map(|by| by.word()),
        reason: outcome.reason.map(|reason| reason.word()),
        act: outcome.reason.map(|reason| reason.act()),
        groups: assessment.groups(objective).iter().map(grouped).collect(),
        reachability: Reachability {
            verdict: verdict.word(),
            reason: cause.map(|cause| cause.word()),
            narration: assessment.narrate(objective),
        },
        property_gap: outcome.gap.iter().map(|property| property.word()).collect(),
    }
}

fn grouped(state: &GroupState) -> Grouped {
    Grouped {
        group: state.group.to_string(),
        controls: state.members.iter().map(|member| member.control.to_string()).collect(),
        complete: state.complete,
        badge: state.badge.to_string(),
    }
}

pub(super) fn counts(tally: &Tally) -> Counts {
    let row = |tier| Status::ALL.into_iter().map(|status| (status.word(), tally.cell(tier, status))).collect();
    Counts {
        total: tally.total,
        status: Status::ALL.into_iter().map(|status| (status.word(), tally.status(status))).collect(),
        tier: TIERS.into_iter().map(|tier| (tier_word(tier), tally.tier(tier))).collect(),
        cells: TIERS.into_iter().map(|tier| (tier_word(tier), row(tier))).collect(),
        reason: tally.reasons.iter().map(|(reason, count)| (reason.word(), *count)).collect(),
        mitigated_by: tally.mitigated_by.iter().map(|(by, count)| (by.word(), *count)).collect(),
        property_gaps: tally.gaps,
    }
}

/// Unassessed objectives that are listed before the rest is only counted.
const SHOWN: usize = 10;

/// The assessment for people: counts, then what is open, worst first; with `all`, every objective.
pub fn page(assessment: &Assessment<'_>, day: &str, all: bool) -> Page {
    let mut page = Page::default();
    let tally = tally(assessment.outcomes().map(|(_, outcome)| outcome));
    let objectives = if tally.total == 1 { "objective" } else { "objectives" };
    let title = format!(" on {day}: {} {objectives}", tally.total);
    page.heading(Line::of(Tone::Id, assessment.model().id.to_string()).and(Tone::Plain, title));
    page.table(&["status", "critical", "high", "medium", "low", "not rated", "all"], count_rows(&tally));
    page.list(remarks(&tally));
    if all {
        let every: Vec<Entry<'_>> = assessment.outcomes().collect();
        page.heading(Line::of(Tone::Strong, "every objective"));
        page.table(
            &["objective", "tier", "status", "why", "how"],
            every.iter().map(|one| row(assessment, one)).collect(),
        );
        return page;
    }
    for status in [Status::AtRisk, Status::Unassessed] {
        open(&mut page, assessment, status);
    }
    page
}

type Entry<'a> = (Objective, &'a Outcome);

fn open(page: &mut Page, assessment: &Assessment<'_>, status: Status) {
    let mut open: Vec<Entry<'_>> = assessment.outcomes().filter(|(_, outcome)| outcome.status == status).collect();
    open.sort_by_key(|(objective, outcome)| (std::cmp::Reverse(outcome.tier), *objective));
    let shown = if status == Status::Unassessed { SHOWN } else { open.len() };
    let rest = open.len().saturating_sub(shown);
    if !open.is_empty() {
        page.heading(Line::of(Tone::Strong, status.word().replace('_', " ")));
    }
    let rows = open.iter().take(shown).map(|one| row(assessment, one)).collect();
    page.table(&["objective", "tier", "status", "why", "how"], rows);
    if rest > 0 {
        page.text(Line::of(Tone::Dim, format!("  and {rest} more of no higher tier; --all lists everything")));
    }
}

fn count_rows(tally: &Tally) -> Vec<Vec<Line>> {
    let number = |count: usize| match count {
        0 => Line::of(Tone::Dim, "·"),
        _ => Line::of(Tone::Plain, count.to_string()),
    };
    let row = |status: Status| {
        let head = Line::of(tone(status), status.word());
        let cells = TIERS.into_iter().map(|tier| number(tally.cell(tier, status)));
        std::iter::once(head).chain(cells).chain([number(tally.status(status))]).collect()
    };
    Status::ALL.into_iter().map(row).collect()
}

pub fn tone(status: Status) -> Tone {
    match status {
        Status::Mitigated => Tone::Good,
        Status::AtRisk => Tone::Bad,
        Status::Unassessed | Status::Accepted => Tone::Warning,
        Status::NotApplicable | Status::Unreachable => Tone::Dim,
    }
}

fn remarks(tally: &Tally) -> Vec<Line> {
    let words = |pairs: Vec<(&str, usize)>| {
        pairs.iter().map(|(word, count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    let by = words(tally.mitigated_by.iter().map(|(by, count)| (by.word(), *count)).collect());
    if !by.is_empty() {
        lines.push(Line::of(Tone::Dim, "mitigated by: ").and(Tone::Plain, by));
    }
    let reasons = words(tally.reasons.iter().map(|(reason, count)| (reason.word(), *count)).collect());
    if !reasons.is_empty() {
        lines.push(Line::of(Tone::Dim, "open because: ").and(Tone::Plain, reasons));
    }
    if tally.gaps > 0 {
        let text = format!("{} mitigated with a property left unaddressed (group_property_gap)", tally.gaps);
        lines.push(Line::of(Tone::Warning, text));
    }
    lines
}

fn row(assessment: &Assessment<'_>, (objective, outcome): &Entry<'_>) -> Vec<Line> {
    let why = match (outcome.reason, outcome.mitigated_by, outcome.reach.cause) {
        (Some(reason), ..) => reason.word(),
        (_, Some(by), _) => by.word(),
        (_, _, Some(cause)) if outcome.status == Status::Unreachable => cause.word(),
        _ => "",
    };
    vec![
        Line::of(Tone::Id, objective.to_string()),
        Line::of(Tone::Plain, outcome.tier.map_or("not rated", Tier::word)),
        Line::of(tone(outcome.status), outcome.status.word()),
        Line::of(Tone::Plain, why),
        groups(&assessment.groups(*objective)),
    ]
}

/// `1: C7 yes, C41 no; depth: C20`.
fn groups(groups: &[GroupState]) -> Line {
    let mut line = Line::default();
    for (at, state) in groups.iter().enumerate() {
        let lead = if at == 0 { "" } else { "; " };
        line = line.and(Tone::Dim, format!("{lead}{}:", state.group));
        for member in &state.members {
            let lacks = !member.hold.counts() && state.group != Group::Depth;
            let (tone, mark) = if lacks { (Tone::Bad, " missing") } else { (Tone::Plain, "") };
            line = line.and(tone, format!(" {}{mark}", member.control));
        }
    }
    line
}
