//! Every rule over one state, compared with the states it descends from.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::audit::Depth;
use super::grace::unjudged;
use super::reading::{Read, named};
use super::{Candidate, Desk, Trouble};
use crate::finding::{Finding, Severity, Step, Target, codes};
use crate::history::Commit;
use crate::identity::{Base, Ledger, Past, Words};
use crate::model::ModelId;
use crate::rules::{self, Context};
use crate::store::{Settings, Spot, Workspace};

/// What is asked.
pub struct Question {
    /// Empty = every model.
    pub models: Vec<String>,
    pub candidate: Candidate,
    pub against: Against,
    pub depth: Depth,
    /// The day the question is asked, in UTC.
    pub today: Date,
}

/// What a candidate is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// Nothing: the files alone.
    Nothing,
    /// What it owes: for the working tree and the index the newest published commits they descend from (HEAD on
    /// the published branch), the parents of a commit for a commit, the branch merged with for a merge.
    Parents,
    /// A revision; what it has wrong already is shown but does not fail (ruling 38).
    Revision(String),
}

/// The answer.
pub struct Checked {
    pub workspace: Workspace,
    /// By file and place, then rule.
    pub findings: Vec<Judged>,
    /// What it was compared with.
    pub bases: Vec<Commit>,
    /// What the whole history proves, or what is missing of it; `None` = it was not asked.
    pub ledger: Option<Ledger>,
    pub models: usize,
    /// What was not looked at or could not be judged, and how to change that.
    pub remarks: Vec<String>,
}

/// A finding with everything a report needs.
pub struct Judged {
    pub finding: Finding,
    pub spot: Option<Spot>,
    pub related: Vec<(Spot, String)>,
    /// The base has it too.
    pub stock: bool,
    /// Stable over moves of lines and rewrites of history: rule, model, entity and key.
    pub fingerprint: String,
}

/// Checks a state. Never fails on a wrong model.
pub fn check(desk: &Desk, question: &Question) -> Result<Checked, Trouble> {
    let (mut read, ledger) = desk.audited(&question.candidate, question.depth)?;
    let chosen = chosen(&read.workspace, &question.models)?;
    let bases = bases(desk, question, &read.settings)?;
    let ledger = ledger?;
    let public = desk.public(&question.candidate, &read)?;
    let mut past = Past { standing: desk.numbers(&read)?, ledger, public, ..Past::default() };
    let mut remarks: Vec<String> = desk.submodules(&read.settings)?.iter().map(apart).collect();
    if question.against != Against::Nothing {
        match desk.grace(&question.candidate, &read, question.today) {
            Ok(grace) => past.grace = grace,
            Err(trouble) => remarks.push(unjudged(trouble)?),
        }
    }
    let states = bases.iter().map(|commit| desk.read_commit(commit, &read)).collect::<Result<Vec<_>, _>>()?;
    past.words = words(desk, question, (&read, &states), &past)?;
    let mut stock = Stock::new();
    for (commit, workspace) in bases.iter().zip(states) {
        if matches!(question.against, Against::Revision(_)) {
            take_stock(&mut stock, &workspace, &mut past, (question.today, &read.settings));
        }
        past.bases.push(Base {
            name: commit.name.clone(),
            commit: commit.id.clone(),
            models: workspace.models,
            folders: workspace.folders,
        });
    }
    desk.recall(&question.candidate, &mut past, &read)?;
    desk.remember(&mut past, read.workspace.models.values(), &read.settings)?;
    let lost = past.ledger.iter().flat_map(|ledger| ledger.models.values()).any(|account| account.owed.is_some());
    if read.nothing() && !lost && past.bases.iter().all(|base| base.models.is_empty()) {
        return Err(desk.no_model(&read.settings));
    }
    past.signed = super::signed::signed(desk, &question.candidate, &read, &past)?;
    let mut found = findings(&read.workspace, &past, question.today, &read.settings);
    if let Candidate::Merge { head, with } = &question.candidate {
        super::twins::tell(desk, (head, with), &read, &mut found)?;
    }
    super::hosts::tell(desk, &question.candidate, &bases, (&mut read, &mut found))?;
    if found.iter().any(|finding| of_limits(finding, &read.settings)) {
        let source = desk.settings_file(&question.candidate)?;
        read.workspace.sources.extend(source.map(|source| (source.path.clone(), source)));
    }
    found.retain(|finding| chosen.is_empty() || concerns(&read.workspace, finding, &chosen));
    let models = if chosen.is_empty() { read.workspace.models.len() } else { chosen.len() };
    let findings = judged(&read.workspace, found, &stock);
    Ok(Checked { workspace: read.workspace, findings, bases, ledger: past.ledger, models, remarks })
}

