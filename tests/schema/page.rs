//! `docs/format.md`: its tables are fresh, and its examples are TOML.

use redan::store;

use super::fields::{Section, sections};
use super::generated::{hold, read};
use crate::markdown::{Act, parse};

const PAGE: &str = "docs/format.md";

fn open(section: &Section) -> String {
    format!("<!-- generated: {} -->\n", section.name)
}

const CLOSE: &str = "<!-- generated: end -->\n";

/// The page with this section's text between its markers.
fn renewed(page: &str, section: &Section) -> Result<String, String> {
    let (before, rest) = page.split_once(&open(section)).ok_or(format!("{PAGE} has no `{}`", open(section).trim()))?;
    let (_, after) = rest.split_once(CLOSE).ok_or(format!("{PAGE}: `{}` has no end", section.name))?;
    Ok(format!("{before}{}{}{CLOSE}{after}", open(section), section.text))
}

#[test]
fn every_table_is_there_and_fresh() {
    let mut page = read(PAGE);
    for section in sections() {
        page = renewed(&page, &section).unwrap_or_else(|message| panic!("{message}"));
    }
    assert_eq!(page.matches("<!-- generated: ").count(), 2 * sections().len(), "a table of nothing we know");
    hold(PAGE, &page);
}

#[test]
fn a_section_is_replaced_and_nothing_else() {
    let section = Section { name: "x".to_owned(), text: "new\n".to_owned() };
    let page = "a\n<!-- generated: x -->\nold\n<!-- generated: end -->\nb\n";
    let wanted = "a\n<!-- generated: x -->\nnew\n<!-- generated: end -->\nb\n";
    assert_eq!(renewed(page, &section).as_deref(), Ok(wanted));
    assert!(renewed("a\n", &section).is_err());
    assert!(renewed("<!-- generated: x -->\n", &section).is_err());
}

/// Blocks that say `file=` are whole files; other `toml` blocks are pieces of one.
#[test]
fn every_example_is_toml() {
    let page = read(PAGE);
    let mut lines = page.lines().enumerate();
    let mut blocks = 0;
    while let Some((number, line)) = lines.next() {
        if line.starts_with("```toml") {
            let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            let parsed = body.join("\n").parse::<toml::Table>();
            assert!(parsed.is_ok(), "{PAGE}:{}: {}", number + 1, parsed.unwrap_err());
            blocks += 1;
        }
    }
    assert!(blocks >= 7, "{blocks} blocks");
}

/// A reader who copies the page has a workspace with one file of each kind.
#[test]
fn there_is_one_whole_file_of_each_kind() {
    let case = parse(&read(PAGE)).unwrap_or_else(|message| panic!("{message}"));
    let mut named: Vec<String> = Vec::new();
    for step in case.steps {
        let Act::Write { path, text, .. } = step.act else { continue };
        let schema = text.lines().next().and_then(|line| line.strip_prefix("#:schema "));
        let schema = schema.unwrap_or_else(|| panic!("{PAGE}:{}: {path} names no schema", step.line));
        let file = schema.rsplit('/').next().unwrap_or_default();
        named.push(file.trim_end_matches(".schema.json").to_owned());
    }
    named.sort();
    let mut known: Vec<&str> = store::schemas().iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(named, known);
}
