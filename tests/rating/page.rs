//! docs/methodology.md: its tables are printed from the code; `REDAN_BLESS=1` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use redan::assess::{Band, Rated, Rating, impact, likelihood, tier};
use redan::model::{Factor, Property};

use super::{asset, attacker, picks, subscores};

fn points() -> String {
    let mut page = String::from("| factor | of | levels and points |\n|---|---|---|\n");
    for (of, factors) in [("asset", &Factor::OF_ASSET[..]), ("attacker", &Factor::LIKELIHOOD[..])] {
        for factor in factors {
            let levels: Vec<String> = factor.levels().iter().map(|l| format!("{} {}", l.name, l.points)).collect();
            let _ = writeln!(page, "| `{}` | {of} | {} |", factor.name(), levels.join(", "));
        }
    }
    page
}

type Table = BTreeMap<u8, BTreeSet<char>>;

fn note(table: &mut Table, rating: &Rating) {
    if let Rating::Rated(rated) = rating {
        table.entry(rated.sum).or_default().insert(rated.band.letter());
    }
}

/// Sum → band, found by trying every combination.
fn bands() -> String {
    let (mut impacts, mut likelihoods) = (Table::new(), Table::new());
    for subscores in subscores() {
        for levels in picks(Factor::IMPACT) {
            note(&mut impacts, &impact(&asset(&subscores, levels), None));
        }
    }
    for levels in picks(Factor::LIKELIHOOD) {
        note(&mut likelihoods, &likelihood(&attacker(levels), None));
    }
    let sums: Vec<String> = (0..10).map(|sum| sum.to_string()).collect();
    let mut page = format!("| sum | {} |\n|---|{}\n", sums.join(" | "), "---|".repeat(10));
    for (name, table) in [("impact", &impacts), ("likelihood", &likelihoods)] {
        let cells: Vec<String> = (0..10).map(|sum| table[&sum].iter().collect()).collect();
        let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
    }
    page
}

fn tiers() -> String {
    let mut page = String::from("| impact \\ likelihood | H | M | L |\n|---|---|---|---|\n");
    let rated = |band| Rating::Rated(Rated { sum: 0, band });
    for i in Band::ALL.into_iter().rev() {
        let cell = |l: Band| tier(&rated(i), &rated(l)).unwrap().to_string();
        let cells: Vec<String> = Band::ALL.into_iter().rev().map(cell).collect();
        let _ = writeln!(page, "| {} | {} |", i.letter(), cells.join(" | "));
    }
    page
}

type Example<'a> = (&'a str, &'a [(Property, &'a str)], [&'a str; 3], &'a str);

fn examples() -> String {
    let assets: [Example<'_>; 3] = [
        (
            "Session token",
            &[(Property::C, "high"), (Property::I, "high")],
            ["multiplicative", "manageable", "notification"],
            "6 → H",
        ),
        ("Audit log", &[(Property::I, "high")], ["isolated", "permanent", "none"], "5 → M"),
        ("Public help page", &[(Property::A, "low")], ["isolated", "trivial", "none"], "1 → L"),
    ];
    let attackers = [
        ("Anonymous internet attacker", ["network", "none", "low", "none", "commodity"], "9 → H"),
        ("Tenant user", ["network", "low", "low", "none", "targeted"], "7 → H"),
        ("Insider database administrator", ["local", "high", "low", "none", "rare"], "3 → L"),
        ("Laptop thief", ["physical", "none", "low", "none", "targeted"], "5 → M"),
    ];
    let mut page = String::from("| who or what | factors | rating |\n|---|---|---|\n");
    for (name, properties, levels, expected) in assets {
        let rating = shown(&impact(&asset(properties, levels), None));
        assert_eq!(rating, expected, "{name}");
        let subscores: Vec<String> = properties.iter().map(|(p, level)| format!("{} {level}", p.word())).collect();
        let _ = writeln!(page, "| {name} | {}, {} | {rating} |", subscores.join(", "), levels.join(", "));
    }
    for (name, levels, expected) in attackers {
        let rating = shown(&likelihood(&attacker(levels), None));
        assert_eq!(rating, expected, "{name}");
        let _ = writeln!(page, "| {name} | {} | {rating} |", levels.join(", "));
    }
    page
}

fn shown(rating: &Rating) -> String {
    match rating {
        Rating::Rated(rated) => format!("{} → {}", rated.sum, rated.band.letter()),
        other => panic!("not rated: {other:?}"),
    }
}

/// Replaces what stands between `<!-- table: name -->` and the next `<!-- end -->`.
fn fill(page: &str, name: &str, table: &str) -> String {
    let open = format!("<!-- table: {name} -->\n");
    let (before, rest) = page.split_once(&open).unwrap_or_else(|| panic!("docs/methodology.md has no {open}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{open}{table}<!-- end -->{after}")
}

#[test]
fn the_page_shows_what_the_code_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/methodology.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let tables = [("points", points()), ("bands", bands()), ("tiers", tiers()), ("examples", examples())];
    let current = tables.iter().fold(page.clone(), |page, (name, table)| fill(&page, name, table));
    if std::env::var_os("REDAN_BLESS").is_some() {
        std::fs::write(&path, &current).unwrap();
    } else {
        assert!(page == current, "docs/methodology.md is stale: run the tests once with REDAN_BLESS=1");
    }
}
