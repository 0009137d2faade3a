//! Files on a real disk, with a process that dies before any step.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::commit::Act;
use super::journal::Journal;
use super::*;
use crate::store::{Content, Settings, Write};

struct Room {
    top: TempDir,
}

impl Room {
    fn new(files: &[(&str, &str)]) -> Room {
        let room = Room { top: tempfile::tempdir().expect("a folder") };
        fs::create_dir_all(room.root()).expect("made");
        fs::create_dir_all(room.git()).expect("made");
        for (path, text) in files {
            let place = room.root().join(path);
            fs::create_dir_all(place.parent().expect("below")).expect("made");
            fs::write(place, text).expect("written");
        }
        room
    }

    fn root(&self) -> PathBuf {
        self.top.path().join("repo")
    }

    fn git(&self) -> PathBuf {
        self.top.path().join("git")
    }

    fn state(&self) -> PathBuf {
        self.git().join("redan")
    }

    /// Every file and folder below the root.
    fn all(&self) -> BTreeMap<String, String> {
        let entries = walkdir::WalkDir::new(self.root()).min_depth(1).into_iter().map(|entry| entry.expect("there"));
        let text =
            |path: &Path| if path.is_dir() { "folder".to_owned() } else { fs::read_to_string(path).expect("text") };
        entries.map(|entry| (entry.path().display().to_string(), text(entry.path()))).collect()
    }

    fn commit(&self, writes: &[Write]) -> Result<(), DiskError> {
        commit(&self.root(), &self.state(), writes)
    }
}

fn write(path: &str, before: Option<&str>, after: &str) -> Write {
    Write {
        path: path.to_owned(),
        before: before.map(|text| text.as_bytes().to_vec()),
        after: after.as_bytes().to_vec(),
    }
}

const OLD: [(&str, &str); 2] = [("tm/a/model.toml", "old model"), ("tm/a/controls.toml", "old controls")];

fn act() -> Vec<Write> {
    vec![
        write("tm/a/model.toml", Some("old model"), "new model"),
        write("tm/a/controls.toml", Some("old controls"), "new controls"),
        write("tm/a/decisions/d.toml", None, "new decision"),
    ]
}

/// Takes the first steps of an act, as many as are asked for; `false` when it has fewer.
fn die_after(room: &Room, writes: &[Write], steps: usize) -> bool {
    let (root, state) = (room.root(), room.state());
    let act = Act::plan(&root, &state, writes).expect("planned");
    let all = act.steps();
    all.iter().take(steps).for_each(|step| act.take(step).expect("no error"));
    steps <= all.len()
}

fn step(writes: &[Write], room: &Room, wanted: &str) -> usize {
    let (root, state) = (room.root(), room.state());
    let steps = Act::plan(&root, &state, writes).expect("planned").steps();
    steps.iter().position(|step| format!("{step:?}") == wanted).expect(wanted) + 1
}

#[test]
fn an_act_that_dies_anywhere_is_done_or_was_never_begun() {
    let whole = Room::new(&OLD);
    let old: Vec<String> = whole.all().into_values().collect();
    whole.commit(&act()).expect("committed");
    let new: Vec<String> = whole.all().into_values().collect();
    let mut seen = (0, 0);
    for steps in 0.. {
        let room = Room::new(&OLD);
        if !die_after(&room, &act(), steps) {
            break;
        }
        recover(&room.root(), &room.state()).expect("recovered");
        match room.all().into_values().collect::<Vec<_>>() {
            now if now == old => seen.0 += 1,
            now if now == new => seen.1 += 1,
            now => panic!("after {steps} steps: {now:?}"),
        }
        assert_eq!(fs::read_dir(room.state()).map_or(0, Iterator::count), 0, "after {steps} steps");
        let next = fs::read_to_string(room.root().join("tm/a/model.toml")).expect("there");
        room.commit(&[write("tm/a/model.toml", Some(&next), "next")]).expect("the next command works");
    }
    assert!(seen.0 >= 6 && seen.1 >= 4, "{seen:?}");
}

