//! Pictures as SVG: a canvas of rectangles, lines and measured text, in colours for a light and a dark page.
//! No text of anybody's becomes markup. Never here: what is drawn, and where.

mod canvas;
mod measure;
mod theme;

pub use canvas::{Canvas, Rect};
pub use measure::{Face, fit, width, wrap};
