//! How much of what experts wrote a generated model covers, and how long it takes. It prints what it measured and fails on nothing.
//! `REDAN_CORPUS=folder cargo bench --bench generation`
//!
//! Method. The text is what the experts' file says about the system in prose, and nothing of its lists. The items are what they list as
//! assets, threat sources and mitigations. An item counts as covered when the model holds a row of the knowledge base that means the same;
//! which rows do is kept by hand in `generation/tables.rs`, item by item, before looking at what was generated. An item that no row means is
//! never covered. Beside it the same count for a plain search by words: as many rows of each table as the model has, those that share most
//! words with the text.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

#[path = "generation/baseline.rs"]
mod baseline;
#[path = "generation/corpus.rs"]
mod corpus;
#[path = "generation/rows.rs"]
mod rows;
#[path = "generation/speed.rs"]
mod speed;
#[path = "generation/tables.rs"]
mod tables;

use std::collections::BTreeSet;
use std::path::PathBuf;

use rows::Table;

fn main() {
    speed::table();
    match std::env::var_os("REDAN_CORPUS").filter(|path| !path.is_empty()) {
        Some(folder) => coverage(&PathBuf::from(folder).join("models")),
        None => println!("skipped 5: REDAN_CORPUS not set"),
    }
}

/// Experts' items that are covered, of how many, by the model and by the plain search.
fn coverage(folder: &std::path::Path) {
    println!("\ncovered of what experts list          model        by words     rows proposed");
    let mut sums = [[0; 3]; 3];
    for described in tables::DESCRIBED {
        let text = corpus::text(&folder.join(described.file));
        let model = rows::generated(&text);
        for (at, table) in Table::ALL.iter().enumerate() {
            let items = described.items(*table);
            let proposed = rows::proposed(&model, *table);
            let searched = baseline::search(&text, *table, proposed.len());
            let (ours, theirs) = (covered(items, &proposed), covered(items, &searched));
            println!(
                "{:24} {:12} {:>3} of {:<3}   {:>3} of {:<3}   {:>3}",
                described.name,
                table.name(),
                ours,
                items.len(),
                theirs,
                items.len(),
                proposed.len()
            );
            sums[at][0] += ours;
            sums[at][1] += theirs;
            sums[at][2] += items.len();
        }
    }
    for (table, [ours, theirs, all]) in Table::ALL.iter().zip(sums) {
        let share = |part: usize| part * 100 / all.max(1);
        println!("all                      {:12} {:>3} %        {:>3} %", table.name(), share(ours), share(theirs));
    }
}

/// How many items have a row among those proposed.
fn covered(items: &[tables::Item], proposed: &BTreeSet<&str>) -> usize {
    items.iter().filter(|(_, rows)| rows.iter().any(|row| proposed.contains(row))).count()
}