#[test]
fn a_torn_file_or_journal_is_taken_back() {
    let room = Room::new(&OLD);
    let old = room.all();
    die_after(&room, &act(), step(&act(), &room, "Prepare(0)"));
    fs::write(room.root().join("tm/a/.model.toml.redan-new"), "new mo").expect("torn");
    let journal = Journal::place(&room.root(), &room.state());
    fs::write(journal.with_extension("new"), "{").expect("torn");
    recover(&room.root(), &room.state()).expect("recovered");
    assert_eq!(room.all(), old);
    fs::write(&journal, "{\"phase\": ").expect("torn");
    recover(&room.root(), &room.state()).expect("recovered");
    assert_eq!(fs::read_dir(room.state()).expect("there").count(), 0);
}

#[test]
fn recovery_overwrites_nothing_it_does_not_know() {
    let room = Room::new(&OLD);
    die_after(&room, &act(), step(&act(), &room, "Swap(0)"));
    let (mine, at) = (room.root().join("tm/a/controls.toml"), |path: &str| room.root().join(path));
    fs::write(&mine, "by hand").expect("written");
    for _ in 0..2 {
        let torn = recover(&room.root(), &room.state()).expect_err("torn");
        assert!(matches!(&torn, DiskError::Torn { path, .. } if path == "tm/a/controls.toml"), "{torn}");
        assert_eq!(fs::read_to_string(&mine).expect("there"), "by hand");
        assert_eq!(fs::read_to_string(at("tm/a/decisions/d.toml")).expect("finished"), "new decision");
    }
    fs::write(&mine, "old controls").expect("written");
    recover(&room.root(), &room.state()).expect("settled");
    assert_eq!(fs::read_to_string(&mine).expect("there"), "new controls");
}

#[test]
fn a_file_that_changes_at_the_last_moment_is_kept() {
    let room = Room::new(&OLD);
    let (root, state, writes) = (room.root(), room.state(), act());
    let planned = Act::plan(&root, &state, &writes).expect("planned");
    let steps = planned.steps();
    let verify = step(&writes, &room, "Verify");
    steps[..verify - 1].iter().for_each(|step| planned.take(step).expect("no error"));
    fs::write(root.join("tm/a/controls.toml"), "by hand").expect("written");
    assert_eq!(planned.take(&steps[verify - 1]), Err(DiskError::Changed { path: "tm/a/controls.toml".to_owned() }));
    recover(&root, &state).expect("taken back");
    assert_eq!(fs::read_to_string(root.join("tm/a/model.toml")).expect("there"), "old model");
    assert!(!root.join("tm/a/decisions").exists());
}

#[test]
fn worktrees_that_share_a_state_keep_their_journals_apart() {
    let (room, other) = (Room::new(&OLD), Room::new(&OLD));
    die_after(&room, &act(), step(&act(), &room, "Swap(0)"));
    recover(&other.root(), &room.state()).expect("none of its business");
    assert_eq!(fs::read_to_string(other.root().join("tm/a/model.toml")).expect("there"), "old model");
    recover(&room.root(), &room.state()).expect("recovered");
    assert_eq!(fs::read_to_string(room.root().join("tm/a/controls.toml")).expect("there"), "new controls");
}

#[test]
fn a_file_that_changed_meanwhile_stops_the_whole_act() {
    let room = Room::new(&OLD);
    fs::write(room.root().join("tm/a/controls.toml"), "by hand").expect("written");
    let before = room.all();
    assert_eq!(room.commit(&act()), Err(DiskError::Changed { path: "tm/a/controls.toml".to_owned() }));
    assert_eq!(room.all(), before);
    let fresh = [write("tm/a/model.toml", None, "new")];
    assert_eq!(room.commit(&fresh), Err(DiskError::Changed { path: "tm/a/model.toml".to_owned() }));
}

#[test]
fn nothing_outside_is_written() {
    let room = Room::new(&OLD);
    for path in [
        "../x.toml",
        "/x.toml",
        "tm//x",
        "tm/./x",
        "a\\b",
        "c:x",
        ".git/config",
        "tm/.GIT/x",
        "tm/a",
        "",
        "tm/a/model.toml/x",
    ] {
        let refused = room.commit(&[write(path, None, "x")]);
        assert!(matches!(refused, Err(DiskError::Outside { .. })), "{path}: {refused:?}");
    }
    let twice = [write("x.toml", None, "1"), write("x.toml", None, "2")];
    assert_eq!(room.commit(&twice), Err(DiskError::Changed { path: "x.toml".to_owned() }));
}

