use clap::Args;

use super::assess::version;
use super::clock;
use super::door::Door;
use super::edit::{Plain, Writing};
use super::failure::Failure;
use super::verb::Exit;
use crate::finding::{Fix, codes};
use crate::ops::audit::Depth;
use crate::ops::check::{Against, Judged, Question, check};
use crate::ops::resolve::{Wish, address, resolve};
use crate::ops::{Candidate, Desk};
use crate::render::{Line, Page, Tone};
use crate::report;
use crate::rules::COHERENCE;

/// Report what does not fit together in a model, each with the ways to resolve it
///
/// Exit 0 whatever is found; `redan check` applies severities.
#[derive(Debug, Args)]
pub struct Coherence {
    /// Models, by ID; all when none is named. One of them also as it was: `payments@v3`
    #[arg(value_name = "MODEL[@VERSION]")]
    models: Vec<String>,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Coherence {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let today = match &self.as_of {
            Some(day) => clock::day(clock::parse(day)?),
            None => clock::day(door.environment.clock),
        };
        let (models, candidate) = match self.models.as_slice() {
            [one] if one.contains('@') => {
                let (model, candidate) = version(&desk, Some(one))?;
                (model.map(str::to_owned).into_iter().collect(), candidate)
            }
            _ => (self.models, Candidate::WorkingTree),
        };
        let question = Question { models, candidate, against: Against::Parents, depth: Depth::Off, today };
        let mut checked = check(&desk, &question)?;
        let told = || COHERENCE.iter().copied().chain([&codes::HISTORY_INCOMPLETE]);
        checked.findings.retain(|judged| told().any(|code| code.name == judged.finding.code.name));
        match self.format {
            Plain::Human => door.page(&page(&checked.findings))?,
            Plain::Json => {
                let found = |judged: &Judged| report::check::Found {
                    fingerprint: judged.fingerprint.clone(),
                    ..report::check::found(&judged.finding, judged.spot.as_ref(), &judged.related)
                };
                let body = report::check::Coherence {
                    findings: checked.findings.iter().map(found).collect(),
                    counts: report::check::counts(checked.findings.iter().map(|judged| &judged.finding)),
                };
                door.print(&report::answer("coherence/1", body).map_err(super::check::report_failure)?)?;
            }
        }
        Ok(0)
    }
}

fn page(findings: &[Judged]) -> Page {
    let mut page = Page::default();
    for judged in findings {
        let finding = &judged.finding;
        let head = Line::of(Tone::Warning, address(finding)).and(Tone::Plain, format!("  {}", finding.message));
        page.text(head);
        page.list(finding.fix.iter().flat_map(options).collect());
    }
    let counts = report::check::counts(findings.iter().map(|judged| &judged.finding));
    page.text(Line::of(Tone::Dim, format!("coherence: {}", report::check::tally(&counts))));
    page
}

fn options(fix: &Fix) -> Vec<Line> {
    let option = |(at, one): (usize, &crate::finding::Choice)| {
        Line::of(Tone::Dim, format!("{}. ", at + 1)).and(Tone::Plain, &one.label)
    };
    let title = Line::of(Tone::Strong, format!("resolve: {}", fix.title));
    std::iter::once(title).chain(fix.options.iter().enumerate().map(option)).collect()
}

/// Resolve a finding in one step: `redan resolve co_asset_unbounded:A3 --choose 2`
#[derive(Debug, Args)]
pub struct Resolve {
    /// The finding as `redan coherence` names it: RULE:ID, RULE where it is the only one, or its fingerprint
    finding: String,
    /// Which of its options, from 1
    #[arg(long, value_name = "N")]
    choose: Option<usize>,
    /// Why, where a decision is written
    #[arg(long)]
    reason: Option<String>,
    /// Your own words for an assumption that comes to be
    #[arg(long)]
    words: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Resolve {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk: Desk = door.desk()?;
        let past = desk.past(&desk.look(&Candidate::WorkingTree)?)?;
        let Resolve { finding, choose, reason, words, writing } = self;
        let wish = Wish { finding: &finding, choose, reason: reason.as_deref(), words: words.as_deref() };
        writing.perform(door, |stage, read| resolve(stage, read, &past, &wish))
    }
}
