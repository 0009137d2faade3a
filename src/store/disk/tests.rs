//! Files on a real disk, with a process that dies before any step.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::commit::{Act, Step};
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

/// Runs the act until before step `last`; `false` once there is no such step.
fn die_before(room: &Room, writes: &[Write], last: usize) -> bool {
    let (root, state) = (room.root(), room.state());
    let act = Act::plan(&root, &state, writes).expect("planned");
    let mut done = 0;
    let ran = act.run(&mut |_: &Step<'_>| {
        done += 1;
        if done > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    !ran.expect("no error")
}

#[test]
fn an_act_that_dies_anywhere_is_done_or_was_never_begun() {
    let before = Room::new(&OLD);
    let old: Vec<String> = before.all().into_values().collect();
    before.commit(&act()).expect("committed");
    let new: Vec<String> = before.all().into_values().collect();
    assert_ne!(old, new);
    let mut seen = (0, 0);
    for step in 0.. {
        let room = Room::new(&OLD);
        if !die_before(&room, &act(), step) {
            break;
        }
        recover(&room.root(), &room.state()).expect("recovered");
        let now: Vec<String> = room.all().into_values().collect();
        match now {
            now if now == old => seen.0 += 1,
            now if now == new => seen.1 += 1,
            now => panic!("step {step}: {now:?}"),
        }
        assert_eq!(fs::read_dir(room.state()).map_or(0, Iterator::count), 0, "step {step}");
        assert_eq!(recover(&room.root(), &room.state()), Ok(Recovered::default()));
    }
    assert!(seen.0 >= 6 && seen.1 >= 4, "{seen:?}");
}

#[test]
fn a_torn_file_or_journal_is_taken_back() {
    let room = Room::new(&OLD);
    let old = room.all();
    assert!(die_before(&room, &act(), 3));
    fs::write(room.root().join("tm/a/.model.toml.redan-new"), "new mo").expect("torn");
    fs::write(room.state().join("journal.new"), "{").expect("torn");
    let recovered = recover(&room.root(), &room.state()).expect("recovered");
    assert_eq!(recovered.undone.len(), 3);
    assert_eq!(room.all(), old);
    fs::write(room.state().join("journal.json"), "{\"phase\": ").expect("torn");
    assert_eq!(recover(&room.root(), &room.state()), Ok(Recovered::default()));
    assert_eq!(fs::read_dir(room.state()).expect("there").count(), 0);
}

#[test]
fn recovery_overwrites_nothing_it_does_not_know() {
    let room = Room::new(&OLD);
    assert!(die_before(&room, &act(), 9));
    let mine = room.root().join("tm/a/controls.toml");
    fs::write(&mine, "by hand").expect("written");
    let recovered = recover(&room.root(), &room.state()).expect("recovered");
    assert_eq!(recovered.foreign, ["tm/a/controls.toml"]);
    assert_eq!(recovered.finished, ["tm/a/model.toml", "tm/a/decisions/d.toml"]);
    assert_eq!(fs::read_to_string(mine).expect("there"), "by hand");
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
        assert!(matches!(refused, Err(DiskError::Forbidden { .. })), "{path}: {refused:?}");
    }
    let twice = [write("x.toml", None, "1"), write("x.toml", None, "2")];
    assert!(matches!(room.commit(&twice), Err(DiskError::Forbidden { .. })));
}

#[cfg(unix)]
#[test]
fn links_are_neither_written_through_nor_read() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let room = Room::new(&OLD);
    symlink(room.git(), room.root().join("tm/out")).expect("linked");
    symlink(room.git().join("x"), room.root().join("tm/a/compliance.toml")).expect("linked");
    for path in ["tm/out/model.toml", "tm/a/compliance.toml"] {
        assert!(matches!(room.commit(&[write(path, None, "x")]), Err(DiskError::Forbidden { .. })), "{path}");
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
    let linked = Settings { models: vec!["tm/out/deeper".to_owned()], ..Settings::default() };
    let found = gather(&room.root(), &linked).expect("gathered");
    assert_eq!((found.len(), found[0].path.as_str(), &found[0].content), (1, "tm/out", &Content::Symlink));
}

#[test]
fn only_what_is_looked_for_is_gathered() {
    let room = Room::new(&[
        ("services/pay/tm/pay/model.toml", "m"),
        ("services/pay/tm/pay/decisions/d.toml", "d"),
        ("services/pay/tm/pay/notes.md", "n"),
        ("services/pay/src/x.toml", "x"),
        ("services/pay/tm/frameworks/asvs/pack.toml", "p"),
        ("services/pay/tm/.schema/x.toml", "x"),
        ("threat-models/a/controls.toml/x", "in a folder"),
        ("redan.toml", "r"),
    ]);
    let large = fs::File::create(room.root().join("services/pay/tm/pay/controls.toml")).expect("made");
    large.set_len((8 << 20) + 1).expect("sparse");
    let models = ["threat-models", "services/*/tm", "missing", "../elsewhere"].map(str::to_owned).to_vec();
    let found = gather(&room.root(), &Settings { models, ..Settings::default() }).expect("gathered");
    let found: Vec<_> = found.into_iter().map(|source| (source.path, source.content)).collect();
    let bytes = |text: &str| Content::Bytes(text.as_bytes().to_vec());
    let want = [
        ("services/pay/tm/pay/controls.toml", Content::Large((8 << 20) + 1)),
        ("services/pay/tm/pay/decisions/d.toml", bytes("d")),
        ("services/pay/tm/pay/model.toml", bytes("m")),
        ("threat-models/a/controls.toml", Content::Folder),
    ];
    assert_eq!(found, want.map(|(path, content)| (path.to_owned(), content)));
    assert_eq!(source(&room.root(), "redan.toml").map(|source| source.content), Some(bytes("r")));
    assert_eq!(source(&room.root(), "none.toml"), None);
}

#[test]
fn two_writers_lose_nothing() {
    let room = Room::new(&[("tm/list.toml", "")]);
    let add = |who: usize, turn: usize| {
        let lock = match Lock::try_take(&room.git()).expect("opened") {
            Some(lock) => lock,
            None => Lock::wait(&room.git()).expect("waited"),
        };
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
