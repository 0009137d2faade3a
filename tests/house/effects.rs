//! Crates and effects that live in one room only. Test code may touch the disk, the clock and processes; it may not borrow another room's crate.

use super::mentions::{Mention, mentions};
use super::source::{File, Finding};

/// Something with a home, and how a mention of it looks.
struct Home {
    what: &'static str,
    is: fn(&Mention) -> bool,
    /// Module paths under which it may be named.
    rooms: &'static [&'static str],
    in_tests: InTests,
    advice: &'static str,
}

#[derive(PartialEq)]
enum InTests {
    Free,
    Held,
}

const HOMES: [Home; 9] = [
    Home {
        what: "git2",
        is: |m| is_crate(m, "git2"),
        rooms: &["history"],
        in_tests: InTests::Held,
        advice: "ask a door of `history`",
    },
    Home {
        what: "another process",
        is: |m| m.starts_with(&["std", "process"]) && !EXITS.iter().any(|exit| m.ends_with(&["process", exit])),
        rooms: &["history"],
        in_tests: InTests::Free,
        advice: "only `history` runs a program, and only `git`",
    },
    Home {
        what: "the exit code",
        is: |m| EXITS.iter().any(|exit| m.ends_with(&["process", exit])),
        rooms: &["cli", "main"],
        in_tests: InTests::Free,
        advice: "return an error and let `cli` choose the exit",
    },
    Home {
        what: "HTTP",
        is: |m| ["octocrab", "reqwest", "rustls", "tokio"].iter().any(|name| is_crate(m, name)),
        rooms: &["remote"],
        in_tests: InTests::Held,
        advice: "add a call to `remote` that takes and returns plain values",
    },
    Home {
        what: "TOML text",
        is: |m| is_crate(m, "toml") || is_crate(m, "toml_edit"),
        rooms: &["store"],
        in_tests: InTests::Held,
        advice: "take typed values; `store` reads and writes files",
    },
    Home {
        what: "the file system",
        is: |m| m.starts_with(&["std", "fs"]) || is_crate(m, "tempfile") || is_crate(m, "walkdir"),
        rooms: &["store::disk"],
        in_tests: InTests::Free,
        advice: "go through `store::disk`",
    },
    Home {
        what: "the environment",
        is: |m| m.starts_with(&["std", "env"]) && !m.is_macro,
        rooms: &["cli"],
        in_tests: InTests::Free,
        advice: "take the value as an argument; `cli` reads the environment",
    },
    Home {
        what: "the clock",
        is: |m| m.has("SystemTime") || m.ends_with(&["Timestamp", "now"]) || m.ends_with(&["Zoned", "now"]),
        rooms: &["cli"],
        in_tests: InTests::Free,
        advice: "take the time as an argument; `cli` reads the clock",
    },
    Home {
        what: "printing",
        is: |m| m.is_macro && PRINTS.iter().any(|print| m.ends_with(&[print])),
        rooms: &["cli"],
        in_tests: InTests::Free,
        advice: "return what is to be said; `cli` prints",
    },
];

const EXITS: [&str; 4] = ["ExitCode", "Termination", "exit", "abort"];
const PRINTS: [&str; 4] = ["print", "println", "eprint", "eprintln"];
const SERDE: [&str; 4] = ["serde", "serde_json", "Serialize", "Deserialize"];

/// `name::…` anywhere, or `use name;`.
fn is_crate(mention: &Mention, name: &str) -> bool {
    mention.starts_with(&[name]) && (mention.path.len() > 1 || mention.imported)
}

pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Finding> {
    let found = match mentions(file) {
        Ok(found) => found,
        Err(message) => return vec![Finding::new(file, 1, message)],
    };
    let away = HOMES.iter().filter(|home| !home.rooms.iter().any(|room| lives_in(file, room)));
    let away: Vec<&Home> = away.collect();
    let strays = found.iter().flat_map(|mention| {
        let wrong =
            away.iter().filter(|home| (home.is)(mention) && (home.in_tests == InTests::Held || !mention.in_test));
        wrong.map(|home| stray(file, mention, home))
    });
    strays.chain(found.iter().filter_map(|mention| plain_model(file, mention))).collect()
}

fn stray(file: &File, mention: &Mention, home: &Home) -> Finding {
    let Home { what, rooms, advice, .. } = home;
    let message =
        format!("`{}` is {what}, at home in `{}` only; {advice}", mention.path.join("::"), rooms.join("`, `"));
    Finding::new(file, mention.line, message)
}

