//! The canvas: everything lands on whole or half pixels, so the same picture is the same bytes everywhere.

use std::fmt::Write as _;

use super::measure::Face;
use super::theme;
use crate::render::xml::escaped;
use crate::text::one_line;

/// A place and a size, in pixels from the upper left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// The same elsewhere.
    #[must_use]
    pub fn shifted(self, (x, y): (f64, f64)) -> Rect {
        Rect { x: self.x + x, y: self.y + y, ..self }
    }
}

/// A picture in the making. Classes are those of the theme; texts may be anybody's.
pub struct Canvas {
    svg: String,
}

impl Canvas {
    /// `title` names the picture and `describes` says what is in it, for those who do not see it.
    pub fn new((width, height): (f64, f64), title: &str, describes: &str) -> Canvas {
        let (width, height) = (width.ceil(), height.ceil());
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"redan-title redan-desc\">\n\
             <title id=\"redan-title\">{}</title>\n<desc id=\"redan-desc\">{}</desc>\n<style>{}</style>\n\
             <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n",
            safe(title),
            safe(describes),
            theme::css(),
        );
        Canvas { svg }
    }

    /// Everything up to `end` belongs together; `tip` is shown on hovering and read aloud.
    pub fn group(&mut self, tip: &str) {
        let _ = writeln!(self.svg, "<g><title>{}</title>", safe(tip));
    }

    pub fn end(&mut self) {
        self.svg.push_str("</g>\n");
    }

    pub fn rect(&mut self, class: &str, rect: Rect) {
        let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(half);
        let _ = writeln!(
            self.svg,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>"
        );
    }

    /// A round mark.
    pub fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let _ = writeln!(
            self.svg,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            half(x),
            half(y),
            half(radius)
        );
    }

    /// A line of text that starts at `x`, on the base line `y`.
    pub fn text(&mut self, class: &str, at: (f64, f64), face: Face, text: &str) {
        self.words((class, "start"), at, face, text);
    }

    /// The same with its middle at `x`.
    pub fn centred(&mut self, class: &str, at: (f64, f64), face: Face, text: &str) {
        self.words((class, "middle"), at, face, text);
    }

    fn words(&mut self, (class, anchor): (&str, &str), (x, y): (f64, f64), face: Face, text: &str) {
        let bold = if face.bold { " bold" } else { "" };
        let anchor = if anchor == "start" { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
        let _ = writeln!(
            self.svg,
            "<text class=\"{class}{bold}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}>{}</text>",
            half(x),
            half(y),
            face.size,
            safe(text)
        );
    }

    /// A line through points, level at each of them; with an arrow where it ends.
    pub fn curve(&mut self, class: &str, points: &[(f64, f64)], arrow: bool) {
        let [first, .., last] = points else { return };
        let mut path = format!("M{}", spot(*first));
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let middle = (from.0 + to.0) / 2.0;
            let _ = write!(path, "C{} {} {}", spot((middle, from.1)), spot((middle, to.1)), spot(to));
        }
        let _ = writeln!(self.svg, "<path class=\"{class}\" d=\"{path}\"/>");
        if arrow {
            let back = if first.0 < last.0 { last.0 - 9.0 } else { last.0 + 9.0 };
            let (tip, up, down) = (spot(*last), spot((back, last.1 - 4.0)), spot((back, last.1 + 4.0)));
            let _ = writeln!(self.svg, "<polygon class=\"{class}-tip\" points=\"{tip} {up} {down}\"/>");
        }
    }

    /// The document.
    pub fn finish(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }
}

fn safe(text: &str) -> String {
    escaped(&one_line(text))
}

fn spot((x, y): (f64, f64)) -> String {
    format!("{} {}", half(x), half(y))
}

fn half(number: f64) -> f64 {
    let halves = (number * 2.0).round() / 2.0;
    if halves == 0.0 { 0.0 } else { halves }
}
