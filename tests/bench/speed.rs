//! How long checking takes: a large workspace inside this process, next to what the `toml` crate needs for the same bytes, and an
//! example as a whole process, next to `git --version`. It prints what it measured beside what is allowed. A ratio of two times of one run
//! that is over by more than half fails the bench, and reads OVER; below that a busy machine may explain it, which it says. `cargo bench --bench speed`
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

#[path = "speed/difference.rs"]
mod difference;
#[path = "speed/inside.rs"]
mod inside;
#[path = "speed/process.rs"]
mod process;
#[path = "../scratch.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod scratch;
#[path = "speed/workspace.rs"]
mod workspace;

use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    inside::table();
    process::table();
    difference::table();
    match FAR_OVER.load(Relaxed) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

/// How far over a busy machine explains.
const TOLERANCE: f64 = 1.5;

/// Whether a ratio was further over.
static FAR_OVER: AtomicBool = AtomicBool::new(false);

/// The shortest of several runs: what else the machine does only ever adds.
fn best(rounds: usize, mut run: impl FnMut()) -> Duration {
    (0..rounds).map(|_| once(&mut run)).min().unwrap_or_default()
}

fn once(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// `ok`, or what a reader should look at: sizes, and times of one machine.
fn verdict(measured: f64, allowed: f64) -> &'static str {
    if measured <= allowed { "ok" } else { "above, which is told and fails nothing" }
}

/// The same of two times of one run: what reads OVER fails the bench.
fn ratio(measured: f64, allowed: f64) -> &'static str {
    FAR_OVER.fetch_or(measured > TOLERANCE * allowed, Relaxed);
    match measured / allowed {
        ..=1.0 => "ok",
        ..=TOLERANCE => "slow, within the tolerance of 1.5 for a busy machine",
        _ => "OVER",
    }
}