/// `store::disk` is the home of `src/store/disk.rs`, `src/store/disk/read.rs` and `src/store/disk_cache.rs`.
fn lives_in(file: &File, room: &str) -> bool {
    if file.path == format!("src/{room}.rs") {
        return true;
    }
    let module = file.module();
    let wanted: Vec<&str> = room.split("::").collect();
    match wanted[..] {
        [top] => module.first() == Some(&top),
        [top, part] => module.first() == Some(&top) && module.get(1).is_some_and(|name| name.starts_with(part)),
        _ => false,
    }
}

/// The domain knows no file format.
fn plain_model(file: &File, mention: &Mention) -> Option<Finding> {
    let serde = SERDE.iter().any(|name| mention.has(name));
    (file.room() == Some("model") && serde).then(|| {
        Finding::new(
            file,
            mention.line,
            "`model` knows no file format; put the wire type into the room that reads or writes it",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::{hold, library, lines};
    use super::*;

    #[test]
    fn crates_and_effects_of_this_library_are_at_home() {
        hold(check(&library()));
    }

    fn said(path: &str, text: &str) -> Vec<String> {
        lines(check(&[File::new(path, text)]))
    }

    #[test]
    fn each_home_is_open_to_its_own() {
        for (path, text) in [
            ("src/history/walk.rs", "use git2::Repository; fn f() { std::process::Command::new(\"git\"); }"),
            ("src/remote/mod.rs", "use reqwest::Client; use octocrab;"),
            ("src/store/read.rs", "use toml::Value; use toml_edit as edit;"),
            ("src/store/disk.rs", "use std::fs; use walkdir::WalkDir;"),
            ("src/store/disk/write.rs", "use std::{fs::File, io}; use tempfile::NamedTempFile;"),
            ("src/cli/mod.rs", "use std::env; fn f() { jiff::Timestamp::now(); anstream::println!(); }"),
            ("src/main.rs", "fn main() -> std::process::ExitCode { redan::cli::run() }"),
            ("src/cli/args.rs", "use clap::Command; fn f() { Command::new(\"redan\"); }"),
        ] {
            assert_eq!(said(path, text), Vec::<String>::new(), "{path}");
        }
    }

    #[test]
    fn each_stray_is_found() {
        for (text, what) in [
            ("use git2::Repository;", "git2"),
            ("use std::process::Command;", "another process"),
            ("fn f() { std::process::exit(1) }", "the exit code"),
            ("use reqwest;", "HTTP"),
            ("fn f() { toml::from_str(t) }", "TOML text"),
            ("use std::{fs::File, io};", "the file system"),
            ("use walkdir::WalkDir;", "the file system"),
            ("fn f() { std::env::var(n) }", "the environment"),
            ("use std::time::SystemTime;", "the clock"),
            ("fn f() { Timestamp::now() }", "the clock"),
            ("fn f() { jiff::Zoned::now() }", "the clock"),
            ("fn f() { println!() }", "printing"),
            ("fn f() { anstream::eprintln!() }", "printing"),
        ] {
            let found = said("src/rules/a.rs", text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(
                found[0].starts_with("src/rules/a.rs:1: `") && found[0].contains(&format!(" is {what}, at home in")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn the_disk_belongs_to_one_part_of_its_room() {
        assert_eq!(said("src/store/read.rs", "use std::fs;").len(), 1);
        assert_eq!(said("src/disk.rs", "use std::fs;").len(), 1);
    }

    #[test]
    fn neighbours_are_not_mistaken() {
        let text = "fn f(toml: &str) -> usize { env!(\"X\"); std::env!(\"Y\"); self.toml.len(); toml.len() }";
        assert_eq!(said("src/rules/a.rs", text), Vec::<String>::new());
    }

    #[test]
    fn test_code_has_effects_and_no_foreign_crates() {
        let text =
            "#[cfg(test)] mod tests { use std::fs; use tempfile::tempdir; fn f() { println!() } use toml::Value; }";
        let found = said("src/rules/a.rs", text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`toml::Value` is TOML text"));
    }

    #[test]
    fn the_model_derives_no_serde() {
        let found = said("src/model/asset.rs", "\n#[derive(Clone, Serialize)]\npub struct Asset;");
        assert_eq!(
            found,
            [
                "src/model/asset.rs:2: `model` knows no file format; put the wire type into the room that reads or writes it"
            ]
        );
        assert_eq!(said("src/render/json.rs", "#[derive(serde::Serialize)] struct X;"), Vec::<String>::new());
    }
}
