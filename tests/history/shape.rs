//! The shape of the graph: merges of many parents, and lines far longer than any stack.

use redan::history::{Named, Question, Reader, Repo};
use redan::identity::{Breach, Ledger};
use std::fmt::Write as _;
use std::path::Path;

use super::audit::{init, plain};
use super::dag::import;
use super::oracle::answer;
use crate::tier::cases;

fn ask(path: &Path, reader: Reader) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let published = repo.published(Named::default()).expect("a branch");
    let parents = repo.parents().expect("a commit");
    let roots = ["tm".to_owned()];
    let question = Question {
        roots: &roots,
        settings: "redan.toml",
        published: &published,
        parents: &parents,
        stood: &[],
        reader,
        cache: false,
    };
    repo.audit(&question).expect("an answer")
}

fn commit(out: &mut String, branch: &str, mark: usize, (parents, files): (&[usize], &[(String, String)])) {
    let _ = write!(out, "commit refs/heads/{branch}\nmark :{mark}\ncommitter A <a@b.c> 1 +0000\ndata 0\n");
    for (nth, parent) in parents.iter().enumerate() {
        let _ = writeln!(out, "{} :{parent}", if nth == 0 { "from" } else { "merge" });
    }
    for (path, text) in files {
        let _ = write!(out, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
    }
    out.push('\n');
}

fn model(id: &str, assets: &[(usize, &str)]) -> (String, String) {
    let mut text = format!("format = 1\nid = \"{id}\"\nname = \"{id}\"\n");
    for (number, name) in assets {
        let _ = write!(text, "\n[assets.A{number}]\nname = \"{name}\"\n");
    }
    (format!("tm/{id}/model.toml"), text)
}

/// Every parent but the first brings a model of its own; the last two take one ID of the first for two things.
#[test]
fn merges_of_three_and_of_seventeen_parents() {
    for count in [3, 17] {
        let mut out = String::new();
        let base = model("base", &[(1, "OAuth access tokens")]);
        commit(&mut out, "main", 1, (&[], std::slice::from_ref(&base)));
        for side in 2..=count {
            let own = model(&format!("m{side}"), &[(side, "Nightly settlement report")]);
            let taken = if side == count { "Customer postal addresses" } else { "Audit log of the vault" };
            let files = match side + 1 >= count {
                true => vec![own, model("base", &[(1, "OAuth access tokens"), (2, taken)])],
                false => vec![own],
            };
            commit(&mut out, "side", side, (&[1], &files));
        }
        let mut merged: Vec<(String, String)> =
            (2..=count).map(|side| model(&format!("m{side}"), &[(side, "Nightly settlement report")])).collect();
        merged.push(model("base", &[(1, "OAuth access tokens"), (2, "Audit log of the vault")]));
        let parents: Vec<usize> = (1..=count).collect();
        commit(&mut out, "main", count + 1, (&parents, &merged));
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path());
        import(folder.path(), &out);
        let repo = Repo::discover(folder.path()).expect("a repository");
        let published = repo.published(Named::default()).expect("a branch");
        let wanted = answer(folder.path(), &published, &[published[0].commit.clone()], &[]);
        for reader in [Reader::Program, Reader::Library, Reader::Sooner] {
            let ledger = ask(folder.path(), reader);
            assert_eq!(ledger.commits, count + 1);
            assert_eq!(ledger.models.len(), count);
            let breaches: Vec<Breach> = ledger.breaks.iter().map(|broken| broken.breach).collect();
            assert_eq!(breaches, [Breach::Collided], "{count} parents by {reader:?}");
            assert_eq!(plain(&ledger), wanted, "{count} parents by {reader:?}");
        }
    }
}

/// Recursion over this many commits would end the program.
#[test]
fn a_line_longer_than_any_stack() {
    let count = cases(20_000, 200_000) as usize;
    let mut out = String::new();
    for mark in 1..=count {
        let parents: Vec<usize> = (mark > 1).then(|| mark - 1).into_iter().collect();
        let files = match mark {
            1 => vec![model("m", &[(1, "OAuth access tokens")])],
            2 => vec![model("m", &[(2, "Nightly settlement report")])],
            mark if mark == count => vec![model("m", &[(1, "Customer postal addresses")])],
            _ => Vec::new(),
        };
        commit(&mut out, "main", mark, (&parents, &files));
    }
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    import(folder.path(), &out);
    for reader in [Reader::Program, Reader::Library] {
        let ledger = ask(folder.path(), reader);
        assert_eq!((ledger.commits, ledger.breaks.len()), (count, 1), "by {reader:?}");
        assert_eq!((ledger.breaks[0].breach, ledger.unread.len()), (Breach::Reused, 0), "by {reader:?}");
    }
}
