//! The book: every page is in its table of contents, every link between pages leads somewhere, and the
//! architecture names tests that exist.

use std::collections::BTreeSet;

use redan::finding::CATALOG;

use super::generated::{hold, project, read};

const SUMMARY: &str = "docs/SUMMARY.md";
const RULES: &str = "# Rules\n\n";

/// Pages below `docs`, relative to it.
fn pages() -> BTreeSet<String> {
    let walk = walkdir::WalkDir::new(project("docs")).into_iter().filter_map(Result::ok);
    let inner = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(project("docs")).ok()?;
        path.extension().is_some_and(|ending| ending == "md").then(|| path.to_string_lossy().replace('\\', "/"))
    };
    walk.filter_map(inner).filter(|page| page != "SUMMARY.md").collect()
}

/// Targets of links to pages of the book, without their anchors; those of the web are left out.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    targets.filter_map(|target| target.split('#').next()).collect()
}

#[test]
fn rule_pages_are_listed_in_the_order_of_the_catalogue() {
    let pages = pages();
    let summary = read(SUMMARY);
    let (before, _) = summary.split_once(RULES).expect("the summary has a part for rules");
    let page = |name: &str| format!("rules/{name}.md");
    let listed = CATALOG.iter().filter(|code| pages.contains(&page(code.name)));
    let lines: String = listed.map(|code| format!("- [{}]({})\n", code.name, page(code.name))).collect();
    hold(SUMMARY, &format!("{before}{RULES}{lines}"));
}

#[test]
fn every_page_is_in_the_book_once() {
    let summary = read(SUMMARY);
    let listed = links(&summary);
    let unique: BTreeSet<String> = listed.iter().map(|page| (*page).to_owned()).collect();
    assert_eq!(unique.len(), listed.len(), "a page is listed twice in {SUMMARY}");
    let ruled: BTreeSet<String> = CATALOG.iter().map(|code| format!("rules/{}.md", code.name)).collect();
    let missing: Vec<String> = pages().difference(&unique).filter(|page| !ruled.contains(*page)).cloned().collect();
    assert!(missing.is_empty(), "{SUMMARY} leaves out {missing:?}");
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    for page in pages().into_iter().chain(["SUMMARY.md".to_owned()]) {
        let path = project("docs").join(&page);
        let text = std::fs::read_to_string(&path).expect("the page was listed");
        for target in links(&text) {
            let there = path.parent().is_some_and(|folder| folder.join(target).exists());
            assert!(there, "docs/{page} links to {target}, which is not there");
        }
    }
}

/// `tests/a.rs::name` and `src/b.rs::name`, as the page writes them.
#[test]
fn every_test_named_by_the_architecture_exists() {
    let page = read("docs/architecture.md");
    let quoted = page.split('`').skip(1).step_by(2);
    let named: Vec<&str> = quoted.filter(|words| words.starts_with("tests/") || words.starts_with("src/")).collect();
    assert!(named.len() > 12, "{named:?}");
    for words in named {
        let (path, test) = words.split_once("::").unwrap_or((words, ""));
        let text = std::fs::read_to_string(project(path));
        let holds = text.is_ok_and(|text| test.is_empty() || text.contains(&format!("fn {test}()")));
        assert!(holds, "docs/architecture.md names {words}, which is not there");
    }
}

#[test]
fn links_are_found() {
    let text = "[a](x.md) [b](y.md#part) [c](https://example.org) [d](#here)";
    assert_eq!(links(text), ["x.md", "y.md"]);
}
