//! One step along a published line: what it brings, takes and rewords, and what of that it may not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use git2::Oid;

use super::book::{Book, Broken};
use super::shelf::{self, Shelf};
use super::spoken::Spoken;
use super::state::{Along, File, Head, Holding, Key, Seen, State};
use crate::history::walk::{Delta, Versions, folder, is_head};
use crate::identity::Breach;
use crate::identity::Told;
use crate::model::Entity;
use crate::rules::{breaches, mends};
use crate::store::{Trace, Traced};

/// Where a step arrives.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub line: usize,
    pub pos: u32,
    pub commit: Oid,
    /// The step that published the commit: an earlier line may have taken it in.
    pub published: (usize, u32),
}

/// What a step does to one ID in one file.
struct Event {
    key: Key,
    path: Arc<str>,
    /// What the file said before; `None` = it did not have the ID.
    old: Option<Arc<Told>>,
    /// What it says now; `None` = it has lost the ID.
    new: Option<Traced>,
}

impl Book {
    /// Takes a line one step on.
    pub fn step(&mut self, state: &mut State, at: At, deltas: &[Delta], versions: &Versions) {
        let next = self.files(state, deltas, versions);
        let events = events(state, &next);
        let away: BTreeSet<u32> =
            state.models.iter().filter(|(_, head)| head.files == 0).map(|(model, _)| *model).collect();
        self.heads(state, &next, at);
        for (path, file) in next {
            match file {
                Some(file) => drop(state.files.insert(path, file)),
                None => drop(state.files.remove(&path)),
            }
        }
        let returned: BTreeSet<u32> = away.into_iter().filter(|model| state.models[model].files > 0).collect();
        self.settle(state, at, events, &returned);
    }

    /// The touched files as they are now, with those whose folder changed its model.
    fn files(&mut self, state: &mut State, deltas: &[Delta], versions: &Versions) -> BTreeMap<Arc<str>, Option<File>> {
        let mut next: BTreeMap<Arc<str>, Option<File>> = BTreeMap::new();
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for delta in deltas {
            let trace = delta.new.map(|version| versions.trace(version));
            let before = state.files.get(&delta.path);
            let file = trace.as_ref().map(|trace| File { model: None, holds: holds(before, trace) });
            next.insert(Arc::clone(&delta.path), file);
            folders.insert(folder(&delta.path));
            if let Some(model) = trace.filter(|_| is_head(&delta.path)).and_then(|trace| trace.model.clone()) {
                let number = self.number(&model);
                state.folders.insert(folder(&delta.path).to_owned(), number);
            }
        }
        for above in folders {
            let model = state.folders.get(above).copied();
            let start: Arc<str> = Arc::from(format!("{above}/"));
            let inside = state.files.range(Arc::clone(&start)..).take_while(|(path, _)| path.starts_with(&*start));
            for (path, file) in inside.filter(|(path, file)| folder(path) == above && file.model != model) {
                next.entry(Arc::clone(path)).or_insert_with(|| Some(file.clone()));
            }
        }
        for (path, file) in &mut next {
            let model = state.folders.get(folder(path)).copied();
            file.iter_mut().for_each(|file| file.model = model);
        }
        next
    }

    fn heads(&mut self, state: &mut State, next: &BTreeMap<Arc<str>, Option<File>>, at: At) {
        for (path, file) in next.iter().filter(|(path, _)| is_head(path)) {
            let before = state.files.get(path).and_then(|file| file.model);
            let after = file.as_ref().and_then(|file| file.model);
            let seen = Seen { commit: at.commit, path: Arc::clone(path), line: 0 };
            if before == after {
                continue;
            }
            if let Some(head) = before.and_then(|model| state.models.get_mut(&model)) {
                head.files -= 1;
            }
            if let Some(model) = after {
                let first = Head { files: 0, at: seen.clone(), first: (at.line, at.pos) };
                let head = state.models.entry(model).or_insert(first);
                head.files += 1;
                head.at = seen;
            }
        }
    }

