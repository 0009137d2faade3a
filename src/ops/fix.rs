//! Applying the fixes of findings.

mod back;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::audit::Depth;
use super::check::findings;
use super::lifecycle::Now;
use super::reading::Read;
use super::resolve::address;
use super::{Candidate, Desk, Trouble};
use crate::change::{Act, Change, apply};
use crate::finding::{Finding, Safety, codes};
use crate::identity::Past;
use crate::model::{Model, Value};
use crate::rules;
use crate::store::{self, Workspace, Write, disk};

/// What is asked.
pub struct Question {
    /// Only fixes of this rule; then unsafe ones with one option too.
    pub rule: Option<String>,
    /// The reason, for fixes that need one.
    pub reason: Option<String>,
    pub dry_run: bool,
    pub today: Date,
    pub now: Now,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Fixed {
    pub applied: Vec<Named>,
    /// Findings with a fix that only a person can finish.
    pub left: Vec<Named>,
    pub writes: Vec<Write>,
}

/// A rule's code and the title of its fix.
pub type Named = (&'static str, String);

/// Rounds of fixing at most: a fix may uncover another, but not for ever.
const ROUNDS: usize = 8;

/// Applies safe fixes until none is left. Repairs of the text come first, since they change what is read.
pub fn fix(desk: &Desk, question: &Question) -> Result<Fixed, Trouble> {
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let mut read = desk.glance(&Candidate::WorkingTree)?;
    let mut past = if desk.repo.is_some() { desk.past(&read)? } else { Default::default() };
    if read.nothing() && past.bases.iter().all(|base| base.models.is_empty()) {
        return Err(desk.no_model(&read.settings));
    }
    past.standing = desk.numbers(&read)?;
    if past.ledger.is_none() {
        past.ledger = desk.ledger(&Candidate::WorkingTree, Depth::Auto, &read.settings)?;
    }
    desk.recall(&Candidate::WorkingTree, &mut past, &read)?;
    desk.remember(&mut past, read.workspace.models.values(), &read.settings)?;
    let mut fixed = Fixed::default();
    for _ in 0..ROUNDS {
        let mut found = findings(&read.workspace, &past, question.today, &read.settings);
        found.iter_mut().for_each(|finding| fill(finding, question));
        let left = found.iter().filter(|finding| asked(question, finding) && !applicable(question, finding));
        fixed.left = left.filter_map(|finding| open(finding, question.rule.is_some())).collect();
        let whole = folders(desk, (&read, &past), question, &found)?;
        let donor = donor(desk, &read, &past, question, &found)?;
        let Some(mut round) = whole.or(round(&read.workspace, question, &found, donor.as_ref())?) else { break };
        if desk.repo.is_some() {
            back::wording(desk, &read, &past, &mut round.writes)?;
        }
        fixed.applied.extend(round.applied);
        fold(&mut fixed.writes, &round.writes);
        read.workspace = reread(&read, &round.writes);
    }
    if question.rule.is_none() {
        refresh(desk, &mut fixed)?;
    }
    if !question.dry_run {
        disk::commit(&desk.root, &desk.state(), &fixed.writes)?;
    }
    Ok(fixed)
}

/// Schemas that `init` put beside the models follow the program.
fn refresh(desk: &Desk, fixed: &mut Fixed) -> Result<(), Trouble> {
    for (path, text) in super::init::schemas() {
        let path = format!("{}{path}", desk.prefix);
        let Some(source) = disk::source(&desk.root, &path)? else { continue };
        if source.text() != text {
            let title = format!("refresh {path}");
            fixed.applied.push(("schema", title));
            fixed.writes.push(Write { path, before: Some(source.text().into_bytes()), after: text.into_bytes() });
        }
    }
    Ok(())
}

struct Round {
    applied: Vec<Named>,
    writes: Vec<Write>,
}

/// Whole models that go back, where their rule was asked for.
fn folders(
    desk: &Desk,
    (read, past): (&Read, &Past),
    question: &Question,
    found: &[Finding],
) -> Result<Option<Round>, Trouble> {
    let mut round = Round { applied: Vec::new(), writes: Vec::new() };
    for finding in found.iter().filter(|finding| question.rule.as_deref() == Some(finding.code.name)) {
        if let Some(writes) = back::folder(desk, read, past, finding)? {
            round.applied.extend(named(finding));
            round.writes.extend(writes);
        }
    }
    Ok((!round.writes.is_empty()).then_some(round))
}

/// The state whose wording entities get back that are gone.
fn donor(
    desk: &Desk,
    read: &Read,
    past: &Past,
    question: &Question,
    found: &[Finding],
) -> Result<Option<Workspace>, Trouble> {
    let gone = |finding: &Finding| finding.code == &codes::ID_GONE && applicable(question, finding);
    let Some(base) = past.bases.first().filter(|_| found.iter().any(gone)) else { return Ok(None) };
    desk.read_commit(&desk.repo()?.commit(&base.commit)?, read).map(Some)
}

/// One round: all repairs of text, or else all changes that fit together.
fn round(
    workspace: &Workspace,
    question: &Question,
    found: &[Finding],
    donor: Option<&Workspace>,
) -> Result<Option<Round>, Trouble> {
    let usable: Vec<&Finding> = found.iter().filter(|finding| applicable(question, finding)).collect();
    let patching: Vec<_> = usable.iter().filter(|finding| !patches(finding).is_empty()).collect();
    let mut applied = Vec::new();
    if !patching.is_empty() {
        let mut all = Vec::new();
        let mut spans: BTreeSet<(&str, usize)> = BTreeSet::new();
        for finding in patching {
            let fresh = patches(finding).iter().all(|patch| spans.insert((&patch.path, patch.span.start)));
            if fresh {
                all.extend(patches(finding).iter().cloned());
                applied.extend(named(finding));
            }
        }
        return Ok(Some(Round { applied, writes: store::patched(workspace, &all)? }));
    }
    let changes = together(workspace, &usable, &mut applied);
    if changes.is_empty() {
        return Ok(None);
    }
    let writes = match donor {
        Some(donor) => store::plan_like(workspace, donor, &changes)?,
        None => store::plan(workspace, "", &changes)?,
    };
    Ok(Some(Round { applied, writes }))
}

/// Changes that can be applied one after the other; one that no longer fits waits for the next round.
fn together(workspace: &Workspace, usable: &[&Finding], applied: &mut Vec<Named>) -> Vec<Change> {
    let mut models = workspace.models.clone();
    let mut all: Vec<Change> = Vec::new();
    let mut touched = BTreeSet::new();
    for finding in usable {
        let changes = &options(finding)[0].changes;
        let fits = |model: &mut Model| !changes.is_empty() && apply(model, changes).is_ok();
        // Two fixes of one field were made of the same old value: the second would undo the first.
        let field = |change: &Change| match &change.act {
            Act::Set { field, .. } => Some((change.model.clone(), change.subject.to_string(), *field)),
            _ => None,
        };
        let fields: Vec<_> = changes.iter().filter_map(field).collect();
        let taken = fields.iter().any(|field| touched.contains(field))
            || changes.iter().any(|change| renumbers(change) && all.iter().any(renumbers));
        let Some(model) = changes.first().and_then(|change| models.edit(&change.model)) else { continue };
        let mut trial = model.clone();
        if !taken && fits(&mut trial) {
            *model = trial;
            touched.extend(fields);
            all.extend(changes.iter().cloned());
            applied.extend(named(finding));
        }
    }
    all
}

/// Two fixes of one round may both want the next free number, so one renumbering a round.
fn renumbers(change: &Change) -> bool {
    matches!(change.act, Act::Renumber { .. })
}

fn options(finding: &Finding) -> &[crate::finding::Choice] {
    finding.fix.as_ref().map(|fix| fix.options.as_slice()).unwrap_or_default()
}

fn patches(finding: &Finding) -> &[crate::finding::Patch] {
    options(finding).first().map(|choice| choice.patches.as_slice()).unwrap_or_default()
}

/// Who fixes, when and why, where a fix has to write it.
fn fill(finding: &mut Finding, question: &Question) {
    let said = [("by", Some(question.now.by.as_str())), ("reason", question.reason.as_deref())];
    let mut known: BTreeMap<&str, Value> =
        said.into_iter().filter_map(|(key, text)| Some((key, Value::text(text?)))).collect();
    known.insert("at", Value::When(question.now.at));
    if let Some(fix) = &mut finding.fix {
        *fix = rules::filled(fix, &known);
    }
}

fn applicable(question: &Question, finding: &Finding) -> bool {
    let Some(fix) = &finding.fix else { return false };
    let one = fix.options.len() == 1 && fix.needs.is_none();
    match &question.rule {
        Some(rule) => rule == finding.code.name && one,
        None => fix.safety == Safety::Safe && one,
    }
}

fn asked(question: &Question, finding: &Finding) -> bool {
    question.rule.as_ref().is_none_or(|rule| rule == finding.code.name)
}

fn named(finding: &Finding) -> Option<Named> {
    Some((finding.code.name, finding.fix.as_ref()?.title.clone()))
}

/// What is left to a person, with the command that goes on: a choice, a reason, or the rule by its name, unless
/// that was asked for already.
fn open(finding: &Finding, asked_for: bool) -> Option<Named> {
    let fix = finding.fix.as_ref()?;
    let code = finding.code.name;
    let how = match (&fix.needs, fix.options.len()) {
        (_, 2..) if finding.entity().is_none() && asked_for => {
            "something else stands in its folder: move that away, or write its `id` back".to_owned()
        }
        (_, 2..) if finding.entity().is_none() => format!("redan fix --rule {code}"),
        (_, 2..) => format!("choose: redan resolve {}", address(finding)),
        (Some(needs), _) => format!("needs --{}", needs.replace(", ", ", --")),
        (None, _) => format!("redan fix --rule {code}"),
    };
    Some((code, format!("{} ({how})", fix.title)))
}

/// The state of the files after the writes, without touching the disk.
fn reread(read: &Read, writes: &[Write]) -> Workspace {
    let mut sources = read.workspace.sources.clone();
    for write in writes {
        let content = store::Content::Bytes(write.after.clone().into());
        sources.insert(write.path.clone(), store::Source { path: write.path.clone(), content });
    }
    store::read(sources.into_values().collect(), &read.settings)
}

/// Adds the writes of a round to those before: one write a file, from its first state to its last.
fn fold(all: &mut Vec<Write>, round: &[Write]) {
    for write in round {
        match all.iter_mut().find(|known| known.path == write.path) {
            Some(known) => known.after.clone_from(&write.after),
            None => all.push(write.clone()),
        }
    }
}
