//! How much a test does: `cargo test` is quick, `REDAN_CASES=full` is thorough, and real data is read where `REDAN_CORPUS` points.
//! Properties of private rooms need the same tiers, so `src/lib.rs` may take this file in for its own tests.
#![allow(dead_code, reason = "two crates may read this file, and each uses a part")]

use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many cases a property tries: `quick` unless `REDAN_CASES=full`.
pub fn cases(quick: u32, full: u32) -> u32 {
    let asked = env::var("REDAN_CASES").ok();
    pick(asked.as_deref(), quick, full).unwrap_or_else(|complaint| panic!("{complaint}"))
}

fn pick(asked: Option<&str>, quick: u32, full: u32) -> Result<u32, String> {
    match asked {
        None | Some("" | "quick") => Ok(quick),
        Some("full") => Ok(full),
        Some(other) => Err(format!("REDAN_CASES is `{other}`; it may be `quick` or `full`")),
    }
}

/// The folder of real data. Without one it says that `tests` tests are skipped, and the caller returns.
pub fn corpus(tests: u32) -> Option<PathBuf> {
    let found = env::var_os("REDAN_CORPUS").filter(|path| !path.is_empty()).map(PathBuf::from);
    match &found {
        Some(path) => assert!(path.is_dir(), "REDAN_CORPUS is no folder: {}", path.display()),
        None => say(&format!("skipped {tests}: REDAN_CORPUS not set")),
    }
    found
}

/// Prints past the test runner's capture: a count of what ran or was skipped must not hide in a passing test.
pub fn say(line: &str) {
    let written = writeln!(std::io::stderr(), "{line}");
    written.expect("standard error is open");
}

/// Works through the seeds from 1 on all cores, each core with a tally of its own.
pub fn shared<T: Default + Send>(count: u64, work: impl Fn(u64, &mut T) + Sync) -> Vec<T> {
    let next = AtomicU64::new(1);
    let one = || {
        let mut tally = T::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed > count {
                return tally;
            }
            work(seed, &mut tally);
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|worker| worker.join().expect("no worker fails")).collect()
    })
}

#[test]
fn the_tier_is_read() {
    assert_eq!(pick(None, 1, 2), Ok(1));
    assert_eq!(pick(Some("quick"), 1, 2), Ok(1));
    assert_eq!(pick(Some("full"), 1, 2), Ok(2));
    assert!(pick(Some("ful"), 1, 2).unwrap_err().contains("`ful`"));
}
