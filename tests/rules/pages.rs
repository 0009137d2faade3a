//! A page is a specification: its `fails` block gives the code, its `passes` block gives no error.

use redan::finding::{CATALOG, Code};
use redan::rules;

use super::bench::see_block;
use super::book::{folder, page};

/// Codes about files as such, about settings or about commits, which a block of TOML cannot show.
const IN_WORDS: [&str; 9] = [
    "file_unreadable",
    "file_bounds",
    "file_unknown",
    "model_reused",
    "engine_changed",
    "id_collided",
    "history_incomplete",
    "history_vantage",
    "history_unreadable",
];

fn shown() -> impl Iterator<Item = &'static Code> {
    CATALOG.iter().copied().filter(|code| !IN_WORDS.contains(&code.name))
}

#[test]
fn every_code_has_a_page_that_agrees_with_the_catalogue() {
    for code in CATALOG {
        let text = rules::page(code.name).unwrap_or_else(|| panic!("{} has no page", code.name));
        assert!(text.starts_with(&format!("# {}\n", code.name)), "{}", code.name);
        let line = page(code.name).line;
        assert!(line.starts_with(&format!("*{} · ", code.severity)), "{}: {line}", code.name);
        assert_eq!(line.contains("ledger rule"), code.ledger, "{}: {line}", code.name);
    }
}

#[test]
fn every_page_belongs_to_a_code() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = name.strip_suffix(".md").unwrap();
        assert!(code == "README" || CATALOG.iter().any(|known| known.name == code), "{name} is of no code");
    }
}

/// Fails with everything that is wrong, a line each.
fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_fails_fails() {
    let mut wrong = Vec::new();
    for code in shown() {
        let page = page(code.name);
        let block = page.fails.unwrap_or_else(|| panic!("{} has no `toml fails`", code.name));
        let seen = see_block(&block, page.base.as_ref());
        if !seen.has(code.name) {
            wrong.push(format!("{} is not found by its own page, only\n{}", code.name, seen.told()));
        }
    }
    none_wrong(&wrong);
}

#[test]
fn what_passes_passes() {
    let mut wrong = Vec::new();
    for code in shown() {
        let page = page(code.name);
        let block = page.passes.unwrap_or_else(|| panic!("{} has no `toml passes`", code.name));
        let seen = see_block(&block, page.base.as_ref());
        if seen.has(code.name) || seen.errors() > 0 {
            wrong.push(format!("the passing block of {} gives\n{}", code.name, seen.told()));
        }
    }
    none_wrong(&wrong);
}

/// Every rule over every other rule's passing block.
#[test]
fn published_states_have_no_errors_of_their_own() {
    for code in shown() {
        if let Some(base) = page(code.name).base {
            let seen = see_block(&base, None);
            assert_eq!(seen.errors(), 0, "the base of {} has errors\n{}", code.name, seen.told());
        }
    }
}

#[test]
fn pages_in_words_are_in_words() {
    for code in IN_WORDS {
        let page = page(code);
        assert!(page.fails.is_none() && page.passes.is_none(), "{code} can be shown after all");
    }
}
