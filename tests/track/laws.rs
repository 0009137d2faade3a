//! What holds of every plan.

use redan::track::{Bounds, Key, Plan, Shown, State, Step, Told, Turn, Wish, plan, pull};

use super::world::{Run, Tracker, meddle, planned, run, wishes};
use crate::arbitrary::Dice;
use crate::tier::{cases, say};

/// A tracker with a past: some runs for earlier wishes, and people between them.
fn grown(dice: &mut Dice) -> Tracker {
    let mut tracker = Tracker::new(dice.chance(50));
    for _ in 0..dice.below(3) {
        let earlier = wishes(dice);
        run(&earlier, &mut tracker, usize::MAX);
        meddle(dice, &mut tracker);
    }
    tracker
}

/// A control, and of each of its tickets: state, memory, title, explanations.
type Standing = (Key, Vec<(State, Option<Shown>, String, usize)>);

/// The state of everything, whatever the numbers.
fn standing(tracker: &Tracker, wishes: &[Wish]) -> Vec<Standing> {
    let of = |wish: &Wish| {
        let ours = tracker.tickets.iter().filter(|ticket| ticket.seen.key == wish.key && ticket.seen.mark.is_some());
        let short = |ticket: &super::world::Ticket| {
            let seen = &ticket.seen;
            (seen.state, seen.mark.as_ref().map(|mark| mark.shown), seen.title.clone(), ticket.told.len())
        };
        (wish.key.clone(), ours.map(short).collect())
    };
    wishes.iter().map(of).collect()
}

#[test]
fn a_second_run_finds_nothing_to_do() {
    for seed in 1..=u64::from(cases(500, 10_000)) {
        let mut dice = Dice::new(seed);
        let mut tracker = grown(&mut dice);
        let wishes = wishes(&mut dice);
        run(&wishes, &mut tracker, usize::MAX);
        let again = planned(&wishes, &tracker);
        assert_eq!(again.steps, [], "{seed}");
        for wish in &wishes {
            let marked = tracker.tickets.iter().filter(|one| one.seen.key == wish.key && one.seen.mark.is_some());
            let count = marked.count();
            assert!(count == 1 || (count == 0 && !wish.due), "{seed}: {} has {count}", wish.key);
        }
    }
}

#[test]
fn a_run_that_ends_anywhere_is_made_good_by_the_next() {
    let mut ends = 0;
    for seed in 1..=u64::from(cases(100, 2_000)) {
        let mut dice = Dice::new(seed);
        let before = grown(&mut dice);
        let wishes = wishes(&mut dice);
        let mut whole = before.clone();
        let requests = run(&wishes, &mut whole, usize::MAX);
        for most in 0..requests {
            let mut tracker = before.clone();
            run(&wishes, &mut tracker, most);
            run(&wishes, &mut tracker, usize::MAX);
            assert_eq!(standing(&tracker, &wishes), standing(&whole, &wishes), "{seed}: ended after {most}");
            assert_eq!(planned(&wishes, &tracker).steps, [], "{seed}: ended after {most}");
            assert_eq!(tracker.tickets.len(), whole.tickets.len(), "{seed}: nothing is made twice");
            ends += 1;
        }
    }
    say(&format!("track: {ends} runs ended early and made good"));
}

#[test]
fn runs_at_once_end_with_one_ticket_a_control() {
    let mut twins = 0;
    for seed in 1..=u64::from(cases(500, 10_000)) {
        let mut dice = Dice::new(seed);
        let mut tracker = grown(&mut dice);
        let wishes = wishes(&mut dice);
        let mut runs = [Run::new(&wishes), Run::new(&wishes), Run::new(&wishes)];
        let mut going = vec![0, 1, 2];
        while !going.is_empty() {
            let at = dice.below(going.len());
            if !runs[going[at]].step(&mut tracker) {
                going.remove(at);
            }
        }
        for wish in wishes.iter().filter(|wish| wish.due) {
            let ours = tracker.tickets.iter().filter(|one| one.seen.key == wish.key);
            let (kept, lost): (Vec<_>, Vec<_>) = ours.partition(|one| one.seen.mark.is_some());
            assert_eq!(kept.len(), 1, "{seed}: {}", wish.key);
            assert!(lost.iter().all(|one| !one.seen.state.open() && one.seen.number > kept[0].seen.number), "{seed}");
            twins += lost.len();
        }
    }
    assert!(twins > 0);
    say(&format!("track: three runs at once, {twins} twins closed"));
}

