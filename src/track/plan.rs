//! The steps from what there is to what there should be. Whatever prefix of them was done, planning again gives the
//! rest: a ticket's memory changes last.

use std::cmp::Reverse;

use super::{Key, Lost, Mark, Remote, Seen, Shown, State, Wish, print};

/// One thing to do. Its order within a ticket counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Create {
        key: Key,
        mark: Mark,
        /// Whether it goes below the parent at once.
        nest: bool,
    },
    /// Gives back the label that the ticket is found by.
    Label { key: Key, at: String },
    /// Puts it below its parent.
    Nest { key: Key, at: String },
    /// Says why it was closed, unless that was said this time.
    Explain { key: Key, at: String, round: u32 },
    /// Sets state first, then text and title.
    Edit { key: Key, at: String, state: Option<State>, mark: Option<Mark>, title: Option<String> },
    /// Closes a second ticket of the same control and takes the key from it.
    Twin { key: Key, at: String, of: String },
}

/// Something that is left alone, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Somebody closed it or opened it again; the control says otherwise.
    ByHand { key: Key, at: String, state: State, shown: Shown },
    /// It is not as the model says, and since our lines were lost nobody knows whether a person set that.
    Unsure { key: Key, at: String, state: State },
    /// The ticket is about other words, and what they mean is known to be something else.
    Stale { key: Key, at: String },
    /// The ticket is about other words, and the history that tells what they meant is not here.
    Unknown { key: Key, at: String },
    /// Its link leads to no ticket of ours. A new one is made where the tracker says that it was deleted, else not.
    Lost { key: Key, at: String, lost: Lost },
    /// A ticket of a model here whose control is not.
    Stray { key: Key, at: String },
}

/// What to do, and what to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub steps: Vec<Step>,
    pub told: Vec<Told>,
    /// Controls that get no ticket this time because of the cap.
    pub waiting: Vec<Key>,
    /// Tickets, there or new, that the parent has no room for.
    pub beside: usize,
    /// Tickets that say what they should.
    pub same: usize,
}

/// The most that a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// New tickets.
    pub new: usize,
    /// Tickets that the parent still takes.
    pub below: usize,
}

impl Bounds {
    pub const NONE: Bounds = Bounds { new: usize::MAX, below: usize::MAX };
}

/// What is known of a control since its ticket was last brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is the same, or nothing that is known says otherwise.
    Same,
    /// It is something else.
    Else,
    /// The history that tells is not here.
    Unknown,
}

impl Plan {
    /// Whether anything is to go below the parent.
    pub fn nests(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Create { .. } | Step::Nest { .. }))
    }

    /// Takes one of the places that the parent still has.
    fn place(&mut self, room: &mut usize) -> bool {
        let free = *room > 0;
        *room = room.saturating_sub(1);
        self.beside += usize::from(!free);
        free
    }
}

/// `turned`: what became of a control since it had this digest.
pub fn plan(wishes: &[Wish], remote: &Remote, turned: &dyn Fn(&Key, &str) -> Turn, bounds: Bounds) -> Plan {
    let Bounds { new: cap, below: mut room } = bounds;
    let mut plan = Plan::default();
    let mut due: Vec<&Wish> = Vec::new();
    for wish in wishes {
        match remote.of(&wish.key).as_slice() {
            [] if absent(&mut plan, wish, remote) => due.push(wish),
            [] => {}
            [stays, twins @ ..] => {
                let twin =
                    |twin: &&Seen| Step::Twin { key: wish.key.clone(), at: twin.at.clone(), of: stays.at.clone() };
                plan.steps.extend(twins.iter().map(twin));
                there(&mut plan, wish, stays, (turned, &mut room));
            }
        }
    }
    due.sort_by_key(|wish| (Reverse(wish.tier), wish.key.clone()));
    plan.waiting = due.iter().skip(cap).map(|wish| wish.key.clone()).collect();
    for wish in due.into_iter().take(cap) {
        let nest = plan.place(&mut room);
        plan.steps.push(Step::Create { key: wish.key.clone(), mark: mark(wish, (0, false)), nest });
    }
    plan.told.extend(strays(wishes, remote));
    plan
}

/// Whether a control without a ticket gets one.
fn absent(plan: &mut Plan, wish: &Wish, remote: &Remote) -> bool {
    let Some((at, lost)) = remote.lost.get(&wish.key) else { return wish.due };
    let anew = *lost == Lost::Deleted;
    if wish.due || !anew {
        plan.told.push(Told::Lost { key: wish.key.clone(), at: at.clone(), lost: *lost });
    }
    wish.due && anew
}

