//! Files and functions stay small enough to be read at once; a tenth may be larger, none may be huge.

use super::source::{File, Finding};
use super::syntax::{Function, functions};

const FILE_LINES: Limit = Limit { usual: 300, cap: 400 };
const FUNCTION_LINES: Limit = Limit { usual: 30, cap: 60 };
const ARGUMENTS: usize = 5;
const NESTING: usize = 4;

/// Nine in ten stay under `usual`, all stay within `cap`.
struct Limit {
    usual: usize,
    cap: usize,
}

/// A size that was measured, with the place to look at.
struct Measured {
    place: Finding,
    size: usize,
}

pub fn check_files(files: &[File]) -> Vec<Finding> {
    let sizes = files.iter().map(|file| {
        let size = file.text.lines().count();
        Measured { place: Finding::new(file, size, "the file"), size }
    });
    judge(sizes.collect(), &FILE_LINES, "split it by subject")
}

pub fn check_functions(files: &[File]) -> Vec<Finding> {
    let (measured, mut findings) = measure(files);
    let sizes = measured.into_iter().map(|(file, function)| Measured {
        place: Finding::new(file, function.line, format!("`{}`", function.name)),
        size: function.lines,
    });
    findings.extend(judge(
        sizes.collect(),
        &FUNCTION_LINES,
        "take its steps out into functions named for what they do",
    ));
    findings
}

pub fn check_arguments(files: &[File]) -> Vec<Finding> {
    let found = measure(files).0.into_iter().filter(|(_, function)| function.arguments > ARGUMENTS);
    found
        .map(|(file, function)| {
            let Function { name, arguments, .. } = &function;
            let message = format!(
                "`{name}` takes {arguments} arguments, at most {ARGUMENTS}; group what belongs together into a type"
            );
            Finding::new(file, function.line, message)
        })
        .collect()
}

pub fn check_nesting(files: &[File]) -> Vec<Finding> {
    let found = measure(files).0.into_iter().filter(|(_, function)| function.nesting > NESTING);
    found
        .map(|(file, function)| {
            let Function { name, nesting, .. } = &function;
            let message =
                format!("`{name}` nests {nesting} deep, at most {NESTING}; return early or take the inner block out");
            Finding::new(file, function.line, message)
        })
        .collect()
}

fn measure(files: &[File]) -> (Vec<(&File, Function)>, Vec<Finding>) {
    let (mut measured, mut findings) = (Vec::new(), Vec::new());
    for file in files {
        match functions(file) {
            Ok(found) => measured.extend(found.into_iter().map(|function| (file, function))),
            Err(finding) => findings.push(finding),
        }
    }
    (measured, findings)
}

fn judge(measured: Vec<Measured>, limit: &Limit, advice: &str) -> Vec<Finding> {
    let allowed = measured.len().div_ceil(10);
    let mut large: Vec<Measured> = measured.into_iter().filter(|one| one.size >= limit.usual).collect();
    let too_many = large.len() > allowed;
    large.sort_by_key(|one| std::cmp::Reverse(one.size));
    let verdict = |one: &Measured| {
        if one.size > limit.cap {
            Some(format!("the cap is {}", limit.cap))
        } else {
            too_many.then(|| format!("nine in ten stay under {}, and {allowed} may not", limit.usual))
        }
    };
    let told = large.into_iter().filter_map(|one| {
        let why = verdict(&one)?;
        let Measured { mut place, size } = one;
        place.message = format!("{} has {size} lines; {why}; {advice}", place.message);
        Some(place)
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::{hold, library, lines};
    use super::*;

    #[test]
    fn files_of_this_library_are_small() {
        hold(check_files(&library()));
    }

    #[test]
    fn functions_of_this_library_are_small() {
        hold(check_functions(&library()));
    }

    #[test]
    fn functions_of_this_library_take_few_arguments() {
        hold(check_arguments(&library()));
    }

    #[test]
    fn functions_of_this_library_are_flat() {
        hold(check_nesting(&library()));
    }

    fn file(lines: usize) -> File {
        File::new("src/a.rs", &"//\n".repeat(lines))
    }

    fn function(lines: usize) -> File {
        File::new("src/a.rs", &format!("fn f() {{{}}}", "\n".repeat(lines - 1)))
    }

    #[test]
    fn a_huge_file_is_found() {
        assert_eq!(lines(check_files(&[file(400)])), Vec::<String>::new());
        assert!(
            lines(check_files(&[file(401)]))[0].starts_with("src/a.rs:401: the file has 401 lines; the cap is 400")
        );
    }

    #[test]
    fn one_file_in_ten_may_be_large_and_no_more() {
        let mut files = vec![file(10); 8];
        files.push(file(300));
        assert_eq!(check_files(&files).len(), 0);
        files.push(file(299));
        assert_eq!(check_files(&files).len(), 0);
        files[0] = file(350);
        let said = lines(check_files(&files));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("350 lines; nine in ten stay under 300, and 1 may not"), "{said:?}");
    }

    #[test]
    fn a_huge_function_is_found() {
        assert_eq!(lines(check_functions(&[function(60)])), Vec::<String>::new());
        assert!(lines(check_functions(&[function(61)]))[0].starts_with("src/a.rs:1: `f` has 61 lines; the cap is 60"));
        let mut files = vec![function(5); 9];
        files[0] = function(30);
        assert_eq!(check_functions(&files).len(), 0);
        files[1] = function(30);
        assert_eq!(check_functions(&files).len(), 2);
    }

    #[test]
    fn a_sixth_argument_is_found() {
        let six = File::new(
            "src/a.rs",
            "fn f(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {}\nfn g(a: u8, b: u8, c: u8, d: u8, e: u8) {}",
        );
        let said = lines(check_arguments(&[six]));
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("src/a.rs:1: `f` takes 6 arguments, at most 5"));
    }

    #[test]
    fn a_fifth_level_is_found() {
        let four = File::new("src/a.rs", "fn f() { if a { if b { if c { if d {} } } } }");
        assert_eq!(check_nesting(&[four]).len(), 0);
        let five = File::new("src/a.rs", "\nfn f() { if a { if b { if c { if d { if e {} } } } } }");
        assert!(lines(check_nesting(&[five]))[0].starts_with("src/a.rs:2: `f` nests 5 deep, at most 4"));
    }

    #[test]
    fn a_file_that_does_not_parse_is_told() {
        assert!(lines(check_functions(&[File::new("src/a.rs", "fn {")]))[0].contains("not Rust"));
    }
}