impl Checked {
    /// Whether every commit was looked at.
    pub fn complete(&self) -> bool {
        self.ledger.as_ref().is_some_and(Ledger::complete)
    }

    /// Findings of at least this severity that are not the base's own.
    pub fn failing(&self, from: Severity) -> usize {
        self.findings.iter().filter(|judged| !judged.stock && judged.finding.severity >= from).count()
    }
}

/// A submodule is not looked into: what it holds was published elsewhere.
fn apart(path: &String) -> String {
    format!("note: {path} is a submodule, with a history of its own; check it there: redan -C {path} check")
}

fn chosen(workspace: &Workspace, asked: &[String]) -> Result<BTreeSet<ModelId>, Trouble> {
    asked.iter().map(|asked| named(workspace, asked).map(|model| model.id.clone())).collect()
}

fn bases(desk: &Desk, question: &Question, settings: &Settings) -> Result<Vec<Commit>, Trouble> {
    match (&question.against, &question.candidate) {
        (Against::Nothing, _) => Ok(Vec::new()),
        (Against::Revision(name), _) => Ok(vec![desk.repo()?.commit(name)?]),
        (Against::Parents, Candidate::Revision(name)) => Ok(desk.repo()?.parents_of(name)?),
        (Against::Parents, Candidate::Merge { with, .. }) => Ok(vec![desk.repo()?.commit(with)?]),
        (Against::Parents, _) => desk.owed(settings),
    }
}

/// Findings of the files and of the rules, with the severities of redan.toml; silenced ones are gone.
pub(super) fn findings(workspace: &Workspace, past: &Past, today: Date, settings: &Settings) -> Vec<Finding> {
    let context = Context::new(&workspace.models, &workspace.salvaged, past, today)
        .gated(&settings.gate)
        .knowing(&workspace.library);
    let mut findings = rules::check(&context);
    let blind = blind(workspace);
    findings.retain(|finding| finding.model().is_none_or(|model| !dark(workspace, past, model, &blind)));
    findings.extend(workspace.findings.iter().cloned());
    for finding in &mut findings {
        if let Some(severity) = settings.rules.get(finding.code.name).filter(|_| !finding.code.ledger) {
            finding.severity = *severity;
        }
    }
    findings.retain(|finding| finding.severity > Severity::Off);
    findings
}

/// What the base has wrong already, and how often.
type Stock = BTreeMap<String, usize>;

/// Counts what is wrong in a base, which is compared with nothing itself.
fn take_stock(stock: &mut Stock, base: &Workspace, past: &mut Past, (today, settings): (Date, &Settings)) {
    let bare = Past {
        ledger: past.ledger.take(),
        grace: past.grace.take(),
        words: std::mem::take(&mut past.words),
        ..Past::default()
    };
    let found = findings(base, &bare, today, settings);
    (past.ledger, past.grace, past.words) = (bare.ledger, bare.grace, bare.words);
    // The base is judged by the limits of today, and would excuse every mistake in them.
    found.iter().filter(|finding| !blinds(finding) && !of_limits(finding, settings)).for_each(|finding| {
        *stock.entry(fingerprint(finding)).or_default() += 1;
    });
}

/// Whether a finding is about a limit in redan.toml, and not about a model.
fn of_limits(finding: &Finding, settings: &Settings) -> bool {
    let Target::Bytes { path, .. } = &finding.place.target else { return false };
    settings.gate.named.values().any(|(file, _)| file == path)
}

/// What history knows of the words that rows of the candidate, of its bases or of the time of grace are about.
fn words(
    desk: &Desk,
    question: &Question,
    (read, bases): (&Read, &[Workspace]),
    past: &Past,
) -> Result<Words, Trouble> {
    if question.against == Against::Nothing {
        return Ok(super::words::unasked());
    }
    let states = [&read.workspace].into_iter().chain(bases).map(|workspace| &workspace.models);
    let states = states.chain(past.grace.iter().map(|base| &base.models));
    let models = states.flat_map(|models| models.values());
    desk.words(&[&question.candidate], &read.settings, models, past.ledger.as_ref())
}

