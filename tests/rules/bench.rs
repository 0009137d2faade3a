//! Files in, findings out: the reader and the rules together.

use std::collections::BTreeMap;

use jiff::civil::Date;
use redan::finding::{Finding, Severity};
use redan::identity::{Base, Past, Person, Signers};
use redan::model::{Model, ModelId};
use redan::rules::{self, Context};
use redan::store::{self, Settings, Source, Workspace};

use super::book::{Block, SETTINGS};

/// What was read, and everything said about it.
pub(super) struct Seen {
    pub(super) workspace: Workspace,
    pub(super) findings: Vec<Finding>,
}

pub(super) fn read(files: &[Source]) -> Workspace {
    let models = files.iter().filter(|file| file.path != SETTINGS);
    store::read(models.cloned().collect(), &settings(files))
}

fn settings(files: &[Source]) -> Settings {
    store::settings(files.iter().find(|file| file.path == SETTINGS)).unwrap()
}

/// A state to which a grace goes back.
pub(super) fn then(files: &[Source]) -> Option<Base> {
    let Workspace { models, folders, .. } = read(files);
    Some(Base { name: "then".to_owned(), commit: "f".repeat(40), models, folders })
}

/// The past as these published states, the first one called `base`.
pub(super) fn past(states: &[&[Source]]) -> Past {
    let base = |(at, files): (usize, &&[Source])| {
        let Workspace { models, folders, .. } = read(files);
        Base { name: format!("base{at}"), commit: format!("{at}").repeat(40), models, folders }
    };
    Past { bases: states.iter().enumerate().map(base).collect(), ..Past::default() }
}

pub(super) fn see(files: &[Source], past: &Past, today: Date) -> Seen {
    let workspace = read(files);
    let past = &Past { signed: by_ada(&workspace, past), ..past.clone() };
    let gate = settings(files).gate;
    let context =
        Context::new(&workspace.models, &workspace.salvaged, past, today).gated(&gate).knowing(&workspace.library);
    let mut findings = workspace.findings.clone();
    findings.extend(rules::check(&context));
    Seen { workspace, findings }
}

/// What is new against published states came with a commit of Ada's.
fn by_ada(workspace: &Workspace, past: &Past) -> BTreeMap<(ModelId, String), Signers> {
    let ada = Person { name: "Ada".to_owned(), email: "ada@example.org".to_owned() };
    let signers = Signers { commit: "a".repeat(40), people: vec![ada] };
    let keys = |model: &Model| model.voices().into_iter().map(|voice| voice.key()).collect::<Vec<_>>();
    let known =
        |id: &ModelId| past.bases.iter().filter_map(|base| base.models.get(id)).flat_map(keys).collect::<Vec<_>>();
    let models = workspace.models.iter().filter(|_| !past.bases.is_empty());
    let new = models.flat_map(|(id, model)| {
        let known = known(id);
        let new = keys(model).into_iter().filter(move |key| !known.contains(key));
        new.map(|key| ((id.clone(), key), signers.clone()))
    });
    new.collect()
}

pub(super) fn see_block(block: &Block, base: Option<&Block>) -> Seen {
    let bases: Vec<&[Source]> = base.iter().map(|base| base.files.as_slice()).collect();
    let mut past = past(&bases);
    past.grace = bases.first().and_then(|files| then(files));
    see(&block.files, &past, block.today)
}

impl Seen {
    pub(super) fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.code.name == code)
    }

    /// `code: message` of every finding, for the message of a failing test.
    pub(super) fn told(&self) -> String {
        let line = |finding: &Finding| format!("  {}: {}", finding.code.name, finding.message);
        self.findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// How often each code is there.
    pub(super) fn codes(&self) -> BTreeMap<&'static str, usize> {
        let mut codes = BTreeMap::new();
        self.findings.iter().for_each(|finding| *codes.entry(finding.code.name).or_insert(0) += 1);
        codes
    }
}
