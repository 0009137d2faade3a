//! A room names rooms on lower floors only. The order is read from `src/lib.rs`, one paragraph of `mod` lines a floor.

use super::mentions::{Mention, mentions};
use super::source::{File, Finding};
use std::collections::BTreeMap;

/// Where each room stands. A module that exists for tests only (`#[cfg(test)] mod x;`) stands on no floor and may be named from anywhere.
#[derive(Debug, Default)]
pub struct Floors {
    rooms: BTreeMap<String, Option<u32>>,
}

/// Reads the order. Findings are about the list itself: a room without a floor, floors that do not descend.
pub fn read(lib: &File) -> (Floors, Vec<Finding>) {
    let mut floors = Floors::default();
    let mut findings = Vec::new();
    let (mut floor, mut last, mut test_only) = (None, None, false);
    for (index, line) in lib.text.lines().map(str::trim).enumerate() {
        if line.is_empty() {
            floor = None;
        } else if line.starts_with("#[cfg(test)]") {
            test_only = true;
        } else if let Some(number) = floor_comment(line) {
            floor = Some(number);
            if last.is_some_and(|above| number >= above) {
                findings.push(Finding::new(
                    lib,
                    index + 1,
                    format!(
                        "floor {number} stands below floor {}; write the highest floor first, each once",
                        last.unwrap_or(0)
                    ),
                ));
            }
            last = Some(number);
        } else if let Some(room) = module_line(line) {
            if floor.is_none() && !test_only {
                findings.push(Finding::new(
                    lib,
                    index + 1,
                    format!("room `{room}` has no floor; put it under a comment such as `// 3`"),
                ));
            }
            floors.rooms.insert(room.to_owned(), if test_only { None } else { floor });
            test_only = false;
        }
    }
    (floors, findings)
}

/// The number in `// 3`, `// floor 3: render` or `// -- 3 --`; documentation comments are no floor comments.
fn floor_comment(line: &str) -> Option<u32> {
    let words = line.strip_prefix("//").filter(|rest| !rest.starts_with(['/', '!']))?;
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let rest = words.strip_prefix("floor").unwrap_or(&words).trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest[digits.len()..].chars().next();
    digits.parse().ok().filter(|_| !after.is_some_and(char::is_alphanumeric))
}

