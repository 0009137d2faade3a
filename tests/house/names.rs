//! Names say what a thing is: no drawer for leftovers, no `get_`; and a room opens by saying what it is.

use super::source::{File, Finding};
use super::syntax::functions;

const DRAWERS: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"];

pub fn check_file_names(files: &[File]) -> Vec<Finding> {
    let named = files.iter().filter(|file| file.module().iter().any(|name| DRAWERS.contains(name)));
    named
        .map(|file| Finding::new(file, 1, "a drawer for leftovers; name the file after the one subject it has"))
        .collect()
}

pub fn check_function_names(files: &[File]) -> Vec<Finding> {
    let found = files.iter().flat_map(|file| functions(file).unwrap_or_default().into_iter().map(move |f| (file, f)));
    let wrong = found.filter(|(_, function)| function.name.starts_with("get_"));
    wrong
        .map(|(file, function)| {
            let noun = function.name.trim_start_matches("get_");
            Finding::new(file, function.line, format!("`{}` says nothing more than `{noun}`", function.name))
        })
        .collect()
}

/// A room's first file opens with `//!`: what the room is, and what it never does.
pub fn check_openings(files: &[File]) -> Vec<Finding> {
    let doors = files.iter().filter(|file| file.module().len() == 1 || file.path.ends_with("/mod.rs"));
    let silent = doors.filter(|file| !file.text.starts_with("//!"));
    silent.map(|file| Finding::new(file, 1, "open with `//!`: what this is, and what it never does")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{hold, library, lines};
    use super::*;

    #[test]
    fn files_of_this_library_are_named_for_a_subject() {
        hold(check_file_names(&library()));
    }

    #[test]
    fn functions_of_this_library_are_not_getters() {
        hold(check_function_names(&library()));
    }

    #[test]
    fn rooms_of_this_library_say_what_they_are() {
        hold(check_openings(&library()));
    }

    #[test]
    fn a_drawer_is_found_as_file_and_as_folder() {
        let files =
            [File::new("src/a/utils.rs", ""), File::new("src/common/x.rs", ""), File::new("src/a/uncommon.rs", "")];
        let said = lines(check_file_names(&files));
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("src/a/utils.rs:1: a drawer"));
    }

    #[test]
    fn a_getter_is_found() {
        let file = File::new("src/a.rs", "fn budget_of() {}\nfn get_name() {}");
        assert_eq!(lines(check_function_names(&[file])), ["src/a.rs:2: `get_name` says nothing more than `name`"]);
    }

    #[test]
    fn a_silent_room_is_found() {
        let files =
            [File::new("src/a/mod.rs", "mod b;"), File::new("src/c.rs", "//! Text."), File::new("src/a/b.rs", "")];
        assert_eq!(
            lines(check_openings(&files)),
            ["src/a/mod.rs:1: open with `//!`: what this is, and what it never does"]
        );
    }
}
