//! What a revision says about the controls in question, with the words for their tickets.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::assess::{Assessment, View, assess};
use crate::identity::{Past, Told, Words as Said, of_entity};
use crate::model::{Body, Control, Entity, Id, Model, Renamed};
use crate::ops::audit::Depth;
use crate::ops::reading::{Read, named, split_entity};
use crate::ops::track::held::{Held, held};
use crate::ops::{Candidate, Desk, Trouble};
use crate::render::{Page, terminal};
use crate::report::ticket;
use crate::rules::Memory;
use crate::track::{Fate, Key, Seen, Turn, Wish, wishes, word};

/// The words of a ticket.
pub struct Words {
    pub page: Page,
    /// Why it is closed; for what is gone.
    pub why: Page,
}

/// Everything that is known before a tracker is asked.
pub struct Ready {
    pub read: Read,
    said: Said,
    /// What the whole history says, once somebody asked.
    whole: OnceCell<Option<Said>>,
    /// The full id of the commit.
    pub commit: String,
    pub wishes: Vec<Wish>,
    pub words: BTreeMap<Key, Words>,
    /// The controls that were named; empty for all of them.
    only: Vec<Key>,
    /// What could not be read whole, so that nothing is said of it.
    pub held: Vec<Held>,
}

/// Which controls, as of which commit.
pub struct Scope<'a> {
    pub rev: &'a str,
    /// Models by ID or name; every model when empty.
    pub models: &'a [String],
    /// Controls, `C1` or `payments/C1`; every control when empty.
    pub only: &'a [String],
    pub today: Date,
    /// Where people read files of the commit: `https://github.com/acme/payments/blob/`.
    pub files: Option<&'a str>,
    /// The workspace by its repository and folder, `acme/mono/services/pay`, where that is known.
    pub home: Option<&'a str>,
}

pub fn ready(desk: &Desk, scope: &Scope<'_>) -> Result<Ready, Trouble> {
    let commit = desk.repo()?.commit(scope.rev)?.id;
    let read = desk.look(&Candidate::Revision(commit.clone()))?;
    // Whether the past is whole is for `check` to say; here it only keeps a ticket from being taken over.
    let past = desk.past(&read).unwrap_or_default();
    let only = only(&read, scope)?;
    let said = said(&past);
    let (mut all, mut words) = (Vec::new(), BTreeMap::new());
    let models = models(&read, scope)?;
    let held = held(&read, &models, scope)?;
    let home = read.settings.track.workspace.as_deref().or(scope.home).map(word);
    let sound = |model: &&Model| held.iter().all(|held| held.what != model.id.as_str());
    for model in models.into_iter().filter(sound) {
        let memory = Memory::new(model, &said);
        let changed = |row: crate::assess::Row<'_>| memory.changed(row);
        let assessment = assess(model, View::on(scope.today).judged_by(&changed));
        for mut wish in wishes(&assessment).into_iter().filter(|wish| only.is_empty() || only.contains(&wish.key)) {
            let told = told(&read, &assessment, &wish, (scope, &commit));
            (wish.title, wish.text, wish.repo) = (told.0, told.1, home.clone());
            words.insert(wish.key.clone(), told.2);
            all.push(wish);
        }
    }
    Ok(Ready { read, said, whole: OnceCell::new(), commit, wishes: all, words, only, held })
}

impl Ready {
    /// The tickets of the controls in question.
    pub(super) fn asked(&self, mut seen: Vec<Seen>) -> Vec<Seen> {
        seen.retain(|seen| self.only.is_empty() || seen.keys().any(|key| self.only.contains(key)));
        seen
    }

    /// What became of a control since it had this digest. The whole history is read when nothing less tells.
    pub(super) fn turned(&self, desk: &Desk, key: &Key, of: &str) -> Turn {
        let model = self.read.workspace.models.get(&key.model);
        let entity = model.and_then(|model| model.entities.get(&key.control));
        let Some((model, entity)) = model.zip(entity).filter(|(_, entity)| of_entity(entity).short() != of) else {
            return Turn::Same;
        };
        if stood_up(entity, of) {
            return Turn::Same;
        }
        let judge = |said: &Said| {
            let memory = Memory::new(model, said);
            let turn = if memory.turned(entity, of) { Turn::Else } else { Turn::Same };
            memory.words(entity.id, of).map(|_| turn)
        };
        judge(&self.said).unwrap_or_else(|| match self.whole.get_or_init(|| whole(desk, self)) {
            // What no commit says was a draft of somebody's.
            Some(said) => judge(said).unwrap_or(Turn::Same),
            None => Turn::Unknown,
        })
    }
}

