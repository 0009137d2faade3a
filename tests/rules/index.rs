//! docs/rules/README.md is printed from the catalogue; `REDAN_BLESS=1` rewrites it.

use std::fmt::Write as _;

use redan::finding::CATALOG;

use super::book::folder;

fn index() -> String {
    let mut page = String::from(
        "# Rules\n\nEvery code redan can report, in the order of the reference. `redan explain CODE` prints a page; severities can be changed\n\
         in `redan.toml` under `[rules]`, except for rules of the ledger, which hold everywhere.\n\n\
         | code | severity | ledger | what it says |\n|---|---|---|---|\n",
    );
    for code in CATALOG {
        let ledger = if code.ledger { "yes" } else { "" };
        let _ = writeln!(page, "| [{0}]({0}.md) | {1} | {ledger} | {2} |", code.name, code.severity, code.title);
    }
    page
}

#[test]
fn the_index_is_current() {
    let path = folder().join("README.md");
    if std::env::var_os("REDAN_BLESS").is_some() {
        std::fs::write(&path, index()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == index(), "docs/rules/README.md is stale: run the tests once with REDAN_BLESS=1");
}
