//! How well proposals of mappings agree with what people decided, beside three baselines, on the truth sets of `REDAN_CORPUS`; and how
//! long 200 controls against the 345 requirements of ASVS take. Figures by set; a mean over sets would mean nothing.
//!
//! What `redan comply map --rerank` is worth is measured over an exchange that was recorded: `REDAN_MAPPING_EXCHANGE` names the folder. It is
//! made by naming a server as well, `REDAN_MAPPING_URL=http://127.0.0.1:11434/v1 REDAN_MAPPING_MODEL=…`, and played again without.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads files, the clock and prints"
)]

#[path = "mapping/measure.rs"]
mod measure;
#[path = "mapping/picks.rs"]
mod picks;
#[path = "mapping/set.rs"]
mod set;

use std::path::PathBuf;
use std::time::Instant;

use redan::comply::Name;
use redan::comply::mapping::{Mapper, Neighbours, Query};
use redan::store;

fn main() {
    match std::env::var_os("REDAN_CORPUS").filter(|path| !path.is_empty()).map(PathBuf::from) {
        Some(corpus) => {
            let exchange = picks::Recorded::named();
            if exchange.is_none() {
                println!("skipped 1: no exchange with a language model in REDAN_MAPPING_EXCHANGE\n");
            }
            let picking = exchange.as_ref().map(|exchange| exchange as &dyn measure::Picking);
            set::sets(&corpus).iter().for_each(|set| println!("{}", measure::table(set, picking)));
        }
        None => println!("skipped 1: REDAN_CORPUS not set"),
    }
    let library = store::built_in();
    let pack = library.pack(&Name::parse("asvs@5.0.0").unwrap()).unwrap();
    // Controls in the words of the standard itself are the longest answers there can be.
    let texts: Vec<String> =
        pack.active().take(200).map(|clause| format!("{} in every service", clause.title)).collect();
    let begin = Instant::now();
    let mapper = Mapper::new(pack, |_| true);
    let found: usize = texts
        .iter()
        .map(|text| mapper.candidates(&Query { text, ..Query::default() }, &Neighbours::default(), 5).len())
        .sum();
    let took = begin.elapsed();
    let verdict = if took.as_millis() <= 1000 { "ok" } else { "OVER" };
    println!(
        "345 requirements × 200 controls: {found} proposals in {:.1} ms of 1000: {verdict}",
        took.as_secs_f64() * 1000.0
    );
}