#[test]
fn what_people_set_is_told_and_stays() {
    let mut told = 0;
    for seed in 1..=u64::from(cases(500, 10_000)) {
        let mut dice = Dice::new(seed);
        let mut tracker = grown(&mut dice);
        let wishes = wishes(&mut dice);
        run(&wishes, &mut tracker, usize::MAX);
        meddle(&mut dice, &mut tracker);
        let before = tracker.clone();
        let plan = planned(&wishes, &tracker);
        run(&wishes, &mut tracker, usize::MAX);
        for (old, new) in before.tickets.iter().zip(&tracker.tickets) {
            assert_eq!(
                (old.seen.state, &old.seen.title, &old.told),
                (new.seen.state, &new.seen.title, &new.told),
                "{seed}"
            );
            assert!(new.seen.mark.is_none() || new.seen.labelled && new.seen.nested, "{seed}");
        }
        let by_hand = plan.told.iter().filter(|one| matches!(one, Told::ByHand { .. })).count();
        assert!(pull(&plan).len() <= by_hand, "{seed}");
        told += by_hand;
    }
    assert!(told > 0);
}

#[test]
fn no_more_goes_below_a_parent_than_it_takes() {
    let mut beside = 0;
    for seed in 1..=u64::from(cases(500, 10_000)) {
        let mut dice = Dice::new(seed);
        let tracker = grown(&mut dice);
        let wishes = wishes(&mut dice);
        let with = |below| plan(&wishes, &tracker.remote(), &|_, _| Turn::Same, Bounds { new: usize::MAX, below });
        let nests = |plan: &Plan| {
            plan.steps.iter().filter(|step| matches!(step, Step::Nest { .. } | Step::Create { nest: true, .. })).count()
        };
        let (whole, room) = (with(usize::MAX), dice.below(4));
        let bounded = with(room);
        assert_eq!((nests(&bounded), whole.beside), (nests(&whole).min(room), 0), "{seed}");
        assert_eq!(nests(&bounded) + bounded.beside, nests(&whole), "{seed}");
        let rest = |plan: &Plan| -> Vec<Step> {
            let steps = plan.steps.iter().filter(|step| !matches!(step, Step::Nest { .. })).cloned();
            let flat = |step| match step {
                Step::Create { key, mark, .. } => Step::Create { key, mark, nest: false },
                step => step,
            };
            steps.map(flat).collect()
        };
        assert_eq!((rest(&bounded), &bounded.told), (rest(&whole), &whole.told), "{seed}: nothing else depends on it");
        beside += bounded.beside;
    }
    assert!(beside > 0);
}

#[test]
fn what_turned_or_may_have_is_told_and_stays() {
    for seed in 1..=u64::from(cases(200, 5_000)) {
        let mut dice = Dice::new(seed);
        let tracker = grown(&mut dice);
        let wishes = wishes(&mut dice);
        for turn in [Turn::Else, Turn::Unknown] {
            let plan = plan(&wishes, &tracker.remote(), &|_, _| turn, Bounds::NONE);
            let of_old =
                plan.steps.iter().filter(|step| !matches!(step, Step::Create { .. } | Step::Twin { .. })).count();
            let told = |told: &&Told| match turn {
                Turn::Else => matches!(told, Told::Stale { .. }),
                _ => matches!(told, Told::Unknown { .. }),
            };
            let there = wishes.iter().filter(|wish| !tracker.remote().of(&wish.key).is_empty()).count();
            assert_eq!((of_old, plan.told.iter().filter(told).count(), plan.same), (0, there, 0), "{seed}");
        }
    }
}
