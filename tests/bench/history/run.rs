//! Programs: how long they take, how much processor time with everything they start, and how much memory by themselves.

use std::fs::read_to_string;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// One run of a program.
#[derive(Debug, Default)]
pub struct Run {
    pub seconds: f64,
    /// Processor time of the program and of those it started.
    pub busy: f64,
    /// Processor time of the program alone, as far as it could be read.
    pub own: f64,
    /// The most memory the program itself had, in megabytes; 0 = the host does not tell.
    pub peak: f64,
    /// The last line it printed.
    pub said: String,
}

pub fn output(repo: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(repo).args(arguments).output().unwrap();
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// Runs a program that may say yes or no. Nobody looks at it while it runs, since looking costs it time.
pub fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    let before = waited_for();
    let start = Instant::now();
    let done = command(program, folder, arguments).output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    accept(arguments, done.status, &done.stderr);
    let printed = String::from_utf8_lossy(&done.stdout);
    let said = printed.lines().last().unwrap_or_default().to_owned();
    Run { seconds, busy: waited_for() - before, said, ..Run::default() }
}

/// The same, for its memory and its own processor time, which only one who looks now and then learns. Tells no seconds.
pub fn watch(program: &Path, folder: &Path, arguments: &[&str]) -> Run {
    let mut child = command(program, folder, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let proc = Path::new("/proc").join(child.id().to_string());
    let mut run = Run::default();
    let status = loop {
        run.peak = peak(&proc).unwrap_or(run.peak);
        run.own = ticks(&proc, [13, 14]).unwrap_or(run.own);
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => sleep(Duration::from_millis(1)),
        }
    };
    accept(arguments, status, b"");
    run
}

fn command(program: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn accept(arguments: &[&str], status: ExitStatus, complaint: &[u8]) {
    let complaint = String::from_utf8_lossy(complaint);
    assert!(status.code().is_some_and(|code| code < 2), "{arguments:?} ended with {status}\n{complaint}");
}

fn peak(proc: &Path) -> Option<f64> {
    let status = read_to_string(proc.join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0 / 1e6)
}

/// The sum of two fields of `stat`, in seconds. Linux counts a hundred a second for everybody.
fn ticks(proc: &Path, fields: [usize; 2]) -> Option<f64> {
    let stat = read_to_string(proc.join("stat")).ok()?;
    // The name in brackets, which may hold blanks, is the second field.
    let rest: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let field = |nth: usize| rest.get(nth - 2)?.parse::<f64>().ok();
    Some((field(fields[0])? + field(fields[1])?) / 100.0)
}

/// Processor time of all programs that this one started and waited for.
fn waited_for() -> f64 {
    ticks(Path::new("/proc/self"), [15, 16]).unwrap_or_default()
}

/// How many programs wanted to run in the last minute.
pub fn load() -> String {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// The middle one.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}
