//! Formats: a page, a finding or a JSON value as text for one kind of reader. Never here: what there is
//! to say (that is `report`), any knowledge of threat models.

mod atom;
mod excerpt;
mod github;
mod html;
mod mark;
mod markdown;
mod page;
mod rdjson;
mod sarif;
mod snippet;
mod svg;
mod terminal;
mod xml;

pub use atom::{Entry, Feed, atom};
pub use github::{annotations, notice, problem};
pub use html::html;
pub use mark::{Mark, Region, page_of, repair};
pub use markdown::{markdown, markdown_cell, markdown_within, units};
pub use page::{Block, Line, Page, Span, Table, Tone};
pub use rdjson::rdjson;
pub use sarif::sarif;
pub use snippet::{Look, snippet};
pub use svg::{Canvas, Face, Rect, fit, width, wrap};
pub use terminal::terminal;
