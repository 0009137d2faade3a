//! Several processes on one repository: writers that start together, and writers that are killed. Real processes, and no sleeps:
//! where a moment is waited for, the test spins until it has come.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use crate::scratch::Scratch;
use crate::tier::{cases, say};

const MODEL: &str = "threat-models/link-shortener/model.toml";

const NEWCOMERS: [&str; 24] = [
    "Audit trail",
    "Billing records",
    "Cookie secrets",
    "Database backups",
    "Email templates",
    "Feature switches",
    "Gateway certificates",
    "Help pages",
    "Invoice archive",
    "Job queue",
    "Key escrow",
    "Login sessions",
    "Mail relay",
    "Network maps",
    "Office badges",
    "Payment tokens",
    "Quota counters",
    "Release pipeline",
    "Signing keys",
    "Translation memory",
    "User profiles",
    "Voucher codes",
    "Webhook endpoints",
    "Yearly reports",
];

/// A repository with the small example in its one commit.
fn stage() -> Scratch {
    let scratch = Scratch::new();
    for name in ["redan.toml", MODEL, "threat-models/link-shortener/controls.toml"] {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
        scratch.write(name, &std::fs::read_to_string(place).unwrap());
    }
    scratch.commit("Add the threat model");
    scratch
}

#[test]
fn writers_that_start_together_lose_nothing() {
    let scratch = stage();
    let add = |name: &&str| scratch.start(&["add", "asset", "--distinct", "--properties", "C", "--name", name]);
    let started: Vec<Child> = NEWCOMERS.iter().map(add).collect();
    for child in started {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = scratch.read(MODEL);
    let numbers = text.lines().filter_map(|line| line.strip_prefix("[assets.A")?.strip_suffix(']')?.parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    let wanted: BTreeSet<usize> = (1..=2 + NEWCOMERS.len()).collect();
    assert_eq!((numbers.len(), numbers.into_iter().collect::<BTreeSet<_>>()), (wanted.len(), wanted));
    for name in NEWCOMERS {
        assert_eq!(text.matches(&format!("name = \"{name}\"\n")).count(), 1, "{name}");
    }
    let check = scratch.redan(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stdout);
}

/// The act writes two files: controls.toml, and a decision that is new. It runs undisturbed on a twin, which says what the new state
/// is; on the victim it is killed. Half of the rounds kill at a moment spread over the time the twin needed, the other half as
/// soon as the journal of the write shows, and a varying while later.
#[test]
fn a_killed_writer_leaves_the_old_state_or_the_new() {
    let (victim, twin) = (stage(), stage());
    let rounds = cases(24, 400);
    let mut seen = Seen::default();
    for round in 0..rounds {
        let group = if round % 2 == 0 { "C2=2" } else { "C2=1" };
        let words = ["group", "CO-A1-T2", group, "--reason", "the key and the mail are two ways to stop it"];
        let old = files(&victim);
        let start = Instant::now();
        assert_eq!(twin.redan(&words).code, 0);
        let needed = start.elapsed();
        let new = files(&twin);
        assert_eq!(changed(&old, &new), 2, "the act writes two files");

        let child = victim.start(&words);
        let share = f64::from(round) / f64::from(rounds);
        match round % 4 < 2 {
            true => kill_after(child, needed.mul_f64(1.2 * share)),
            false => kill_in_the_act(child, &victim, needed.mul_f64(share / 4.0)),
        }
        let torn = journal(&victim).is_some();
        let check = victim.redan(&["check"]);
        assert_eq!(check.code, 0, "round {round}\n{}{}", check.stdout, check.stderr);
        let now = files(&victim);
        assert!(now == old || now == new, "round {round}: {:?}", now.keys());
        assert_eq!(journal(&victim), None);
        seen.count(now == new, torn);
        if now == old {
            let again = victim.redan(&words);
            assert_eq!(again.code, 0, "round {round}\n{}", again.stderr);
            assert_eq!(files(&victim), new, "round {round}");
        }
    }
    say(&format!("killed {rounds}: {seen:?}"));
}

/// What the kills left. Where `torn`, the next command had to finish or undo.
#[derive(Debug, Default)]
struct Seen {
    old: u32,
    new: u32,
    torn: u32,
}

impl Seen {
    fn count(&mut self, new: bool, torn: bool) {
        *if new { &mut self.new } else { &mut self.old } += 1;
        self.torn += u32::from(torn);
    }
}

fn kill_after(mut child: Child, time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn kill_in_the_act(mut child: Child, scratch: &Scratch, later: Duration) {
    while child.try_wait().unwrap().is_none() {
        if journal(scratch).is_some() {
            return kill_after(child, later);
        }
    }
}

/// The journal of a write that is under way, or was.
fn journal(scratch: &Scratch) -> Option<PathBuf> {
    let state = std::fs::read_dir(scratch.path().join(".git/redan")).ok()?;
    let mut paths = state.filter_map(|entry| Some(entry.ok()?.path()));
    paths.find(|path| path.extension().is_some_and(|extension| extension == "json"))
}

/// Everything beneath `threat-models`, hidden files too; folders with nothing.
fn files(scratch: &Scratch) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![scratch.path().join("threat-models")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(scratch.path()).unwrap().to_owned();
            match path.is_dir() {
                true => {
                    found.insert(name, None);
                    open.push(path);
                }
                false => drop(found.insert(name, Some(std::fs::read(&path).unwrap()))),
            }
        }
    }
    found
}

/// Files that are not the same on both sides.
fn changed(old: &BTreeMap<PathBuf, Option<Vec<u8>>>, new: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> usize {
    new.iter().filter(|(path, bytes)| bytes.is_some() && old.get(*path) != Some(*bytes)).count()
}
