//! Pages as Markdown, through a renderer that knows all that GitHub knows.

use proptest::prelude::*;
use redan::render::{Block, Line, Page, Span, Table, Tone, markdown, markdown_within, units};
use redan::text::plain;

use super::hostile::{TEXTS, seen};
use crate::arbitrary::Dice;
use crate::tier::cases;

pub const TONES: [Tone; 12] = [
    Tone::Plain,
    Tone::Strong,
    Tone::Dim,
    Tone::Id,
    Tone::Added,
    Tone::Removed,
    Tone::Inserted,
    Tone::Deleted,
    Tone::Good,
    Tone::Warning,
    Tone::Bad,
    Tone::Command,
];

/// Every kind of block with this text in every place.
fn blocks(text: &str, tone: Tone) -> Vec<Block> {
    let line = || Line::of(tone, text);
    vec![
        Block::Text(line()),
        Block::Heading(line()),
        Block::List(vec![line(), line().and(Tone::Plain, text)]),
        Block::Table(Table { head: vec!["", "what"], rows: vec![vec![line(), line()]] }),
        Block::Fold(line(), vec![Block::List(vec![line()]), Block::Fold(line(), vec![Block::Text(line())])]),
    ]
}

#[test]
fn nothing_becomes_more_than_text() {
    for text in TEXTS {
        for tone in TONES {
            for block in blocks(text, tone) {
                seen(&markdown(&Page { blocks: vec![block] }));
            }
        }
    }
}

#[test]
fn no_text_is_lost() {
    let words = |text: &str| {
        let text = text.replace(['\u{200b}', '\u{1}'], "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for text in TEXTS {
        let page = Page { blocks: vec![Block::Text(Line::plain(*text))] };
        let seen = seen(&markdown(&page));
        assert_eq!(words(&seen.text.replace('\u{1}', " ")), words(&plain(text)), "{text:?}");
    }
}

#[test]
fn words_between_tones_are_not_read_together() {
    for (first, second) in [("@", "octocat"), ("#", "12"), (":", ":error"), ("www", ".evil.example"), ("GH-", "1")] {
        for tone in TONES {
            let line = Line::plain(first).and(tone, second);
            seen(&markdown(&Page { blocks: vec![Block::Text(line)] }));
        }
    }
}

#[test]
fn ten_megabytes_are_no_trouble() {
    let text = "@octocat ```x *a* <!-- | $x$ [y](z) _ &#64;\n".repeat(10_000_000 / 44);
    let short = markdown_within(60_000, [Page { blocks: blocks(&text, Tone::Plain) }]);
    assert!(units(&short) <= 60_000 && !short.is_empty());
    seen(&short);
    let whole = markdown(&Page { blocks: vec![Block::Text(Line::plain(&text))] });
    assert!(!whole.contains("<!--") && !whole.contains("```") && !whole.contains("@o"), "it is text all the way");
}

fn line(dice: &mut Dice) -> Line {
    let count = dice.below(4);
    Line(
        (0..count)
            .map(|_| Span { text: (*dice.pick(TEXTS)).to_owned(), tone: *dice.pick(&TONES), address: None })
            .collect(),
    )
}

fn page(dice: &mut Dice, depth: usize) -> Page {
    let count = dice.below(6) + 1;
    Page { blocks: (0..count).map(|_| block(dice, depth)).collect() }
}

fn block(dice: &mut Dice, depth: usize) -> Block {
    let many = dice.below(8);
    match dice.below(if depth > 0 { 5 } else { 4 }) {
        0 => Block::Text(line(dice)),
        1 => Block::Heading(line(dice)),
        2 => Block::List((0..many).map(|_| line(dice)).collect()),
        3 => Block::Table(Table {
            head: vec!["", "before", "after"],
            rows: (0..many).map(|_| (0..3).map(|_| line(dice)).collect()).collect(),
        }),
        _ => Block::Fold(line(dice), page(dice, depth - 1).blocks),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(48, 2_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_body_is_whole_wherever_it_ends(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let page = page(&mut dice, 2);
        let whole = units(&markdown(&page));
        seen(&markdown(&page));
        let step = (whole / 24).max(1);
        for limit in (0..=whole + step).step_by(step) {
            let body = markdown_within(limit, [page.clone()]);
            prop_assert!(units(&body) <= limit, "{} of {limit}", units(&body));
            seen(&body);
        }
        prop_assert_eq!(markdown_within(whole, [page.clone()]), markdown(&page));
    }
}
