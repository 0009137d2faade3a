//! One run: look, plan, and on request do it and look again.

use std::collections::{BTreeMap, BTreeSet};

use super::perform::{Done, perform};
use super::{Found, Ready, Tracker, links};
use crate::model::{ModelId, Models};
use crate::ops::{Candidate, Desk, Trouble};
use crate::remote::RemoteError;
use crate::track::{Bounds, Key, Lost, Plan, Proposal, Remote, Seen, Step, Wish, foreign, pull};

/// What a run found and did.
#[derive(Debug, Default)]
pub struct Answer {
    pub plan: Plan,
    /// What the tracker showed, new tickets included.
    pub remote: Remote,
    /// Models whose tickets another workspace keeps: that one, and a ticket that says so. Nothing is done for them.
    pub foreign: Foreign,
    pub proposals: Vec<Proposal>,
    /// What was done; absent where nothing was to be done.
    pub done: Option<Vec<Step>>,
    /// Tickets that could not get where they should, and why.
    pub stuck: Vec<(Key, String, String)>,
    /// What stopped the run before it was through.
    pub broken: Option<RemoteError>,
    /// Whether tickets.toml of any model changed, or why it was not written.
    pub written: Option<Result<bool, Trouble>>,
}

/// What would be done. Nothing is written anywhere. `cap`: the most new tickets; the settings' when absent.
pub fn plan(desk: &Desk, ready: &Ready, tracker: &dyn Tracker, cap: Option<usize>) -> Result<Answer, Trouble> {
    let (remote, foreign) = look(desk, tracker, ready)?;
    let mut bounds = Bounds { new: cap.unwrap_or_else(|| settled(ready)), ..Bounds::NONE };
    let planned = |bounds| planned(desk, ready, (&remote, &foreign), bounds);
    let mut plan = planned(bounds);
    if let Some(below) = if plan.nests() { tracker.room()? } else { None } {
        bounds.below = below;
        plan = planned(bounds);
    }
    let proposals = pull(&plan);
    Ok(Answer { plan, remote, foreign, proposals, ..Answer::default() })
}

/// Brings the tracker up to date, and then tickets.toml.
pub fn sync(desk: &Desk, ready: &Ready, tracker: &dyn Tracker, cap: Option<usize>) -> Result<Answer, Trouble> {
    let mut answer = plan(desk, ready, tracker, cap)?;
    let mut done = Done::default();
    let first = perform(tracker, ready, (&answer.plan, &answer.remote), &mut done);
    answer.broken = first.and_then(|()| apart((desk, ready), tracker, &mut answer, &mut done)).err();
    adopt(&mut answer.remote, std::mem::take(&mut done.made));
    answer.written = Some(links::write(desk, ready, tracker.table(), &answer));
    (answer.done, answer.stuck) = (Some(done.steps), done.stuck);
    Ok(answer)
}

/// Two runs at once make two tickets of a control. Whoever makes one looks again, and both keep the same of the two:
/// the one made second saw the first, because it looked later.
fn apart(
    (desk, ready): (&Desk, &Ready),
    tracker: &dyn Tracker,
    Answer { remote, foreign, .. }: &mut Answer,
    done: &mut Done,
) -> Result<(), RemoteError> {
    if done.made.is_empty() {
        return Ok(());
    }
    let claims = links::claims(&models(desk, ready), tracker);
    let now = Remote::sift(ready.asked(tracker.list()?), &claims);
    let before = std::mem::replace(&mut remote.seen, now.seen);
    adopt(remote, before);
    adopt(remote, done.made.clone());
    let Plan { mut steps, .. } = planned(desk, ready, (remote, foreign), Bounds { new: 0, below: 0 });
    steps.retain(|step| matches!(step, Step::Twin { .. }));
    perform(tracker, ready, (&Plan { steps, ..Plan::default() }, remote), done)
}

/// Adds tickets that no list showed.
fn adopt(remote: &mut Remote, seen: Vec<Seen>) {
    let known: BTreeSet<String> = remote.seen.iter().map(|seen| seen.at.clone()).collect();
    remote.seen.extend(seen.into_iter().filter(|seen| !known.contains(&seen.at)));
}

