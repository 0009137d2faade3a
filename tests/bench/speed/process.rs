//! An example as a whole process: how long it takes and how much memory it takes at its peak.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::scratch::Scratch;
use crate::{best, millis, verdict};

const ROUNDS: usize = 40;
const EXAMPLE: &str = "examples/payment-api";
/// Measures a child's peak memory; the standard library cannot.
const TIME: &str = "/usr/bin/time";

pub fn table() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Scratch::new();
    copy(&project.join(EXAMPLE), Path::new(""), &scratch);
    scratch.commit("The example");
    println!("\n{EXAMPLE} in a repository with one commit, best of {ROUNDS}");
    let git = time(|| scratch.git(&["--version"]).code);
    println!("  {:56} {git:8.1} ms", "git --version");
    let version = time(|| scratch.redan(&["--version"]).code);
    row("redan --version", version, 5.0, "ms");
    let check = time(|| scratch.redan(&["check"]).code);
    row("redan check", check, 25.0, "ms");
    match peak(&scratch) {
        Some(peak) => row("redan check, peak memory", peak, 30.0, "MB"),
        None => println!("  skipped: peak memory, there is no {TIME} here"),
    }
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_redan")).unwrap().len();
    row("the program", size as f64 / 1e6, 20.0, "MB");
}

fn row(what: &str, measured: f64, allowed: f64, unit: &str) {
    let verdict = verdict(measured, allowed);
    println!("  {what:56} {measured:8.1} {unit}  allowed {allowed:.0} {unit}: {verdict}");
}

fn time(run: impl Fn() -> i32) -> f64 {
    millis(best(ROUNDS, || assert_eq!(run(), 0)))
}

/// In megabytes, the largest of several runs.
fn peak(scratch: &Scratch) -> Option<f64> {
    let once = |_| {
        let mut command = Command::new(TIME);
        command.args(["-f", "%M", env!("CARGO_BIN_EXE_redan"), "check"]).current_dir(scratch.path());
        let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        said.lines().last()?.trim().parse::<f64>().ok()
    };
    (0..5).map(once).try_fold(0.0, |most: f64, kilobytes| Some(most.max(kilobytes? * 1024.0 / 1e6)))
}

fn copy(from: &Path, beneath: &Path, scratch: &Scratch) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (place, path) = (entry.path(), beneath.join(entry.file_name()));
        match place.is_dir() {
            true => copy(&place, &path, scratch),
            false => scratch.write(path.to_str().unwrap(), &std::fs::read_to_string(&place).unwrap()),
        }
    }
}
