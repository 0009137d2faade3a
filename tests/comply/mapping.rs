//! Proposals of mappings: the same whatever the order, and as good as plain BM25 on what people decided.

use std::collections::BTreeSet;

use redan::comply::mapping::{Mapper, Neighbours, Query};
use redan::comply::{Name, Pack};
use redan::store;

use crate::tier;

#[path = "../bench/mapping/measure.rs"]
mod measure;
#[path = "../bench/mapping/set.rs"]
mod set;

fn asvs() -> Pack {
    store::built_in().pack(&Name::parse("asvs@5.0.0").unwrap()).unwrap().clone()
}

const TEXT: &str = "Sign-in waits longer after each wrong password and tells the owner of the account";

#[test]
fn the_order_of_what_is_known_makes_no_difference() {
    let pack = asvs();
    let mut clauses = pack.clauses().to_vec();
    clauses.reverse();
    let other = pack.clone().with(clauses);
    let known = |words: &str, ids: &[&str]| {
        (words.to_owned(), ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<String>>())
    };
    let controls = [
        known("Wrong passwords make sign-in wait longer", &["V6.3.1", "V6.2.1"]),
        known("After each wrong password sign-in waits longer and the owner is told", &["V6.3.1"]),
        known("Sign-in waits longer after wrong passwords of an account", &["V6.3.1", "V2.4.1"]),
    ];
    let neighbours =
        |order: &[usize]| Neighbours::new(order.iter().map(|at| (controls[*at].0.as_str(), controls[*at].1.clone())));
    let ask = |pack: &Pack, order: &[usize]| {
        let query = Query { text: TEXT, ..Query::default() };
        format!("{:?}", Mapper::new(pack, |_| true).candidates(&query, &neighbours(order), 10))
    };
    let first = ask(&pack, &[0, 1, 2]);
    assert!(first.contains("V6.3.1"), "{first}");
    for order in [[2, 1, 0], [1, 0, 2], [2, 0, 1]] {
        assert_eq!(ask(&pack, &order), first);
        assert_eq!(ask(&other, &order), first);
    }
}

#[test]
fn what_is_shipped_is_as_good_as_plain_bm25() {
    let Some(corpus) = tier::corpus(1) else { return };
    for set in set::sets(&corpus) {
        tier::say(&measure::table(&set, None));
        let figures = measure::figures(&set, None);
        let of = |way: &str| figures.iter().find(|figures| figures.way == way).unwrap();
        let (plain, shipped) = (of("BM25"), of("shipped"));
        for (plain, shipped) in [(plain.recall5, shipped.recall5), (plain.recall20, shipped.recall20)] {
            assert!(shipped.mean >= plain.low, "{}: {} is below {}", set.name, shipped.mean, plain.low);
        }
    }
}
