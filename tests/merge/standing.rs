//! Fresh numbers look at every ref.

use crate::scratch::Scratch;

const MODEL: &str = "threat-models/pay/model.toml";

fn text(assets: &[u32]) -> String {
    let assets = assets.iter().map(|n| format!("\n[assets.A{n}]\nname = \"Thing {n}\"\nproperties = [\"C\"]\n"));
    format!("format = 1\nid = \"pay\"\nname = \"Pay\"\n{}", assets.collect::<String>())
}

fn next(scratch: &Scratch) -> String {
    let output = scratch.redan(&["next", "asset"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    output.stdout.trim().to_owned()
}

#[test]
fn numbers_at_the_tip_of_any_ref_are_taken() {
    let scratch = Scratch::new();
    scratch.write(MODEL, &text(&[1]));
    scratch.commit("One");
    assert_eq!(next(&scratch), "A2");
    let at = |name: &str, assets: &[u32]| {
        scratch.ok(&["switch", "-q", "--detach", "main"]).unwrap();
        scratch.write(MODEL, &text(assets));
        scratch.commit(name);
        scratch.ok(&["update-ref", name, "HEAD"]).unwrap();
        scratch.ok(&["switch", "-q", "main"]).unwrap();
    };
    at("refs/heads/feature", &[1, 4]);
    assert_eq!(next(&scratch), "A5", "a branch");
    at("refs/remotes/origin/other", &[1, 7]);
    assert_eq!(next(&scratch), "A8", "a remote branch");
    at("refs/tags/v1", &[1, 9]);
    assert_eq!(next(&scratch), "A10", "a tag");
    at("refs/heads/broken", &[]);
    scratch.write(MODEL, &text(&[1, 11]));
    scratch.ok(&["add", "."]).unwrap();
    scratch.write(MODEL, &text(&[1]));
    assert_eq!(next(&scratch), "A12", "the index");
}

#[test]
fn a_broken_or_foreign_model_elsewhere_is_no_trouble() {
    let scratch = Scratch::new();
    scratch.write(MODEL, &text(&[1]));
    scratch.commit("One");
    scratch.ok(&["switch", "-qc", "broken"]).unwrap();
    scratch.write(MODEL, &format!("{}x = [\n[assets.A6]\n", text(&[1])));
    scratch.write("threat-models/other/model.toml", &text(&[50]).replace("pay", "other"));
    scratch.commit("Broken");
    scratch.ok(&["switch", "-q", "main"]).unwrap();
    assert_eq!(next(&scratch), "A7");
}

#[test]
fn many_refs_of_few_states_cost_little() {
    let scratch = Scratch::new();
    scratch.write(MODEL, &text(&(1..200).collect::<Vec<_>>()));
    let head = scratch.commit("One");
    let lines: String = (0..500).map(|n| format!("create refs/heads/b{n} {head}\n")).collect();
    scratch.write("refs.txt", &lines);
    assert_eq!(scratch.sh("git update-ref --stdin < refs.txt").code, 0);
    let before = std::time::Instant::now();
    assert_eq!(scratch.git(&["for-each-ref"]).code, 0);
    let git = before.elapsed();
    let before = std::time::Instant::now();
    assert_eq!(next(&scratch), "A200");
    let took = before.elapsed();
    assert!(took < git * 20 + std::time::Duration::from_secs(2), "{took:?}, while git lists them in {git:?}");
}

#[test]
fn a_number_for_a_new_table_looks_there_too() {
    let scratch = Scratch::new();
    scratch.write(MODEL, &text(&[1]));
    scratch.commit("One");
    scratch.ok(&["switch", "-qc", "feature"]).unwrap();
    scratch.write(MODEL, &text(&[1, 4]));
    scratch.commit("Four");
    scratch.ok(&["switch", "-q", "main"]).unwrap();
    scratch.write(MODEL, &format!("{}\n[assets.NEW-x]\nname = \"New\"\nproperties = [\"C\"]\n", text(&[1])));
    assert_eq!(scratch.redan(&["fix"]).code, 0);
    assert!(scratch.read(MODEL).contains("[assets.A5]"), "{}", scratch.read(MODEL));
}

#[test]
fn a_shallow_clone_warns_and_goes_on() {
    let scratch = Scratch::new();
    for assets in [&[1][..], &[1, 2]] {
        scratch.write(MODEL, &text(assets));
        scratch.commit("More");
    }
    assert_eq!(scratch.sh("git clone -q --depth 1 file://$PWD ../shallow").code, 0);
    let output = scratch.redan(&["-C", "../shallow", "next", "asset"]);
    assert_eq!((output.stdout.as_str(), output.code), ("A3\n", 0));
    assert!(output.stderr.contains("git fetch --unshallow"), "{}", output.stderr);
    let added = scratch.redan(&["-C", "../shallow", "add", "asset", "--name", "Ledger", "--properties", "I"]);
    assert!(added.code == 0 && added.stderr.contains("shallow"), "{}", added.stderr);
}
