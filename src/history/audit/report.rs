//! The book, as the rules read it: with what this candidate owes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::book::Book;
use super::collide::Collision;
use super::drafts::Drafts;
use super::state::{Holding, Key, Seen};
use super::{Question, gaps};
use crate::identity::{Account, Breach, Break, Gap, Known, Ledger, Meaning, Owed, Sighting, Told};
use crate::model::ModelId;

/// What the candidate itself brings.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub commits: usize,
    pub collided: Vec<Collision>,
    pub drafts: Drafts,
    /// How many steps of each line it descends from.
    pub reached: Vec<u32>,
}

pub(super) fn ledger(question: &Question<'_>, book: &Book, own: Own, gaps: Vec<Gap>) -> Ledger {
    let names = Names::default();
    let mut ledger = Ledger {
        published: question.published.to_vec(),
        commits: book.commits + own.commits,
        gaps,
        former: book.former.clone(),
        unread: book.unread.iter().map(|(seen, why)| (names.sighting(seen), why.clone())).collect(),
        ..Ledger::default()
    };
    // By the number of the model: finding it by its name for every ID would be half of the work.
    let mut accounts: Vec<Option<Account>> = vec![None; book.models.len()];
    for (key, meanings) in &book.spoken {
        let meaning =
            |spoken: &super::spoken::Spoken| Meaning { told: Arc::clone(&spoken.told), at: names.sighting(&spoken.at) };
        known(&mut accounts, *key).meanings = meanings.iter().map(meaning).collect();
    }
    let descends = |first: (usize, u32)| own.reached.get(first.0).is_some_and(|&reached| reached > first.1);
    for state in &book.states {
        let owed = |holding: &Holding| Owed {
            told: holding.last.clone(),
            at: names.sighting(&holding.at),
            present: holding.files > 0,
        };
        for (key, holding) in state.entities.iter().filter(|(_, holding)| descends(holding.first)) {
            known(&mut accounts, *key).owed.get_or_insert_with(|| owed(holding));
        }
        for (model, head) in state.models.iter().filter(|(_, head)| descends(head.first)) {
            let account = accounts[*model as usize].get_or_insert_default();
            account.owed.get_or_insert_with(|| names.sighting(&head.at));
        }
    }
    let named = book.models.iter().cloned().zip(accounts);
    ledger.models = named.filter_map(|(model, account)| Some((model, account?))).collect();
    ledger.drafts = own.drafts;
    ledger.breaks = breaks(book, own.collided, &names);
    ledger
}

/// The gap that missing versions leave.
pub(super) fn gap(repo: &crate::history::Repo, book: &Book) -> Option<Gap> {
    (book.missing > 0).then(|| gaps::missing(repo, book.missing))
}

fn known(accounts: &mut [Option<Account>], key: Key) -> &mut Known {
    accounts[key.0 as usize].get_or_insert_default().entities.entry(key.1).or_default()
}

/// Commits as text, each of which many sightings share.
#[derive(Default)]
struct Names(RefCell<FxHashMap<git2::Oid, Arc<str>>>);

impl Names {
    fn sighting(&self, seen: &Seen) -> Sighting {
        let mut known = self.0.borrow_mut();
        let commit = known.entry(seen.commit).or_insert_with(|| seen.commit.to_string().into());
        Sighting { commit: Arc::clone(commit), path: Arc::clone(&seen.path), line: seen.line }
    }
}

/// Every break that nothing mended. One pair of meanings is one break however many refs show it.
fn breaks(book: &Book, own: Vec<Collision>, names: &Names) -> Vec<Break> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for broken in book.breaks.iter().filter(|broken| !broken.mended) {
        let id = (broken.breach != Breach::ModelReused).then_some(broken.key.1);
        let (model, at) = (book.models[broken.key.0 as usize].clone(), names.sighting(&broken.at));
        let next = broke(broken.breach, (model, id), (&broken.from, &broken.to));
        let unique = (broken.breach, broken.key, broken.from.text.clone(), broken.to.text.clone());
        if seen.insert(unique) {
            found.push(Break { why: broken.why.clone(), at, before: names.sighting(&broken.before), ..next });
        }
    }
    for collision in own {
        let next = broke(Breach::Collided, (collision.model, Some(collision.id)), (&collision.from, &collision.to));
        let (at, before) = (names.sighting(&collision.at), names.sighting(&collision.before));
        found.push(Break { why: collision.why, at, before, published: false, ..next });
    }
    found
}

fn broke(
    breach: Breach,
    (model, id): (ModelId, Option<crate::model::Id>),
    (from, to): (&Arc<Told>, &Arc<Told>),
) -> Break {
    let (from, to) = (Arc::clone(from), Arc::clone(to));
    let (at, before) = (Sighting::default(), Sighting::default());
    Break { breach, model, id, from, to, why: String::new(), at, before, published: true }
}
