//! Programs, how long they take and how much memory they take at their peak.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Measures a child's peak memory; the standard library cannot.
const TIME: &str = "/usr/bin/time";

pub fn git(repo: &Path, arguments: &[&str]) {
    let done = Command::new("git").arg("-C").arg(repo).args(arguments).stdout(Stdio::null()).status();
    assert!(done.unwrap().success(), "git {arguments:?}");
}

pub fn output(repo: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(repo).args(arguments).output().unwrap();
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// Seconds of the best of several runs.
pub fn best(rounds: usize, mut work: impl FnMut()) -> f64 {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..rounds).map(once).fold(f64::INFINITY, f64::min)
}

/// Runs a program that may say yes or no; its output, then its own peak in megabytes without that of the
/// programs it starts, as far as the host can tell.
pub fn measured(program: &Path, folder: &Path, arguments: &[&str]) -> (String, Option<f64>) {
    let mut command = match Path::new(TIME).exists() {
        true => {
            let mut command = Command::new(TIME);
            command.args(["-f", "peak %M"]).arg(program);
            command
        }
        false => Command::new(program),
    };
    let done = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let code = done.status.code().unwrap_or(-1);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(code < 2, "{arguments:?} ended with {code}\n{said}");
    let peak = said.lines().rev().find_map(|line| line.strip_prefix("peak ")?.trim().parse::<f64>().ok());
    (String::from_utf8_lossy(&done.stdout).trim().to_owned(), peak.map(|kilobytes| kilobytes * 1024.0 / 1e6))
}

/// The most memory this process had so far, in megabytes.
pub fn own_peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0 / 1e6)
}