/// Whether somebody stood up for the words with this digest: the entity keeps them with its renames.
fn stood_up(entity: &Entity, of: &str) -> bool {
    let Body::Control(control) = &entity.body else { return false };
    let said = |row: &Renamed| {
        let then = Control { description: row.from.clone(), ..control.clone() };
        of_entity(&Entity { body: Body::Control(then), ..entity.clone() }).short() == of
    };
    entity.life.renamed.iter().any(said)
}

/// Every wording of the whole history; `None` where some of it is not here.
fn whole(desk: &Desk, ready: &Ready) -> Option<Said> {
    let candidate = Candidate::Revision(ready.commit.clone());
    let ledger = desk.ledger(&candidate, Depth::Auto, &ready.read.settings).ok()??;
    ledger.complete().then(|| Said::of(&ledger, |_| true))
}

/// Every wording that is known without a walk over history.
fn said(past: &Past) -> Said {
    let mut said = past.ledger.as_ref().map(|ledger| Said::of(ledger, |_| true)).unwrap_or_default();
    for (id, model) in past.bases.iter().flat_map(|base| base.models.iter()) {
        let known = said.models.entry(id.clone()).or_default();
        for entity in model.entities.values() {
            known.entry(entity.id).or_default().push(Arc::new(Told::known(entity)));
        }
    }
    said
}

fn models<'r>(read: &'r Read, scope: &Scope<'_>) -> Result<Vec<&'r Model>, Trouble> {
    match scope.models {
        [] => Ok(read.workspace.models.values().collect()),
        asked => {
            let named = asked.iter().map(|asked| named(&read.workspace, asked).map(|model| (&model.id, model)));
            Ok(named.collect::<Result<BTreeMap<_, _>, _>>()?.into_values().collect())
        }
    }
}

/// The controls that were named, each in every model in question that has it.
fn only(read: &Read, scope: &Scope<'_>) -> Result<Vec<Key>, Trouble> {
    let mut only = Vec::new();
    for asked in scope.only {
        let unknown = || Trouble::Unknown { what: "control", asked: asked.clone(), known: Vec::new() };
        let (model, id) = split_entity(asked).ok_or_else(unknown)?;
        let known: Vec<Key> = models(read, scope)?
            .into_iter()
            .filter(|one| model.is_none_or(|model| one.id.as_str() == model) && has(one, id))
            .map(|one| Key::new(&one.id, id))
            .collect();
        if known.is_empty() {
            return Err(unknown());
        }
        only.extend(known);
    }
    Ok(only)
}

fn has(model: &Model, id: Id) -> bool {
    id.kind == crate::model::Kind::Control && model.entities.contains_key(&id)
}

/// Title, comparable text, and words.
fn told(
    read: &Read,
    assessment: &Assessment<'_>,
    wish: &Wish,
    (scope, commit): (&Scope<'_>, &str),
) -> (String, String, Words) {
    let track = &read.settings.track;
    let model = assessment.model();
    let Some(entity) = model.entities.get(&wish.key.control) else {
        return (String::new(), String::new(), Words { page: Page::default(), why: Page::default() });
    };
    let mut page = ticket::page(assessment, entity, &track.leave_out);
    let text = terminal(&page);
    let place = read.workspace.locate(&crate::finding::Place::entity(&model.id, entity.id));
    if let Some(spot) = place.filter(|_| !track.leave_out.contains(&crate::store::Part::Place)) {
        let address = scope.files.map(|files| format!("{files}{commit}/{}#L{}", spot.path, spot.line));
        ticket::place(&mut page, (&spot.path, spot.line), commit, address);
    }
    let why = match wish.fate {
        Fate::Removed | Fate::Orphaned | Fate::Retired => ticket::why(model, entity, wish.fate),
        Fate::Planned | Fate::Implemented => Page::default(),
    };
    (ticket::title(&track.title, model, entity), text, Words { page, why })
}