/// The name in `mod x;`, `pub mod x;` or `pub(crate) mod x;`, with or without attributes before it.
fn module_line(line: &str) -> Option<&str> {
    let line = line.split("//").next()?.trim_end();
    let (before, name) = line.strip_suffix(';')?.rsplit_once("mod ")?;
    let is_item = before.is_empty() || before.ends_with(' ');
    (is_item && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
}

/// Every edge that goes up, sideways, or out through the ceiling.
pub fn check(floors: &Floors, files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(|file| check_file(floors, file)).collect()
}

fn check_file(floors: &Floors, file: &File) -> Vec<Finding> {
    let found = match mentions(file) {
        Ok(found) => found,
        Err(message) => return vec![Finding::new(file, 1, message)],
    };
    let judge = |mention: &Mention| match file.room() {
        Some(room) => edge(floors, file, room, mention),
        None => door(file, mention),
    };
    let told = found.iter();
    let mut told: Vec<Finding> =
        told.filter_map(|mention| Some(Finding::new(file, mention.line, judge(mention)?))).collect();
    told.dedup();
    told
}

/// What is wrong when `room` mentions this path, if anything.
fn edge(floors: &Floors, file: &File, room: &str, mention: &Mention) -> Option<String> {
    let supers = mention
        .path
        .iter()
        .take_while(|part| *part == "super" || *part == "self")
        .filter(|part| *part == "super")
        .count();
    if supers >= 2 {
        return Some("`super::super` hides which room is meant; write the path from `crate::`".to_owned());
    }
    let target = match mention.path.first()?.as_str() {
        "crate" => mention.path.get(1)?,
        "super" if file.module().len() + mention.inline_modules == 1 => mention.path.get(1)?,
        _ => return None,
    };
    if target == room {
        return None;
    }
    let Some(below) = floors.rooms.get(target) else {
        return Some(format!("`{target}` is no room of src/lib.rs; name the room, then what you want from it"));
    };
    // A room without a floor is told once, by `read` or by the reach check, and not at every path.
    let own = floors.rooms.get(room).copied().flatten()?;
    let below = (*below)?;
    (below >= own).then(|| {
        format!("`{room}` (floor {own}) names `{target}` (floor {below}); move what both need to a lower floor, or let a higher room hand it in")
    })
}

/// The binary is thin: it knows one door of the library.
fn door(file: &File, mention: &Mention) -> Option<String> {
    let inside = mention.starts_with(&["redan"]) && mention.path.len() > 1;
    (file.path == "src/main.rs" && inside && mention.path[1] != "cli")
        .then(|| format!("src/main.rs names `redan::{}`; only `redan::cli` may be named here", mention.path[1]))
}

#[cfg(test)]
mod tests {
    use super::super::source::{hold, library, lines};
    use super::*;

    const LIB: &str = "//! Library.\n\n// 8 the door\npub mod cli;\n\n// floor 3: formats and files\n/// Files.\nmod store;\nmod rules; // the validator\n\n// 0\nmod model;\n\n#[cfg(test)]\nmod tier;\n";

    fn check_one(path: &str, text: &str) -> Vec<String> {
        let (floors, complaints) = read(&File::new("src/lib.rs", LIB));
        assert_eq!(lines(complaints), Vec::<String>::new());
        lines(check(&floors, &[File::new(path, text)]))
    }

    #[test]
    fn this_house_keeps_its_floors() {
        let files = library();
        let lib = files.iter().find(|file| file.path == "src/lib.rs").expect("the library has a root");
        let (floors, mut findings) = read(lib);
        findings.extend(check(&floors, &files));
        hold(findings);
    }

    #[test]
    fn the_list_is_read() {
        let (floors, _) = read(&File::new("src/lib.rs", LIB));
        let listed: Vec<_> = floors.rooms.iter().map(|(room, floor)| (room.as_str(), *floor)).collect();
        assert_eq!(
            listed,
            [("cli", Some(8)), ("model", Some(0)), ("rules", Some(3)), ("store", Some(3)), ("tier", None)]
        );
    }

    #[test]
    fn a_wrong_list_is_told() {
        let (_, findings) = read(&File::new("src/lib.rs", "// 1\nmod a;\n\nmod b;\n\n// 2\nmod c;\n"));
        let said = lines(findings);
        assert!(said[0].starts_with("src/lib.rs:4: room `b` has no floor"), "{said:?}");
        assert!(said[1].starts_with("src/lib.rs:6: floor 2 stands below floor 1"), "{said:?}");
    }

    #[test]
    fn down_is_free() {
        let text = "use crate::model::Asset;\nuse crate::rules::own;\nuse super::own;\nmod inner { use super::x; }\npub(crate) fn f() {}\n";
        assert_eq!(check_one("src/rules/asset.rs", text), Vec::<String>::new());
        assert_eq!(check_one("src/model/mod.rs", "#[cfg(test)] use crate::tier::cases;"), Vec::<String>::new());
    }

    #[test]
    fn up_and_sideways_are_found() {
        let said = check_one(
            "src/rules/mod.rs",
            "use crate::{model, store::read, store::write};\nfn f() { g!(crate::cli::run()) }\n",
        );
        assert!(said[0].starts_with("src/rules/mod.rs:1: `rules` (floor 3) names `store` (floor 3)"), "{said:?}");
        assert!(said[1].starts_with("src/rules/mod.rs:2: `rules` (floor 3) names `cli` (floor 8)"), "{said:?}");
        assert_eq!(said.len(), 2);
    }

    #[test]
    fn the_ceiling_is_closed() {
        assert!(check_one("src/rules/mod.rs", "use super::store;")[0].contains("names `store`"));
        assert!(check_one("src/rules.rs", "mod t { use super::super::model; }")[0].contains("super::super"));
        assert!(check_one("src/rules/a.rs", "use super::{super::store};")[0].contains("super::super"));
        assert!(check_one("src/rules/a.rs", "use crate::*;")[0].contains("`*` is no room"));
        assert!(check_one("src/rules/a.rs", "use crate::{self as root};")[0].contains("`self` is no room"));
        // A room that lib.rs does not list is the reach check's finding.
        assert_eq!(check_one("src/stray/mod.rs", "use crate::model::Asset;"), Vec::<String>::new());
    }

    #[test]
    fn the_binary_knows_one_door() {
        assert_eq!(check_one("src/main.rs", "fn main() { redan::cli::run() }"), Vec::<String>::new());
        assert!(check_one("src/main.rs", "use redan::{cli, store};")[0].contains("names `redan::store`"));
    }
}
