//! How long a model takes: inside this process, and as a whole command next to `git --version`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::rows;

pub fn table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/descriptions");
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("description.md")).collect();
    all.retain(|path| path.is_file());
    all.sort();
    println!("a model of a description               inside      whole command (allowed 100 ms)");
    for path in &all {
        let text = std::fs::read_to_string(path).unwrap();
        let inside = best(5, || drop(rows::generated(&text)));
        let whole = best(5, || command(path));
        let name = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        println!("{name:36} {:>7.1} ms   {:>7.1} ms", millis(inside), millis(whole));
    }
    println!(
        "{:36}              {:>7.1} ms",
        "git --version",
        millis(best(5, || run(Command::new("git").arg("--version"))))
    );
}

/// A dry run writes nothing and does everything else.
fn command(path: &Path) {
    let redan = env!("CARGO_BIN_EXE_redan");
    run(Command::new(redan)
        .args(["generate", "--force", "--dry-run", "--from"])
        .arg(path)
        .current_dir(env!("CARGO_MANIFEST_DIR")));
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
}

fn best(rounds: usize, mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..rounds).map(|_| once(&mut run)).min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