    /// Judges the events, ID by ID.
    fn settle(&mut self, state: &mut State, at: At, events: BTreeMap<Key, Vec<Event>>, returned: &BTreeSet<u32>) {
        let mut reborn: BTreeMap<u32, (usize, Vec<Broken>)> = BTreeMap::new();
        for (key, events) in events {
            let before = state.entities.get(&key).map_or(0, |holding| holding.files);
            let mut broken = Vec::new();
            for event in &events {
                broken.extend(self.judge(state, at, event, before > 0));
            }
            let back = before == 0
                && returned.contains(&key.0)
                && state.entities.get(&key).is_some_and(|holding| holding.last.is_some());
            // The first sighting of an ID makes its holding, and a break may come with it.
            apply(state, at, key, &events);
            match back {
                true => {
                    let (count, all) = reborn.entry(key.0).or_default();
                    *count += 1;
                    all.extend(broken);
                }
                false => self.record(state, broken),
            }
        }
        for (count, mut broken) in reborn.into_values() {
            if broken.len() == count {
                broken.truncate(1);
                broken.iter_mut().for_each(|broken| broken.breach = Breach::ModelReused);
            }
            self.record(state, broken);
        }
    }

    fn record(&mut self, state: &mut State, broken: Vec<Broken>) {
        for broken in broken {
            if let Some(holding) = state.entities.get_mut(&broken.key) {
                holding.broken.push(self.breaks.len());
            }
            self.breaks.push(broken);
        }
    }

    /// What an event may not do and does. Breaks that it mends are marked.
    fn judge(&mut self, state: &mut State, at: At, event: &Event, present: bool) -> Vec<Broken> {
        let Some(new) = &event.new else { return Vec::new() };
        let Some(entity) = new.told.entity() else { return Vec::new() };
        let seen = Seen { commit: at.commit, path: Arc::clone(&event.path), line: new.line };
        let spoken =
            Spoken { key: event.key, told: Arc::clone(&new.told), at: seen.clone(), published: (at.line, at.pos) };
        let holding = state.entities.get_mut(&event.key);
        let last = holding.as_ref().and_then(|holding| holding.last.clone());
        let reference = event.old.clone().filter(|old| old.sound).or(last);
        let broken = match (holding, reference) {
            (Some(holding), Some(old)) => {
                let mended = self.mend(holding, at.line, entity);
                let before = holding.at.clone();
                let mut faults = self.faults(event.key, &old, entity, present);
                let back = shelf::turn(&mut holding.shelf, &old, entity).into_iter();
                faults
                    .extend(back.map(|(factor, from)| (Breach::Rating, format!("{} was edited", factor.name()), from)));
                faults.retain(|(breach, ..)| !mended.contains(&class(*breach)));
                let broken = |(breach, why, from)| Broken {
                    breach,
                    line: at.line,
                    key: event.key,
                    from,
                    to: Arc::clone(&new.told),
                    why,
                    at: seen.clone(),
                    before: before.clone(),
                    mended: false,
                };
                faults.into_iter().map(broken).collect()
            }
            _ => self.unknown(&spoken).into_iter().collect(),
        };
        self.speak(Spoken { published: at.published, ..spoken });
        broken
    }

    fn faults(&self, key: Key, old: &Arc<Told>, new: &Entity, present: bool) -> Vec<(Breach, String, Arc<Told>)> {
        let Some(before) = old.entity() else { return Vec::new() };
        let found = breaches(&self.models[key.0 as usize], before, new);
        let reused = |breach| if breach == Breach::Rewritten && !present { Breach::Reused } else { breach };
        found.into_iter().map(|(breach, why)| (reused(breach), why, Arc::clone(old))).collect()
    }

    /// An ID the line does not know: it must not be spoken for. Lines are followed in their order, so every
    /// earlier one is known by now.
    fn unknown(&mut self, spoken: &Spoken) -> Option<Broken> {
        let line = spoken.published.0;
        if line > 0 {
            self.births.insert((spoken.key, line));
        }
        let known = self.contradicted(spoken)?;
        Some(Broken {
            breach: Breach::Reused,
            line,
            key: spoken.key,
            from: Arc::clone(&known.told),
            to: Arc::clone(&spoken.told),
            why: "the ID was spoken for".to_owned(),
            at: spoken.at.clone(),
            before: known.at.clone(),
            mended: false,
        })
    }