/// Whether a finding keeps others from being made. The base having it too is no excuse: what the file says
/// now was never compared.
fn blinds(finding: &Finding) -> bool {
    [&codes::FILE_UNREADABLE, &codes::FILE_BOUNDS, &codes::TOML_SYNTAX, &codes::FORMAT_UNKNOWN]
        .iter()
        .any(|code| code.name == finding.code.name)
}

/// Paths that could not be read at all: what is there is not known, so nothing is said to be missing from it.
fn blind(workspace: &Workspace) -> BTreeSet<&str> {
    let whole = [codes::FILE_UNREADABLE.name, codes::FILE_BOUNDS.name];
    let unread = workspace.findings.iter().filter(|finding| whole.contains(&finding.code.name));
    unread
        .filter_map(|finding| match &finding.place.target {
            Target::Bytes { path, .. } => Some(path.as_str()),
            Target::Model { .. } => None,
        })
        .collect()
}

/// Whether a path is a file of the model in a folder, or a link that stands where the folder or one above it was.
fn hides(path: &str, folder: &str) -> bool {
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    let holds = above.strip_suffix("/decisions").or(above.strip_suffix("/sessions")).unwrap_or(above);
    let below = folder.strip_prefix(path);
    holds == folder || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn dark(workspace: &Workspace, past: &Past, model: &ModelId, blind: &BTreeSet<&str>) -> bool {
    let now = workspace.folders.get(model);
    let then = past.bases.iter().filter_map(|base| base.folders.get(model)).map(String::as_str);
    let owed = past.ledger.as_ref().and_then(|ledger| ledger.models.get(model)?.owed.as_ref());
    let once = owed.and_then(|seen| seen.path.rsplit_once('/')).map(|(folder, _)| folder);
    now.map(String::as_str)
        .into_iter()
        .chain(then)
        .chain(once)
        .any(|folder| blind.iter().any(|path| hides(path, folder)))
}

fn concerns(workspace: &Workspace, finding: &Finding, chosen: &BTreeSet<ModelId>) -> bool {
    match &finding.place.target {
        Target::Model { model, .. } => chosen.contains(model),
        Target::Bytes { path, .. } if path.is_empty() => true,
        Target::Bytes { path, .. } => {
            let folders = chosen.iter().filter_map(|model| workspace.folders.get(model));
            folders.into_iter().any(|folder| path.starts_with(&format!("{folder}/")))
        }
    }
}

fn judged(workspace: &Workspace, findings: Vec<Finding>, stock: &Stock) -> Vec<Judged> {
    let locator = workspace.locator();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut judged: Vec<Judged> = Vec::new();
    for finding in findings {
        let mut fingerprint = fingerprint(&finding);
        let twin = seen.entry(fingerprint.clone()).or_default();
        *twin += 1;
        let stock = stock.get(&fingerprint).is_some_and(|known| *twin <= *known);
        if *twin > 1 {
            fingerprint.push_str(&format!("-{twin}"));
        }
        let spot = locator.locate(&finding.place);
        let related = finding.related.iter();
        let related = related.filter_map(|(place, label)| Some((locator.locate(place)?, label.clone()))).collect();
        judged.push(Judged { finding, spot, related, stock, fingerprint });
    }
    judged.sort_by(|a, b| key(a).cmp(&key(b)));
    judged
}

fn key(judged: &Judged) -> (&str, u32, u32, &str, &str) {
    let (path, line, column) = judged.spot.as_ref().map_or(("", 0, 0), |s| (s.path.as_str(), s.line, s.column));
    (path, line, column, judged.finding.code.name, &judged.finding.message)
}

/// 16 hex digits of SHA-256 over what the finding is about, without lines, rows or commits.
pub fn fingerprint(finding: &Finding) -> String {
    let mut about = vec![finding.code.name.to_owned()];
    match &finding.place.target {
        Target::Model { model, subject } => about.extend([model.to_string(), subject.to_string()]),
        Target::Bytes { path, .. } => about.extend([path.clone(), finding.message.clone()]),
    }
    about.extend(finding.place.steps.iter().filter_map(|step| match step {
        Step::Key(text) | Step::Name(text) | Step::Item(text) => Some(text.clone()),
        Step::Row(_) => None,
    }));
    let hash = Sha256::digest(about.join("\u{1f}").as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
