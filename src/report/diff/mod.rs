//! Two states compared: `diff/1`, and pages at four depths, so that a comment of limited length says as much as fits.

mod coverage;
mod facts;
mod follow;
mod headline;
mod json;
mod page;
mod shift;
mod thing;

use crate::difference::Compared;
use crate::render::{Page, html, markdown_within};

pub use headline::headline;
pub use json::{Diff, diff};
pub use page::page;

/// How much a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Changed fields whole, and those that stayed.
    Full,
    /// Changed fields, long stretches that stayed left out.
    Changes,
    /// A line a thing.
    Lines,
    /// How many of what.
    Counts,
}

impl Depth {
    /// From the most to the least.
    pub const ALL: [Depth; 4] = [Depth::Full, Depth::Changes, Depth::Lines, Depth::Counts];

    /// Characters of a text that are shown, at most.
    const fn text(self) -> usize {
        match self {
            Depth::Full => 4_000,
            Depth::Changes => 1_000,
            Depth::Lines | Depth::Counts => 120,
        }
    }

    /// Members of a list that are shown, at most.
    const fn listed(self) -> usize {
        match self {
            Depth::Full => 60,
            Depth::Changes => 12,
            Depth::Lines => 4,
            Depth::Counts => 0,
        }
    }
}

/// How a page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    pub depth: Depth,
    /// What commands begin with where the page is read: `redan`, or `/redan` in a comment.
    pub program: &'static str,
}

impl Telling {
    pub const TERMINAL: Telling = Telling { depth: Depth::Changes, program: "redan" };
    pub const FILE: Telling = Telling { depth: Depth::Full, program: "redan" };

    /// For a comment on a pull request.
    pub const fn comment(depth: Depth) -> Telling {
        Telling { depth, program: "/redan" }
    }
}

/// What a comment holds at most: hosts refuse bodies over 65,536 characters.
pub const LIMIT: usize = 60_000;

/// The comparison as the body of a comment of at most `limit` UTF-16 units.
pub fn comment(compared: &Compared, limit: usize) -> String {
    let told = Depth::ALL.into_iter().map(|depth| page(compared, Telling::comment(depth)));
    markdown_within(limit, told)
}

/// The comparison as an HTML file.
pub fn document(compared: &Compared) -> String {
    let title = format!("{} → {}", compared.from.name, compared.to.name);
    html(&title, &page(compared, Telling::FILE))
}

/// Pages for a comment that says more than this: each depth as the caller completes it, the deepest first.
pub fn pages(compared: &Compared, complete: impl Fn(Page) -> Page) -> impl Iterator<Item = Page> {
    Depth::ALL.into_iter().map(move |depth| complete(page(compared, Telling::comment(depth))))
}
