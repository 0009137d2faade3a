//! A finding is recognised again: its fingerprint stays when lines move and when history is written anew.

use redan::identity::Past;
use redan::ops::check::fingerprint;
use redan::store::{Content, Source};

use super::bench::{past, see, then};
use super::mutations::{Row, TABLE};
use super::valid::{TODAY, workspace};

/// The fingerprints of a row's findings, in the order of the findings' own text.
fn prints(row: &Row, files: &[Source], past: &Past) -> Vec<String> {
    let mut prints: Vec<String> = see(files, past, TODAY).findings.iter().map(fingerprint).collect();
    assert!(!prints.is_empty(), "{} is silent", row.code);
    prints.sort();
    prints
}

/// Every file with a hundred lines of comment before its first line.
fn moved(files: &[Source]) -> Vec<Source> {
    let mut files = files.to_vec();
    for file in &mut files {
        if let Content::Bytes(bytes) = &mut file.content {
            *bytes = [b"# moved down\n".repeat(100), bytes.to_vec()].concat().into();
        }
    }
    files
}

/// The same published state in another commit, as after a rebase.
fn rewritten(row: &Row, published: &[Source]) -> [Past; 2] {
    if !row.published {
        let waiting = || Past { grace: then(&row.files()), ..Past::default() };
        return [waiting(), waiting()];
    }
    let mut after = past(&[published]);
    for base in &mut after.bases {
        base.commit = "f".repeat(40);
        base.name = "rewritten".to_owned();
    }
    [past(&[published]), after]
}

#[test]
fn a_fingerprint_survives_a_hundred_lines() {
    for row in TABLE {
        let [before, _] = rewritten(row, &workspace());
        let files = row.files();
        assert_eq!(prints(row, &files, &before), prints(row, &moved(&files), &before), "{}", row.code);
    }
}

#[test]
fn a_fingerprint_survives_a_rewrite_of_history() {
    for row in TABLE {
        let [before, after] = rewritten(row, &workspace());
        let files = row.files();
        assert_eq!(prints(row, &files, &before), prints(row, &files, &after), "{}", row.code);
    }
}

#[test]
fn a_fingerprint_tells_findings_apart() {
    let mut known = std::collections::BTreeMap::new();
    for row in TABLE {
        let [before, _] = rewritten(row, &workspace());
        for finding in see(&row.files(), &before, TODAY).findings {
            let about = format!("{} {:?}", finding.code.name, finding.place);
            let first = known.entry(fingerprint(&finding)).or_insert_with(|| about.clone());
            assert_eq!(first.split(' ').next(), about.split(' ').next(), "two rules, one fingerprint");
        }
    }
}
