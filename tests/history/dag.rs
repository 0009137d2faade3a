//! Random histories: branches, merges of two and more, evil merges, dropped sides, reverts, cherry-picks, moved and copied folders,
//! broken versions, files that go and come back, dates without order.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// A small random number generator with a fixed sequence.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// Meanings no judge takes for one another, each with a rewording that is the same.
const MEANINGS: [[&str; 2]; 5] = [
    ["OAuth access tokens", "OAuth access token"],
    ["Nightly settlement report", "Nightly settlement reports"],
    ["Signing key of the firmware", "signing key of the firmware"],
    ["Customer postal addresses", "customer postal addresses"],
    ["Audit log of the vault", "Audit logs of the vault"],
];

#[derive(Clone, Debug, PartialEq)]
struct Thing {
    meaning: usize,
    variant: usize,
    removed: Option<usize>,
    level: usize,
    /// 0 = the property is not listed.
    subscore: usize,
    renamed: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Folder {
    model: usize,
    things: BTreeMap<String, Thing>,
    /// 0 = whole.
    broken: usize,
    headless: bool,
}

type Tree = BTreeMap<String, Folder>;

/// A history as `git fast-import` reads it, with the number of its commits.
pub struct Dag {
    pub stream: String,
    pub commits: usize,
}

struct Commit {
    tree: Tree,
    parents: Vec<usize>,
}

pub fn dag(seed: u64) -> Dag {
    let dice = &mut Dice::new(seed);
    let count = 8 + dice.below(32);
    let mut commits: Vec<Commit> = Vec::new();
    let mut heads: Vec<usize> = Vec::new();
    let mut main = 0;
    for nth in 0..count {
        let commit = next(dice, &commits, (&heads, main));
        if commit.parents.first() == Some(&main) && !dice.one_in(6) {
            main = nth;
        }
        heads.retain(|head| !commit.parents.contains(head) || dice.one_in(4));
        heads.push(nth);
        commits.push(commit);
    }
    Dag { stream: stream(dice, &commits, main), commits: count }
}

fn next(dice: &mut Dice, commits: &[Commit], (heads, main): (&[usize], usize)) -> Commit {
    if commits.is_empty() || dice.one_in(15) {
        let mut tree = Tree::new();
        (0..3).for_each(|_| mutate(dice, &mut tree, commits));
        return Commit { tree, parents: Vec::new() };
    }
    let pick = |dice: &mut Dice| match dice.below(10) {
        0 => dice.below(commits.len()),
        1..4 => heads[dice.below(heads.len())],
        4 => commits.len() - 1,
        _ => main,
    };
    let mut parents = vec![pick(dice)];
    if dice.one_in(3) {
        let more = if dice.one_in(5) { 2 + dice.below(4) } else { 1 };
        for _ in 0..more {
            let other = pick(dice);
            if !parents.contains(&other) {
                parents.push(other);
            }
        }
    }
    let mut tree = commits[parents[0]].tree.clone();
    for other in &parents[1..] {
        tree = merge(dice, &tree, &commits[*other].tree);
    }
    let evil = parents.len() > 1 && !dice.one_in(4);
    let changes = if evil { 0 } else { dice.below(4) };
    (0..changes).for_each(|_| mutate(dice, &mut tree, commits));
    Commit { tree, parents }
}

fn merge(dice: &mut Dice, ours: &Tree, theirs: &Tree) -> Tree {
    match dice.below(4) {
        0 => return ours.clone(),
        1 => return theirs.clone(),
        _ => {}
    }
    let mut tree = ours.clone();
    for (path, folder) in theirs {
        match tree.get_mut(path) {
            None => drop(tree.insert(path.clone(), folder.clone())),
            Some(mine) => {
                for (id, thing) in &folder.things {
                    if !mine.things.contains_key(id) || dice.one_in(2) {
                        mine.things.insert(id.clone(), thing.clone());
                    }
                }
                if dice.one_in(3) {
                    (mine.broken, mine.model) = (folder.broken, folder.model);
                }
            }
        }
    }
    tree
}

const FOLDERS: [&str; 5] = ["tm/pay", "tm/shop", "tm/team/pay", "old/pay", "tm/frameworks/pay"];
const IDS: [&str; 6] = ["A1", "A2", "A3", "T1", "C1", "C2"];

fn mutate(dice: &mut Dice, tree: &mut Tree, commits: &[Commit]) {
    let path = FOLDERS[dice.below(FOLDERS.len())].to_owned();
    let other = FOLDERS[dice.below(FOLDERS.len())].to_owned();
    match dice.below(16) {
        0 => drop(tree.remove(&path)),
        1 => {
            if let Some(folder) = tree.remove(&path) {
                tree.insert(other, folder);
            }
        }
        2 if dice.one_in(3) => {
            if let Some(folder) = tree.get(&path).cloned() {
                tree.insert(other, folder);
            }
        }
        // A revert, or a cherry-pick of a whole folder.
        3 | 4 if !commits.is_empty() => {
            if let Some(folder) = commits[dice.below(commits.len())].tree.get(&path) {
                tree.insert(path, folder.clone());
            }
        }
        _ => {
            let model = dice.below(2);
            let folder =
                tree.entry(path).or_insert(Folder { model, things: BTreeMap::new(), broken: 0, headless: false });
            (0..1 + dice.below(3)).for_each(|_| edit(dice, folder));
        }
    }
}

fn edit(dice: &mut Dice, folder: &mut Folder) {
    let known: Vec<String> = folder.things.keys().cloned().collect();
    let id = match known.get(dice.below(known.len() * 4 / 3 + 1)) {
        Some(id) => id.clone(),
        None => IDS[dice.below(IDS.len())].to_owned(),
    };
    match dice.below(20) {
        0 => drop(folder.things.remove(&id)),
        1 => folder.broken = dice.below(7),
        2 => folder.broken = 0,
        3 if dice.one_in(3) => folder.model = dice.below(2),
        4 if dice.one_in(3) => folder.headless = !folder.headless,
        5..8 => {
            if let Some(thing) = folder.things.get_mut(&id) {
                thing.variant = 1 - thing.variant;
            }
        }
        8..10 => {
            if let Some(thing) = folder.things.get_mut(&id) {
                thing.removed = if thing.removed.is_some() && dice.one_in(2) { None } else { Some(dice.below(2)) };
            }
        }
        10 => {
            if let Some(thing) = folder.things.get_mut(&id) {
                thing.level = dice.below(3);
            }
        }
        18 | 19 => {
            if let Some(thing) = folder.things.get_mut(&id) {
                thing.subscore = if thing.subscore > 0 && !dice.one_in(3) { 0 } else { 1 + dice.below(2) };
            }
        }
        11..13 => {
            if let Some(thing) = folder.things.get_mut(&id) {
                let from = MEANINGS[thing.meaning][thing.variant].to_owned();
                thing.renamed = Some(from).filter(|_| dice.one_in(2));
                thing.meaning = dice.below(MEANINGS.len());
            }
        }
        _ => {
            let (meaning, subscore) = (dice.below(MEANINGS.len()), dice.below(3));
            let thing = Thing { meaning, variant: 0, removed: None, level: 0, subscore, renamed: None };
            folder.things.entry(id).or_insert(thing);
        }
    }
}

fn table(id: &str, thing: &Thing) -> String {
    let words = MEANINGS[thing.meaning][thing.variant];
    let (kind, field) = match &id[..1] {
        "A" => ("assets", "name"),
        "T" => ("attackers", "capability"),
        _ => ("controls", "description"),
    };
    let mut text = format!("\n[{kind}.{id}]\n{field} = \"{words}\"\n");
    if kind == "assets" && thing.subscore > 0 {
        let _ = writeln!(text, "properties = {{ C = \"{}\" }}", ["", "low", "high"][thing.subscore]);
    }
    if kind == "assets" && thing.level > 0 {
        let _ = writeln!(text, "impact = {{ blast_radius = \"{}\" }}", ["", "isolated", "cascading"][thing.level]);
    }
    if let Some(reason) = thing.removed {
        let _ = writeln!(text, "removed = {{ at = 2026-01-0{}, by = \"a@b.c\", reason = \"gone\" }}", reason + 1);
    }
    if let Some(from) = &thing.renamed {
        let _ =
            writeln!(text, "renamed = [{{ from = \"{from}\", at = 2026-01-01, by = \"a@b.c\", reason = \"same\" }}]");
    }
    text
}

/// The files of a tree: path, mode, content.
fn files(tree: &Tree) -> Vec<(String, &'static str, String)> {
    let mut files = Vec::new();
    for (path, folder) in tree {
        let of = |control: bool| {
            let own = folder.things.iter().filter(move |(id, _)| id.starts_with('C') == control);
            own.map(|(id, thing)| table(id, thing)).collect::<String>()
        };
        let head = format!("format = 1\nid = \"{}\"\nname = \"x\"\n{}", ["pay", "shop"][folder.model], of(false));
        let (mode, head) = match folder.broken {
            1 => ("100644", format!("{head}\n<<<<<<< ours\n")),
            2 => ("100644", head.replacen("[assets", "x = [ 1,\n[assets", 1)),
            3 => ("100644", "version https://git-lfs.github.com/spec/v1\n".to_owned()),
            4 => ("120000", "../x".to_owned()),
            5 => ("100644", head.replacen("\"\n", "\n", 3)),
            6 => ("100644", head.replace("[assets.", "[ assets . ")),
            _ => ("100644", head),
        };
        if !folder.headless {
            files.push((format!("{path}/model.toml"), mode, head));
        }
        if folder.things.keys().any(|id| id.starts_with('C')) {
            files.push((format!("{path}/controls.toml"), "100644", of(true)));
        }
    }
    files
}

fn stream(dice: &mut Dice, commits: &[Commit], main: usize) -> String {
    let mut out = String::new();
    for (nth, commit) in commits.iter().enumerate() {
        let date = if dice.one_in(6) { dice.below(1_000_000) } else { 1_000_000 + nth * 60 };
        let pulled = commit.parents.len() == 2 && dice.one_in(3);
        let branch = if dice.one_in(4) { "release/1" } else { "main" };
        let words = if pulled { format!("Merge branch '{branch}' of elsewhere") } else { String::new() };
        let _ = write!(out, "commit refs/keep/{nth}\nmark :{}\ncommitter A <a@b.c> {date} +0000\n", nth + 1);
        let _ = write!(out, "data {}\n{words}\n", words.len());
        for (place, parent) in commit.parents.iter().enumerate() {
            let _ = writeln!(out, "{} :{}", if place == 0 { "from" } else { "merge" }, parent + 1);
        }
        out.push_str("deleteall\n");
        let other = [("src/main.rs".to_owned(), "100644", format!("{nth}"))];
        for (path, mode, text) in files(&commit.tree).into_iter().chain(other) {
            let _ = write!(out, "M {mode} inline {path}\ndata {}\n{text}\n", text.len());
        }
        out.push('\n');
    }
    let last = commits.len();
    let mut reset = |name: &str, mark: usize| {
        let _ = write!(out, "reset {name}\nfrom :{mark}\n\n");
    };
    reset("refs/heads/main", main + 1);
    reset("refs/heads/topic", 1 + dice.below(last));
    if dice.one_in(3) {
        reset("refs/heads/release/1", 1 + dice.below(last));
    }
    if dice.one_in(3) {
        reset("refs/heads/release/2", 1 + dice.below(last));
    }
    if dice.one_in(3) {
        reset("refs/tags/v1.0", 1 + dice.below(last));
    }
    out
}

/// Feeds a stream to Git.
pub fn import(repo: &Path, stream: &str) {
    let mut command = Command::new("git");
    command.arg("-C").arg(repo).args(["fast-import", "--quiet", "--force"]).stdin(Stdio::piped());
    let mut child = command.spawn().expect("git is there");
    child.stdin.take().expect("piped").write_all(stream.as_bytes()).expect("git reads");
    assert!(child.wait().expect("git ends").success(), "fast-import refused\n{stream}");
}
