//! What became of ASVS 4.0.3: the publisher's two files, and the map that comes with the program.

use redan::comply::{Name, Pack, Tally, tally};
use redan::store;

use crate::tier;

const MAP: &str = "src/store/framework/packs/asvs-5.0.0/maps/asvs@4.0.3.jsonl";

fn names() -> (Name, Name) {
    (Name::parse("asvs@4.0.3").unwrap(), Name::parse("asvs@5.0.0").unwrap())
}

fn numbers(tally: &Tally<'_>) -> [usize; 6] {
    [tally.same, tally.changed, tally.dropped, tally.unsaid, tally.new.len(), tally.pairs]
}

#[test]
fn the_map_that_comes_along_says_what_became_of_every_requirement() {
    let library = store::built_in();
    let (from, to) = names();
    let steps = library.succession(&from, &to).unwrap();
    let (old, new): (&Pack, &Pack) = (library.pack(&from).unwrap(), library.pack(&to).unwrap());
    assert_eq!(numbers(&tally(old, new, steps)), [26, 202, 50, 0, 155, 266]);
    assert!(steps.iter().all(|step| old.clause(&step.from).is_some_and(|clause| clause.counts())));
    assert_eq!(library.successors(&from), [&to]);
    assert_eq!(library.succession(&to, &from), None);
}

/// `REDAN_BLESS=1` writes the map anew from the publisher's files.
#[test]
fn the_publishers_two_files_say_the_same() {
    let Some(corpus) = tier::corpus(1) else { return };
    let text = |name: &str| std::fs::read_to_string(corpus.join("frameworks/asvs/mappings").join(name)).unwrap();
    let (forward, back) = (text("mapping_v4.0.3_to_v5.0.0.yml"), text("mapping_v5.0.0_to_v4.0.3.yml"));
    let (from, to, steps) = store::succession(&forward, &back).unwrap();
    assert_eq!((from, to), names());
    let lines: String = steps.iter().map(|step| step.line() + "\n").collect();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(MAP);
    if std::env::var_os("REDAN_BLESS").is_some() {
        std::fs::write(&path, &lines).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), lines);
    let pairs = steps.iter().filter(|step| step.to.is_some()).count();
    tier::say(&format!("asvs 4.0.3 to 5.0.0: {pairs} pairs in both files"));
    assert_eq!(pairs, 266);
}
