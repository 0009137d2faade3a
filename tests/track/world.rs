//! A tracker in memory, and runs that go request by request.

use std::collections::VecDeque;

use redan::assess::Tier;
use redan::model::{Id, Kind, ModelId};
use redan::track::{Bounds, Fate, Key, Mark, Plan, Remote, Seen, State, Step, Turn, Wish, plan, print};

use crate::arbitrary::Dice;

/// A tracker that sets state and text in one request, or in two.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracker {
    pub split: bool,
    pub tickets: Vec<Ticket>,
    pub next: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub seen: Seen,
    /// Rounds that were explained.
    pub told: Vec<u32>,
}

/// What one request asks for.
#[derive(Debug, Clone)]
pub enum Request {
    List,
    Create(Mark, String),
    Label(String),
    Nest(String),
    Explain(String, u32),
    Edit { at: String, state: Option<State>, mark: Option<Mark>, title: Option<String> },
    Twin { at: String, close: bool, strip: bool },
}

impl Tracker {
    pub fn new(split: bool) -> Tracker {
        Tracker { split, tickets: Vec::new(), next: 1 }
    }

    pub fn remote(&self) -> Remote {
        let listed = self.tickets.iter().filter(|ticket| ticket.seen.mark.is_some());
        Remote { seen: listed.map(|ticket| ticket.seen.clone()).collect(), ..Remote::default() }
    }

    fn requests(&self, step: &Step, wishes: &[Wish]) -> Vec<Request> {
        let title = |key: &Key| wishes.iter().find(|wish| wish.key == *key).unwrap().title.clone();
        match step.clone() {
            Step::Create { key, mark, .. } => vec![Request::Create(mark, title(&key))],
            Step::Label { at, .. } => vec![Request::Label(at)],
            Step::Nest { at, .. } => vec![Request::Nest(at)],
            Step::Explain { at, round, .. } => vec![Request::Explain(at, round)],
            Step::Edit { at, state, mark, title, .. } if self.split => vec![
                Request::Edit { at: at.clone(), state, mark: None, title: None },
                Request::Edit { at, state: None, mark, title },
            ],
            Step::Edit { at, state, mark, title, .. } => vec![Request::Edit { at, state, mark, title }],
            Step::Twin { at, .. } if self.split => vec![
                Request::Twin { at: at.clone(), close: true, strip: false },
                Request::Twin { at, close: false, strip: true },
            ],
            Step::Twin { at, .. } => vec![Request::Twin { at, close: true, strip: true }],
        }
    }

    fn ticket(&mut self, at: &str) -> &mut Ticket {
        self.tickets.iter_mut().find(|ticket| ticket.seen.at == at).unwrap()
    }

    fn carry_out(&mut self, request: &Request) {
        match request {
            Request::List => {}
            Request::Create(mark, title) => {
                let at = format!("#{}", self.next);
                let seen = Seen {
                    key: mark.key.clone(),
                    at,
                    url: String::new(),
                    number: self.next,
                    home: true,
                    mark: Some(mark.clone()),
                    others: Vec::new(),
                    title: title.clone(),
                    state: State::Open,
                    labelled: true,
                    nested: true,
                    comments: false,
                    body: serde_json::Value::Null,
                };
                self.tickets.push(Ticket { seen, told: Vec::new() });
                self.next += 1;
            }
            Request::Label(at) => self.ticket(at).seen.labelled = true,
            Request::Nest(at) => self.ticket(at).seen.nested = true,
            Request::Explain(at, round) => {
                let ticket = self.ticket(at);
                if !ticket.told.contains(round) {
                    ticket.told.push(*round);
                }
            }
            Request::Edit { at, state, mark, title } => {
                let seen = &mut self.ticket(at).seen;
                seen.state = state.unwrap_or(seen.state);
                seen.mark = mark.clone().or(seen.mark.take());
                seen.title = title.clone().unwrap_or(seen.title.clone());
            }
            Request::Twin { at, close, strip } => {
                let seen = &mut self.ticket(at).seen;
                if *close {
                    seen.state = State::Gone;
                }
                if *strip {
                    seen.mark = None;
                }
            }
        }
    }
}

/// A run as the program makes it: list, steps, and after new tickets a list and what it shows twice.
pub struct Run<'w> {
    wishes: &'w [Wish],
    queue: VecDeque<Request>,
    looks: u8,
    made: bool,
}

impl<'w> Run<'w> {
    pub fn new(wishes: &'w [Wish]) -> Run<'w> {
        Run { wishes, queue: VecDeque::from([Request::List]), looks: 0, made: false }
    }

    /// Makes the next request; `false` when there is none.
    pub fn step(&mut self, tracker: &mut Tracker) -> bool {
        if self.queue.is_empty() && self.made && self.looks == 1 {
            self.queue.push_back(Request::List);
        }
        let Some(request) = self.queue.pop_front() else { return false };
        tracker.carry_out(&request);
        self.made |= matches!(request, Request::Create(..));
        if matches!(request, Request::List) {
            self.looks += 1;
            let Plan { mut steps, .. } = planned(self.wishes, tracker);
            if self.looks > 1 {
                steps.retain(|step| matches!(step, Step::Twin { .. }));
            }
            self.queue.extend(steps.iter().flat_map(|step| tracker.requests(step, self.wishes)));
        }
        true
    }
}

pub fn planned(wishes: &[Wish], tracker: &Tracker) -> Plan {
    plan(wishes, &tracker.remote(), &|_, _| Turn::Same, Bounds::NONE)
}

/// A whole run, or its first `most` requests; how many there were.
pub fn run(wishes: &[Wish], tracker: &mut Tracker, most: usize) -> usize {
    let mut run = Run::new(wishes);
    (0..most).take_while(|_| run.step(tracker)).count()
}

/// Controls of two models, each in any state of its life.
pub fn wishes(dice: &mut Dice) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for model in ["pay", "shop"] {
        let model = ModelId::parse(model).unwrap();
        for number in 1..=3 {
            let fates = [Fate::Planned, Fate::Planned, Fate::Implemented, Fate::Removed, Fate::Orphaned, Fate::Retired];
            let fate = *dice.pick(&fates);
            let words = dice.below(3);
            wishes.push(Wish {
                key: Key::new(&model, Id::new(Kind::Control, number)),
                fate,
                tier: *dice.pick(&[None, Some(Tier::Low), Some(Tier::Critical)]),
                due: fate == Fate::Planned && dice.chance(80),
                of: print(&words.to_string()),
                repo: None,
                title: format!("title {words}"),
                text: format!("text {words} {}", dice.below(2)),
            });
        }
    }
    wishes
}

/// What people do meanwhile.
pub fn meddle(dice: &mut Dice, tracker: &mut Tracker) {
    for ticket in &mut tracker.tickets {
        match dice.below(12) {
            0 => ticket.seen.state = State::Open,
            1 => ticket.seen.state = State::Done,
            2 => ticket.seen.state = State::Gone,
            3 => ticket.seen.title = "mine".to_owned(),
            4 => ticket.seen.labelled = false,
            5 => ticket.seen.nested = false,
            _ => {}
        }
    }
}
