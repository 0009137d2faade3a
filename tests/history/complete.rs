//! Clones that lack something, and what completes them: never more than one fetch for commits and one for files.

use redan::history::{GitError, Named, Question, Reader, Repo};
use redan::identity::Ledger;
use std::path::{Path, PathBuf};

use super::audit::{equal, plain};
use crate::scratch::Scratch;

const ROOTS: [&str; 1] = ["tm"];

/// A remote with a reuse on `main`, a release branch of its own, and a pull request's merge.
pub fn remote() -> Scratch {
    let scratch = Scratch::new();
    let write = |words: &str| {
        let head = "format = 1\nid = \"pay\"\nname = \"Pay\"\ndescription = \"d\"\n";
        scratch.write("tm/pay/model.toml", &format!("{head}{words}"));
        scratch.write("big.txt", &format!("nobody needs this\n{words}"));
        scratch.commit("More")
    };
    let asset = |name: &str| format!("\n[assets.A1]\nname = \"{name}\"\ndescription = \"d\"\nproperties = [\"C\"]\n");
    write(&asset("OAuth access tokens"));
    write("");
    scratch.ok(&["switch", "-qc", "release/1"]).expect("a branch");
    write(&asset("Nightly settlement report"));
    scratch.ok(&["switch", "-q", "main"]).expect("a branch");
    write(&asset("Customer postal addresses"));
    scratch.ok(&["switch", "-qc", "topic"]).expect("a branch");
    write(&asset("customer postal addresses"));
    scratch.ok(&["switch", "-q", "main"]).expect("a branch");
    scratch.write("other.txt", "meanwhile");
    scratch.commit("Meanwhile");
    scratch.ok(&["switch", "-q", "--detach"]).expect("a place");
    scratch.ok(&["merge", "-q", "--no-ff", "-m", "test merge", "topic"]).expect("merged");
    scratch.ok(&["update-ref", "refs/pull/1/merge", "HEAD"]).expect("a ref");
    scratch.ok(&["switch", "-q", "main"]).expect("a branch");
    scratch.ok(&["config", "uploadpack.allowFilter", "true"]).expect("configured");
    scratch
}

/// A clone beside the remote.
fn cloned(scratch: &Scratch, how: &str) -> PathBuf {
    let output = scratch.sh(&format!("git clone -q {how} file://$PWD ../clone"));
    assert_eq!(output.code, 0, "{}", output.stderr);
    scratch.path().join("../clone")
}

fn audit(path: &Path) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let published = repo.published(Named::default()).expect("a branch");
    let parents = repo.parents().expect("a commit");
    let roots = ROOTS.map(str::to_owned);
    let question = Question {
        roots: &roots,
        settings: "redan.toml",
        published: &published,
        parents: &parents,
        stood: &[],
        reader: Reader::Program,
        cache: false,
    };
    repo.audit(&question).expect("an answer")
}

fn complete(path: &Path) -> Result<Vec<String>, GitError> {
    Repo::discover(path).expect("a repository").complete(&ROOTS.map(str::to_owned), Named::default())
}

/// Completes a clone and holds it against one that never lacked anything.
fn completes(how: &str, why: &str, wanted: &[&str]) {
    let scratch = remote();
    let path = cloned(&scratch, how);
    let before = audit(&path);
    assert!(before.gaps.iter().any(|gap| gap.why.contains(why)), "{how}: {:?}", before.gaps);
    assert_eq!(complete(&path).expect("fetched"), wanted, "{how}");
    let after = audit(&path);
    assert!(after.complete(), "{how}: {:?}", after.gaps);
    scratch.sh("git clone -q file://$PWD ../whole");
    equal(&plain(&after), &plain(&audit(&scratch.path().join("../whole"))), how);
    assert_eq!(after.published.len(), 2, "{how}: {:?}", after.published);
    assert_eq!(after.breaks.len(), 2, "{how}: {:?}", after.breaks);
    assert_eq!(complete(&path).expect("nothing to do"), Vec::<String>::new(), "{how}");
}