#[cfg(unix)]
#[test]
fn links_are_neither_written_through_nor_read() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let room = Room::new(&OLD);
    symlink(room.git(), room.root().join("tm/out")).expect("linked");
    symlink(room.git().join("x"), room.root().join("tm/a/compliance.toml")).expect("linked");
    for path in ["tm/out/model.toml", "tm/a/compliance.toml"] {
        assert!(matches!(room.commit(&[write(path, None, "x")]), Err(DiskError::Outside { .. })), "{path}");
    }
    let model = room.root().join("tm/a/model.toml");
    fs::set_permissions(&model, fs::Permissions::from_mode(0o640)).expect("set");
    room.commit(&[write("tm/a/model.toml", Some("old model"), "new")]).expect("committed");
    assert_eq!(fs::metadata(&model).expect("there").permissions().mode() & 0o777, 0o640);
    let settings = Settings { models: vec!["tm".to_owned()], ..Settings::default() };
    let kinds: BTreeMap<String, Content> =
        gather(&room.root(), &settings).expect("gathered").into_iter().map(|s| (s.path, s.content)).collect();
    assert_eq!(kinds["tm/out"], Content::Symlink);
    assert_eq!(kinds["tm/a/compliance.toml"], Content::Symlink);
    symlink(room.root().join("tm"), room.root().join("threat-models")).expect("linked");
    let found = gather(&room.root(), &Settings::default()).expect("gathered");
    assert_eq!((found.len(), &found[0].content), (1, &Content::Symlink));
}

#[test]
fn only_what_is_looked_for_is_gathered() {
    let room = Room::new(&[
        ("services/pay/tm/pay/model.toml", "m"),
        ("services/pay/tm/pay/decisions/d.toml", "d"),
        ("services/pay/tm/pay/notes.md", "n"),
        ("services/pay/src/x.toml", "x"),
        ("services/pay/tm/.schema/x.toml", "x"),
        ("threat-models/a/controls.toml/x", "in a folder"),
        ("redan.toml", "r"),
    ]);
    let large = fs::File::create(room.root().join("services/pay/tm/pay/controls.toml")).expect("made");
    large.set_len((8 << 20) + 1).expect("sparse");
    let models = ["threat-models", "services/*/tm", "missing", "../elsewhere"].map(str::to_owned).to_vec();
    let found = gather(&room.root(), &Settings { models, ..Settings::default() }).expect("gathered");
    let found: Vec<_> = found.into_iter().map(|source| (source.path, source.content)).collect();
    let bytes = |text: &str| Content::Bytes(text.as_bytes().into());
    let want = [
        ("services/pay/tm/pay/controls.toml", Content::Large((8 << 20) + 1)),
        ("services/pay/tm/pay/decisions/d.toml", bytes("d")),
        ("services/pay/tm/pay/model.toml", bytes("m")),
        ("threat-models/a/controls.toml", Content::Folder),
    ];
    assert_eq!(found, want.map(|(path, content)| (path.to_owned(), content)));
    assert_eq!(
        source(&room.root(), "redan.toml").map(|found| found.map(|source| source.content)),
        Ok(Some(bytes("r")))
    );
    assert_eq!(source(&room.root(), "none.toml"), Ok(None));
}

#[test]
fn two_writers_lose_nothing() {
    let room = Room::new(&[("tm/list.toml", "")]);
    let add = |who: usize, turn: usize| {
        let free = Lock::try_take(&room.git()).expect("opened");
        let lock = free.map_or_else(|| Lock::take(&room.git()), Ok).expect("waited");
        recover(&room.root(), &room.state()).expect("nothing left behind");
        let text = fs::read_to_string(room.root().join("tm/list.toml")).expect("there");
        let line = format!("{text}{who}.{turn}\n");
        room.commit(&[write("tm/list.toml", Some(&text), &line)]).expect("committed");
        drop(lock);
    };
    std::thread::scope(|scope| {
        for who in 0..4 {
            let add = &add;
            scope.spawn(move || (0..25).for_each(|turn| add(who, turn)));
        }
    });
    let text = fs::read_to_string(room.root().join("tm/list.toml")).expect("there");
    let lines: std::collections::BTreeSet<&str> = text.lines().collect();
    assert_eq!((text.lines().count(), lines.len()), (100, 100));
    let held = Lock::try_take(&room.git()).expect("opened");
    assert!(held.is_some() && Lock::try_take(&room.git()).expect("opened").is_none());
}