/// The memory of a ticket that says what it should.
fn mark(wish: &Wish, (round, left): (u32, bool)) -> Mark {
    let (text, title) = (print(&wish.text), print(&wish.title));
    Mark {
        key: wish.key.clone(),
        of: wish.of.clone(),
        text,
        title,
        shown: wish.fate.shown(),
        round,
        left,
        repo: wish.repo.clone(),
    }
}

/// How a turn is found out, and the places that the parent still has.
type Around<'a> = (&'a dyn Fn(&Key, &str) -> Turn, &'a mut usize);

fn there(plan: &mut Plan, wish: &Wish, seen: &Seen, (turned, room): Around<'_>) {
    let (key, at) = (wish.key.clone(), seen.at.clone());
    match seen.mark.as_ref().map_or(Turn::Same, |mark| turned(&key, &mark.of)) {
        Turn::Same => {}
        Turn::Else => return plan.told.push(Told::Stale { key, at }),
        Turn::Unknown => return plan.told.push(Told::Unknown { key, at }),
    }
    let before = plan.steps.len();
    if !seen.labelled {
        plan.steps.push(Step::Label { key: key.clone(), at: at.clone() });
    }
    if !seen.nested && plan.place(room) {
        plan.steps.push(Step::Nest { key: key.clone(), at: at.clone() });
    }
    let shown = wish.fate.shown();
    // Without a memory nobody knows who set the state, so it is taken for a person's.
    let moved = seen.mark.as_ref().is_some_and(|mark| mark.shown != shown);
    let apart = !moved && seen.state.open() != State::from(shown).open();
    let left = apart && seen.mark.as_ref().is_none_or(|mark| mark.left);
    if apart {
        let (key, at, state) = (key.clone(), at.clone(), seen.state);
        plan.told.push(if left { Told::Unsure { key, at, state } } else { Told::ByHand { key, at, state, shown } });
    }
    let rounds = seen.mark.as_ref().map_or(0, |mark| mark.round);
    let leaves = moved && shown == Shown::Gone;
    let round = if leaves { rounds + 1 } else { rounds };
    let mut state = Some(State::from(shown)).filter(|state| moved && *state != seen.state);
    if leaves {
        // Nobody is told that it is closed before it is.
        let close =
            |state| Step::Edit { key: key.clone(), at: at.clone(), state: Some(state), mark: None, title: None };
        plan.steps.extend(state.take().map(close));
        plan.steps.push(Step::Explain { key: key.clone(), at: at.clone(), round });
    }
    let edit = edit(wish, seen, (round, left));
    if state.is_some() || edit.0.is_some() {
        let (mark, title) = edit;
        plan.steps.push(Step::Edit { key, at, state, mark, title });
    }
    plan.same += usize::from(plan.steps.len() == before);
}

/// The new memory and title, where either changes. A title that is not as we gave it is a person's.
fn edit(wish: &Wish, seen: &Seen, now: (u32, bool)) -> (Option<Mark>, Option<String>) {
    let wanted = mark(wish, now);
    // Without a memory nobody knows whose title it is either.
    let Some(there) = &seen.mark else { return (Some(wanted), None) };
    // What is gone is not kept up to date any more.
    if there.shown == Shown::Gone && wanted.shown == Shown::Gone {
        return (None, None);
    }
    let ours = there.title == print(&seen.title);
    let title = (ours && there.title != wanted.title).then(|| wish.title.clone());
    let repo = wanted.repo.or_else(|| there.repo.clone());
    let wanted = Mark { title: if ours { wanted.title } else { there.title.clone() }, repo, ..wanted };
    ((wanted != *there).then_some(wanted), title)
}

/// Tickets of a model that is here, about a control that is not.
fn strays<'r>(wishes: &'r [Wish], remote: &'r Remote) -> impl Iterator<Item = Told> + 'r {
    let ours = |seen: &&Seen| wishes.iter().any(|wish| wish.key.model == seen.key.model);
    let known = |seen: &&Seen| wishes.iter().any(|wish| wish.key == seen.key);
    let strays = remote.seen.iter().filter(move |seen| ours(seen) && !known(seen));
    strays.map(|seen| Told::Stray { key: seen.key.clone(), at: seen.at.clone() })
}
