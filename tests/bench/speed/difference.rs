//! Two states of a large model, compared, next to reading one of them.

use std::hint::black_box;

use jiff::civil::date;
use redan::difference::State;
use redan::ops::diff::{Sides, compare};
use redan::report::diff::{LIMIT, comment, diff};
use redan::store::{Content, Settings, Source, Workspace, read};

use crate::{best, millis, workspace};

/// Times the reading of one state that comparing both may take.
const ALLOWED: f64 = 5.0;

pub fn table() {
    let (before, after) = (workspace::large(), changed(workspace::large()));
    let settings = Settings::default();
    let space = |sources: &[Source]| read(sources.to_vec(), &settings);
    let entities = |space: &Workspace| space.models.values().map(|model| model.entities.len()).sum::<usize>();
    let reading = best(5, || drop(black_box(space(&before))));
    let state = |name: &str| State { name: name.to_owned(), commit: None };
    let mut found = 0;
    let whole = best(5, || {
        let (old, new) = (space(&before), space(&after));
        let compared =
            compare(Sides::new(old, &new), (state("a"), state("b")), &Default::default(), date(2026, 11, 27));
        found = compared.models.iter().map(|model| model.things.len()).sum();
        black_box((diff(&compared), comment(&compared, LIMIT)));
    });
    let ratio = millis(whole) / millis(reading);
    println!("\ntwo states of a model of {} entities, {found} things differ", entities(&space(&before)));
    println!("  reading one state                        {:8.1} ms", millis(reading));
    println!(
        "  reading both, comparing, JSON, comment   {:8.1} ms   {ratio:.2}x of {ALLOWED}x: {}",
        millis(whole),
        crate::ratio(ratio, ALLOWED)
    );
}

/// Every hundredth asset and control reads differently, one control in fifty is not built any more.
fn changed(sources: Vec<Source>) -> Vec<Source> {
    let change = |source: Source| {
        let text =
            source.text().replace("00\nname = \"Access", "00\nname = \"All access").replace("kind 700\"", "sort 700\"");
        let text = text.replace("variant 50\"", "variant 51\"").replace("variant 4000\"", "another variant\"");
        let text = text.replacen("status = \"implemented\"", "status = \"not_implemented\"", 100);
        Source { content: Content::Bytes(text.into_bytes().into()), ..source }
    };
    sources.into_iter().map(change).collect()
}