const ALL: &str = "origin '+refs/heads/*:refs/remotes/origin/*' --tags";
const WIDEN: &str = "git remote set-branches origin '*'";
const FILES: &str = "git fetch origin --no-tags --no-write-fetch-head --filter=blob:none --stdin";

#[test]
fn a_shallow_clone_is_completed_without_the_files_that_nobody_reads() {
    let history = format!("git fetch --filter=blob:none --unshallow {ALL}");
    completes("--depth 1", "shallow", &[WIDEN, &history, FILES]);
    completes("--depth 2 --no-single-branch", "shallow", &[&history, FILES]);
}

#[test]
fn a_narrow_clone_gets_the_other_published_branches() {
    completes("--single-branch", "only some branches", &[WIDEN, &format!("git fetch {ALL}")]);
}

#[test]
fn a_blobless_clone_gets_its_model_files_in_one_batch() {
    completes("--filter=blob:none", "not in this clone", &[FILES]);
}

#[test]
fn a_treeless_clone_gets_folders_first() {
    completes("--filter=tree:0", "without folders", &["git fetch --refetch --filter=blob:none origin", FILES]);
}

#[test]
fn the_test_merge_of_a_workflow_is_completed_on_both_sides() {
    let scratch = remote();
    let line = "git init -q ../clone && cd ../clone && git remote add origin file://$OLDPWD && git fetch -q --no-tags --depth=1 origin +refs/pull/1/merge:refs/remotes/pull/1/merge && git checkout -q refs/remotes/pull/1/merge";
    let output = scratch.sh(line);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let path = scratch.path().join("../clone");
    assert_eq!(Repo::discover(&path).expect("there").published(Named::default()), Err(GitError::Unpublished));
    assert_eq!(complete(&path).expect("fetched").len(), 2);
    let ledger = audit(&path);
    assert!(ledger.complete() && ledger.breaks.len() == 2, "{:?} {:?}", ledger.gaps, ledger.breaks);
    assert_eq!(scratch.sh("cd ../clone && git rev-list --count HEAD").stdout.trim(), "6");
}

#[test]
fn a_server_that_filters_nothing_completes_a_clone_all_the_same() {
    let scratch = remote();
    let path = cloned(&scratch, "--depth 1");
    scratch.ok(&["config", "uploadpack.allowFilter", "false"]).expect("configured");
    let history = format!("git fetch --filter=blob:none --unshallow {ALL}");
    assert_eq!(complete(&path).expect("fetched"), [WIDEN, &history]);
    assert!(audit(&path).complete());
}

/// The command of every gap does what it says.
#[test]
fn the_command_in_the_message_completes_the_clone() {
    for how in ["--depth 1", "--single-branch", "--filter=blob:none", "--filter=tree:0"] {
        let scratch = remote();
        let path = cloned(&scratch, how);
        for _ in 0..3 {
            for gap in audit(&path).gaps {
                let output = scratch.sh(&format!("cd ../clone && {}", gap.command));
                assert_eq!(output.code, 0, "{how}: {}: {}", gap.command, output.stderr);
            }
        }
        let ledger = audit(&path);
        assert!(ledger.complete() && ledger.breaks.len() == 2, "{how}: {:?}", ledger.gaps);
    }
}

#[test]
fn a_remote_that_is_gone_is_told_with_the_command() {
    let scratch = remote();
    let path = cloned(&scratch, "--depth 1");
    scratch.sh("cd ../clone && git remote set-url origin file://$PWD/../gone");
    let Err(GitError::Incomplete { why, command }) = complete(&path) else { panic!("it is gone") };
    assert!(why.contains("could not be fetched") && why.contains("gone"), "{why}");
    assert_eq!(command, format!("git fetch --filter=blob:none --unshallow {ALL}"));
    assert_eq!(audit(&path).gaps[0].command, format!("git fetch --unshallow {ALL}"));
}
