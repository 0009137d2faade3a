//! How long an assessment takes and what it keeps in memory, at three sizes, beside what is promised (100,000 objectives in a
//! second and 300 MB, and time that grows with objectives). It fails only where time is far from growing
//! with objectives: the machine may be busy.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

#[path = "assess/process.rs"]
mod process;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../scratch.rs"]
mod scratch;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::civil::date;
use redan::assess::{View, assess, tally};
use redan::model::{
    Asset, Attacker, Body, Boundary, BoundaryRef, Component, ComponentRef, Control, Entity, Factor, Group, Id, Impact,
    Kind, Likelihood, Model, Objective, Properties, Property, Status,
};

const ATTACKERS: u32 = 100;

/// Assets, and how long it took.
type Measured = Vec<(u32, Duration)>;

fn put(model: &mut Model, kind: Kind, number: u32, body: Body) {
    let mut entity = Entity::new(Id::new(kind, number));
    entity.body = body;
    model.entities.insert(entity.id, entity);
}

/// Picks one of `count` things, the same one every time.
fn pick(seed: u32, count: u32) -> u32 {
    seed.wrapping_mul(2_654_435_761).rotate_left(13) % count
}

fn asset(number: u32, components: u32) -> Asset {
    let level = |factor: Factor| (factor, factor.levels()[pick(number, 3) as usize % factor.levels().len()]);
    let held = [number, number + 7].map(|seed| ComponentRef(Id::new(Kind::Component, 1 + pick(seed, components))));
    Asset {
        name: format!("asset {number}"),
        properties: Properties(
            [(Property::C, Some(level(Factor::C).1)), (Property::I, Some(level(Factor::I).1))].into(),
        ),
        impact: Impact(Factor::IMPACT.into_iter().map(level).collect()),
        components: held.into_iter().collect(),
        ..Asset::default()
    }
}

fn model(assets: u32) -> Model {
    let (boundaries, components, controls) = (assets / 20, assets / 4, assets * 5);
    let wall = |seed| BoundaryRef(Id::new(Kind::Boundary, 1 + pick(seed, boundaries)));
    let mut model = Model::default();
    for number in 1..=boundaries {
        put(
            &mut model,
            Kind::Boundary,
            number,
            Body::Boundary(Boundary { sealed: number % 9 == 0, ..Boundary::default() }),
        );
    }
    for number in 1..=components {
        let boundaries = BTreeSet::from([wall(number), wall(number + 3)]);
        put(&mut model, Kind::Component, number, Body::Component(Component { boundaries, ..Component::default() }));
    }
    for number in 1..=assets {
        put(&mut model, Kind::Asset, number, Body::Asset(asset(number, components)));
    }
    for number in 1..=ATTACKERS {
        let level = |factor: Factor| (factor, factor.levels()[number as usize % factor.levels().len()]);
        let likelihood = Likelihood(Factor::LIKELIHOOD.into_iter().map(level).collect());
        let attacker = Attacker { likelihood, boundaries: BTreeSet::from([wall(number)]), ..Attacker::default() };
        put(&mut model, Kind::Attacker, number, Body::Attacker(attacker));
    }
    for number in 1..=controls {
        put(&mut model, Kind::Control, number, Body::Control(control(number, assets)));
    }
    model
}

/// Covers a hundred objectives in one of two groups.
fn control(number: u32, assets: u32) -> Control {
    let mut control =
        Control { status: (!number.is_multiple_of(3)).then_some(Status::Implemented), ..Control::default() };
    for cover in 0..100 {
        let asset = Id::new(Kind::Asset, 1 + pick(number + cover / 10, assets));
        let attacker = Id::new(Kind::Attacker, 1 + pick(number * 31 + cover, ATTACKERS));
        control.covers.put(Objective { asset, attacker }, Group::Number(1 + number % 2));
    }
    control
}

/// The best of five, which is the one least disturbed.
fn time(model: &Model) -> Duration {
    let once = || {
        let start = Instant::now();
        let assessed = assess(model, View::on(date(2026, 11, 20)));
        let tally = tally(assessed.outcomes().map(|(_, outcome)| outcome));
        assert!(tally.total > 0);
        start.elapsed()
    };
    (0..5).map(|_| once()).min().unwrap()
}

/// Peak of the whole process so far, in MB; where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn main() -> ExitCode {
    let (mut measured, mut processes) = (Measured::new(), Measured::new());
    let mut most = None;
    for assets in [250, 500, 1000] {
        let model = model(assets);
        let time = time(&model);
        let (whole, json, memory) = process::run(&model);
        let (objectives, controls) = (assets * ATTACKERS, assets * 5);
        let memory_told = memory.map_or("not measured here".to_owned(), |memory| format!("{memory} MB"));
        println!(
            "assess: {objectives} objectives, {controls} controls: {time:?}; as a process {whole:?}, as JSON {json:?}, {memory_told}"
        );
        measured.push((assets, time));
        processes.push((assets, whole));
        most = memory;
    }
    let linear = grows("assess", &measured) & grows("assess as a process", &processes);
    within("assess", &measured);
    within("assess as a process", &processes);
    if let Some(most) = most {
        println!("assess: peak memory of the process {most} MB of 300: {}", verdict(most <= 300));
    }
    if let Some(peak) = peak() {
        println!("assess: peak memory of this bench {peak} MB");
    }
    if linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Time may not grow much faster than objectives; four times for twice as many is no busy machine.
fn grows(what: &str, measured: &[(u32, Duration)]) -> bool {
    let mut linear = true;
    for pair in measured.windows(2) {
        let [(before, short), (after, long)] = pair else { unreachable!("windows of two") };
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        let told = verdict(ratio < 3.0);
        linear &= ratio < 4.0;
        println!(
            "{what}: {before}00 → {after}00 objectives: {ratio:.2} times the time for 2 times the objectives: {told}"
        );
    }
    linear
}

fn within(what: &str, measured: &[(u32, Duration)]) {
    let longest = measured.last().map_or(Duration::ZERO, |(_, time)| *time);
    println!("{what}: 100,000 objectives took {longest:?} of 1 s: {}", verdict(longest <= Duration::from_secs(1)));
}

/// `ok`, or what a reader should look at; the machine may be busy, so nothing fails.
fn verdict(ok: bool) -> &'static str {
    if ok { "ok" } else { "OVER" }
}