/// Models whose tickets another workspace keeps: that one, and a ticket that says so.
type Foreign = BTreeMap<ModelId, (String, String)>;

fn planned(desk: &Desk, ready: &Ready, (remote, foreign): (&Remote, &Foreign), bounds: Bounds) -> Plan {
    let ours = |wish: &&Wish| !foreign.contains_key(&wish.key.model);
    let wishes: Vec<Wish> = ready.wishes.iter().filter(ours).cloned().collect();
    crate::track::plan(&wishes, remote, &|key, of| ready.turned(desk, key, of), bounds)
}

fn settled(ready: &Ready) -> usize {
    ready.read.settings.track.max_new.try_into().unwrap_or(usize::MAX)
}

/// What the list shows, and what only a link leads to.
fn look(desk: &Desk, tracker: &dyn Tracker, ready: &Ready) -> Result<(Remote, Foreign), Trouble> {
    let models = models(desk, ready);
    let claims = links::claims(&models, tracker);
    let list = tracker.list()?;
    let mut theirs = foreign(&ready.wishes, &list);
    let mut remote = Remote::sift(ready.asked(list), &claims);
    let mut linked = Vec::new();
    for wish in ready.wishes.iter().filter(|wish| !theirs.contains_key(&wish.key.model)) {
        let link = models.get(&wish.key.model).and_then(|model| links::linked(model, tracker.table(), &wish.key));
        match follow(tracker, (&remote, &claims), &wish.key, link)? {
            Some(Ok(seen)) => linked.push(*seen),
            Some(Err(lost)) => drop(remote.lost.insert(wish.key.clone(), lost)),
            None => {}
        }
    }
    theirs.extend(foreign(&ready.wishes, &linked));
    remote.seen.extend(linked);
    Ok((remote, theirs))
}

/// Where a link leads beyond what the list shows.
type Led = Result<Box<Seen>, (String, Lost)>;

/// Follows the link of a control that no list shows; also one past the ticket that a list shows, since somebody may have
/// copied a ticket that is elsewhere now.
fn follow(
    tracker: &dyn Tracker,
    (remote, claims): (&Remote, &BTreeMap<String, Vec<Key>>),
    key: &Key,
    link: Option<String>,
) -> Result<Option<Led>, RemoteError> {
    let (listed, unsure) = (remote.of(key), remote.unsure.get(key));
    let shown = |at: &str| listed.iter().any(|seen| seen.at.eq_ignore_ascii_case(at));
    let lost = |at: &str, lost: Lost| listed.is_empty().then(|| Err((at.to_owned(), lost)));
    let Some(link) = link else { return Ok(unsure.and_then(|at| lost(at, Lost::Other))) };
    let Some(at) = tracker.place(&link) else { return Ok(lost(&link, Lost::Odd)) };
    if shown(&at) || unsure.is_some_and(|unsure| unsure.eq_ignore_ascii_case(&at)) {
        return Ok(lost(&at, Lost::Other));
    }
    let shared = claims.get(&at.to_lowercase()).is_some_and(|keys| keys.len() > 1);
    Ok(match tracker.look(key, &at)? {
        Found::There(seen) if seen.mark.is_none() && shared => lost(&at, Lost::Other),
        Found::There(seen) if listed.is_empty() || seen.mark.is_some() && !shown(&seen.at) => Some(Ok(seen)),
        Found::There(_) => None,
        Found::Other => lost(&at, Lost::Other),
        Found::Stranger => lost(&at, Lost::Stranger),
        Found::Hidden => lost(&at, Lost::Hidden),
        Found::Deleted => match unsure {
            Some(unsure) => lost(unsure, Lost::Other),
            None => lost(&at, Lost::Deleted),
        },
    })
}

/// The models with the links at hand: the file is a cache, so that of the working tree is as good as the committed one.
fn models(desk: &Desk, ready: &Ready) -> Models {
    let here = desk.look(&Candidate::WorkingTree).ok();
    here.map_or_else(|| ready.read.workspace.models.clone(), |read| read.workspace.models)
}