    /// Marks the breaks that the new words put right, and tells which kinds those were. What another line did
    /// before this one left it is put right here and not there.
    fn mend(&mut self, holding: &mut Holding, line: usize, new: &Entity) -> BTreeSet<Breach> {
        let mut classes = BTreeSet::new();
        let breaks = &mut self.breaks;
        let models = &self.models;
        holding.broken.retain(|&nth| {
            let broken = &mut breaks[nth];
            let Some(from) = broken.from.entity() else { return true };
            let breach = class(broken.breach);
            let mended = match breach {
                Breach::Rewritten => mends(from, new),
                _ => !breaches(&models[broken.key.0 as usize], from, new).iter().any(|(found, _)| *found == breach),
            };
            if mended {
                broken.mended |= broken.line == line;
                classes.insert(breach);
            }
            !mended
        });
        classes
    }
}

/// Breaches of the identity are one kind.
fn class(breach: Breach) -> Breach {
    match breach {
        Breach::Reused | Breach::ModelReused | Breach::Collided => Breach::Rewritten,
        other => other,
    }
}

/// What a file holds: what its version says; where that is broken, also what it said before.
fn holds(before: Option<&File>, trace: &Arc<Trace>) -> Arc<Vec<Traced>> {
    if trace.flaw.is_none() {
        return Arc::new(trace.entities.clone());
    }
    let mut all: BTreeMap<_, Traced> =
        before.iter().flat_map(|file| file.holds.iter()).map(|old| (old.id, old.clone())).collect();
    for traced in &trace.entities {
        if traced.told.sound || !all.contains_key(&traced.id) {
            all.insert(traced.id, traced.clone());
        }
    }
    Arc::new(all.into_values().collect())
}

fn events(state: &State, next: &BTreeMap<Arc<str>, Option<File>>) -> BTreeMap<Key, Vec<Event>> {
    let mut events: BTreeMap<Key, Vec<Event>> = BTreeMap::new();
    for (path, new) in next {
        let old = state.files.get(path);
        let (before, after) = (old.and_then(|file| file.model), new.as_ref().and_then(|file| file.model));
        let none = Vec::new();
        let was = old.map_or(&none, |file| &file.holds);
        let is = new.as_ref().map_or(&none, |file| &file.holds);
        let mut push = |key: Key, old: Option<&Traced>, new: Option<&Traced>| {
            let event =
                Event { key, path: Arc::clone(path), old: old.map(|old| Arc::clone(&old.told)), new: new.cloned() };
            events.entry(key).or_default().push(event);
        };
        let (mut now, mut then) = (Along(is), Along(was));
        for traced in &**was {
            let still = now.find(traced.id).filter(|_| before == after);
            match (before, still) {
                (Some(model), None) => push((model, traced.id), Some(traced), None),
                (Some(model), Some(now)) if now.told != traced.told => {
                    push((model, traced.id), Some(traced), Some(now))
                }
                _ => {}
            }
        }
        for traced in &**is {
            let fresh = then.find(traced.id).is_none() || before != after;
            if let (Some(model), true) = (after, fresh) {
                push((model, traced.id), None, Some(traced));
            }
        }
    }
    events
}

/// Brings the holding of an ID up to date.
fn apply(state: &mut State, at: At, key: Key, events: &[Event]) {
    let came = events.iter().filter(|event| event.old.is_none() && event.new.is_some()).count() as u32;
    let went = events.iter().filter(|event| event.new.is_none()).count() as u32;
    let newest = events.iter().filter_map(|event| Some((&event.path, event.new.as_ref()?))).next();
    let seen = newest.map(|(path, traced)| Seen { commit: at.commit, path: Arc::clone(path), line: traced.line });
    if let (false, Some(at_first)) = (state.entities.contains_key(&key), &seen) {
        let (broken, shelf) = (Vec::new(), Shelf::new());
        let first = Holding { files: 0, last: None, at: at_first.clone(), first: (at.line, at.pos), broken, shelf };
        state.entities.insert(key, first);
    }
    let single = state.entities.get(&key).is_some_and(|holding| holding.files + came - went == 1);
    let told = match (single, newest) {
        (true, Some((_, traced))) => Some(Arc::clone(&traced.told)),
        _ => state.current(key).map(|(_, traced)| Arc::clone(&traced.told)),
    };
    let Some(holding) = state.entities.get_mut(&key) else { return };
    holding.files = holding.files + came - went;
    if let Some(told) = told.filter(|told| told.sound) {
        holding.last = Some(told);
    }
    if let Some(seen) = seen {
        holding.at = seen;
    }
}
